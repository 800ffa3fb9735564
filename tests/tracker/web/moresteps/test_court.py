"""From the order to the court and back, and to a petition on its own docket, as the desk does it."""

from datetime import timedelta

import pikepdf
import pytest
from django.test import Client
from django.urls import reverse

from tests.factories.docketed import Docketed
from tests.factories.staffed import Staffed, make_staffed
from tracker.access.models import User
from tracker.access.policy import Capacity
from tracker.audit.actors import Actor, Origin
from tracker.bundle import actions as bundles
from tracker.bundle.actions import build
from tracker.cases.models import Case
from tracker.files import storage

COURT = {"court": "Travis County District Court", "number": "D-1-GN-26-1"}


@pytest.fixture
def office(db: None) -> Staffed:
    """A hosted board with everybody who works there."""
    return make_staffed()


def page(client: Client, person: User, docket: str) -> str:
    """The page of a case as somebody reads it."""
    client.force_login(person)
    return client.get(reverse("desk:case", args=[docket])).content.decode()


def test_a_court_gets_its_record_certified_and_sends_the_case_back(office: Staffed, client: Client, tmp_path) -> None:
    story = Docketed(office).ordered()
    docket, custodian = story.case.docket, story.actor(office.custodian)
    story.do("record_judicial_review", office.manager, {**COURT, "filed_on": story.today(), "text": "CANARY-PETITION"})
    story.do("record_stay", office.manager, {"stay": "granted", "decided_on": story.today(), "text": "Stayed."})
    (export,) = bundles.request_bundle(
        story.case.pk, actor=custodian, at=story.at, editions=["court"], exhibits=None, queue=False
    )
    worker = Actor.system("worker", Origin.DEMO)
    sealed = build.run(export.pk, actor=worker, clock=lambda: story.at)
    path = storage.copy_verified(sealed.stored_file, tmp_path / "record.pdf")
    with pikepdf.open(path) as pdf:
        manifest = pdf.attachments["manifest.json"].get_file().read_bytes().decode()
    for kind in ("Charges", "Answer", "Proposed decision", "Order"):
        assert f'"kind":"{kind}"' in manifest
    # What the office wrote for itself is no part of it, nor what came after the order.
    for kind in ("Legal memo", "Petition for judicial review", "Stay by the court"):
        assert f'"kind":"{kind}"' not in manifest
    story.do("certify_record", office.custodian, {"note": "Full and true."})

    for person in (office.counsel, office.voters[0]):
        text = page(client, person, docket)
        assert "Travis County District Court" in text
        assert "The order is stayed since" in text
        assert f"{sealed.page_count} pages." in text
    assert "Stayed by the court" in text
    ruling = {"outcome": "remanded", "back_to": "prehearing", "decided_on": story.today(), "text": "Hear him."}
    story.do("decide_judicial_review", office.manager, ruling)
    assert story.case.status == "prehearing"
    text = page(client, office.counsel, docket)
    assert "Sent back to the board" in text
    assert "Set aside" in text


def test_a_violation_and_the_ending_stand_on_the_page(office: Staffed, client: Client) -> None:
    story = Docketed(office, at=Docketed(office).at - timedelta(days=300)).ordered()
    docket = story.case.docket
    story.assign(office.monitor, Capacity.MONITOR).do("begin_compliance", office.monitor, {"plan": "Monthly reports"})
    story.wait(60).do("report_violation", office.monitor, {"occurred_on": story.today(), "text": "SECRET-REPORT"})
    text = page(client, office.counsel, docket)
    assert "Report of a violation" in text
    assert "Not charged yet." in text
    counts = [{"citation": "Term 1", "text": "No report for May."}]
    story.do("petition_violation", office.counsel, {"counts": counts, "text": "Revoke."})
    petition = Case.objects.get(kind="violation")
    assert "Charged in a linked docket." in page(client, office.counsel, docket)
    # Who decides learns of the violation by the petition, on its own docket.
    assert "Report of a violation" not in page(client, office.voters[0], docket)
    for person in (office.counsel, office.voters[0]):
        text = page(client, person, petition.docket)
        assert "Petition: violation of an order" in text
        assert "No report for May." in text


def test_every_ending_stays_on_the_page_with_its_days(office: Staffed, client: Client) -> None:
    story = Docketed(office).reviewed()
    closure = {"disposition": "NO_JURISDICTION", "reason": "Not a licensee."}
    story.do("close_at_intake", office.intake, closure)
    story.do("reopen", office.director, {"to": "intake_review", "reason": "He was licensed."})
    story.do("close_at_intake", office.intake, {**closure, "disposition": "INSUFFICIENT_INFO"})
    text = page(client, office.counsel, story.case.docket)
    assert text.count("until reopened on") == 1
    assert "No jurisdiction" in text
    assert "Not enough information" in text
