"""The ledger is read: facts of one's boards, private parts within one's scope, nothing to save."""

import json

import pytest
from django.db import transaction
from django.utils import timezone

from tests.factories.docketed import Docketed
from tests.factories.staffed import make_staffed
from tracker.access.models import Membership
from tracker.audit import ledger
from tracker.audit.actors import Actor
from tracker.audit.models import LedgerEntry, LedgerPrivate
from tracker.cases.actions import overlays
from tracker.cases.models import Case
from tracker.directory import actions
from tracker.web.admin.ledger import in_words

LIST = "/admin/tracker/ledgerentry/"
WORDS = "Fostered dependency for years"


@pytest.fixture
def filed(office):
    return Docketed(office).file()


@pytest.fixture
def with_words(filed):
    """An entry of the case that has a private part."""
    return LedgerEntry.objects.filter(chain=filed.case.pk).exclude(private_digest="").first()


@pytest.fixture
def hired(office):
    """An entry of the installation, with a name in its private part."""
    told = {"actor": Actor.staff(office.administrator.pk), "at": timezone.now()}
    actions.create_user(email="zora@board.example", full_name="Zora Private", **told)
    return LedgerEntry.objects.get(event="directory.user_created")


def change(entry):
    return f"{LIST}{entry.pk}/change/"


def test_chains_in_reach_are_listed_newest_first(filed, hired, open_as):
    far = make_staffed("oh-far", "FAR")
    theirs = Docketed(far).file()

    rows = list(open_as(filed.office.administrator, LIST).context["cl"].result_list)

    chains = {row.chain for row in rows}
    assert filed.case.pk in chains
    assert hired.chain in chains
    assert theirs.case.pk not in chains
    assert [row.pk for row in rows] == sorted((row.pk for row in rows), reverse=True)


def test_entries_of_other_boards_look_like_none(filed, open_as):
    theirs = Docketed(make_staffed("oh-far", "FAR")).file()
    entry = LedgerEntry.objects.filter(chain=theirs.case.pk).first()

    assert open_as(filed.office.administrator, change(entry)).status_code == 404


def test_an_entry_tells_who_what_and_where(filed, open_as):
    entry = LedgerEntry.objects.filter(chain=filed.case.pk).first()
    text = open_as(filed.office.auditor, change(entry)).content.decode()

    assert f"/desk/cases/{filed.case.docket}/" in text
    assert " ".join(entry.hash[at : at + 4] for at in range(0, 64, 4)) in text
    assert filed.case.docket in text


@pytest.mark.parametrize("who", ["administrator", "auditor", "custodian"])
def test_private_parts_of_cases_in_scope_are_shown(filed, with_words, open_as, who):
    part = json.loads(LedgerPrivate.objects.get(entry=with_words.pk).body)
    text = open_as(getattr(filed.office, who), change(with_words)).content.decode()

    assert all(f"<dt>{name}</dt>" in text for name in part)


def test_the_private_part_of_the_installation_is_shown_to_nobody(office, hired, open_as):
    text = open_as(office.administrator, change(hired)).content.decode()

    assert "Zora" not in text
    assert "Not shown here." in text


def test_the_private_part_of_ones_own_board_is_shown(office, open_as):
    told = {"actor": Actor.staff(office.administrator.pk), "at": timezone.now()}
    actions.edit_board(office.board.pk, changes={"phone": "512-555-0199"}, **told)
    entry = LedgerEntry.objects.get(event="directory.board_edited")

    assert "512-555-0199" in open_as(office.auditor, change(entry)).content.decode()


def test_settlement_talks_are_shown_to_who_may_know_of_them(filed, office, open_as):
    told = {"actor": Actor.staff(office.counsel.pk), "at": timezone.now(), "facts": {"number": 1}}
    with transaction.atomic():
        entry = ledger.record(
            "hearing.settlement_talks_ended",
            board_id=office.board.pk,
            chain=filed.case.pk,
            private={"reason": "Too dear"},
            **told,
        )

    assert "Too dear" in open_as(office.custodian, change(entry)).content.decode()
    assert open_as(office.administrator, change(entry)).status_code == 404
    listed = [
        entry.pk in {one.pk for one in open_as(reader, LIST).context["cl"].result_list}
        for reader in (office.custodian, office.administrator)
    ]
    assert listed == [True, False]


def test_the_end_of_an_offer_is_masked_for_who_may_not_know_of_talks(filed, office, open_as):
    told = {"actor": Actor.staff(office.director.pk), "at": timezone.now(), "facts": {"to": "x", "lapsed_offer": 7}}
    with transaction.atomic():
        entry = ledger.record("case.closed", board_id=office.board.pk, chain=filed.case.pk, **told)

    assert "lapsed_offer" in open_as(office.auditor, change(entry)).content.decode()
    assert "lapsed_offer" not in open_as(office.administrator, change(entry)).content.decode()


def test_a_docket_that_the_reader_does_not_see_is_not_named(filed, office, open_as):
    filed.do("open_companion", office.counsel, {"name": "Ines Farrow", "allegations": ["A1"], "reason": "x"})
    opened = Case.objects.exclude(pk=filed.case.pk).get()
    here = LedgerEntry.objects.get(event="case.companion_opened")
    there = LedgerEntry.objects.get(chain=opened.pk, event="case.filed")
    assert opened.docket in open_as(office.administrator, change(here)).content.decode()
    assert filed.case.docket in open_as(office.administrator, change(there)).content.decode()
    overlays.seal_case(opened.pk, actor=filed.actor(office.counsel), at=filed.at, reason="A minor.")

    # The auditor opens seals, the administrator does not.
    assert opened.docket in open_as(office.auditor, change(here)).content.decode()
    text = open_as(office.administrator, change(here)).content.decode()
    assert opened.docket not in text
    assert "Ines Farrow" not in text
    assert "another docket" in text
    assert opened.docket not in open_as(office.administrator, LIST).content.decode()
    assert open_as(office.administrator, change(there)).status_code == 404


def test_a_disposed_private_part_says_so(filed, with_words, open_as):
    LedgerPrivate.objects.filter(entry=with_words.pk).delete()

    assert "It is no longer held." in open_as(filed.office.auditor, change(with_words)).content.decode()


@pytest.mark.parametrize("who", ["administrator", "auditor", "custodian"])
def test_there_is_nothing_to_save(filed, with_words, open_as, send_as, entries, who):
    reader = getattr(filed.office, who)
    page = open_as(reader, change(with_words))

    assert 'name="_save"' not in page.content.decode()
    assert send_as(reader, change(with_words), {"event": "x"}).status_code == 403
    assert open_as(reader, f"{LIST}add/").status_code == 403
    assert entries() == []


def test_an_ended_role_closes_the_ledger(filed, with_words, open_as):
    Membership.objects.filter(user=filed.office.auditor).update(valid_until="2021-01-01")

    assert open_as(filed.office.auditor, change(with_words)).status_code == 403


def test_search_and_filters(filed, hired, open_as):
    def events(**asked):
        page = open_as(filed.office.administrator, LIST, **asked)
        assert page.status_code == 200
        return {row.event for row in page.context["cl"].result_list}

    assert "case.filed" in events(q=filed.case.docket)
    assert events(q="user_created") == {"directory.user_created"}
    assert events(q=hired.hash) == {"directory.user_created"}
    assert events(kind="people") == {"directory.user_created"}
    assert "case.filed" in events(chain__exact=str(filed.case.pk))


def test_names_of_those_who_acted(office, hired, open_as):
    rows = open_as(office.administrator, LIST).context["cl"].result_list

    assert [row.actor_name for row in rows if row.pk == hired.pk] == [office.administrator.full_name]


@pytest.mark.parametrize(
    ("actor", "words"),
    [("filer:1", "Complainant"), ("respondent:1", "Respondent"), ("system:worker", "System, worker"), ("staff:7", "7")],
)
def test_actors_in_words(actor, words):
    assert in_words(actor) == words


@pytest.mark.once
def test_the_list_takes_the_same_queries_however_long(office, count_as):
    Docketed(office).file()
    one = count_as(office.administrator, LIST)
    Docketed(office).file()
    Docketed(office).scheduled()

    assert count_as(office.administrator, LIST) == one == 13
