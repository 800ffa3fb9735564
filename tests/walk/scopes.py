"""Whether anybody saw what their scope forbids: the list and the gate, the file, letters, exhibits, search and counts.

The readers are those who decide (the presiding officer and two members who vote), the investigator of the case and
another one, and whoever stands in for somebody.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime

from boards import queries as board_queries
from boards.rules import RuleValue
from tracker.access import gate
from tracker.access.models import Assignment, Delegation, Membership, User
from tracker.access.policy import Capacity, Permission, Role
from tracker.audit.actors import Actor, Origin
from tracker.cases.kinds import RECORD_DOCUMENTS, ParticipantRole
from tracker.cases.models import Case, Identity
from tracker.cases.pathkinds import OfferState
from tracker.cases.queries import casefile, queue, readers
from tracker.cases.queries.readers import Reader
from tracker.errors import OutOfScope
from tracker.evidence import queries as evidence
from tracker.evidence.models import Exhibit
from tracker.hearings.models import Settlement
from tracker.notices import queries as letters

# What was offered and neither kept out nor taken back, and (for who presides) what was ruled on.
_SHOWN = {"offered", "admitted", "admitted_over_objection", "excluded"}
# An exclusion is known to who ruled it.
_OUT = {"excluded"}
# The clocks of the investigation, and of letters to the complainant.
_OF_THE_FILE = {"investigation_target", "status_update", "intake", "licensee_notice", "response", "expert_opinion"}
_OF_TALKS = {"settlement_agenda", "settlement_rejected"}


def rules(case: Case) -> Mapping[str, RuleValue]:
    """The board's rules on the day the case was filed."""
    return board_queries.rules_in_force(case.board, case.received_at.date())


def nobody_sees_more(case: Case, at: datetime, turns: int) -> None:
    """Look with the eyes of one reader, another one each turn."""
    people = list(dict.fromkeys(_readers(case, at)))
    sees_no_more(case, people[turns % len(people)], at)


def sees_no_more(case: Case, person: User, at: datetime) -> None:
    """Whether list, gate, search, exhibits, queue and file show a person the same, and no more than the scope has."""
    actor, reader = Actor.staff(person.pk, Origin.DEMO), readers.reader(person.pk, at=at)
    whole = list(reader.cases().filter(pk=case.pk).values_list("is_whole", flat=True))
    listed = bool(whole)
    assert listed == gate.sees(actor, case, at=at), f"{case.docket}: the list and the gate differ"
    _finds_by_name(case, reader, listed=listed, whole=any(whole))
    _exhibits(case, actor, listed=listed, whole=any(whole), at=at)
    _queue(case, reader, listed=listed)
    try:
        seen = casefile.find(reader, case.docket)
    except OutOfScope:
        assert not listed, f"{case.docket}: listed, and not found"
        return
    assert listed, f"{case.docket}: found, and not listed"
    if not seen.is_whole:
        _is_a_record(case, seen)
    elif not gate.can(actor, Permission.SETTLEMENT_VIEW, case, at=at):
        _hears_of_no_talks(case, seen)


def _readers(case: Case, at: datetime) -> Iterator[User]:
    placed = Assignment.objects.filter(case=case, ended_at__isnull=True)
    seated = placed.filter(capacity__in=(Capacity.PRESIDING, Capacity.INVESTIGATOR)).select_related("user")
    yield from (row.user for row in seated.order_by("id"))
    serving = Membership.objects.filter(board=case.board_id, valid_from__lte=at.date()).select_related("user")
    voting = serving.filter(role=Role.BOARD_MEMBER).exclude(user__in=placed.values("user")).order_by("pk")[:2]
    yield from (row.user for row in voting)
    others = serving.filter(role=Role.INVESTIGATOR).exclude(user__in=placed.values("user")).order_by("pk")[:1]
    yield from (row.user for row in others)
    lent = Delegation.objects.filter(board=case.board_id, ended_at__isnull=True).select_related("deputy")
    yield from (row.deputy for row in lent[:1])


def _finds_by_name(case: Case, reader: Reader, *, listed: bool, whole: bool) -> None:
    """A name finds the case for who sees it and no one else; on a record only the respondent's does."""
    people = Identity.objects.filter(participant__case=case, is_sealed=False).exclude(name="")
    for role, name in people.values_list("participant__role", "name"):
        found = reader.cases().filter(reader.named(name), pk=case.pk).exists()
        assert listed or not found, f"{case.docket}: found by a name, and not seen"
        assert whole or role == ParticipantRole.RESPONDENT or not found, f"{case.docket}: a record found by its {role}"


def _exhibits(case: Case, actor: Actor, *, listed: bool, whole: bool, at: datetime) -> None:
    """Nothing for who does not see the case; of a record what was offered, and to who presides also what was ruled on
    or brought in."""
    shown = {row.pk for row in evidence.exhibits_for(case, actor, at=at)}
    assert listed or not shown, f"{case.docket}: exhibits of a case that is not seen"
    if whole or not shown:
        return
    presides = gate.can(actor, Permission.EXHIBIT_RULE, case, at=at)
    states = _SHOWN if presides else _SHOWN - _OUT
    for row in Exhibit.objects.filter(pk__in=shown).prefetch_related("markings", "parent__markings"):
        marks = {mark.state for one in (row, row.parent) if one for mark in one.markings.all()}
        assert marks & states or row.received_by == actor.code, f"{case.docket}: a decider sees {row.key}"


def _queue(case: Case, reader: Reader, *, listed: bool) -> None:
    """The queue's rows, its counts, and the docket searched for."""
    page = queue.page(reader, queue.Wanted(words=case.docket, shown="all"))
    assert [row.docket for row in page.rows] == [case.docket] * listed
    assert page.total == page.views["due"] == listed, f"{case.docket}: counted, and not seen"
    assert max(page.views.values()) <= listed, f"{case.docket}: counted in a view, and not seen"
    facets = sum(page.facets.stages.values()), sum(page.facets.boards.values())
    assert facets == (listed, listed), f"{case.docket}: counted beside a filter, and not seen"


def _hears_of_no_talks(case: Case, seen: casefile.Seen) -> None:
    """The whole file without the talks: no offer among the papers, and no letter about one."""
    kinds = {row.kind for row in letters.letters_of_case(case.pk, but=seen.hides_letters)}
    assert kinds.isdisjoint(_OF_TALKS), f"{case.docket}: a letter on talks is listed"
    papers = {row.kind for row in casefile.documents(seen)}
    assert "settlement_offer" not in papers, f"{case.docket}: an offer is listed"


def _is_a_record(case: Case, seen: casefile.Seen) -> None:
    papers = casefile.documents(seen)
    kinds = {row.kind for row in papers}
    assert kinds <= set(RECORD_DOCUMENTS), f"{case.docket}: a decider sees {kinds - set(RECORD_DOCUMENTS)}"
    talks = Settlement.objects.filter(case=case).exclude(state__in=(OfferState.ACCEPTED, OfferState.SIGNED))
    shown = {row.pk for row in papers} & set(talks.values_list("paper", flat=True))
    assert not shown, f"{case.docket}: a decider sees a settlement that was not made"
    inner = [*casefile.timeline(seen), *casefile.notes(seen), *casefile.votes(seen)]
    assert not inner, f"{case.docket}: a decider sees the file"
    assert not seen.sees_talks, f"{case.docket}: a decider hears of talks"
    clocks = {row.kind for row in casefile.deadlines(seen)}
    assert clocks.isdisjoint(_OF_THE_FILE), f"{case.docket}: a decider sees the clocks of the investigation"
    drafts = [row for row in casefile.orders(seen) if not row.issued_at]
    assert not drafts or seen.case.status != "board_review", f"{case.docket}: a decider sees what the board drafts"
