"""The complaint that a walk begins with, and what is brought on the way."""

import random
import tempfile
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from tests.factories.staffed import Staffed
from tests.walk.world import BEGIN
from tracker.access.policy import Permission
from tracker.audit.actors import Actor, Origin
from tracker.bundle import actions as bundle
from tracker.bundle.actions import build
from tracker.cases.actions import filing
from tracker.cases.filingdata import AllegationData, ComplainantData, FilingData, RespondentData
from tracker.cases.models import Case
from tracker.evidence import actions as evidence

GROUNDS = ("refusal_to_terminate", "exploitation_business", "sexual_misconduct", "abandonment", "records")


def file_complaint(office: Staffed, dice: random.Random, seed: int) -> tuple[datetime, UUID]:
    """File on some day of three years; gives the moment and the case."""
    at = BEGIN + timedelta(days=dice.randint(0, 900), minutes=dice.randint(0, 400))
    day = at.date() - timedelta(days=dice.randint(10, 700))
    anonymous = dice.random() < 0.1
    filed = filing.file_on_behalf(
        FilingData(
            board_id=office.board.pk,
            draft_id=uuid5(NAMESPACE_URL, f"walk {seed}"),
            source="public",
            channel="mail",
            received_at=at,
            complainant=ComplainantData(is_anonymous=True)
            if anonymous
            else ComplainantData(name="Maya Ortiz-Bell", email="maya@example.org", address="12 Elm Street"),
            respondent=RespondentData(
                name="Robin Vale", license_number="LPC 88214", profession="counseling", address="400 Main Street"
            ),
            allegations=tuple(
                AllegationData(key, "What happened.", day, day) for key in dice.sample(GROUNDS, dice.randint(1, 2))
            ),
            attestation_version="plain-1",
            attestation_text="What I have written is true.",
            attested_by="" if anonymous else "Maya Ortiz-Bell",
            verbatim={"narrative": "What happened."},
        ),
        actor=Actor.staff(office.intake.pk, Origin.DEMO),
        at=at,
    )
    return at + timedelta(minutes=1), filed.case_id


def receive_exhibit(actor: Actor, case: Case, at: datetime) -> None:
    """A paper that somebody receives and the worker looks at. Raises OutOfScope and NotPermitted."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "upload"
        path.write_bytes(b"A page of text.")
        exhibit = evidence.receive_exhibit(
            case.pk,
            actor=actor,
            at=at,
            path=path,
            original_name="letter.txt",
            title="Letter",
            source="The complainant",
        )
    evidence.process_exhibit(exhibit.pk, actor=Actor.system("worker", Origin.DEMO), at=at)


def build_court_record(actor: Actor, case: Case, at: datetime) -> None:
    """The bundle that is certified for the court, built and sealed as the worker does it. Raises as above."""
    (export,) = bundle.request_bundle(case.pk, actor=actor, at=at, editions=("court",), format="pdf", queue=False)
    build.run(export.pk, actor=Actor.system("worker", Origin.DEMO), clock=lambda: at)


def what_to_bring(case: Case, key: str, *, is_here: bool, is_shut: bool) -> tuple[Any, Permission | None]:
    """What a step needs that no step brings: how it is brought, and who may; two times None where nothing is needed.

    `is_here` says whether the step can be done where the case stands, `is_shut` whether it is shut all the same.
    """
    if key == "certify_record" and is_shut:
        return build_court_record, Permission.BUNDLE_EXPORT
    if key == "mark_exhibit" and not case.exhibits.exists():
        return receive_exhibit, Permission.EVIDENCE_RECEIVE
    if key == "mark_hearing_exhibit" and is_here:
        return receive_exhibit, Permission.HEARING_HOLD
    return None, None
