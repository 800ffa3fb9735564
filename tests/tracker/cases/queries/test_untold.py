"""What settlement talks and other dockets leave behind in a case, and who does not learn of it."""

import pytest

from tests.factories.cases import Story
from tests.tracker.hearings.actions.test_settling import offered, reject, signed, signing
from tracker.access.models import User
from tracker.audit.models import LedgerEntry
from tracker.cases.kinds import DocumentKind
from tracker.cases.queries import casefile, readers, untold
from tracker.cases.queries.casefile import Seen
from tracker.errors import OutOfScope
from tracker.hearings.actions import deciding, settling


def seen(who: User, story: Story) -> Seen:
    """The case as somebody sees it."""
    return casefile.find(readers.reader(who.pk, at=story.at), story.docket)


def papers(who: User, story: Story) -> int:
    """How many stipulations somebody reads."""
    return sum(row.kind == DocumentKind.STIPULATION for row in casefile.documents(seen(who, story)))


def left_out(story: Story) -> list[str]:
    """The entries that a reader of the file without a place at talks is not told, oldest first."""
    told = {entry.seq for entry in casefile.timeline(seen(story.office.panel[0], story))}
    hidden = LedgerEntry.objects.filter(chain=story.case_id).exclude(seq__in=told).order_by("seq")
    assert list(hidden) == list(LedgerEntry.objects.filter(untold.talks(), chain=story.case_id).order_by("seq"))
    return list(hidden.values_list("event", flat=True))


@pytest.fixture
def before_board(story: Story) -> Story:
    """Signed before charges, and waiting for the board; the panel is seated."""
    story.to("probable_cause_review").seat_panel()
    return signed(story, "probable_cause_review")


def test_one_that_waits_for_the_board_is_no_secret_in_the_file(before_board: Story) -> None:
    assert papers(before_board.office.panel[0], before_board) == 1
    # The letter to the respondent speaks of nothing but the settlement, so it is never among the others.
    assert left_out(before_board) == ["hearing.settlement_offered", "notice.queued"]
    assert "settlement_agenda" in seen(before_board.office.panel[0], before_board).hides_letters


def test_who_decides_on_probable_cause_after_a_rejection_learns_nothing_of_it(before_board: Story) -> None:
    story, office = before_board, before_board.office
    reject(story)
    member, director = office.panel[0], office.director
    paper = story.case.documents.get(kind=DocumentKind.STIPULATION)
    assert (papers(member, story), papers(director, story)) == (0, 1)
    with pytest.raises(OutOfScope):
        casefile.document(seen(member, story), paper.pk)
    assert left_out(story) == [
        "hearing.settlement_offered",
        "hearing.settlement_signed",
        "notice.queued",
        "case.vote_recorded",
        "hearing.settlement_rejected",
        "notice.queued",
    ]
    assert "Too lenient." not in repr(casefile.timeline(seen(member, story)))
    assert "Too lenient." in repr(casefile.timeline(seen(director, story)))
    assert (casefile.votes(seen(member, story)), len(casefile.votes(seen(director, story)))) == ([], 1)
    assert seen(member, story).hides_letters == ("settlement_agenda", "settlement_rejected")
    assert seen(director, story).hides_letters == ()


def test_a_failed_vote_to_accept_is_talk_once_the_board_rejects(before_board: Story) -> None:
    story, member, director = before_board, before_board.office.panel[0], before_board.office.director

    def votes(who: User) -> int:
        return len(casefile.votes(seen(who, story)))

    story.vote("order", "accept_settlement", choices="nnnn")
    assert (votes(member), left_out(story).count("case.vote_recorded")) == (1, 0)
    reject(story)
    assert (votes(member), votes(director), left_out(story).count("case.vote_recorded")) == (0, 2, 2)
    # The vote on the next one, which waits, is no secret in the file.
    signed(story, "probable_cause_review")
    story.vote("order", "accept_settlement", choices="nnnn")
    assert (votes(member), votes(director), left_out(story).count("case.vote_recorded")) == (1, 3, 2)


def test_a_second_one_that_waits_does_not_open_the_first(before_board: Story) -> None:
    story = before_board
    reject(story)
    offered(story, "probable_cause_review")
    story.do(settling.sign_settlement, story.office.counsel, **signing(story))
    assert (papers(story.office.panel[0], story), papers(story.office.counsel, story)) == (1, 2)
    assert left_out(story).count("hearing.settlement_signed") == 1


def test_a_waiver_that_comes_with_a_settlement_is_talk_until_the_board_accepts_it(story: Story) -> None:
    office = offered(story, "prehearing").office
    presiding, member, counsel = office.presiding, office.voters[0], office.counsel
    story.assign(presiding, "presiding")

    def waivers(who: User) -> int:
        return sum(row.kind == DocumentKind.WAIVER for row in casefile.documents(seen(who, story)))

    story.waive("exceptions")
    story.waive("appeal", "respondent")
    assert [waivers(who) for who in (presiding, member, counsel)] == [1, 1, 2]
    assert story.entry("case.waiver_filed")["facts"]["with_offer"] is True
    assert left_out(story) == ["hearing.settlement_offered", "case.waiver_filed"]
    story.do(settling.sign_settlement, counsel, **signing(story))
    assert [waivers(who) for who in (presiding, member, counsel)] == [1, 2, 2]
    story.vote("order", "accept_settlement")
    data = {"decision": "accept_settlement", "text": "The stipulation is the order."}
    story.do(deciding.issue_order, office.director, **data)
    story.waive("reconsideration")
    assert "with_offer" not in story.entry("case.waiver_filed")["facts"]
    assert [waivers(who) for who in (presiding, member, counsel)] == [3, 3, 3]


def test_hidden_dockets_and_ended_offers_are_masked() -> None:
    facts = {"docket": "A", "companion_of": "B", "other": "C", "lapsed_offer": 2}
    assert untold.dockets_named([facts, {"other": ""}]) == {"B", "C"}
    masked = {"docket": "A", "companion_of": "another docket", "other": "C", "lapsed_offer": 2}
    assert untold.masked(facts, {"A", "B"}) == masked
    assert untold.masked(facts, set(), knows_talks=False) == {"docket": "A", "companion_of": "B", "other": "C"}
    assert untold.masked(facts, {"X"}) is facts
    assert (untold.names_offer(facts), untold.names_offer({"other": "C"})) == (True, False)
