"""Reading a complaint from JSON, for the `file_complaint` command."""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from uuid_utils.compat import uuid7

from boards import queries as board_queries
from tracker.cases import attestation
from tracker.cases.filingdata import AllegationData, ComplainantData, FilingData, RespondentData
from tracker.errors import ActionRefused
from tracker.web import textcheck

_TOP = "board channel source received_at complainant respondent allegations documents attestation"
KEYS = {
    "": frozenset(_TOP.split()),
    "complainant": frozenset(["name", "email", "phone", "address", "anonymous", "language", "relation"]),
    "respondent": frozenset(["name", "license_number", "profession", "address"]),
    "allegations": frozenset(["ground", "narrative", "occurred_from", "occurred_to"]),
    "attestation": frozenset(["name"]),
}


def read(path: Path, *, at: datetime) -> tuple[FilingData, list[Path]]:
    """The complaint in a JSON file, and the documents beside it (paths are taken from the file's folder).

    Refused with a sentence for every key that is unknown, missing or cannot be read.
    """
    data = _load(path)
    board = board_queries.board_by_slug(str(data.get("board", "")))
    faults = _misshapen(data) or _unknown(data)
    if board is None:
        faults.append(_("board: no board has the slug %(slug)s.") % {"slug": data.get("board", "")})
    if faults:
        raise ActionRefused(faults)
    documents = [path.parent / name for name in data.get("documents") or []]
    faults += [_("documents: %(path)s is not a file.") % {"path": p.name} for p in documents if not p.is_file()]
    if faults or board is None:
        raise ActionRefused(faults)
    today = board_queries.local_day(board, at)
    text = attestation.text_for(board_queries.rules_in_force(board, today), "en")
    filing = FilingData(
        board_id=board.pk,
        draft_id=uuid7(),
        source=data.get("source") or "public",
        channel=data.get("channel") or "mail",
        received_at=_moment(data.get("received_at"), at),
        complainant=_complainant(data.get("complainant")),
        respondent=RespondentData(**{"name": "", **{k: v or "" for k, v in (data.get("respondent") or {}).items()}}),
        allegations=tuple(_allegation(row) for row in data.get("allegations") or []),
        attestation_version=text.version,
        attestation_text=text.text,
        attested_by=(data.get("attestation") or {}).get("name") or "",
        verbatim=data,
    )
    return filing, documents


def _load(path: Path) -> dict[str, Any]:
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except OSError:
        raise ActionRefused([_("The file %(name)s cannot be read.") % {"name": path.name}]) from None
    except (ValueError, RecursionError):
        raise ActionRefused([_("The file %(name)s is not JSON in UTF-8.") % {"name": path.name}]) from None
    if not isinstance(data, dict):
        raise ActionRefused([_("The file must hold one JSON object.")])
    if not textcheck.can_be_kept(data):
        raise ActionRefused([_("The file holds signs that are no text: a null character or half a character.")])
    return data


def _misshapen(data: Mapping[str, Any]) -> list[str]:
    """What is not of the shape that its key needs; nothing empty is wrong here."""
    wanted: dict[str, tuple[type, str]] = {
        **{key: (str, _("a text")) for key in ("board", "channel", "source", "received_at")},
        **{key: (dict, _("an object")) for key in ("complainant", "respondent", "attestation")},
        **{key: (list, _("a list")) for key in ("allegations", "documents")},
    }
    faults = [
        _("%(key)s: must be %(kind)s.") % {"key": key, "kind": kind}
        for key, (shape, kind) in wanted.items()
        if data.get(key) is not None and not isinstance(data[key], shape)
    ]
    if faults:
        return faults
    rows = [("allegations", row) for row in data.get("allegations") or []]
    rows += [(key, data.get(key) or {}) for key in ("complainant", "respondent", "attestation")]
    for key, row in rows:
        faults += _misshapen_row(key, row)
    if not all(isinstance(name, str) for name in data.get("documents") or []):
        faults.append(_("documents: must be a list of paths."))
    return faults


def _misshapen_row(key: str, row: Any) -> list[str]:
    if not isinstance(row, Mapping):
        return [_("%(part)s: must be an object.") % {"part": key}]
    faults = []
    for name, value in row.items():
        is_answer = name == "anonymous"
        if value is not None and not isinstance(value, bool if is_answer else str):
            kind = _("true or false") if is_answer else _("a text")
            faults.append(_("%(key)s: must be %(kind)s.") % {"key": f"{key}.{name}", "kind": kind})
    return faults


def _unknown(data: Mapping[str, Any]) -> list[str]:
    faults = [_("%(key)s: this key is not known.") % {"key": key} for key in data if key not in KEYS[""]]
    for part, known in KEYS.items():
        inner = data.get(part) if part else None
        rows = inner if isinstance(inner, list) else [inner] if inner else []
        for row in rows:
            faults += [
                _("%(part)s.%(key)s: this key is not known.") % {"part": part, "key": k} for k in row if k not in known
            ]
    return faults


def _moment(text: Any, at: datetime) -> datetime:
    if not text:
        return at
    try:
        moment = datetime.fromisoformat(str(text))
        received_at = moment.astimezone(UTC)
    except (ValueError, OverflowError):
        raise ActionRefused([_("received_at: %(text)s is not a date and time.") % {"text": text}]) from None
    if moment.tzinfo is None:
        raise ActionRefused([_("received_at: add the offset, such as -06:00.")])
    return received_at


def _complainant(data: Any) -> ComplainantData | None:
    if not data:
        return None
    kept = {key: value for key, value in data.items() if value and key != "anonymous"}
    return ComplainantData(**kept, is_anonymous=bool(data.get("anonymous")))


def _allegation(row: Mapping[str, Any]) -> AllegationData:
    return AllegationData(
        ground=row.get("ground") or "",
        narrative=row.get("narrative") or "",
        occurred_from=_day(row.get("occurred_from")),
        occurred_to=_day(row.get("occurred_to")),
    )


def _day(text: Any) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(str(text))
    except ValueError:
        raise ActionRefused([_("%(text)s is not a date (YYYY-MM-DD).") % {"text": text}]) from None
