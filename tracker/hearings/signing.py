"""A settlement as both sides signed it: what is wrong with it, its words, and what the board calls it. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

# What a board calls the paper that settles a case before charges, by its rule `informal_paper`.
INFORMAL_PAPERS: Mapping[str, Promise] = {
    "stipulation": gettext_lazy("Stipulation before charges"),
    "statement_of_allegations": gettext_lazy("Statement of allegations and stipulation to informal disposition"),
    "agreed_order": gettext_lazy("Agreed order"),
    "consent_agreement": gettext_lazy("Consent agreement"),
}


@dataclass(frozen=True)
class Signing:
    """Who signed when (the board's dates), the words, and why the terms lie below the board's guideline."""

    respondent_on: date
    counsel_on: date
    text: str
    deviation: str = ""

    @property
    def last_on(self) -> date:
        """The day on which the second side signed."""
        return max(self.respondent_on, self.counsel_on)

    def faults(self, *, today: date, offered_on: date) -> list[str]:
        """Why it cannot be taken as signed: no words, a day in the future, or one before the offer."""
        faults = [] if self.text.strip() else [_("Write the stipulation.")]
        faults += [_("A signature cannot be in the future.")] if self.last_on > today else []
        if min(self.respondent_on, self.counsel_on) < offered_on:
            faults.append(_("It cannot have been signed before it was offered."))
        return faults

    def words(self, terms: Sequence[str], *, allegations: Sequence[str] = ()) -> str:
        """The paper. `allegations` are what it rests on where no charges say so."""
        parts = [_("Allegations:"), *allegations] if allegations else []
        parts += [self.text.strip(), _("Terms:"), *terms]
        if self.deviation.strip():
            parts.append(
                _("Why the terms depart from the board's guideline: %(why)s") % {"why": self.deviation.strip()}
            )
        signed = {"first": self.respondent_on.isoformat(), "second": self.counsel_on.isoformat()}
        parts.append(_("Signed by the respondent on %(first)s and by the board's counsel on %(second)s.") % signed)
        return "\n\n".join(parts)
