"""Dates as people remember them: month and year are enough; what cannot be is told plainly."""

import importlib
import pkgutil
from datetime import date

import pytest
from django import forms

from tracker.access.models import Membership
from tracker.web import admin as web_admin
from tracker.web import forms as web_forms
from tracker.web.forms import dates
from tracker.web.forms.dates import PartialDateField, PartialDateWidget


@pytest.mark.parametrize(
    ("parts", "kept"),
    [
        (["2", "", "2026"], "2026-02"),
        (["2", "3", "2026"], "2026-02-03"),
        (["02", "03", "2026"], "2026-02-03"),
        (["2", "29", "2024"], "2024-02-29"),
        (["", "", ""], ""),
        ([" ", " ", " "], ""),
    ],
)
def test_parts_make_a_kept_date(parts, kept):
    assert PartialDateField(required=False).clean(parts) == kept


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        (["2", "3", ""], "incomplete"),
        (["", "3", "2026"], "incomplete"),
        (["2", "30", "2026"], "impossible"),
        (["13", "", "2026"], "impossible"),
        (["2", "x", "2026"], "impossible"),
        (["2", "²", "2026"], "impossible"),
        (["2", "", "2" * 5000], "impossible"),
        (["2" * 5000, "", "2026"], "impossible"),
        (["2", "3", "1899"], "ancient"),
        (["2", "3", "26"], "ancient"),
    ],
)
def test_what_cannot_be_a_date_is_told(parts, code):
    with pytest.raises(forms.ValidationError) as told:
        PartialDateField(required=False).clean(parts)
    assert told.value.code == code


def test_a_kept_date_comes_back_as_its_parts():
    widget = PartialDateWidget()
    assert widget.decompress("2026-02-03") == ["2", "3", "2026"]
    assert widget.decompress("2026-02") == ["2", "", "2026"]
    assert widget.decompress(None) == ["", "", ""]


def test_first_and_last_day_a_partial_date_can_mean():
    today = date(2026, 6, 3)
    assert dates.first_day("2026-02") == date(2026, 2, 1)
    assert dates.last_day("2024-02", today) == date(2024, 2, 29)
    assert dates.last_day("2026-06", today) == today
    assert dates.last_day("2026-02-03", today) == date(2026, 2, 3)
    assert dates.first_day("") is None
    assert dates.last_day("", today) is None


def test_the_future_is_named_with_today():
    words = dates.future_words("The first day", date(2026, 6, 3))
    assert words == "The first day cannot be in the future. Today is June 3, 2026"


def test_each_part_has_its_own_label_and_id():
    class Form(forms.Form):
        day = PartialDateField(label="First time", required=False)

    html = Form({"day_0": "2", "day_1": "", "day_2": "2026"}).as_p()
    for number, label in enumerate(("Month", "Day", "Year")):
        assert f'<label class="usa-label" for="id_day_{number}">{label}</label>' in html
    assert 'value="2026"' in html
    assert '<option value="2" selected>February</option>' in html


def test_a_form_knows_whether_a_date_changed():
    field = PartialDateField(required=False)
    assert not field.has_changed("2026-02", ["2", "", "2026"])
    assert field.has_changed("2026-02", ["2", "1", "2026"])


def dated_forms():
    """Every form of the desk, the portal and the admin site that takes a day."""
    for room in (web_forms, web_admin):
        for module in pkgutil.iter_modules(room.__path__):
            for found in vars(importlib.import_module(f"{room.__name__}.{module.name}")).values():
                days = [
                    (name, field)
                    for name, field in getattr(found, "declared_fields", {}).items()
                    if isinstance(field, forms.DateField)
                ]
                yield from ((f"{found.__name__}.{name}", field) for name, field in days)


def test_no_form_takes_a_day_from_which_none_can_be_counted():
    fields = dict(dated_forms())
    assert {"ScheduleHearingForm.held_on", "TakeEmergencyActionForm.effective_on", "TermForm.due_on"} <= set(fields)
    assert {"PlaceHoldForm.review_on", "ComplaintForm.received_on", "EndForm.last_day"} <= set(fields)
    for name, field in fields.items():
        for day, words in (("9999-12-31", "The year must be 2200 or earlier."), ("1899-12-31", "1900 or later.")):
            with pytest.raises(forms.ValidationError) as fault:
                field.clean(day)
            assert words in fault.value.messages[0], name
        assert field.clean("2200-12-31") == date(2200, 12, 31)


def test_the_admin_site_bounds_the_days_of_rows_too():
    valid_from = Membership._meta.get_field("valid_from")
    field = web_admin.site.get_model_admin(Membership).formfield_for_dbfield(valid_from, request=None)
    with pytest.raises(forms.ValidationError, match="2200 or earlier"):
        field.clean("9999-12-31")
