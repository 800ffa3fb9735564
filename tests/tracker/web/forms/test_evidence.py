"""Forms about one exhibit."""

from datetime import timedelta
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from tracker.evidence.models import PageRestriction
from tracker.web.forms.evidence import (
    ClassifyForm,
    DescribeForm,
    ExhibitForm,
    LiftForm,
    LinkForm,
    RestrictPagesForm,
    TransferForm,
    UnlinkForm,
    restriction_words,
)

CLAIM = uuid4()


class Item:
    """As much of an exhibit as the forms look at."""

    title, source, dated_on = "Old title", "Somebody", None
    confidentiality, release_basis, page_count = "part2", "", 7

    class restrictions:
        @staticmethod
        def all():
            lifted = PageRestriction(first_page=1, last_page=1, code="W-1", lifted_at=timezone.now())
            return [lifted, PageRestriction(first_page=2, last_page=3, code="W-5", confidentiality="part2")]


def made(form_class, data=None):
    return form_class(data, exhibit=Item(), claims=[(CLAIM, "A1 Ground")])


def test_an_item_needs_a_file_and_a_source():
    assert set(ExhibitForm({}, {}).errors) == {"source", "file"}
    assert ExhibitForm({"source": "x"}, {"file": SimpleUploadedFile("a", b"")}).is_valid()


def test_no_item_is_from_the_future():
    day = (timezone.localdate() + timedelta(days=2)).isoformat()

    assert "dated_on" in ExhibitForm({"source": "x", "dated_on": day}, {"file": SimpleUploadedFile("a", b"a")}).errors


def test_only_allegations_of_the_case_can_be_chosen():
    assert made(LinkForm, {"allegation_id": str(CLAIM), "bearing": "against"}).is_valid()
    assert not made(LinkForm, {"allegation_id": str(uuid4()), "bearing": "for"}).is_valid()
    assert made(UnlinkForm, {"allegation_id": str(CLAIM)}).is_valid()
    assert not made(UnlinkForm, {"allegation_id": "x"}).is_valid()


def test_forms_begin_with_what_the_exhibit_has():
    assert made(DescribeForm).initial["title"] == "Old title"
    assert made(ClassifyForm).initial == {"confidentiality": "part2", "release_basis": ""}


def test_a_job_done_by_the_system_cannot_be_entered_by_hand():
    acts = {value for value, _label in made(TransferForm).fields["act"].choices}

    assert {"transferred", "examined", "copied", "returned"} <= acts
    assert "received" not in acts


def test_pages_are_given_as_numbers():
    data = {"first_page": "2", "last_page": "3", "code": "G-1", "confidentiality": "none", "reason": "x"}
    form = made(RestrictPagesForm, data)

    assert form.is_valid()
    assert (form.cleaned_data["first_page"], form.cleaned_data["code"]) == (2, "G-1")
    assert "has 7" in form.fields["first_page"].help_text
    assert set(made(RestrictPagesForm, {**data, "first_page": "0", "code": "R-1"}).errors) == {"first_page", "code"}


def test_only_restrictions_in_force_can_be_lifted():
    choices = [words for _pk, words in made(LiftForm).fields["restriction_id"].choices]

    assert choices == [
        "Pages 2 to 3, W-5 Confidential by statute, Substance use treatment records (42 CFR Part 2)",
    ]


def test_a_restriction_of_one_page_names_it():
    assert restriction_words(PageRestriction(first_page=4, last_page=4, code="G-1")) == "Page 4, G-1 Withdrawn"
