"""Evidence at the desk: received as it is, linked, withheld, handled, taken away under checked digests."""

import hashlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.data import pdfs
from tests.factories.docketed import Docketed
from tracker.audit.actors import Actor, Origin
from tracker.evidence import actions
from tracker.evidence.models import Exhibit


def receive_at(case):
    return reverse("desk:receive-exhibit", args=[case.docket])


def page(case, key):
    return reverse("desk:exhibit", args=[case.docket, key])


def act(case, key, name):
    return reverse("desk:exhibit-act", args=[case.docket, key, name])


def test_an_item_is_received_with_digest_and_custody(filed, office, send_as, open_as):
    content = b"what was said"
    data = {"title": "Text messages", "source": "Complainant", "file": SimpleUploadedFile("a.txt", content)}
    response = send_as(office.intake, receive_at(filed.case), data)
    exhibit = Exhibit.objects.get(case=filed.case)

    assert response["Location"] == page(filed.case, "E-1")
    assert exhibit.stored_file.digest == hashlib.sha256(content).hexdigest()
    text = open_as(office.intake, page(filed.case, "E-1")).content.decode()
    assert "Text messages" in text
    assert office.intake.full_name in text
    assert "Received" in text


@pytest.mark.parametrize("content", [b"", b"MZ\x90\x00 a program", b"%PDF-1.4 cut off", bytes(range(256))])
def test_staff_receive_any_kind(filed, office, send_as, content):
    data = {"source": "Police", "file": SimpleUploadedFile("../../e\u202evil.pdf", content)}

    assert send_as(office.intake, receive_at(filed.case), data).status_code == 302
    assert "/" not in Exhibit.objects.get().original_name


def test_a_file_over_the_limit_is_refused_and_the_words_kept(filed, office, send_as, settings):
    settings.UPLOAD_MAX_BYTES = 10
    data = {"title": "Kept title", "source": "Kept source", "file": SimpleUploadedFile("big.txt", b"x" * 11)}
    response = send_as(office.intake, receive_at(filed.case), data)
    text = response.content.decode()

    assert response.status_code == 409
    assert "big.txt is over the limit." in text
    assert "Kept title" in text
    assert not Exhibit.objects.exists()


def test_a_date_from_the_future_is_a_fault(filed, office, send_as):
    data = {"source": "x", "dated_on": "2999-01-01", "file": SimpleUploadedFile("a.txt", b"a")}

    assert send_as(office.intake, receive_at(filed.case), data).status_code == 422


def test_only_those_who_may_receive(filed, office, open_as):
    assert open_as(office.auditor, receive_at(filed.case)).status_code == 403
    assert open_as(office.investigator, receive_at(filed.case)).status_code == 404


def test_a_copy_is_an_attachment_that_no_browser_guesses_at(filed, office, open_as):
    filed.receive("../../a <b>.html", b"<script>alert(1)</script>")
    response = open_as(office.counsel, reverse("desk:exhibit-file", args=[filed.case.docket, "E-1"]))

    assert b"".join(response.streaming_content) == b"<script>alert(1)</script>"
    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in response["Cache-Control"]


def test_a_changed_file_is_not_handed_out(filed, office, open_as, vault):
    filed.receive("a.txt", b"before")
    [kept] = [path for path in vault.rglob("*") if path.is_file() and path.read_bytes() == b"before"]
    kept.write_bytes(b"after!")
    response = open_as(office.counsel, reverse("desk:exhibit-file", args=[filed.case.docket, "E-1"]))

    assert response.status_code == 500


def test_an_item_that_is_not_cleared_is_refused_with_the_reason(filed, office, send_as, open_as):
    send_as(office.intake, receive_at(filed.case), {"source": "x", "file": SimpleUploadedFile("a.txt", b"a")})
    response = open_as(office.intake, reverse("desk:exhibit-file", args=[filed.case.docket, "E-1"]))

    assert response.status_code == 409
    assert "E-1: Scanning" in response.content.decode()


def test_a_link_fills_the_matrix(filed, office, send_as, open_as):
    filed.receive("a.txt")
    claim = filed.case.allegations.first()
    data = {"allegation_id": claim.pk, "bearing": "for"}

    assert send_as(office.intake, act(filed.case, "E-1", "link"), data).status_code == 302
    matrix = open_as(office.counsel, reverse("desk:case", args=[filed.case.docket])).context["matrix"]
    assert [row.exhibits for row in matrix] == [["E-1"], []]
    assert send_as(office.intake, act(filed.case, "E-1", "unlink"), {"allegation_id": claim.pk}).status_code == 302
    matrix = open_as(office.counsel, reverse("desk:case", args=[filed.case.docket])).context["matrix"]
    assert [row.exhibits for row in matrix] == [[], []]


def test_a_claim_of_another_case_cannot_be_linked(filed, office, send_as):
    filed.receive("a.txt")
    foreign = Docketed(office).file().case.allegations.first()
    data = {"allegation_id": foreign.pk, "bearing": "for"}

    assert send_as(office.intake, act(filed.case, "E-1", "link"), data).status_code == 422


def test_withheld_and_put_back(filed, office, send_as, open_as):
    filed.receive("a.txt")
    data = {"code": "W-3", "reason": "No consent on file"}

    assert send_as(office.counsel, act(filed.case, "E-1", "withhold"), data).status_code == 302
    assert "No consent on file" in open_as(office.counsel, page(filed.case, "E-1")).content.decode()
    assert send_as(office.counsel, act(filed.case, "E-1", "release"), {"reason": "Consent came"}).status_code == 302
    refused = send_as(office.counsel, act(filed.case, "E-1", "release"), {"reason": "Once more"})
    assert refused.status_code == 409
    assert "is not withheld" in refused.content.decode()


def test_pages_are_restricted_and_the_restriction_lifted(filed, office, send_as, open_as, tmp_path):
    filed.receive("a.pdf", pdfs.letter(tmp_path / "a.pdf", 4).read_bytes())
    restrict = act(filed.case, "E-1", "restrict")
    data = {"first_page": 2, "last_page": 3, "code": "W-1", "confidentiality": "none", "reason": "Work product"}
    refused = send_as(office.counsel, restrict, {**data, "last_page": 9})

    assert refused.status_code == 409
    assert "has pages 1 to 4" in refused.content.decode()
    assert "Work product" in refused.content.decode()
    assert send_as(office.counsel, restrict, data).status_code == 302
    text = open_as(office.counsel, page(filed.case, "E-1")).content.decode()
    assert "Pages 2 to 3, W-1 Privileged" in text
    row = Exhibit.objects.get().restrictions.get()
    lift = {"restriction_id": str(row.pk), "reason": "Waived"}
    assert send_as(office.counsel, act(filed.case, "E-1", "lift"), lift).status_code == 302
    assert "Pages 2 to 3" not in open_as(office.counsel, page(filed.case, "E-1")).content.decode()


def test_what_has_no_pages_offers_no_restriction_of_pages(filed, office, open_as):
    filed.receive("a.bin", bytes(range(256)))

    assert "Restrict pages" not in open_as(office.counsel, page(filed.case, "E-1")).content.decode()


def test_handling_is_entered_into_custody(filed, office, send_as, open_as):
    filed.receive("a.txt")
    data = {"act": "transferred", "released_by": "A. One", "received_by": "B. Two", "purpose": "Forensic copy"}
    faulty = send_as(office.custodian, act(filed.case, "E-1", "transfer"), {**data, "received_by": ""})

    assert faulty.status_code == 409
    assert "Forensic copy" in faulty.content.decode()
    assert send_as(office.custodian, act(filed.case, "E-1", "transfer"), data).status_code == 302
    assert "B. Two" in open_as(office.counsel, page(filed.case, "E-1")).content.decode()


def test_what_a_role_may_not_do_is_neither_shown_nor_done(filed, office, send_as, open_as):
    filed.receive("a.txt")

    assert set(open_as(office.auditor, page(filed.case, "E-1")).context["acts"]) == set()
    assert (
        send_as(office.auditor, act(filed.case, "E-1", "withhold"), {"code": "W-1", "reason": "x"}).status_code == 403
    )
    assert send_as(office.counsel, act(filed.case, "E-1", "burn"), {}).status_code == 404


def test_the_record_shows_an_offered_item_without_custody_and_source(scheduled, office, open_as):
    response = open_as(office.voters[0], page(scheduled.case, "E-1"))
    text = response.content.decode()

    assert "Paper 1" in text
    for words in ("SECRET", "Custody", "Received", "paper-1.txt", office.intake.full_name):
        assert words not in text
    assert response.context["acts"] == {}
    copy = open_as(office.voters[0], reverse("desk:exhibit-file", args=[scheduled.case.docket, "E-1"]))
    assert b"".join(copy.streaming_content) == b"exhibit 1"


def test_odd_keys_are_no_pages(filed, office, open_as):
    filed.receive("a.txt")
    for key in ("E-0", "E-99999999999", "E-1x", "²", "E-", "1e1"):
        assert open_as(office.counsel, page(filed.case, key)).status_code == 404


def test_a_password_protected_pdf_is_evidence_all_the_same(filed, office, open_as, tmp_path):
    filed.receive("locked.pdf", pdfs.encrypted(tmp_path / "locked.pdf", user="secret").read_bytes())
    text = open_as(office.counsel, page(filed.case, "E-1")).content.decode()

    assert "Not renderable" in text


def test_the_hearing_officer_brings_in_a_notice_and_marks_it(scheduled, office, send_as, open_as):
    case = scheduled.case
    data = {"title": "Notice of hearing", "source": "Hearing office", "file": SimpleUploadedFile("n.txt", b"Notice")}
    response = send_as(office.presiding, receive_at(case), data)
    own = Exhibit.objects.get(title="Notice of hearing")

    assert response["Location"] == page(case, own.key)
    assert "Notice of hearing" in open_as(office.presiding, page(case, own.key)).content.decode()
    assert open_as(office.voters[0], page(case, own.key)).status_code == 404
    actions.process_exhibit(own.pk, actor=Actor.system("worker", Origin.DEMO), at=scheduled.at)
    step = reverse("desk:step", args=[case.docket, "mark_hearing_exhibit"])
    assert own.key in open_as(office.presiding, step).content.decode()
    case.refresh_from_db()
    done = send_as(office.presiding, step, {"exhibit": own.key, "version": case.version})
    assert done.status_code == 302
    assert "HO-1" in open_as(office.voters[0], page(case, own.key)).content.decode()
