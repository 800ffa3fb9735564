"""Reading a draft's answers into the plain values that filing takes. Writes nothing."""

import calendar
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from boards import queries as board_queries
from tracker.cases import attestation
from tracker.cases.filingdata import AllegationData, ComplainantData, FilingData, RespondentData
from tracker.cases.kinds import Channel, Relation, Source
from tracker.cases.models import FilingDraft
from tracker.errors import ActionRefused


def filing_data(draft: FilingDraft, answers: Mapping[str, Any], *, at: datetime) -> FilingData:
    """The complaint that a draft's answers make (keys: board, who, what, you, review).

    Refused when no board is chosen, the statement is not agreed to, or a date cannot be read.
    """
    if draft.board is None:
        raise ActionRefused([_("Choose the board that should get your complaint.")])
    who, what = answers.get("who", {}), answers.get("what", {})
    you, review = answers.get("you", {}), answers.get("review", {})
    if not review.get("attested"):
        raise ActionRefused([_("Read the statement and agree to it before you file.")])
    relation = you.get("relation") or Relation.OTHER
    today = board_queries.local_day(draft.board, at)
    text = attestation.text_for(board_queries.rules_in_force(draft.board, today), draft.language)
    return FilingData(
        board_id=draft.board.pk,
        draft_id=draft.pk,
        source=Source.DUTY if relation == Relation.DUTY else Source.PUBLIC,
        channel=Channel.PORTAL,
        received_at=at,
        complainant=_complainant(you, relation, draft.language),
        respondent=RespondentData(
            name=str(who.get("name", "")),
            license_number=str(who.get("license_number", "")),
            profession=str(answers.get("board", {}).get("profession", "")),
            practice=str(who.get("practice", "")),
            address=str(who.get("address", "")),
        ),
        allegations=_allegations(what, today),
        attestation_version=text.version,
        attestation_text=text.text,
        attested_by=str(review.get("name", "")),
        verbatim={key: answers[key] for key in ("board", "who", "what", "you", "review") if key in answers},
    )


def _complainant(you: Mapping[str, Any], relation: str, language: str) -> ComplainantData:
    if you.get("anonymous"):
        return ComplainantData(is_anonymous=True, relation=relation, language=language)
    safe = " ".join(str(you.get(key, "")) for key in ("safe_contact", "safe_note")).strip()
    return ComplainantData(
        name=str(you.get("name", "")),
        email=str(you.get("email", "")),
        phone=str(you.get("phone", "")),
        address=str(you.get("address", "")),
        safe_contact=safe,
        relation=relation,
        language=language,
    )


def _allegations(what: Mapping[str, Any], today: date) -> tuple[AllegationData, ...]:
    """One allegation per ground; all share the words and the dates until staff part them."""
    first = _day(what.get("occurred_from"), last=False)
    last = today if what.get("ongoing") else _day(what.get("occurred_to"), last=True)
    if last and last > today and _day(what.get("occurred_to"), last=False) <= today:  # type: ignore[operator]
        last = today
    return tuple(
        AllegationData(str(ground), str(what.get("narrative", "")), first, last) for ground in what.get("grounds", [])
    )


def _day(text: Any, *, last: bool) -> date | None:
    """A full or partial date (`2026-03-05`, `2026-03`, `2026`): the first or the last day it can mean."""
    if not text:
        return None
    try:
        parts = [int(part) for part in str(text).split("-")]
        year = parts[0]
        month = parts[1] if len(parts) > 1 else (12 if last else 1)
        if len(parts) > 2:
            return date(year, month, parts[2])
        return date(year, month, calendar.monthrange(year, month)[1] if last else 1)
    except (ValueError, IndexError):
        raise ActionRefused([_("The date %(text)s cannot be read.") % {"text": text}]) from None
