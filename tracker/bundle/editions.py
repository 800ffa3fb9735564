"""What an edition does with an exhibit: shows it, withholds it with a code, or leaves it out with a gap. Pure.

Board: everything, but what an act withholds. Hearing: what was offered and not excluded. Respondent's: the board's,
without what is sealed. Public record: the record, without anything sealed, confidential or withheld. Court record: the
record as it was before who decided, with what was excluded as an offer of proof, and the papers.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from tracker.bundle.plan import NOT_OFFERED, WITHDRAWN_PAGES, Hidden
from tracker.bundle.planning import hidden_stretches
from tracker.evidence.states import NEED_RELEASE, ON_RECORD, Confidentiality, MarkState, WithheldCode

BOARD, HEARING, RESPONDENT, PUBLIC, COURT = "board", "hearing", "respondent", "public", "court"
RECORD_ONLY = (HEARING, PUBLIC, COURT)
SHOWN, WITHHELD, ABSENT = "shown", "withheld", "absent"

CODE_OF: Mapping[str, str] = {
    Confidentiality.SEALED: WithheldCode.SEALED,
    Confidentiality.PSYCHOTHERAPY_NOTES: WithheldCode.PSYCHOTHERAPY_NOTES,
    Confidentiality.PART2: WithheldCode.PART2,
}
_BLOCKED = "blocked"


@dataclass(frozen=True)
class Stretch:
    """Pages of an exhibit, from 1, with a class of their own or a code for which they are not shown."""

    first: int
    last: int
    confidentiality: str = Confidentiality.NONE
    has_basis: bool = False
    code: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Standing:
    """What decides about an exhibit.

    `withheld_code` is that of an act or of this bundle; `state` its standing in the hearing ("" for no mark); `pages`
    None for what has none. An attachment has its e-mail as `parent`, whose mark and restrictions cover it.
    """

    key: str
    confidentiality: str = Confidentiality.NONE
    has_basis: bool = False
    withheld_code: str = ""
    state: str = ""
    pages: int | None = None
    stretches: tuple[Stretch, ...] = ()
    parent: "Standing | None" = None


@dataclass(frozen=True)
class Decision:
    """What becomes of an exhibit. `blocks` are sentences that forbid the whole edition, `notes` are for attention.

    `code` says why it is withheld or which gap its numbers are. `has_part2` where 42 CFR Part 2 records are shown.
    """

    outcome: str
    code: str = ""
    hidden: tuple[Hidden, ...] = ()
    blocks: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    has_part2: bool = False

    @property
    def hidden_pages(self) -> set[int]:
        """The pages that are not shown, from 1."""
        return {page for stretch in self.hidden for page in stretch.pages}


def decide(edition: str, item: Standing) -> Decision:
    """Decide about an exhibit; for an attachment also by its e-mail: the stricter counts."""
    blocks: tuple[str, ...] = ()
    is_part2 = False
    if item.parent is not None:
        over = decide(edition, replace(item.parent, stretches=()))
        if over.outcome != SHOWN:
            return replace(over, hidden=(), notes=())
        blocks, is_part2 = over.blocks, over.has_part2
        item = replace(item, state=item.parent.state)
    if edition in RECORD_ONLY and item.state not in on_record(edition):
        return Decision(ABSENT, NOT_OFFERED)
    if item.withheld_code:
        known = item.withheld_code in WithheldCode.values
        return Decision(WITHHELD, item.withheld_code, blocks=() if known else (_no_code(item.withheld_code),))
    verdict = _verdict(edition, item.confidentiality, item.has_basis)
    if verdict == _BLOCKED:
        blocks += (_needs_release(item),)
    elif verdict:
        return Decision(WITHHELD, verdict)
    return _decide_pages(edition, item, blocks, is_part2=is_part2 or item.confidentiality == Confidentiality.PART2)


def on_record(edition: str) -> tuple[MarkState, ...]:
    """What state an exhibit has in the hearing to be part of an edition of the record."""
    return (*ON_RECORD, MarkState.EXCLUDED) if edition == COURT else ON_RECORD


def _verdict(edition: str, confidentiality: str, has_basis: bool) -> str:
    """A code to withhold by, "" to show, or that nothing may be frozen."""
    if confidentiality == Confidentiality.SEALED:
        return CODE_OF[confidentiality] if edition in (RESPONDENT, PUBLIC) else ""
    if confidentiality in NEED_RELEASE:
        if edition == PUBLIC:
            return CODE_OF[confidentiality]
        return "" if has_basis else _BLOCKED
    return ""


def _decide_pages(edition: str, item: Standing, blocks: tuple[str, ...], *, is_part2: bool) -> Decision:
    notes = []
    if item.confidentiality == Confidentiality.SEALED:
        notes.append(_("Exhibit %(key)s is sealed and is shown in this edition.") % {"key": item.key})
    gone: dict[int, tuple[str, str]] = {}
    for stretch in item.stretches if item.pages else ():
        if stretch.last > (item.pages or 0):
            blocks += (_beyond(item, stretch),)
            continue
        code = stretch.code or _verdict(edition, stretch.confidentiality, stretch.has_basis)
        if code == _BLOCKED:
            blocks += (_pages_need_release(item, stretch),)
        elif code:
            _hide(gone, stretch, code, edition)
        is_part2 = is_part2 or (not code and stretch.confidentiality == Confidentiality.PART2)
    hidden = hidden_stretches(gone)
    if item.pages and len(gone) == item.pages:
        codes = [stretch.code for stretch in hidden if stretch.code != WITHDRAWN_PAGES]
        return Decision(WITHHELD, codes[0], blocks=blocks) if codes else Decision(ABSENT, WITHDRAWN_PAGES)
    return Decision(SHOWN, "", hidden, tuple(dict.fromkeys(blocks)), tuple(notes), is_part2)


def _hide(gone: dict[int, tuple[str, str]], stretch: Stretch, code: str, edition: str) -> None:
    # Words about what is withheld may tell what it is, so only the board reads them.
    reason = stretch.reason if edition == BOARD else ""
    for page in range(stretch.first, stretch.last + 1):
        if page not in gone or code == WITHDRAWN_PAGES:
            gone[page] = (code, reason)


def _no_code(code: str) -> str:
    return _("%(code)s is no reason for which an exhibit can be withheld.") % {"code": code}


def _needs_release(item: Standing) -> str:
    return _("Exhibit %(key)s (%(class)s) needs an order or a consent, or must be withheld.") % {
        "key": item.key,
        "class": str(Confidentiality(item.confidentiality).label).lower(),
    }


def _pages_need_release(item: Standing, stretch: Stretch) -> str:
    words = _("Pages %(first)s to %(last)s of exhibit %(key)s (%(class)s) need an order or a consent, or a code.")
    return words % {
        "first": stretch.first,
        "last": stretch.last,
        "key": item.key,
        "class": str(Confidentiality(stretch.confidentiality).label).lower(),
    }


def _beyond(item: Standing, stretch: Stretch) -> str:
    words = _("Exhibit %(key)s has %(pages)s pages, and pages %(first)s to %(last)s of it are restricted. Mend that.")
    return words % {"key": item.key, "pages": item.pages, "first": stretch.first, "last": stretch.last}


def shows_redacted(edition: str) -> bool:
    """Whether the proved redacted copy stands for the whole one where there is one."""
    return edition != BOARD


def is_masked(edition: str, *, rule: str, is_sealed: bool) -> bool:
    """Whether an edition may not name complainant and client.

    `rule` is the board's on the complainant's identity, `is_sealed` whether an identity is sealed in this case.
    """
    return edition == PUBLIC or (edition == RESPONDENT and (rule in ("masked", "sealed") or is_sealed))
