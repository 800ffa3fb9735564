"""The frame of every act: lock, require, decide, compare-and-set, clocks, one entry."""

import json
from collections.abc import Callable
from functools import partial
from uuid import uuid4

import pytest
from django.db import transaction

from tests.factories.cases import Story, refused
from tests.factories.staffed import make_staffed
from tracker.audit import queries as ledger
from tracker.audit.actors import Actor, Origin
from tracker.audit.models import LedgerEntry
from tracker.cases.actions import intake, investigation, moving
from tracker.cases.models import Case, CaseNote
from tracker.cases.workflow import MOVES
from tracker.errors import ActionRefused, NotPermitted, OutOfScope
from tracker.hearings.actions import negotiating
from tracker.hearings.actions.negotiating import TermData

CHANGED = "The case was changed by someone else while you were writing. Your words are kept; look at it again."
REVIEW = {"danger_found": False, "priority": "high", "reasons": "Contact goes on."}


def test_each_act_leaves_one_entry_and_one_version(office: object) -> None:
    story = Story(office)
    plain, faults = story.do, []

    def watched(act: object, who: object, **data: object) -> object:
        before = LedgerEntry.objects.filter(chain=story.case_id).exclude(event__startswith="notice.").count()
        version = story.case.version
        result = plain(act, who, **data)
        after = LedgerEntry.objects.filter(chain=story.case_id).exclude(event__startswith="notice.").count()
        if (after, story.case.version) != (before + 1, version + 1):
            faults.append(act.__name__)
        return result

    story.do = watched
    story.to("closed")
    assert faults == []
    report = ledger.chain_report(story.case_id)
    assert report.is_whole


def test_each_move_tells_from_and_to_and_when(story: Story) -> None:
    story.to("closed")
    moves = {move.event for move in MOVES.values()}
    told = [row for row in LedgerEntry.objects.filter(chain=story.case_id).order_by("seq") if row.event in moves]
    bodies = [story.entry(row.event) for row in told]
    steps = [(body["facts"].get("from"), body["facts"]["to"]) for body in bodies]
    assert [to for _from, to in steps] == list(Story.PATH)
    assert [start for start, _to in steps[1:]] == list(Story.PATH[:-1])
    assert {body["origin"] for body in bodies} == {"demo"}


def test_somebody_who_looked_at_an_older_case_is_told(story: Story) -> None:
    seen = story.case.version
    story.do(investigation.add_note, story.office.intake, text="Called back.")
    words = story.refused(intake.begin_review, story.office.intake, **REVIEW, seen=seen)
    assert words == CHANGED
    story.do(intake.begin_review, story.office.intake, **REVIEW, seen=story.case.version)


def test_an_unknown_case_is_out_of_scope(story: Story) -> None:
    actor = Actor.staff(story.office.intake.pk, Origin.DEMO)
    refused(partial(investigation.add_note, uuid4(), actor=actor, at=story.at, text="x"), OutOfScope)


def test_every_reason_is_told_at_once(story: Story) -> None:
    story.to("intake_review")
    actor = Actor.staff(story.office.manager.pk, Origin.DEMO)
    act = partial(moving.begin, story.case_id, "accept_case", actor=actor, at=story.at, extra=["And more."])
    with transaction.atomic():
        reasons = refused(act)
    assert reasons == [
        "A second person has not verified the priority.",
        "No investigator is assigned.",
        "And more.",
    ]


def test_an_open_offer_ends_with_the_order_in_the_same_entry(story: Story) -> None:
    story.to("proposed_decision")
    terms = [TermData("CENSURE")]
    row = {"side": "respondent", "text": "CANARY", "terms": terms, "offered_on": story.today}
    story.do(negotiating.offer_settlement, story.office.counsel, **row)
    # What is sent to the board can still be talked about: the offer waits until the case is decided.
    offer = negotiating.open_offer(story.to("board_review").case)
    assert offer is not None
    story.to("order_issued")
    offer.refresh_from_db()
    entry = story.entry("hearing.order_issued")
    assert (offer.state, entry["facts"]["lapsed_offer"]) == ("ended", offer.number)
    assert negotiating.open_offer(story.case) is None
    assert "CANARY" not in json.dumps(entry)
    story.to("closed")
    assert "lapsed_offer" not in story.entry("case.closed")["facts"]


def test_nobody_but_staff_acts_on_a_case(story: Story) -> None:
    for actor in (Actor.system("command"), Actor.filer(story.case.complaints.get().pk), Actor.respondent(uuid4())):
        act = partial(investigation.add_note, story.case_id, actor=actor, at=story.at, text="x")
        refused(act, (OutOfScope, NotPermitted))


def test_the_write_itself_compares_the_version(story: Story) -> None:
    """Also where locks do nothing, a case that moved since it was read is not moved again."""
    actor = Actor.staff(story.office.intake.pk, Origin.DEMO)
    with transaction.atomic():
        begun = moving.begin(story.case_id, "begin_review", actor=actor, at=story.at)
        Case.objects.filter(pk=story.case_id).update(version=7)
        for finish in (moving.finish_move, partial(moving.finish_act, event="case.note_added")):
            with pytest.raises(ActionRefused) as refusal:
                finish(begun)
            assert refusal.value.reasons == [CHANGED]


@pytest.mark.django_db(transaction=True)
def test_of_two_people_who_move_a_case_at_once_one_wins(together: Callable[..., list]) -> None:
    story = Story(make_staffed())
    people = (story.office.intake, story.office.second)
    results = together(
        *(
            partial(
                intake.begin_review,
                story.case_id,
                actor=Actor.staff(person.pk, Origin.DEMO),
                at=story.at,
                seen=1,
                **REVIEW,
            )
            for person in people
        )
    )
    lost = [found for found in results if isinstance(found, ActionRefused)]
    assert len(lost) == 1
    assert lost[0].reasons == [CHANGED]
    assert LedgerEntry.objects.filter(chain=story.case_id, event="case.review_begun").count() == 1
    assert (story.case.status, story.case.version) == ("intake_review", 2)
    assert ledger.chain_report(story.case_id).is_whole


@pytest.mark.django_db(transaction=True)
def test_many_notes_at_once_are_all_kept_and_the_chain_is_whole(together: Callable[..., list]) -> None:
    story = Story(make_staffed())
    actor = Actor.staff(story.office.intake.pk, Origin.DEMO)
    notes = [
        partial(investigation.add_note, story.case_id, actor=actor, at=story.at, text=f"Note {n}") for n in range(8)
    ]
    results = together(*notes)
    assert not [found for found in results if isinstance(found, Exception)]
    assert CaseNote.objects.count() == 8
    assert story.case.version == 9
    report = ledger.chain_report(story.case_id)
    assert report.is_whole
    seqs = LedgerEntry.objects.filter(chain=story.case_id).order_by("seq").values_list("seq", flat=True)
    assert list(seqs) == list(range(1, len(seqs) + 1))
