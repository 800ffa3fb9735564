"""What the front matter says of case and freeze, and how numbers are printed."""

from datetime import date, timedelta

import pytest

from tests.factories.offices import make_rule
from tests.tracker.bundle.conftest import AT
from tests.tracker.bundle.gathering import draft, freeze
from tracker.access.models import Membership, User
from tracker.audit.models import Anchor
from tracker.bundle import gather_heading, gather_people
from tracker.bundle.plan import Signing, Stamping
from tracker.hearings.models import Hearing


def test_the_heading_tells_the_hearing(case, staff, settings):
    officer = staff("presiding_officer", "Theodora Quill")
    Hearing.objects.create(
        board=case.board,
        case=case,
        presiding_id=officer.user_id,
        starts_at=AT + timedelta(days=30),
        place="Room 1",
        noticed_on=date(2026, 7, 2),
    )
    settings.SITE_URL = "https://complaints.example/"
    heading = gather_heading.heading_of(case, edition="board", freeze=2, at=AT, is_masked=False)

    assert not heading.is_masked
    assert heading.facts == (("Hearing", "Aug 1, 2026, 10:00 a.m."), ("Before", "Theodora Quill"))
    assert (heading.freeze, heading.respondent, heading.license_number) == (2, "Robin Vale", "LPC-1")
    assert heading.verify_url == "https://complaints.example/verify/"
    settings.SITE_URL = ""
    assert gather_heading.heading_of(case, edition="board", freeze=2, at=AT, is_masked=False).verify_url == ""


def test_numbers_are_printed_as_the_board_says(case, receive):
    assert gather_heading.stamping_of(case, AT) == Stamping("BHEC-2026-00001-")
    rule = {"prefix": "BHEC", "digits": 8, "start": 5001, "position": "top_left", "size_pt": "9"}
    make_rule(case.board, "bates", rule)

    assert gather_heading.stamping_of(case, AT) == Stamping("BHEC", 8, "top_left", "9")
    assert gather_heading.book_of(case, AT).next_number == 5001
    receive(1)
    freeze(case, E1=(3, 3))
    # What stands on pages that were handed out stays as it is.
    assert gather_heading.stamping_of(case, AT) == Stamping("OLD-", 7, "top_left", "9")
    assert gather_heading.book_of(case, AT).next_number == 4


@pytest.mark.parametrize(
    ("values", "name"),
    [
        ({}, "Cora Keeper"),
        ({"valid_until": date(2026, 7, 1)}, ""),
        ({"valid_from": date(2026, 8, 1)}, ""),
    ],
)
def test_the_custodian_is_who_holds_the_role_that_day(board, values, name):
    user = User.objects.create(email="cora@example.org", full_name="Cora Keeper")
    row = {"valid_from": date(2026, 1, 1)} | values
    Membership.objects.create(board=board, user=user, role="records_custodian", **row)

    assert gather_people.custodian(board.pk, AT) == name


def test_the_chains_name_head_and_anchor(case, receive):
    receive(1)
    assert gather_heading.chains_of(case).anchor_number == 0
    Anchor.objects.create(number=1, at=AT, root="ab" * 32, prev_hash="0" * 64, hash="cd" * 32, leaf_count=1)
    chains = gather_heading.chains_of(case)

    assert chains.custody_seq >= 2
    assert (chains.anchor_number, chains.anchor_at) == (1, "2026-07-02T15:00:00Z")


def test_files_are_signed_with_the_key_of_the_board(case, receive, settings, tmp_path):
    receive(1)
    settings.SIGNING_KEYS_DIR, settings.DEMO = str(tmp_path / "keys"), False
    assert gather_heading.signing_of(case.board, AT) == Signing()

    make_rule(case.board, "signature_required", True)
    assert gather_heading.signing_of(case.board, AT) == Signing(required=True)
    assert draft(case).notes == ("The board requires signed bundles and has no key here, so this one is not signed.",)

    settings.DEMO = True
    signing = gather_heading.signing_of(case.board, AT)
    assert (signing.is_demo, signing.required, len(signing.certificate_sha256)) == (True, True, 64)
    assert draft(case).notes == ()


def test_a_key_that_cannot_be_used_stops_an_export(case, receive, settings, tmp_path):
    receive(1)
    settings.SIGNING_KEYS_DIR = str(tmp_path)
    (tmp_path / "BHEC.pem").write_text("no key")

    assert "BHEC" in draft(case).reasons[0]
