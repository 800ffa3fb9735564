"""Offers of settlement, changes to a proposal and what became of orders, as the desk reads them."""

from datetime import UTC, date, datetime

from tests.factories.cases import Story, set_rule
from tests.factories.office import make_person
from tracker.access.models import User
from tracker.access.policy import Role
from tracker.audit.actors import Actor
from tracker.cases.actions import closing, voting
from tracker.cases.queries import casefile, readers
from tracker.hearings import queries
from tracker.hearings.actions import drafting, negotiating
from tracker.hearings.actions.negotiating import TermData
from tracker.hearings.models import Order


def seen_by(story: Story, person: User) -> casefile.Seen:
    """The case before a person."""
    return casefile.find(readers.reader(person.pk, at=datetime.now(UTC)), story.docket)


def test_offers_newest_first_for_those_who_may_know(story: Story) -> None:
    set_rule(story.office.board, "informal_track", value=True)
    story.to("probable_cause_review").seat_panel()
    office = story.office
    for side in ("board", "respondent"):
        row = {"side": side, "text": "x", "terms": [TermData("CENSURE")], "offered_on": story.today}
        story.do(negotiating.offer_settlement, office.counsel, **row)
    for person in (office.counsel, office.manager, office.director, office.custodian, office.auditor):
        seen = seen_by(story, person)
        assert [row.number for row in queries.offers(seen)] == [2, 1]
        assert "settlement" in {entry.group for entry in casefile.timeline(seen)}
        assert "settlement_offer" in {paper.kind for paper in casefile.documents(seen)}
    for person in (office.panel[0], office.investigator, office.intake, office.administrator):
        seen = seen_by(story, person)
        assert seen.is_whole
        assert queries.offers(seen) == []
        assert "settlement" not in {entry.group for entry in casefile.timeline(seen)}
        assert "settlement_offer" not in {paper.kind for paper in casefile.documents(seen)}


def test_an_offer_that_nobody_answered_lapsed_with_the_case(story: Story) -> None:
    set_rule(story.office.board, "informal_track", value=True)
    counsel = story.to("probable_cause_review").office.counsel
    row = {"side": "board", "text": "x", "terms": [TermData("CENSURE")], "offered_on": story.today}
    story.do(negotiating.offer_settlement, counsel, **row)
    seen = seen_by(story, counsel)
    assert queries.lapsed(seen, queries.offers(seen)) == set()
    story.do(negotiating.end_settlement_talks, counsel, reason="Refused.")
    story.do(negotiating.offer_settlement, counsel, **row)
    closed = closing.Closure("NO_VIOLATION", "Nothing was found.")
    story.do(voting.approve_closure, story.office.director, disposition="NO_VIOLATION")
    story.seat_panel()
    story.do(closing.close_without_discipline, story.office.panel[0], closure=closed)
    assert queries.lapsed(seen, queries.offers(seen)) == {2}


def test_changes_are_no_part_of_the_record_before_the_order(story: Story) -> None:
    office = story.to("board_review").office
    row = {"part": "wording", "text": "He, not she.", "reasons": "A slip."}
    story.do(drafting.record_change, office.director, **row)
    assert [change.text for change in queries.changes(seen_by(story, office.director))] == ["He, not she."]
    for person in (office.presiding, office.voters[0]):
        assert queries.changes(seen_by(story, person)) == []


def test_what_became_of_an_order_is_said_in_words() -> None:
    first, second = (Order(issued_at=datetime(2026, month, 1, tzinfo=UTC)) for month in (3, 5))
    draft = Order(vacated_on=date(2026, 3, 1))
    assert queries.marks(draft, [draft]) == []
    assert queries.marks(second, [first, second]) == []
    assert queries.marks(first, [first, second]) == ["Replaced by a later order"]
    first.vacated_on = date(2026, 4, 1)
    assert queries.marks(first, [first, second]) == ["Set aside"]
    second.reconsidered_at = second.remanded_at = second.issued_at
    second.stayed_on = date(2026, 5, 2)
    told = ["Being reconsidered", "Sent back by the court", "Stayed by the court"]
    assert queries.marks(second, [first, second]) == told
    second.stay_lifted_on = date(2026, 5, 9)
    assert queries.marks(second, [first, second]) == told[:2]


def test_who_drafts_the_order(story: Story) -> None:
    office = story.to("hearing_held").office
    other = make_person(office.board, Role.PRESIDING_OFFICER)
    people = (office.director, office.presiding, other, office.counsel)

    def drafting_now() -> list[bool]:
        return [queries.drafts(story.case, Actor.staff(person.pk), at=story.at) for person in people]

    assert drafting_now() == [False, True, False, False]
    story.to("board_review")
    assert drafting_now() == [True, False, False, False]
