"""Acts on the code tables all boards share: professions and grounds."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from boards.models import Ground, NpdbCode, Profession
from tracker.access import gate
from tracker.access.policy import Permission
from tracker.audit import ledger
from tracker.audit.actors import Actor
from tracker.directory import changes as changed
from tracker.errors import ActionRefused

PROFESSION_FIELDS = frozenset(("labels", "plain_labels", "license_letters", "npdb_codes", "order", "retired_on"))
GROUND_TEXTS = ("labels", "help_texts", "helps_board_texts")
GROUND_FIELDS = frozenset((*GROUND_TEXTS, "npdb_codes", "order"))


@transaction.atomic
def edit_profession(profession_id: UUID, *, changes: Mapping[str, Any], actor: Actor, at: datetime) -> Profession:
    """Change a profession's words, codes, order or retirement; its key is fixed.

    Refused: other fields, texts without English. Ledger: directory.profession_edited, nothing when nothing
    changed.
    """
    profession = changed.locked(Profession, profession_id)
    gate.require(actor, Permission.CODES_EDIT, None, at=at)
    before, after = changed.apply(profession, changes, PROFESSION_FIELDS)
    changed.check(profession, after, texts_by_language=("labels", "plain_labels"))
    if after:
        profession.save(update_fields=list(after))
        facts = {"profession": profession.key, "fields": sorted(after)}
        private = {"before": before, "after": after}
        _record("directory.profession_edited", facts, private, actor=actor, at=at)
    return profession


@transaction.atomic
def edit_ground(ground_id: UUID, *, changes: Mapping[str, Any], actor: Actor, at: datetime) -> Ground:
    """Change a ground's words, codes or order; its key is fixed and cases keep it.

    Refused: other fields, texts without English, a new code that is unknown or retired.
    Ledger: directory.ground_edited, nothing when nothing changed.
    """
    ground = changed.locked(Ground, ground_id)
    gate.require(actor, Permission.CODES_EDIT, None, at=at)
    before, after = changed.apply(ground, changes, GROUND_FIELDS)
    changed.check(ground, after, texts_by_language=GROUND_TEXTS)
    if "npdb_codes" in after:
        _refuse_codes(set(after["npdb_codes"]) - set(before["npdb_codes"]), at.date())
    if after:
        ground.save(update_fields=list(after))
        facts = {"ground": ground.key, "fields": sorted(after)}
        _record("directory.ground_edited", facts, {"before": before, "after": after}, actor=actor, at=at)
    return ground


def _refuse_codes(added: Collection[str], on: date) -> None:
    offered = NpdbCode.objects.filter(kind=NpdbCode.Kind.BASIS, code__in=added)
    offered = offered.filter(Q(retired_on=None) | Q(retired_on__gt=on))
    missing = sorted(set(added) - set(offered.values_list("code", flat=True)))
    if missing:
        raise ActionRefused([_("Unknown or retired NPDB codes: %(codes)s.") % {"codes": ", ".join(missing)}])


@transaction.atomic
def retire_ground(ground_id: UUID, *, retired_on: date, reason: str, actor: Actor, at: datetime) -> Ground:
    """Stop offering a ground from a day on; old cases keep it.

    Refused when it is retired already, or without a reason. Ledger: directory.ground_retired.
    """
    ground = changed.locked(Ground, ground_id)
    gate.require(actor, Permission.CODES_EDIT, None, at=at)
    reasons = [] if reason.strip() else [_("A reason is needed.")]
    if ground.retired_on:
        reasons.append(_("This ground is retired already."))
    if reasons:
        raise ActionRefused(reasons)
    ground.retired_on = retired_on
    ground.save(update_fields=["retired_on"])
    facts = {"ground": ground.key, "retired_on": retired_on.isoformat()}
    _record("directory.ground_retired", facts, {"reason": reason.strip()}, actor=actor, at=at)
    return ground


def _record(event: str, facts: Mapping[str, Any], private: Mapping[str, Any], *, actor: Actor, at: datetime) -> None:
    chain = ledger.INSTALLATION_CHAIN
    ledger.record(event, board_id=None, chain=chain, actor=actor, at=at, facts=facts, private=private)
