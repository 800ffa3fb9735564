"""Evidence as people may see it. Who sees only the record sees offered exhibits and nothing else."""

import json
import re
from datetime import datetime
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from tracker.access import gate
from tracker.access.policy import Permission
from tracker.audit import queries as audit_queries
from tracker.audit.actors import Actor
from tracker.audit.queries import TimelineEntry
from tracker.cases.models import Case, CaseLink
from tracker.errors import ActionRefused, OutOfScope
from tracker.evidence import lineage
from tracker.evidence.models import CustodyEvent, EvidenceLink, Exhibit
from tracker.evidence.states import RULINGS, ExhibitState
from tracker.files.rendering.rendered import SlipFacts

# Acts by which an exhibit comes into a case, as bytes or by reference.
RECEIVED = ("evidence.received", "evidence.referred")
# Acts that always leave a custody entry.
ALWAYS_HANDLED = (*RECEIVED, "evidence.cleared", "evidence.refused", "evidence.custody_changed")

# The name of an exhibit; the number alone will do.
_KEY = re.compile(r"(?:E-)?([0-9]{1,8})(?:\.([0-9]{1,4}))?", re.ASCII)


def exhibits_for(case: Case, actor: Actor, *, at: datetime) -> "QuerySet[Exhibit]":
    """The exhibits of a case that an actor may see, in E order, with files, renditions, marks and links.

    The whole file for those who see the case; for record-only people what is offered and not excluded, for
    the presiding officer also what they ruled on or brought in. Attachments go with their e-mail, and are closed with
    the one they came out of. Nothing for anybody else.
    """
    rows = Exhibit.objects.filter(case=case)
    may = gate.asker(actor, case, at=at)
    if not may(Permission.CASE_VIEW):
        if not may(Permission.RECORD_VIEW):
            return rows.none()
        visible = rows.on_record()
        if may(Permission.EXHIBIT_RULE):
            ruled = Q(markings__state__in=RULINGS) | Q(
                parent__markings__state__in=RULINGS, parent__withheld_code="", withheld_code=""
            )
            visible = visible | rows.filter(ruled | Q(received_by=actor.code)).distinct()
        rows = visible.exclude(pk__in=lineage.covered(case))
    links = EvidenceLink.objects.select_related("allegation").order_by("allegation__number")
    return (
        rows.select_related("stored_file")
        .prefetch_related("renditions__stored_file", "markings", Prefetch("links", links))
        .order_by("number", "part")
    )


def visible_exhibit(exhibit_id: UUID, actor: Actor, *, at: datetime) -> Exhibit:
    """One exhibit, when the actor may see it. Raises OutOfScope when not, or when there is none."""
    exhibit = Exhibit.objects.select_related("case__board").filter(pk=exhibit_id).first()
    if exhibit is None:
        raise OutOfScope
    found = exhibits_for(exhibit.case, actor, at=at).filter(pk=exhibit_id).first()
    if found is None:
        raise OutOfScope
    return found


def downloadable_exhibit(exhibit_id: UUID, actor: Actor, *, at: datetime) -> Exhibit:
    """One exhibit whose bytes may leave the vault for this actor. Raises OutOfScope; ActionRefused before it
    is cleared, and where the original holds what a reader of the record may not see.
    """
    exhibit = visible_exhibit(exhibit_id, actor, at=at)
    if exhibit.state != ExhibitState.CLEARED:
        label = ExhibitState(exhibit.state).label
        reason = f"{exhibit.key}: {label}. {exhibit.state_reason}".strip()
        raise ActionRefused([reason])
    if not gate.can(actor, Permission.CASE_VIEW, exhibit.case, at=at) and is_partly_closed(exhibit):
        reason = _("Parts of exhibit %(key)s are withheld, so its original is not handed out. Read it in the bundle.")
        raise ActionRefused([reason % {"key": exhibit.key}])
    return exhibit


def notes_on(exhibit: Exhibit) -> list[str]:
    """What was said when the pages of an exhibit were made: what they do not show, what stays in the original only."""
    if exhibit.rendition is not None:
        return [str(words) for words in json.loads(exhibit.rendition.facts).get("warnings", ())]
    slip = SlipFacts.from_json(exhibit.slip_facts) if exhibit.slip_facts else SlipFacts("")
    return [value for label, value in slip.facts if label == _("Note")]


def is_partly_closed(exhibit: Exhibit) -> bool:
    """Whether the original file of an exhibit holds more than its readers on the record may see."""
    if exhibit.is_withheld or exhibit.redacted is not None or has_closed_pages(exhibit):
        return True
    return lineage.inside(exhibit).filter(lineage.CLOSED).exists()


def has_closed_pages(exhibit: Exhibit) -> bool:
    """Whether single pages of an exhibit are withheld or withdrawn, or wait for an order or a consent."""
    return exhibit.restrictions.filter(~Q(code="") | lineage.UNRELEASED, lifted_at__isnull=True).exists()


def place_of(key: str) -> tuple[int, int]:
    """Number and part of an exhibit's name: "E-7" → (7, 0), "e-7.2" → (7, 2); (0, 0) for what is no name."""
    found = _KEY.fullmatch(key.strip().upper())
    return (int(found[1]), int(found[2] or 0)) if found else (0, 0)


def custody_of(exhibits: list[Exhibit]) -> dict[UUID, list[CustodyEvent]]:
    """The custody of exhibits, oldest first, by exhibit; one query."""
    found: dict[UUID, list[CustodyEvent]] = {exhibit.pk: [] for exhibit in exhibits}
    for event in CustodyEvent.objects.of_exhibits(list(found)):
        found[event.exhibit_id].append(event)
    return found


def given_by(case_id: UUID, complaint_id: UUID) -> "QuerySet[Exhibit]":
    """What the writer of a complaint gave, with it or later, in the order it came; one query."""
    rows = Exhibit.objects.filter(case_id=case_id, received_by=Actor.filer(complaint_id).code)
    return rows.select_related("stored_file").order_by("number", "part")


def has_linked_docket(exhibit: Exhibit) -> bool:
    """Whether the case of an exhibit is linked with another docket of its board."""
    pair = Q(case_id=exhibit.case_id) | Q(other_id=exhibit.case_id)
    live = CaseLink.objects.filter(pair, ended_at__isnull=True)
    return live.filter(case__board_id=exhibit.board_id, other__board_id=exhibit.board_id).exists()


def evidence_faults(case_id: UUID) -> list[str]:
    """Where exhibits and custody of a case are not what its ledger tells; empty when all fits.

    The ledger itself must be whole. A custody entry stands beside the entry of the same act: same actor, time and
    exhibit. Every exhibit keeps the digest it was received with.
    """
    told = {entry.seq: entry for entry in audit_queries.timeline(case_id, with_private=False)}
    received = {str(entry.facts.get("exhibit_id")): entry for entry in told.values() if entry.event in RECEIVED}
    faults = []
    kept = Exhibit.objects.filter(case_id=case_id).select_related("stored_file").order_by("number", "part")
    for exhibit in kept:
        entry = received.pop(str(exhibit.pk), None)
        if entry is None or entry.facts.get("sha256") != exhibit.stored_file.digest:
            faults.append(_("%(key)s is not the file that the ledger tells of") % {"key": exhibit.key})
    faults += [_("%(key)s is missing") % {"key": entry.facts.get("exhibit")} for entry in received.values()]
    custody = list(CustodyEvent.objects.filter(case_id=case_id).order_by("ledger_seq", "seq"))
    digests = {exhibit.pk: exhibit.stored_file.digest for exhibit in kept}
    for event in custody:
        if not _fits(event, told.get(event.ledger_seq), digests.get(event.exhibit_id, "")):
            faults.append(_("the custody entry of ledger entry %(seq)d is altered") % {"seq": event.ledger_seq})
    handled = {event.ledger_seq for event in custody}
    for seq, entry in sorted(told.items()):
        if entry.event in ALWAYS_HANDLED and seq not in handled:
            faults.append(_("the custody entry of ledger entry %(seq)d is missing") % {"seq": seq})
    return faults


def _fits(event: CustodyEvent, entry: TimelineEntry | None, digest: str) -> bool:
    """The digest in custody is the original's, or that of the copy which the same act made."""
    if entry is None or (entry.actor, entry.at) != (event.actor, event.at):
        return False
    return entry.facts.get("exhibit_id") == str(event.exhibit_id) and event.digest in (
        digest,
        entry.facts.get("rendition"),
    )
