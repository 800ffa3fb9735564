"""Allegation, evidence, finding; count, answer, finding."""

import pytest

from tests.factories.cases import Story
from tests.factories.docketed import Docketed
from tests.factories.office import make_person
from tests.factories.staffed import make_staffed
from tests.tracker.hearings.actions.test_settling import signed
from tracker.access.policy import Role
from tracker.cases.queries import casefile, matrix, readers
from tracker.evidence import actions as evidence
from tracker.hearings.actions import deciding, holding


@pytest.fixture
def office(db):
    return make_staffed()


def seen(person, story):
    return casefile.find(readers.reader(person.pk, at=story.at), story.case.docket)


def test_holes_are_seen(office):
    story = Docketed(office).investigating()
    story.receive("a.txt")
    claim = story.case.allegations.first()
    actor = story.actor(office.intake)
    evidence.link_to_allegation(story.exhibits[0].pk, actor=actor, at=story.at, allegation_id=claim.pk)
    for value in ("inconclusive", "substantiated"):
        data = {"allegation": "A1", "value": value, "reasons": "x"}
        story.do("record_finding", office.investigator, data)
    first, second = matrix.matrix(seen(office.counsel, story))

    assert (first.key, first.exhibits, [finding.value for finding in first.findings]) == (
        "A1",
        ["E-1"],
        ["substantiated"],
    )
    assert (second.key, second.exhibits, second.findings) == ("A2", [], [])


def test_the_record_has_no_allegations(office):
    story = Docketed(office).charged()

    assert matrix.matrix(seen(office.voters[0], story)) == []
    assert matrix.claims(seen(office.voters[0], story)) == []
    assert [words for _pk, words in matrix.claims(seen(office.counsel, story))][0].startswith("A1 ")


def test_counts_of_file_and_record(office):
    story = Docketed(office).charged()
    [whole], [record] = (matrix.counts(seen(person, story)) for person in (office.counsel, office.voters[0]))

    assert (whole.number, whole.citation, whole.answer, whole.allegations) == (1, "22 TAC 681.41", "Denied", ["A1"])
    assert (record.number, record.citation, record.answer, record.allegations) == (1, "22 TAC 681.41", "Denied", [])


def test_a_draft_of_charges_is_in_the_file(office):
    story = Docketed(office).reported()
    story.do("draft_count", office.counsel, {"allegations": ["A1"], "citation": "22 TAC 681.41", "text": "Words"})

    assert [row.number for row in matrix.counts(seen(office.counsel, story))] == [1]


def test_findings_of_a_decision_that_is_not_filed_are_the_officers_own(office):
    story = Docketed(office).scheduled().wait(62)
    story.do("open_hearing", office.presiding, {"appearances": "Both sides"})
    story.do("propose_finding", office.presiding, {"count": 1, "value": "proven", "reasons": "On the record"})

    def found(person):
        return [finding.value for finding in matrix.counts(seen(person, story))[0].findings]

    assert (found(office.presiding), found(office.counsel), found(office.voters[0])) == (["proven"], ["proven"], [])
    story.do("draft_sanction", office.presiding, {"code": "REPRIMAND"})
    story.do("file_proposed_decision", office.presiding, {"text": "Words"})
    assert found(office.voters[0]) == ["proven"]


def found(person, story):
    return [(row.by, row.value) for row in matrix.counts(seen(person, story))[0].findings]


def test_what_the_officer_drafted_before_a_settlement_is_never_shown_to_who_votes(story: Story):
    office, own = story.before("proposed_decision").office, [("presiding_officer", "proven")]
    readers = (office.presiding, make_person(office.board, Role.PRESIDING_OFFICER), office.voters[0])

    assert [found(who, story) for who in readers] == [own, [], []]
    signed(story, "hearing_held")
    assert [found(who, story) for who in (readers[0], readers[2])] == [own, []]
    story.vote("order", "accept_settlement")
    data = {"decision": "accept_settlement", "text": "The stipulation is the order."}
    story.do(deciding.issue_order, office.director, **data)
    assert [found(who, story) for who in readers] == [own, [], []]


def test_the_boards_own_finding_is_on_record_with_its_order(story: Story):
    office, row = story.to("board_review").office, {"count": 1, "value": "proven", "reasons": "The board thinks so."}
    story.do(holding.record_board_finding, office.director, **row)
    proposed, own = ("presiding_officer", "proven"), ("board", "proven")

    for who in (office.presiding, office.voters[0]):
        assert found(who, story) == [proposed]
    assert found(office.director, story) == [proposed, own]
    story.to("order_issued")
    assert found(office.voters[0], story) == [proposed, own]
