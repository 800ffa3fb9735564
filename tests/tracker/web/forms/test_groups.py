"""A field for a list of things with fields of their own."""

from typing import Any

import pytest
from django import forms

from tracker.web.forms.groups import GroupsField, GroupsWidget


class Pet(forms.Form):
    name = forms.CharField(label="Name")
    age = forms.IntegerField(label="Age", required=False)


class Pets(GroupsWidget):
    row_form = Pet
    row_label = "Pet %(n)d"
    most = 2


class PetsField(GroupsField):
    widget = Pets
    empty = "No pet."
    too_many = "At most %(n)d pets."
    unknown = "%(key)s is no key of a pet."

    def made(self, form: forms.Form) -> tuple[str, Any]:
        return form.cleaned_data["name"], form.cleaned_data["age"]


class Page(forms.Form):
    pets = PetsField(label="Pets")


def test_a_page_sends_the_fields_of_each_and_empty_ones_are_none() -> None:
    form = Page({"pets-1-name": "Rex", "pets-1-age": "3"})
    assert form.is_valid()
    assert form.cleaned_data["pets"] == [("Rex", 3)]
    html = str(form["pets"])
    assert html.count("<details") == 1
    assert '<p class="term-name">Pet 1</p>' in html
    assert "<summary>Pet 2</summary>" in html
    assert 'for="id_pets-0-name"' in html


@pytest.mark.parametrize(
    ("value", "faults"),
    [
        ([], ["No pet."]),
        ("Rex", ["Give a list of objects with these keys: name, age."]),
        ([{"name": "A"}] * 3, ["At most 2 pets."]),
        ([{"name": "A", "fur": 1}], ["fur is no key of a pet."]),
        ([{"name": "A"}, {"age": "x"}], ["Pet 2, Name: This field is required.", "Pet 2, Age: Enter a whole number."]),
    ],
)
def test_what_is_wrong_is_told_of_each(value: Any, faults: list[str]) -> None:
    form = Page({"pets": value})
    assert list(form.errors["pets"]) == faults


def test_what_is_wrong_stands_at_the_field_too_and_what_was_typed_is_kept() -> None:
    form = Page({"pets-0-name": "Rex", "pets-0-age": "x"})
    assert not form.is_valid()
    html = str(form["pets"].as_field_group())
    assert 'value="Rex"' in html
    assert 'id="id_pets-0-age_error"' in html
    assert 'id="id_pets-0-name_error"' not in html
    assert "Error" not in str(Page({"pets-0-name": "Rex"})["pets"].as_field_group())


def test_objects_are_read_from_text_too() -> None:
    assert PetsField.object_keys.fget(PetsField()) == ("name", "age")  # type: ignore[attr-defined]
    form = Page({"pets": '[{"name": "Rex"}]'})
    assert form.is_valid()
    assert form.cleaned_data["pets"] == [("Rex", None)]
