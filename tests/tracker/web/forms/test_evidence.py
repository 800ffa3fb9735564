"""Forms about one exhibit."""

from datetime import timedelta
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from tracker.web.forms.evidence import ClassifyForm, DescribeForm, ExhibitForm, LinkForm, TransferForm, UnlinkForm

CLAIM = uuid4()


class Item:
    """As much of an exhibit as the forms look at."""

    title, source, dated_on = "Old title", "Somebody", None
    confidentiality, release_basis = "part2", ""


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
