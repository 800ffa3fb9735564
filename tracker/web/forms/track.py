"""Docket number and tracking code: the two things a person holds."""

from django import forms
from django.utils.translation import gettext_lazy


class TrackForm(forms.Form):
    """What stands on the receipt."""

    docket = forms.CharField(
        label=gettext_lazy("Docket number"),
        help_text=gettext_lazy("Such as ABC-2026-00412"),
        max_length=40,
        widget=forms.TextInput(
            {"class": "mono", "autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
        error_messages={"required": gettext_lazy("Type the docket number from your receipt")},
    )
    code = forms.CharField(
        label=gettext_lazy("Tracking code"),
        max_length=60,
        widget=forms.TextInput(
            {"class": "mono", "autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
        error_messages={"required": gettext_lazy("Type the tracking code from your receipt")},
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})


class WithdrawForm(forms.Form):
    """The complainant's own words, and that they mean it."""

    text = forms.CharField(
        label=gettext_lazy("Why you want to withdraw"),
        help_text=gettext_lazy("In your own words. One sentence is enough."),
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": gettext_lazy("Write a sentence, so that the board understands you")},
    )
    understood = forms.BooleanField(
        label=gettext_lazy("I understand that the board may go on without me"),
        error_messages={"required": gettext_lazy("Check the box if you want to go on")},
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})


class ResumeForm(forms.Form):
    """The code that brings a draft back."""

    draft_code = forms.CharField(
        label=gettext_lazy("Draft code"),
        help_text=gettext_lazy("You saw it while you were writing."),
        max_length=60,
        widget=forms.TextInput(
            {"class": "mono", "autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
        error_messages={"required": gettext_lazy("Type the draft code")},
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
