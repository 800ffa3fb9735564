"""The options of a bundle: for whom, as what file, in how large volumes."""

from django import forms
from django.utils.translation import gettext_lazy

from tracker.bundle.actions.requesting import MOST_MEGABYTES, MOST_SHEETS
from tracker.bundle.models import Edition, Format

# What each edition holds, as the page explains it.
HOLDS = {
    Edition.BOARD: gettext_lazy("everything in the file"),
    Edition.HEARING: gettext_lazy("offered and admitted"),
    Edition.RESPONDENT: gettext_lazy("without what is privileged or sealed"),
    Edition.PUBLIC: gettext_lazy("the open record"),
    Edition.COURT: gettext_lazy("papers, admitted and excluded exhibits, for a judge"),
}


def megabytes(text: str) -> int:
    """The size of a volume as a command line tells it. Raises ValueError."""
    value = int(text)
    if not 1 <= value <= MOST_MEGABYTES:
        raise ValueError(text)
    return value


class BundleForm(forms.Form):
    """Options of a request; each edition becomes an export of its own, all of one freeze."""

    editions = forms.MultipleChoiceField(
        label=gettext_lazy("Editions"),
        choices=Edition.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one edition.")},
    )
    format = forms.ChoiceField(
        label=gettext_lazy("Format"),
        choices=[
            (Format.PDF, gettext_lazy("PDF")),
            (Format.ZIP, gettext_lazy("ZIP with the PDF, load files and the originals that the edition allows")),
        ],
        widget=forms.RadioSelect,
        required=False,
    )
    volume_mb = forms.IntegerField(
        label=gettext_lazy("Volumes of at most, MB"), required=False, min_value=1, max_value=MOST_MEGABYTES
    )
    volume_pages = forms.IntegerField(
        label=gettext_lazy("Volumes of at most, pages"), required=False, min_value=1, max_value=MOST_SHEETS
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["format"].asked = True

    def clean_format(self) -> str:
        """PDF where nothing is said."""
        return self.cleaned_data["format"] or Format.PDF

    @property
    def usable(self) -> dict[str, object]:
        """What can be used of it for a preview, whether or not all of it is right."""
        known = getattr(self, "cleaned_data", {})
        return {
            "editions": known.get("editions") or [],
            "format": known.get("format") or Format.PDF,
            "volume_mb": known.get("volume_mb"),
            "volume_pages": known.get("volume_pages"),
        }
