"""Saying what an exhibit is and which allegations it bears on."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from tracker.access.policy import Permission
from tracker.audit.actors import Actor
from tracker.cases.models import Allegation
from tracker.errors import ActionRefused
from tracker.evidence.actions import framing
from tracker.evidence.models import EvidenceLink, Exhibit
from tracker.evidence.states import Bearing


@transaction.atomic
def describe_exhibit(
    exhibit_id: UUID, *, actor: Actor, at: datetime, title: str, source: str = "", dated_on: date | None = None
) -> Exhibit:
    """Give an exhibit a better title, source and date. Refused without a title. Ledger: evidence.described."""
    exhibit = framing.begin(exhibit_id, Permission.EVIDENCE_RECEIVE, actor=actor, at=at)
    title, source = " ".join(title.split()), " ".join(source.split())
    if not title:
        raise ActionRefused([_("Give the exhibit a title.")])
    before = {"title": exhibit.title, "source": exhibit.source, "dated_on": str(exhibit.dated_on or "")}
    exhibit.title, exhibit.source, exhibit.dated_on = title[:300], source[:200], dated_on
    exhibit.save(update_fields=["title", "source", "dated_on"])
    after = {"title": exhibit.title, "source": exhibit.source, "dated_on": str(dated_on or "")}
    framing.record(
        "evidence.described",
        exhibit,
        actor=actor,
        at=at,
        needs=Permission.EVIDENCE_RECEIVE,
        private={"before": before, "after": after},
    )
    return exhibit


@transaction.atomic
def link_to_allegation(
    exhibit_id: UUID, *, actor: Actor, at: datetime, allegation_id: UUID, bearing: str = Bearing.SUPPORTS
) -> EvidenceLink:
    """Say that an exhibit bears on an allegation of its case, for or against. A second time changes the
    bearing.

    Refused for an allegation of another case. Ledger: evidence.linked.
    """
    exhibit = framing.begin(exhibit_id, Permission.EVIDENCE_RECEIVE, actor=actor, at=at)
    allegation = _allegation(exhibit, allegation_id)
    if bearing not in Bearing.values:
        raise ActionRefused([_("Say whether the exhibit speaks for or against the allegation.")])
    link, _made = EvidenceLink.objects.update_or_create(
        exhibit=exhibit,
        allegation=allegation,
        defaults={"board_id": exhibit.board_id, "bearing": bearing, "linked_at": at},
    )
    facts = {"allegation": allegation.key, "bearing": bearing}
    framing.record("evidence.linked", exhibit, actor=actor, at=at, needs=Permission.EVIDENCE_RECEIVE, facts=facts)
    return link


@transaction.atomic
def unlink_from_allegation(exhibit_id: UUID, *, actor: Actor, at: datetime, allegation_id: UUID) -> None:
    """Take back a link. Refused where there is none. Ledger: evidence.unlinked."""
    exhibit = framing.begin(exhibit_id, Permission.EVIDENCE_RECEIVE, actor=actor, at=at)
    allegation = _allegation(exhibit, allegation_id)
    removed, _rows = EvidenceLink.objects.filter(exhibit=exhibit, allegation=allegation).delete()
    if not removed:
        reason = _("Exhibit %(key)s is not linked to allegation %(allegation)s.")
        raise ActionRefused([reason % {"key": exhibit.key, "allegation": allegation.key}])
    framing.record(
        "evidence.unlinked",
        exhibit,
        actor=actor,
        at=at,
        needs=Permission.EVIDENCE_RECEIVE,
        facts={"allegation": allegation.key},
    )


def _allegation(exhibit: Exhibit, allegation_id: UUID) -> Allegation:
    allegation = Allegation.objects.filter(pk=allegation_id, case_id=exhibit.case_id).first()
    if allegation is None:
        raise ActionRefused([_("The case has no such allegation.")])
    return allegation
