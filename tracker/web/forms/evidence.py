"""Forms of the pages of evidence: receiving an item, and what is done with one afterwards."""

from datetime import timedelta
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker.evidence.actions.custody import BY_HAND
from tracker.evidence.states import Bearing, Confidentiality, CustodyAct, PageCode, WithheldCode
from tracker.web.forms.dates import DAY_BOUNDS


class ExhibitForm(forms.Form):
    """An item of evidence as it comes in. The file itself is taken from the request, as received."""

    title = forms.CharField(
        label=gettext_lazy("Title"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("Such as “Text messages, February to April”. When empty: the file’s name."),
    )
    source = forms.CharField(
        label=gettext_lazy("Received from"), max_length=200, help_text=gettext_lazy("Who handed it over.")
    )
    dated_on = forms.DateField(
        label=gettext_lazy("Date of the item"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        validators=DAY_BOUNDS,
    )
    file = forms.FileField(label=gettext_lazy("File"), allow_empty_file=True)

    def clean_dated_on(self) -> object:
        """No item is from the future."""
        day = self.cleaned_data["dated_on"]
        if day and day > timezone.localdate() + timedelta(days=1):
            raise forms.ValidationError(_("The date of the item cannot be in the future"))
        return day


class ExhibitActForm(forms.Form):
    """A form about one exhibit; `claims` are the allegations of its case as pairs of id and words."""

    def __init__(self, *args: object, exhibit: object, claims: list, **kwargs: object) -> None:
        super().__init__(*args, prefix=None, auto_id=f"id_{type(self).__name__.lower()}_%s", **kwargs)
        self.exhibit, self.claims = exhibit, claims
        self.prepare()

    def prepare(self) -> None:
        """Fill in what the exhibit already has."""


class LinkForm(ExhibitActForm):
    allegation_id = forms.TypedChoiceField(label=gettext_lazy("Allegation"), coerce=UUID)
    bearing = forms.ChoiceField(label=gettext_lazy("It speaks"), choices=Bearing.choices)

    def prepare(self) -> None:
        """The allegations of the case."""
        self.fields["allegation_id"].choices = self.claims


class UnlinkForm(ExhibitActForm):
    allegation_id = forms.TypedChoiceField(coerce=UUID)

    def prepare(self) -> None:
        """The allegations of the case."""
        self.fields["allegation_id"].choices = self.claims


class ShareForm(ExhibitActForm):
    docket = forms.CharField(
        label=gettext_lazy("Linked docket"),
        max_length=40,
        help_text=gettext_lazy("It is received there by reference, with a number and a class of its own."),
    )


class DescribeForm(ExhibitActForm):
    title = forms.CharField(label=gettext_lazy("Title"), max_length=300)
    source = forms.CharField(label=gettext_lazy("Received from"), max_length=200, required=False)
    dated_on = forms.DateField(
        label=gettext_lazy("Date of the item"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        validators=DAY_BOUNDS,
    )

    def prepare(self) -> None:
        """As it is described now."""
        self.initial = {name: getattr(self.exhibit, name) for name in self.fields}


class ReasonForm(ExhibitActForm):
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300)


class WithholdForm(ExhibitActForm):
    code = forms.ChoiceField(
        label=gettext_lazy("Why it is withheld"),
        choices=[(code, f"{code} {label}") for code, label in WithheldCode.choices],
    )
    reason = forms.CharField(label=gettext_lazy("Reason in your own words"), max_length=300)


class ClassifyForm(ExhibitActForm):
    confidentiality = forms.ChoiceField(label=gettext_lazy("Class"), choices=Confidentiality.choices)
    release_basis = forms.CharField(
        label=gettext_lazy("Order or consent"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("The paper under which it may be shown, if there is one."),
    )
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300)

    def prepare(self) -> None:
        """The class it has now."""
        self.initial = {name: getattr(self.exhibit, name) for name in ("confidentiality", "release_basis")}


class RestrictPagesForm(ExhibitActForm):
    first_page = forms.IntegerField(label=gettext_lazy("First page"), min_value=1)
    last_page = forms.IntegerField(label=gettext_lazy("Last page"), min_value=1)
    code = forms.ChoiceField(
        label=gettext_lazy("Why the pages are not shown"),
        required=False,
        choices=[
            ("", gettext_lazy("They are shown where their class allows it")),
            *((code, f"{code} {label}") for code, label in PageCode.choices),
        ],
    )
    confidentiality = forms.ChoiceField(
        label=gettext_lazy("Class of the pages"), choices=Confidentiality.choices, initial=Confidentiality.NONE
    )
    release_basis = forms.CharField(
        label=gettext_lazy("Order or consent"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("The paper under which they may be shown, if there is one."),
    )
    reason = forms.CharField(label=gettext_lazy("Reason in your own words"), max_length=300)

    def prepare(self) -> None:
        """How many pages there are."""
        words = _("Counted from 1; the exhibit has %(count)s.") % {"count": self.exhibit.page_count or 0}
        self.fields["first_page"].help_text = words


class LiftForm(ExhibitActForm):
    restriction_id = forms.TypedChoiceField(label=gettext_lazy("Restriction"), coerce=UUID)
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300)

    def prepare(self) -> None:
        """What is in force on the exhibit."""
        self.fields["restriction_id"].choices = [
            (row.pk, restriction_words(row)) for row in self.exhibit.restrictions.all() if row.lifted_at is None
        ]


def restriction_words(row: object) -> str:
    """A restriction of pages as one line: "Pages 2 to 3, W-1 Privileged"."""
    pages = (
        _("Page %(page)s") % {"page": row.first_page}
        if row.first_page == row.last_page
        else _("Pages %(first)s to %(last)s") % {"first": row.first_page, "last": row.last_page}
    )
    parts = [pages]
    if row.code:
        parts.append(f"{row.code} {row.get_code_display()}")
    if row.confidentiality != Confidentiality.NONE:
        parts.append(str(row.get_confidentiality_display()))
    return ", ".join(parts)


class TransferForm(ExhibitActForm):
    act = forms.ChoiceField(
        label=gettext_lazy("What happened"),
        choices=[choice for choice in CustodyAct.choices if choice[0] in BY_HAND],
    )
    released_by = forms.CharField(label=gettext_lazy("Handed over by"), max_length=200, required=False)
    received_by = forms.CharField(label=gettext_lazy("Taken by"), max_length=200, required=False)
    purpose = forms.CharField(label=gettext_lazy("Purpose"), max_length=300)
    location = forms.CharField(label=gettext_lazy("Where it is now"), max_length=200, required=False)
