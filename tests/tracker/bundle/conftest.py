"""A built bundle for the tests of the stages, and a charged case with exhibits for the tests of the acts."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from boards.models import Board, Jurisdiction
from tests.data import pdfs
from tests.tracker.bundle import samples
from tests.tracker.bundle.rich import Rich, rich_plan
from tracker.access.models import Membership, User
from tracker.audit.actors import Actor, Origin
from tracker.bundle import stages
from tracker.bundle.places import Places
from tracker.bundle.plan import BundlePlan
from tracker.bundle.render import Layout, render
from tracker.bundle.seal import Sealed
from tracker.cases.models import Case, Identity, Participant
from tracker.cases.states import Stage, Status
from tracker.evidence import actions as evidence_actions

AT = datetime(2026, 7, 2, 15, 0, tzinfo=UTC)
WORKER = Actor.system("worker", Origin.DEMO)


@dataclass(frozen=True)
class Built:
    """A finished bundle and what it was made from."""

    plan: BundlePlan
    folder: Path
    sealed: Sealed
    layout: Layout

    @property
    def places(self) -> Places:
        return self.layout.places(self.plan)

    @property
    def path(self) -> Path:
        return self.sealed.path


@pytest.fixture(scope="session")
def built(tmp_path_factory):
    """One bundle with every kind of exhibit, built once."""
    folder = tmp_path_factory.mktemp("bundle")
    return build_one(samples.whole_plan(folder), folder)


@pytest.fixture(scope="session")
def rich(tmp_path_factory):
    """The generated pages of a plan of two volumes with everything there is to show, drawn once."""
    folder = tmp_path_factory.mktemp("rich")
    plan = rich_plan(folder)
    return Rich(plan, folder, render(plan, folder, samples.fonts()))


def build_one(plan, folder):
    """Build a plan whose copies lie in `folder` and which is one volume."""
    (sealed,) = stages.build(plan, samples.copies(plan, folder), folder, samples.fonts())
    (layout,) = render(plan, folder, samples.fonts())
    return Built(plan, folder, sealed, layout)


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


@pytest.fixture
def case(board):
    case = Case.objects.create(
        board=board,
        docket="BHEC-2026-00001",
        stage=Stage.HEARING,
        status=Status.PREHEARING,
        charged_at=AT - timedelta(days=10),
        status_since=AT - timedelta(days=5),
        received_at=AT - timedelta(days=90),
        moved_at=AT - timedelta(days=5),
    )
    person = Participant.objects.create(
        board=board, case=case, role="respondent", label="Respondent", since=AT - timedelta(days=90)
    )
    Identity.objects.create(board=board, participant=person, name="Robin Vale", license_number="LPC-1")
    return case


@pytest.fixture
def staff(board):
    """A person with a role at the board: `staff("board_counsel")`."""

    def staff(role, name=""):
        user, is_new = User.objects.get_or_create(email=f"{role}@example.org", defaults={"full_name": name or role})
        if is_new:
            Membership.objects.create(board=board, user=user, role=role, valid_from=date(2026, 1, 1))
        return Actor.staff(user.pk, Origin.DEMO)

    return staff


@pytest.fixture
def counsel(staff):
    return staff("board_counsel")


@pytest.fixture
def receive(case, counsel, tmp_path):
    """Receive a file as counsel and inspect it: `receive(pages=3)` or `receive(content=b"...")`."""

    def receive(pages=1, *, content=None, name="letter.pdf", settle=True, **values):
        path = tmp_path / "incoming"
        if content is None:
            pdfs.letter(path, pages, words=values.get("title", name))
        else:
            path.write_bytes(content)
        exhibit = evidence_actions.receive_exhibit(
            values.pop("case_id", case.pk), actor=counsel, at=AT, path=path, original_name=name, **values
        )
        if not settle:
            return exhibit
        return evidence_actions.process_exhibit(exhibit.pk, actor=WORKER, at=AT)

    return receive
