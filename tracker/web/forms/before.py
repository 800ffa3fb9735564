"""Five questions before filing. They give advice; nothing is refused and nothing is kept."""

from dataclasses import dataclass

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

YES, NO, UNSURE = "yes", "no", "unsure"
ANSWERS = [(YES, gettext_lazy("Yes")), (NO, gettext_lazy("No")), (UNSURE, gettext_lazy("I am not sure"))]
# Question, answers to which the sentence speaks, sentence.
SENTENCES = (
    (
        "danger",
        (YES, UNSURE),
        gettext_lazy(
            "If someone is in danger now, call 911 first. In a crisis call or text 988. A board is not fast enough."
        ),
    ),
    (
        "licensed",
        (NO,),
        gettext_lazy(
            "A board acts on licenses, and on people who work without the license they need. If no license is needed, "
            "a consumer office is the better place."
        ),
    ),
    (
        "licensed",
        (UNSURE,),
        gettext_lazy(
            "Each board’s page here has its license look-up. If you cannot find the name, you can still file."
        ),
    ),
    (
        "conduct",
        (NO,),
        gettext_lazy(
            "A board looks at conduct: rules, safety, honesty, boundaries. For a price or a style, talk to the office "
            "or your health plan."
        ),
    ),
    (
        "money",
        (YES,),
        gettext_lazy(
            "A board cannot get your money back, award damages or punish a crime. A small claims court, your health "
            "plan or the police can. You may do both."
        ),
    ),
    (
        "written",
        (NO,),
        gettext_lazy(
            "Most boards need something in writing. Someone you trust may write for you. You can save a draft here and "
            "come back."
        ),
    ),
)
REQUIRED = {"required": gettext_lazy("Choose an answer. “I am not sure” is fine")}


@dataclass(frozen=True)
class Advice:
    """What the answers mean: whether a board is a good place, and one sentence for each thing to know."""

    fits: bool
    headline: str
    points: list[str]


def _question(label: Promise, help_text: Promise | str = "") -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, help_text=help_text, choices=ANSWERS, widget=forms.RadioSelect, error_messages=REQUIRED
    )


class BeforeForm(forms.Form):
    """Danger, license, conduct, what is wanted, readiness to be a witness."""

    danger = _question(gettext_lazy("Is someone in danger right now?"))
    licensed = _question(
        gettext_lazy("Does the person hold a license, or work in a job that needs one?"),
        gettext_lazy("For example a counselor, psychologist, social worker or family therapist."),
    )
    conduct = _question(
        gettext_lazy("Is it about what the person did or failed to do in that work?"),
        gettext_lazy("Not only about a price, a waiting time or a style that did not suit you."),
    )
    money = _question(gettext_lazy("Do you mainly want money back, or someone punished for a crime?"))
    written = _question(
        gettext_lazy("Can you say in writing what happened, and answer questions later?"),
        gettext_lazy("Some boards take complaints without a name."),
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})

    def advice(self) -> Advice:
        """Plain sentences, the most urgent first."""
        said = self.cleaned_data
        points = [str(words) for name, answers, words in SENTENCES if said[name] in answers]
        fits = said["licensed"] != NO and said["conduct"] != NO
        headline = _("A licensing board looks like a right place") if fits else _("Another place may help you better")
        if fits and not points:
            points.append(_("You can file now. It takes about ten minutes, and you may stop and come back."))
        return Advice(fits, headline, points)
