"""Docket number and tracking code: the two things a person holds."""

from django import forms
from django.utils.translation import gettext_lazy


class TrackForm(forms.Form):
    """What stands on the receipt."""

    docket = forms.CharField(
        label=gettext_lazy("Docket number"),
        help_text=gettext_lazy("Such as BHEC-2026-00412"),
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
