"""The forms of papers that are filed by hand."""

from django import forms
from django.utils.translation import gettext_lazy

from tracker.cases import kinds
from tracker.web.forms.case import StepForm, choice, day, words


class FileDocumentForm(StepForm):
    kind = choice(gettext_lazy("Kind of paper"), [(kind.value, kind.label) for kind in kinds.FILED_BY_HAND])
    title = forms.CharField(label=gettext_lazy("Title"), max_length=200)
    text = words(gettext_lazy("Its words"), required=True, rows=8)


class FileWaiverForm(StepForm):
    period = choice(
        gettext_lazy("Period that is waived"),
        kinds.Period.choices,
        help_text=gettext_lazy(
            "Exchange of exhibits, exceptions and reconsideration need both sides: their time runs until both waive it."
            " The other periods are the respondent's."
        ),
    )
    given_by = forms.ChoiceField(
        label=gettext_lazy("Who waives it"), choices=kinds.WaivedBy.choices, widget=forms.RadioSelect
    )
    signed_on = day(gettext_lazy("Day it was signed"), starts_today=True)
    text = words(gettext_lazy("The waiver's words"))
