"""Keeping evidence from eyes that may not see it: withholding from bundles, and classes with rules of their
own.
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from tracker.access.policy import Permission
from tracker.audit.actors import Actor
from tracker.errors import ActionRefused
from tracker.evidence.actions import custody, framing
from tracker.evidence.models import Exhibit
from tracker.evidence.states import Confidentiality, CustodyAct, WithheldCode


@transaction.atomic
def withhold(exhibit_id: UUID, *, actor: Actor, at: datetime, code: str, reason: str) -> Exhibit:
    """Keep an exhibit out of bundles; a withheld sheet stands for it. Refused without code and reason.

    Bundles already frozen keep what they hold. Ledger: evidence.withheld.
    """
    exhibit = framing.begin(exhibit_id, Permission.EVIDENCE_RESTRICT, actor=actor, at=at)
    reasons = []
    if code not in WithheldCode.values:
        reasons.append(_("Choose why the exhibit is withheld."))
    if not reason.strip():
        reasons.append(_("Give the reason in your own words."))
    if reasons:
        raise ActionRefused(reasons)
    exhibit.withheld_code, exhibit.withheld_reason = code, reason.strip()
    exhibit.save(update_fields=["withheld_code", "withheld_reason"])
    framing.record(
        "evidence.withheld", exhibit, actor=actor, at=at, facts={"code": code}, private={"reason": reason.strip()}
    )
    return exhibit


@transaction.atomic
def release(exhibit_id: UUID, *, actor: Actor, at: datetime, reason: str) -> Exhibit:
    """Let a withheld exhibit into bundles again. Refused where it is not withheld. Ledger: evidence.released."""
    exhibit = framing.begin(exhibit_id, Permission.EVIDENCE_RESTRICT, actor=actor, at=at)
    reasons = []
    if not exhibit.is_withheld:
        reasons.append(_("Exhibit %(key)s is not withheld.") % {"key": exhibit.key})
    if not reason.strip():
        reasons.append(_("Give the reason in your own words."))
    if reasons:
        raise ActionRefused(reasons)
    exhibit.withheld_code, exhibit.withheld_reason = "", ""
    exhibit.save(update_fields=["withheld_code", "withheld_reason"])
    framing.record("evidence.released", exhibit, actor=actor, at=at, private={"reason": reason.strip()})
    return exhibit


@transaction.atomic
def classify(
    exhibit_id: UUID, *, actor: Actor, at: datetime, confidentiality: str, reason: str, release_basis: str = ""
) -> Exhibit:
    """Put an exhibit into a class, and name the order or consent under which it may be shown, where there is
    one.

    Refused without a reason. Ledger: evidence.classified; custody: sealed or unsealed where that changes.
    """
    exhibit = framing.begin(exhibit_id, Permission.EVIDENCE_RESTRICT, actor=actor, at=at)
    reasons = []
    if confidentiality not in Confidentiality.values:
        reasons.append(_("Choose the class of the exhibit."))
    if not reason.strip():
        reasons.append(_("Give the reason in your own words."))
    if reasons:
        raise ActionRefused(reasons)
    was_sealed = exhibit.confidentiality == Confidentiality.SEALED
    is_sealed = confidentiality == Confidentiality.SEALED
    exhibit.confidentiality, exhibit.release_basis = confidentiality, release_basis.strip()[:200]
    exhibit.save(update_fields=["confidentiality", "release_basis"])
    entry = framing.record(
        "evidence.classified",
        exhibit,
        actor=actor,
        at=at,
        facts={"class": confidentiality, "has_basis": bool(exhibit.release_basis)},
        private={"reason": reason.strip(), "basis": exhibit.release_basis},
    )
    if was_sealed != is_sealed:
        act = CustodyAct.SEALED if is_sealed else CustodyAct.UNSEALED
        custody.add(exhibit, act, actor=actor, at=at, entry=entry, purpose=reason.strip()[:300])
    return exhibit
