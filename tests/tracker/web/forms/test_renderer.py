"""USWDS field groups: labels, help and errors are tied to their control, and the summary leads there."""

import pytest
from django import forms
from django.template import engines

from tracker.web.forms.renderer import widget_kind


class Sample(forms.Form):
    name = forms.CharField(label="Your name", help_text="As on your card.")
    kind = forms.ChoiceField(label="Kind", choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)
    many = forms.MultipleChoiceField(label="Many", choices=[("a", "A")], widget=forms.CheckboxSelectMultiple)
    agreed = forms.BooleanField(label="I agree")
    text = forms.CharField(label="Words", widget=forms.Textarea, required=False)
    place = forms.ChoiceField(label="Place", choices=[("x", "X")])
    file = forms.FileField(label="File", required=False)
    token = forms.CharField(widget=forms.HiddenInput, required=False)


@pytest.mark.parametrize(
    ("field", "kind"),
    [
        ("name", "input"),
        ("kind", "radios"),
        ("many", "checkboxes"),
        ("agreed", "checkbox"),
        ("text", "textarea"),
        ("place", "select"),
        ("file", "file"),
    ],
)
def test_each_control_has_its_shape(field, kind):
    assert widget_kind(Sample()[field]) == kind


def test_a_field_with_help_and_error_is_described_by_both():
    html = str(Sample({}))
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'id="id_name_helptext">As on your card.' in html
    assert 'class="usa-error-message" id="id_name_error"' in html
    assert 'class="usa-input usa-input--error"' in html
    assert html.count("usa-form-group--error") == 5


def test_choices_are_real_fieldsets_and_keep_what_was_chosen():
    html = str(Sample({"kind": "b", "many": ["a"]}))
    assert '<legend class="usa-legend">Kind' in html
    assert 'value="b" id="id_kind_1" checked' in html
    assert 'class="usa-checkbox__input" type="checkbox" name="many" value="a" id="id_many_0" checked' in html


def test_hidden_fields_have_no_group_and_optional_ones_say_so():
    html = str(Sample())
    assert '<input type="hidden" name="token" id="id_token">' in html
    assert html.count("(optional)") == 2


def test_the_summary_links_every_error_to_its_control():
    page = engines["django"].from_string('{% include "forms/errors.html" %}').render({"form": Sample({})})
    assert "5 things need fixing" in page
    for target in ("id_name", "id_kind_0", "id_many_0", "id_agreed", "id_place"):
        assert f'href="#{target}"' in page


def test_one_error_of_the_whole_form_has_no_link():
    form = Sample({"name": "x", "kind": "a", "many": ["a"], "agreed": "on", "place": "x"})
    form.add_error(None, "Both cannot be true.")
    page = engines["django"].from_string('{% include "forms/errors.html" %}').render({"form": form})
    assert "One thing needs fixing" in page
    assert "href" not in page
    assert "Both cannot be true." in page


def test_a_form_without_errors_has_no_summary():
    page = engines["django"].from_string('{% include "forms/errors.html" %}').render({"form": Sample()})
    assert page.strip() == ""
