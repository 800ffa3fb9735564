"""Acts on the ledger as a whole: anchoring it, and disposing of private parts under authority."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from uuid_utils.compat import uuid7

from tracker.audit import canonical, ledger, queries
from tracker.audit.actors import Actor
from tracker.audit.models import Anchor, AnchorLeaf, Chain, LedgerEntry, LedgerPrivate
from tracker.errors import ActionRefused


@transaction.atomic
def make_anchor(*, actor: Actor, at: datetime) -> Anchor | None:
    """Bind the head of every chain that moved since the last anchor. Returns None when none moved.

    The anchor is kept as rows, linked to its predecessor, and one line is appended to `ANCHOR_FILE`, outside the
    database: that is what makes a forged database visible. Ledger: anchor.made (installation chain, which thereby
    moves after the anchor and is bound by the next one).
    """
    Chain.objects.bulk_create([Chain(id=ledger.INSTALLATION_CHAIN)], ignore_conflicts=True)
    Chain.objects.select_for_update().get(pk=ledger.INSTALLATION_CHAIN)
    last = queries.latest_anchor()
    moved = list(_moved())
    if not moved:
        return None
    number, prev = (last.number + 1, last.hash) if last else (1, canonical.GENESIS)
    root = queries.merkle_root(f"{chain} {seq} {head}" for chain, seq, head in moved)
    anchor = Anchor(
        number=number,
        at=at,
        root=root,
        prev_hash=prev,
        hash=canonical.anchor_hash(number, at, root, prev),
        leaf_count=len(moved),
    )
    anchor.save(force_insert=True)
    AnchorLeaf.objects.bulk_create(
        AnchorLeaf(id=uuid7(), anchor=anchor, chain=chain, seq=seq, hash=head) for chain, seq, head in moved
    )
    ledger.record(
        "anchor.made",
        board_id=None,
        chain=ledger.INSTALLATION_CHAIN,
        actor=actor,
        at=at,
        facts={"number": number, "leaves": len(moved), "root": root, "hash": anchor.hash},
    )
    transaction.on_commit(lambda: _append(anchor))
    return anchor


def _moved() -> list[tuple[UUID, int, str]]:
    """Heads that no anchor holds. An installation that only anchored has not moved."""
    bound = AnchorLeaf.objects.filter(chain=OuterRef("pk")).order_by("-seq").values("seq")[:1]
    heads = Chain.objects.annotate(bound=Coalesce(Subquery(bound), 0)).exclude(head_seq=0).exclude(head_seq=F("bound"))
    moved = list(heads.order_by("pk").values_list("pk", "head_seq", "head_hash"))
    if [chain for chain, _, _ in moved] == [ledger.INSTALLATION_CHAIN] and _only_anchored(moved[0][1]):
        return []
    return moved


def _only_anchored(seq: int) -> bool:
    last = LedgerEntry.objects.filter(chain=ledger.INSTALLATION_CHAIN, seq=seq).first()
    if last is None:
        return False
    bound = AnchorLeaf.objects.filter(chain=ledger.INSTALLATION_CHAIN).order_by("-seq").first()
    return last.event == "anchor.made" and (bound.seq if bound else 0) == seq - 1


def _append(anchor: Anchor) -> None:
    path = Path(settings.ANCHOR_FILE)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as lines:
        lines.write(f"{anchor.number} {canonical.rfc3339(anchor.at)} {anchor.root} {anchor.hash}\n")


@transaction.atomic
def dispose_private(
    entry_ids: Sequence[UUID],
    *,
    actor: Actor,
    at: datetime,
    authority: str,
    approvers: Sequence[UUID],
    reason: str,
) -> int:
    """Delete the private parts of entries of one chain under an authority (a code, such as a schedule's number).

    Refused without an authority, without two approvers, over more than one chain, or where no private part is left.
    Returns how many parts went. Ledger: ledger.private_disposed, naming the entries whose part went (and no other, so
    that a part that was lost before stays missing), in the same chain: verification tells a disposal from a loss.
    """
    parts = list(LedgerPrivate.objects.select_for_update().filter(entry__in=entry_ids).values_list("entry", flat=True))
    entries = list(LedgerEntry.objects.filter(pk__in=parts).order_by("chain", "seq"))
    reasons = _against_disposal(entries, authority, approvers)
    if reasons:
        raise ActionRefused(reasons)
    gone, _detail = LedgerPrivate.objects.filter(entry__in=[entry.id for entry in entries]).delete()
    ledger.record(
        "ledger.private_disposed",
        board_id=entries[0].board_id,
        chain=entries[0].chain,
        actor=actor,
        at=at,
        facts={
            "entries": [str(entry.id) for entry in entries],
            "count": gone,
            "authority": authority,
            "approvers": [str(person) for person in approvers],
        },
        private={"reason": reason},
    )
    return gone


def _against_disposal(entries: list[LedgerEntry], authority: str, approvers: Sequence[UUID]) -> list[str]:
    reasons = []
    if not authority or not canonical.CODE.fullmatch(authority):
        reasons.append(_("Name the authority for the disposal by its code, without spaces."))
    if len(set(approvers)) < 2:
        reasons.append(_("Two approvers must agree to a disposal."))
    if not entries:
        reasons.append(_("These entries hold no private part."))
    elif len({entry.chain for entry in entries}) > 1:
        reasons.append(_("A disposal is about the entries of one chain."))
    return reasons
