import json

import pytest
from django.db.models import F

from tests.factories.cases import set_rule
from tests.factories.office import make_person
from tests.tracker.evidence.conftest import AT, process
from tracker.access.policy import Role
from tracker.audit.actors import Actor, Origin
from tracker.audit.models import LedgerEntry
from tracker.cases.models import Case
from tracker.errors import ActionRefused, NotPermitted, OutOfScope
from tracker.evidence import actions
from tracker.evidence.models import Exhibit, Marking

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(staff):
    return staff("presiding_officer")


def mark(exhibit, actor, **values):
    return actions.mark_exhibit(exhibit.pk, actor=actor, at=AT, **values)


def offer(exhibit, actor, **values):
    return actions.offer_exhibit(exhibit.pk, actor=actor, at=AT, **values)


def rule(exhibit, actor, ruling="admitted", **values):
    return actions.rule_on_exhibit(exhibit.pk, actor=actor, at=AT, ruling=ruling, **values)


def last():
    entry = LedgerEntry.objects.order_by("seq").last()
    return entry.event, json.loads(entry.body)["facts"]


class TestMarking:
    def test_each_party_has_its_own_marks(self, receive, counsel):
        exhibits = [process(receive(str(number).encode())) for number in range(5)]
        parties = ["board", "respondent", "board", "respondent", "joint"]
        marks = [mark(row, counsel, party=party).mark for row, party in zip(exhibits, parties, strict=True)]
        assert marks == ["1", "A", "2", "B", "J-1"]

    def test_the_boards_own_scheme_decides_how_they_look(self, receive, counsel, case):
        scheme = {"board": "letters", "respondent": "R-", "joint": "numbers", "presiding_officer": "X-"}
        set_rule(case.board, "exhibit_scheme", scheme)
        exhibits = [process(receive(str(number).encode())) for number in range(4)]
        parties = ["board", "respondent", "board", "joint"]
        marks = [mark(row, counsel, party=party).mark for row, party in zip(exhibits, parties, strict=True)]
        assert marks == ["A", "R-1", "B", "1"]

    def test_a_mark_can_be_chosen_and_the_next_one_goes_around_it(self, receive, counsel):
        exhibits = [process(receive(str(number).encode())) for number in range(3)]
        assert mark(exhibits[0], counsel, mark=" 2 ", sponsor="Dr.  Vale").mark == "2"
        assert [mark(row, counsel).mark for row in exhibits[1:]] == ["1", "3"]

    def test_leaves_a_line_and_raises_the_version(self, exhibit, counsel, case):
        before = case.version
        mark(exhibit, counsel, sponsor="Dr. Vale")
        event, facts = last()
        assert (event, facts["exhibit"], facts["mark"], facts["party"]) == ("evidence.marked", "E-1", "1", "board")
        case.refresh_from_db()
        assert case.version == before + 1

    @pytest.mark.parametrize(
        ("values", "reason"),
        [
            ({"party": "nobody"}, "which party"),
            ({"mark": "Ä 1"}, "letters, digits"),
            ({"mark": "1" * 13}, "at most 12"),
        ],
    )
    def test_refuses_an_odd_mark(self, exhibit, counsel, values, reason):
        with pytest.raises(ActionRefused, match=reason):
            mark(exhibit, counsel, **values)
        assert not Marking.objects.exists()

    def test_refuses_a_second_mark_and_a_mark_taken(self, marked, receive, counsel):
        with pytest.raises(ActionRefused, match="already marked"):
            mark(marked.exhibit, counsel)
        with pytest.raises(ActionRefused, match="already used"):
            mark(process(receive(b"other")), counsel, mark="1")

    def test_refuses_what_is_still_being_scanned(self, receive, counsel):
        with pytest.raises(ActionRefused, match="E-1 is not cleared: Scanning"):
            mark(receive(), counsel)

    def test_refuses_before_charges(self, exhibit, counsel, case):
        Case.objects.filter(pk=case.pk).update(stage="investigation", status="investigating", charged_at=None)
        with pytest.raises(ActionRefused):
            mark(exhibit, counsel)

    def test_the_loser_of_a_race_is_told(self, exhibit, counsel, case):
        Case.objects.filter(pk=case.pk).update(version=F("version") + 1)
        with pytest.raises(ActionRefused, match="changed by someone else"):
            mark(exhibit, counsel, seen=case.version)

    def test_says_who_may(self, exhibit, officer):
        with pytest.raises(NotPermitted, match="Board counsel"):
            mark(exhibit, officer)

    def test_an_attachment_goes_with_the_mark_of_its_email(self, exhibit, second, counsel, staff, case):
        Exhibit.objects.filter(pk=second.pk).update(number=exhibit.number, part=1, parent=exhibit)
        second.refresh_from_db()
        with pytest.raises(ActionRefused, match=r"E-1\.1 is an attachment: it goes with the mark of exhibit E-1"):
            mark(second, counsel)
        mark(exhibit, counsel)
        assert not case.exhibits.on_record().exists()
        offer(exhibit, counsel)
        assert list(case.exhibits.on_record()) == [exhibit, second]
        actions.withhold(second.pk, actor=counsel, at=AT, code="W-1", reason="x")
        assert list(case.exhibits.on_record()) == [exhibit]


class TestHearingOfficer:
    @pytest.fixture
    def notice(self, receive, officer):
        return process(receive(b"Notice of hearing", name="notice.txt", actor=officer))

    def test_puts_their_own_papers_into_the_record(self, notice, officer, receive, case):
        marking = actions.mark_hearing_exhibit(notice.pk, actor=officer, at=AT)
        assert (marking.mark, marking.party, marking.state) == ("HO-1", "presiding_officer", "offered")
        assert (marking.marked_at, marking.offered_at) == (AT, AT)
        assert last() == (
            "evidence.marked",
            {"exhibit": "E-1", "exhibit_id": str(notice.pk), "mark": "HO-1", "party": "presiding_officer"},
        )
        order = process(receive(b"Order", name="order.txt", actor=officer))
        assert actions.mark_hearing_exhibit(order.pk, actor=officer, at=AT).mark == "HO-2"
        assert list(case.exhibits.on_record()) == [notice, order]
        assert rule(notice, officer).state == "admitted"

    def test_touches_nothing_that_others_brought_in(self, exhibit, officer):
        with pytest.raises(OutOfScope):
            actions.mark_hearing_exhibit(exhibit.pk, actor=officer, at=AT)
        with pytest.raises(OutOfScope):
            actions.describe_exhibit(exhibit.pk, actor=officer, at=AT, title="Mine")
        assert not Marking.objects.exists()

    def test_may_describe_their_own(self, notice, officer):
        assert actions.describe_exhibit(notice.pk, actor=officer, at=AT, title="Notice").title == "Notice"

    def test_marks_once_and_only_what_is_cleared(self, notice, officer, receive):
        with pytest.raises(ActionRefused, match="not cleared"):
            actions.mark_hearing_exhibit(receive(b"x", actor=officer).pk, actor=officer, at=AT)
        actions.mark_hearing_exhibit(notice.pk, actor=officer, at=AT)
        with pytest.raises(ActionRefused, match="already marked"):
            actions.mark_hearing_exhibit(notice.pk, actor=officer, at=AT)

    def test_counsel_may_not(self, exhibit, counsel):
        with pytest.raises(NotPermitted, match="Presiding officer"):
            actions.mark_hearing_exhibit(exhibit.pk, actor=counsel, at=AT)


class TestOffering:
    def test_makes_it_part_of_the_record(self, marked, counsel, case):
        offered = offer(marked.exhibit, counsel, objection="Hearsay")
        assert (offered.state, offered.offered_at, offered.objection) == ("offered", AT, "Hearsay")
        assert list(case.exhibits.on_record()) == [marked.exhibit]
        assert last()[0] == "evidence.offered"

    def test_refuses_what_is_not_marked_or_offered_already(self, exhibit, counsel):
        with pytest.raises(ActionRefused, match="No marked exhibit waits to be offered"):
            offer(exhibit, counsel)
        mark(exhibit, counsel)
        offer(exhibit, counsel)
        with pytest.raises(ActionRefused, match="No marked exhibit waits to be offered"):
            offer(exhibit, counsel)

    def test_names_the_exhibit_that_is_not_the_one_to_offer(self, marked, second, counsel):
        with pytest.raises(ActionRefused, match="not marked yet"):
            offer(second, counsel)
        offer(marked.exhibit, counsel)
        mark(second, counsel)
        with pytest.raises(ActionRefused, match="stands at: Offered"):
            offer(marked.exhibit, counsel)

    def test_refuses_a_withheld_exhibit(self, marked, counsel):
        actions.withhold(marked.exhibit_id, actor=counsel, at=AT, code="W-1", reason="x")
        with pytest.raises(ActionRefused, match="withheld"):
            offer(marked.exhibit, counsel)

    @pytest.mark.parametrize("confidentiality", ["psychotherapy_notes", "part2"])
    def test_some_classes_need_an_order_or_a_consent(self, marked, counsel, confidentiality):
        values = {"actor": counsel, "at": AT, "confidentiality": confidentiality, "reason": "x"}
        actions.classify(marked.exhibit_id, **values)
        with pytest.raises(ActionRefused, match="order or a consent"):
            offer(marked.exhibit, counsel)
        actions.classify(marked.exhibit_id, **values, release_basis="Order of June 1")
        assert offer(marked.exhibit, counsel).state == "offered"


class TestRuling:
    def test_the_presiding_officer_admits(self, offered, officer):
        ruled = rule(offered.exhibit, officer)
        assert (ruled.state, ruled.ruled_by_id, ruled.ruled_at) == ("admitted", officer.user_id, AT)
        event, facts = last()
        assert (event, facts["ruling"]) == ("evidence.ruled", "admitted")

    def test_excludes_with_reasons_only(self, offered, officer, case):
        with pytest.raises(ActionRefused, match="reasons why"):
            rule(offered.exhibit, officer, "excluded")
        assert rule(offered.exhibit, officer, "excluded", reasons="Not relevant").ruling == "Not relevant"
        assert not case.exhibits.on_record().exists()

    def test_admits_over_an_objection_that_was_made(self, offered, officer):
        with pytest.raises(ActionRefused, match="objection"):
            rule(offered.exhibit, officer, "admitted_over_objection")
        ruled = rule(offered.exhibit, officer, "admitted_over_objection", objection="Hearsay")
        assert (ruled.state, ruled.objection) == ("admitted_over_objection", "Hearsay")

    def test_refuses_what_is_not_offered_or_ruled_on_already(self, marked, counsel, officer):
        with pytest.raises(ActionRefused, match="No offered exhibit waits for a ruling"):
            rule(marked.exhibit, officer)
        offer(marked.exhibit, counsel)
        rule(marked.exhibit, officer)
        with pytest.raises(ActionRefused, match="No offered exhibit waits for a ruling"):
            rule(marked.exhibit, officer)

    def test_names_the_exhibit_that_is_not_the_one_to_rule_on(self, offered, second, counsel, officer):
        mark(second, counsel)
        with pytest.raises(ActionRefused, match="not offered yet"):
            rule(second, officer)
        offer(second, counsel)
        rule(offered.exhibit, officer)
        with pytest.raises(ActionRefused, match="stands at: Admitted"):
            rule(offered.exhibit, officer)

    def test_refuses_an_odd_ruling(self, offered, officer):
        with pytest.raises(ActionRefused, match="admitted or excluded"):
            rule(offered.exhibit, officer, "offered")

    def test_counsel_may_not(self, offered, counsel):
        with pytest.raises(NotPermitted, match="Presiding officer"):
            rule(offered.exhibit, counsel)

    def test_the_officer_of_another_case_may_not(self, offered, case, receive, officer):
        other = Actor.staff(make_person(case.board, Role.PRESIDING_OFFICER).pk, Origin.DEMO)
        words = "Only the presiding officer assigned to this case may do this."
        with pytest.raises(NotPermitted, match=words):
            rule(offered.exhibit, other)
        paper = receive(b"Order.", "order.txt")
        Exhibit.objects.filter(pk=paper.pk).update(received_by=other.code)
        with pytest.raises(NotPermitted, match=words):
            actions.mark_hearing_exhibit(paper.pk, actor=other, at=AT)
        offered.refresh_from_db()
        assert (offered.state, Marking.objects.count()) == ("offered", 1)


class TestWithdrawing:
    def test_frees_the_exhibit_and_not_the_mark(self, marked, counsel):
        actions.withdraw_mark(marked.exhibit_id, actor=counsel, at=AT, reason="Wrong party")
        assert last()[0] == "evidence.mark_withdrawn"
        assert mark(Exhibit.objects.get(pk=marked.exhibit_id), counsel).mark == "2"

    def test_refuses_after_a_ruling_without_a_mark_and_without_a_reason(self, offered, counsel, officer, receive):
        with pytest.raises(ActionRefused, match="reason"):
            actions.withdraw_mark(offered.exhibit_id, actor=counsel, at=AT, reason=" ")
        rule(offered.exhibit, officer)
        with pytest.raises(ActionRefused, match="stands at"):
            actions.withdraw_mark(offered.exhibit_id, actor=counsel, at=AT, reason="x")
        with pytest.raises(ActionRefused, match="not marked"):
            actions.withdraw_mark(process(receive(b"x")).pk, actor=counsel, at=AT, reason="x")
