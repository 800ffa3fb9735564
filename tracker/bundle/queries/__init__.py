"""Bundles as people may see them: what would go in, what was exported, how far a build is, what a seal proves."""

from tracker.bundle.queries.exports import (
    FileLine,
    Finished,
    Progress,
    exports,
    finished_file,
    progress,
)
from tracker.bundle.queries.previews import ABSENT, Preview, PreviewLine, order_for, preview
from tracker.bundle.queries.records import PRINTED_DIGITS, PrintedRecord, printed_record, recorded_seal

__all__ = [
    "ABSENT",
    "PRINTED_DIGITS",
    "FileLine",
    "Finished",
    "Preview",
    "PreviewLine",
    "PrintedRecord",
    "Progress",
    "exports",
    "finished_file",
    "order_for",
    "preview",
    "printed_record",
    "progress",
    "recorded_seal",
]
