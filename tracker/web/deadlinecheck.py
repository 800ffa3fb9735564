"""Checking deadlines for people: one line per deadline that is not what the ledger and the rules say."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tracker.cases.models import Case
from tracker.cases.queries import recomputed


@dataclass(frozen=True)
class Checked:
    """The result: a line per difference, and how many cases were read."""

    lines: tuple[str, ...]
    cases: int

    @property
    def sentence(self) -> str:
        """The verdict in one sentence."""
        if self.lines:
            return _("Deadlines differ from the ledger and the rules: see the lines above.")
        words = ngettext(
            "The deadlines of %(n)d case agree with the ledger and the rules.",
            "The deadlines of %(n)d cases agree with the ledger and the rules.",
            self.cases,
        )
        return words % {"n": self.cases}


def check(case: Case | None) -> Checked:
    """Recompute the deadlines of one case, or of every case of the installation."""
    cases = recomputed.cases_to_check(case)
    found = [row for one in cases for row in recomputed.differences(one)]
    return Checked(tuple(row.sentence for row in found), len(cases))
