"""Controls with USWDS classes, and where an error leads."""

from django import forms

from tracker.templatetags import uswds
from tracker.web.forms.dates import PartialDateField


class Sample(forms.Form):
    name = forms.CharField(widget=forms.TextInput({"class": "mono"}))
    kind = forms.ChoiceField(choices=[("a", "A")], widget=forms.RadioSelect)
    day = PartialDateField()


def test_a_control_keeps_its_own_class_and_is_red_when_wrong():
    assert 'class="usa-input mono"' in uswds.control(Sample()["name"])
    assert 'class="usa-input mono usa-input--error"' in uswds.control(Sample({})["name"])


def test_an_error_leads_to_the_first_control_of_its_field():
    form = Sample({})
    assert uswds.target(form["name"]) == "id_name"
    assert uswds.target(form["kind"]) == "id_kind_0"
    assert uswds.target(form["day"]) == "id_day_0"
    assert [row["target"] for row in uswds.error_rows(form)] == ["id_name", "id_kind_0", "id_day_0"]


def test_the_summary_names_the_field_that_is_empty():
    assert uswds.error_rows(Sample({}))[0]["words"] == "Name: This field is required."


def test_the_shape_is_told():
    assert uswds.kind(Sample()["day"]) == "group"
