"""A charged case before its hearing, its people, and files to receive."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from boards.models import Board, Ground, Jurisdiction
from tests.data import bytes as made
from tracker.access.models import Assignment, Membership, User
from tracker.access.policy import Capacity
from tracker.audit.actors import Actor, Origin
from tracker.cases.models import Allegation, Case
from tracker.cases.states import Stage, Status
from tracker.evidence import actions

AT = datetime(2026, 7, 2, 15, 0, tzinfo=UTC)
WORKER = Actor.system("worker", Origin.DEMO)


@pytest.fixture
def board(db):
    state = Jurisdiction.objects.create(id=uuid4(), code="TX", name="Texas", time_zone="America/Chicago")
    return Board.objects.create(
        id=uuid4(),
        slug="tx-bhec",
        short_code="BHEC",
        jurisdiction=state,
        name="Texas Behavioral Health Executive Council",
        as_of=date(2026, 1, 1),
    )


def make_case(board, docket, **values):
    values = {"stage": Stage.HEARING, "status": Status.PREHEARING, "charged_at": AT - timedelta(days=10)} | values
    return Case.objects.create(
        board=board,
        docket=docket,
        status_since=AT - timedelta(days=5),
        received_at=AT - timedelta(days=90),
        moved_at=AT - timedelta(days=5),
        **values,
    )


@pytest.fixture
def case(board):
    return make_case(board, "BHEC-2026-00001")


@pytest.fixture
def other_case(board):
    return make_case(board, "BHEC-2026-00002")


@pytest.fixture
def allegation(case):
    ground = Ground.objects.create(id=uuid4(), key="confidentiality", labels={"en": "Confidentiality"})
    return Allegation.objects.create(board=case.board, case=case, number=1, ground=ground, narrative="x", added_at=AT)


@pytest.fixture
def staff(case):
    """A person with a role at the board and, where it has one, a place on the case: `staff("investigator")`."""
    capacities = {"investigator": Capacity.INVESTIGATOR, "presiding_officer": Capacity.PRESIDING}

    def staff(role):
        user, is_new = User.objects.get_or_create(email=f"{role}@example.org", defaults={"full_name": role})
        if is_new:
            Membership.objects.create(board=case.board, user=user, role=role, valid_from=date(2026, 1, 1))
            if role in capacities:
                Assignment.objects.create(
                    board=case.board, case=case, user=user, capacity=capacities[role], assigned_at=AT
                )
        return Actor.staff(user.pk, Origin.DEMO)

    return staff


@pytest.fixture
def counsel(staff):
    return staff("board_counsel")


@pytest.fixture
def receive(case, counsel, tmp_path):
    """Receive a file, as counsel or somebody else."""

    def receive(content=None, name="letter.pdf", actor=None, **values):
        path = tmp_path / "incoming"
        path.write_bytes(made.pdf() if content is None else content)
        return actions.receive_exhibit(
            values.pop("case_id", case.pk), actor=actor or counsel, at=AT, path=path, original_name=name, **values
        )

    return receive


@pytest.fixture
def exhibit(receive):
    """A cleared exhibit with a rendition."""
    return actions.process_exhibit(receive(title="Letter").pk, actor=WORKER, at=AT)


@pytest.fixture
def second(receive):
    """Another cleared exhibit of the same case."""
    return process(receive(title="Calendar"))


def process(exhibit, at=AT):
    return actions.process_exhibit(exhibit.pk, actor=WORKER, at=at)


@pytest.fixture
def marked(exhibit, counsel):
    return actions.mark_exhibit(exhibit.pk, actor=counsel, at=AT)


@pytest.fixture
def offered(marked, counsel):
    return actions.offer_exhibit(marked.exhibit_id, actor=counsel, at=AT)
