"""What is looked up about cases: who sees which, the queue, one case file, the home page's figures.

Everything here reads only, and only within the reader's scope. A reader who sees no more than the hearing record of a
case gets nothing else of it, in rows, searches and counts alike.
"""

from tracker.cases.queries.drafts import open_draft
from tracker.cases.queries.public import (
    PublicDate,
    PublicStage,
    PublicStatus,
    Receipt,
    complainant_ids,
    public_status,
    receipt,
    status_of,
)

__all__ = [
    "PublicDate",
    "PublicStage",
    "PublicStatus",
    "Receipt",
    "complainant_ids",
    "open_draft",
    "public_status",
    "receipt",
    "status_of",
]
