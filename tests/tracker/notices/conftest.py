"""A board, an act that queues letters, and people who get them."""

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from django.db import transaction

from boards.models import Board, Jurisdiction
from tracker.audit.actors import Actor, Origin
from tracker.notices import actions
from tracker.notices.kinds import Recipient

AT = datetime(2026, 7, 3, 3, 30, tzinfo=UTC)  # still July 2 in Texas
SYSTEM = Actor.system("worker", Origin.DEMO)


@pytest.fixture
def board(db):
    state = Jurisdiction.objects.create(id=uuid4(), code="TX", name="Texas", time_zone="America/Chicago")
    return Board.objects.create(
        id=uuid4(),
        slug="tx-bhec",
        short_code="BHEC",
        jurisdiction=state,
        name="Texas Behavioral Health Executive Council",
        phone="(512) 305-7700",
        email="office@bhec.example",
        mailing_address="1801 Congress Ave.",
        city="Austin",
        state="TX",
        postal_code="78701",
        as_of=date(2026, 1, 1),
    )


@pytest.fixture
def pat():
    return Recipient(uuid4(), "Pat Quill", email="pat@example.org", postal="12 Main St\nAustin, TX 78701")


@pytest.fixture
def queue(board, pat):
    """Queue a letter as an act would: `queue("opening", recipients=[…], **merge)`."""
    case_id = uuid4()

    def queue(kind="opening", recipients=None, audience=None, **merge):
        values = {
            "opening": {"respondent_name": "Dr. Robin Vale", "opened_on": date(2026, 7, 2)},
            "notice_to_licensee": {"allegations": ["Broke confidentiality"], "response_due_on": date(2026, 8, 3)},
        }  # fmt: skip
        with transaction.atomic():
            return actions.queue(
                kind,
                board_id=board.pk,
                case_id=case_id,
                actor=SYSTEM,
                at=AT,
                recipients=[pat] if recipients is None else recipients,
                merge={"docket": "BHEC-2026-00012", **values.get(kind, {}), **merge},
                audience=audience,
            )

    return queue
