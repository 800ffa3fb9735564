"""Verifying the ledger for people: one line per chain, and whether case, exhibits and custody agree with it."""

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from tracker.audit import queries
from tracker.audit.verify import ChainReport, EntryState
from tracker.cases.models import Case
from tracker.cases.queries import lookups
from tracker.evidence import queries as evidence


@dataclass(frozen=True)
class Checked:
    """The result: lines for people, and whether everything is whole."""

    lines: tuple[str, ...]
    is_whole: bool

    @property
    def sentence(self) -> str:
        """The verdict in one sentence."""
        return _("The ledger is whole.") if self.is_whole else _("The ledger is not whole: see the lines above.")


def check(case: Case | None) -> Checked:
    """Verify one case's chain, or every chain of the installation and every anchor."""
    chains = [case.pk] if case else queries.chain_ids()
    standing = lookups.standing(chains)
    lines, whole = [], True
    for chain in chains:
        report = queries.chain_report(chain)
        docket, status = standing.get(chain, (str(chain), None))
        fault = _status_fault(report, status)
        faults = [f"  {one}" for one in evidence.evidence_faults(chain)] if report.is_whole else []
        faults += [fault] if fault else []
        whole = whole and report.is_whole and not faults
        lines += [_line(docket, report), *faults]
    if case is None:
        faults = queries.anchor_faults() + _published_faults()
        lines += faults
        whole = whole and not faults
    return Checked(tuple(lines), whole)


def _line(name: str, report: ChainReport) -> str:
    words = _("%(name)s: %(intact)d intact, %(disposed)d disposed, %(missing)d missing, %(altered)d altered") % {
        "name": name,
        "intact": report.count(EntryState.INTACT),
        "disposed": report.count(EntryState.DISPOSED),
        "missing": report.count(EntryState.MISSING),
        "altered": report.count(EntryState.ALTERED),
    }
    if report.broken:
        words += _("; first broken link: entry %(seq)d, %(reason)s") % {
            "seq": report.broken.seq,
            "reason": report.broken.reason,
        }
    return words


def _published_faults() -> list[str]:
    """Anchors are also written to a file outside the database; the ledger must hold each of them as it stands there."""
    path = Path(settings.ANCHOR_FILE)
    if not path.is_file():
        return []
    kept = {(str(anchor.number), anchor.root, anchor.hash) for anchor in queries.anchors()}
    lines = (line.split() for line in path.read_text(encoding="utf-8", errors="replace").splitlines())
    return [
        _("anchor %(number)s of the anchor file is not in the ledger") % {"number": parts[0]}
        for parts in lines
        if parts and (parts[0], *parts[2:]) not in kept
    ]


def _status_fault(report: ChainReport, status: str | None) -> str:
    """A case must stand where its last step put it."""
    if status is None:
        return ""
    told = lookups.told_status(report.chain)
    if told == status:
        return ""
    return _("  the case stands at %(status)s, its last step says %(told)s") % {"status": status, "told": told}
