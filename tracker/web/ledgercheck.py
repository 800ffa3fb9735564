"""Verifying the ledger for people: one line per chain, and whether each case stands where its entries say."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from tracker.audit import queries
from tracker.audit.verify import ChainReport, EntryState
from tracker.cases.models import Case
from tracker.cases.queries import lookups


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
        whole = whole and report.is_whole and not fault
        lines += [_line(docket, report), *([fault] if fault else [])]
    if case is None:
        faults = queries.anchor_faults()
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


def _status_fault(report: ChainReport, status: str | None) -> str:
    """A case must stand where its last step put it."""
    if status is None:
        return ""
    told = lookups.told_status(report.chain)
    if told == status:
        return ""
    return _("  the case stands at %(status)s, its last step says %(told)s") % {"status": status, "told": told}
