"""Keeping evidence from eyes that may not see it: withholding, classes with rules of their own, restricted pages."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from tracker.access.policy import Permission
from tracker.audit.actors import Actor
from tracker.errors import ActionRefused
from tracker.evidence.actions import custody, framing
from tracker.evidence.models import Exhibit, PageRestriction
from tracker.evidence.states import Confidentiality, CustodyAct, PageCode, WithheldCode


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
        "evidence.withheld",
        exhibit,
        actor=actor,
        at=at,
        needs=Permission.EVIDENCE_RESTRICT,
        facts={"code": code},
        private={"reason": reason.strip()},
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
    framing.record(
        "evidence.released",
        exhibit,
        actor=actor,
        at=at,
        needs=Permission.EVIDENCE_RESTRICT,
        private={"reason": reason.strip()},
    )
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
        needs=Permission.EVIDENCE_RESTRICT,
        facts={"class": confidentiality, "has_basis": bool(exhibit.release_basis)},
        private={"reason": reason.strip(), "basis": exhibit.release_basis},
    )
    if was_sealed != is_sealed:
        act = CustodyAct.SEALED if is_sealed else CustodyAct.UNSEALED
        custody.add(exhibit, act, actor=actor, at=at, entry=entry, purpose=reason.strip()[:300])
    return exhibit


@transaction.atomic
def restrict_pages(
    exhibit_id: UUID,
    *,
    actor: Actor,
    at: datetime,
    first_page: int,
    last_page: int,
    reason: str,
    code: str = "",
    confidentiality: str = Confidentiality.NONE,
    release_basis: str = "",
) -> PageRestriction:
    """Withhold pages of an exhibit (`code`), withdraw them (code G-1), or put them into a class of their own.

    Pages are counted from 1. Without a code, pages of a class that needs an order or a consent stop a bundle until
    `release_basis` names it. Refused for pages the exhibit does not have, without code and class, and without a
    reason. Bundles already frozen keep what they hold. Ledger: evidence.pages_restricted.
    """
    exhibit = framing.begin(exhibit_id, Permission.EVIDENCE_RESTRICT, actor=actor, at=at)
    reasons = _odd_pages(exhibit, first_page, last_page)
    if confidentiality not in Confidentiality.values:
        reasons.append(_("Choose the class of the pages."))
    if code and code not in PageCode.values:
        reasons.append(_("Choose why the pages are withheld."))
    if not code and confidentiality == Confidentiality.NONE:
        reasons.append(_("Choose why the pages are withheld, or their class."))
    if not reason.strip():
        reasons.append(_("Give the reason in your own words."))
    if reasons:
        raise ActionRefused(reasons)
    row = PageRestriction.objects.create(
        board_id=exhibit.board_id,
        exhibit=exhibit,
        first_page=first_page,
        last_page=last_page,
        confidentiality=confidentiality,
        code=code,
        release_basis=release_basis.strip()[:200],
        reason=reason.strip(),
        recorded_by=actor.code,
        recorded_at=at,
    )
    private = {"reason": row.reason, "basis": row.release_basis}
    facts = _page_facts(row) | {"has_basis": bool(row.release_basis)}
    framing.record(
        "evidence.pages_restricted",
        exhibit,
        actor=actor,
        at=at,
        needs=Permission.EVIDENCE_RESTRICT,
        facts=facts,
        private=private,
    )
    return row


def _odd_pages(exhibit: Exhibit, first_page: int, last_page: int) -> list[str]:
    pages = exhibit.page_count if exhibit.is_renderable else None
    if not pages:
        words = _("Exhibit %(key)s has no pages that could be restricted. Withhold the whole of it.")
        return [words % {"key": exhibit.key}]
    if not 1 <= first_page <= last_page <= pages:
        words = _("Exhibit %(key)s has pages 1 to %(pages)s. Give the first and the last page to restrict.")
        return [words % {"key": exhibit.key, "pages": pages}]
    return []


def _page_facts(row: PageRestriction) -> dict[str, str | int | bool]:
    return {
        "restriction": str(row.pk),
        "first_page": row.first_page,
        "last_page": row.last_page,
        "code": row.code,
        "class": row.confidentiality,
        "why": row.code or row.confidentiality,
    }


@transaction.atomic
def lift_restriction(
    exhibit_id: UUID, *, actor: Actor, at: datetime, restriction_id: UUID, reason: str
) -> PageRestriction:
    """End a restriction of pages; its row stays. Refused for one that is not in force on this exhibit, and without a
    reason.

    Ledger: evidence.restriction_lifted.
    """
    exhibit = framing.begin(exhibit_id, Permission.EVIDENCE_RESTRICT, actor=actor, at=at)
    row = PageRestriction.objects.filter(pk=restriction_id, exhibit=exhibit, lifted_at__isnull=True).first()
    reasons = []
    if row is None:
        reasons.append(_("Exhibit %(key)s has no such restriction.") % {"key": exhibit.key})
    if not reason.strip():
        reasons.append(_("Give the reason in your own words."))
    if reasons:
        raise ActionRefused(reasons)
    assert row is not None  # noqa: S101 - refused above
    row.lifted_at = at
    row.save(update_fields=["lifted_at"])
    framing.record(
        "evidence.restriction_lifted",
        exhibit,
        actor=actor,
        at=at,
        needs=Permission.EVIDENCE_RESTRICT,
        facts=_page_facts(row),
        private={"reason": reason.strip()},
    )
    return row
