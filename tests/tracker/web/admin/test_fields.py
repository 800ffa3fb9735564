"""Words by language, lists of codes, lists of addresses."""

import pytest
from django import forms
from django.core.exceptions import ValidationError

from tracker.web.admin.fields import AddressesField, ListField, TextsField


class Texts(forms.Form):
    words = TextsField()
    notes = TextsField(required=False, rows=2)


def sent(**data):
    return Texts({"words_en": "Texas", "words_es": "", "notes_en": "", "notes_es": "", **data})


def test_texts_by_language():
    form = sent(words_es="Tejas")

    assert form.is_valid()
    assert form.cleaned_data == {"words": {"en": "Texas", "es": "Tejas"}, "notes": {}}


def test_english_is_asked_for():
    assert "words" in sent(words_en="", words_es="Tejas").errors
    assert sent(notes_es="Nota").errors["notes"] == ["The English text is missing."]


def test_texts_in_other_languages_are_kept():
    form = sent()
    form.fields["words"].keep({"en": "Texas", "fr": "Le Texas"})

    assert form.is_valid()
    assert form.cleaned_data["words"] == {"en": "Texas", "fr": "Le Texas"}


def test_nothing_changed_is_seen():
    initial = {"words": {"en": "Texas", "es": "Tejas"}, "notes": {}}
    data = {"words_en": "Texas", "words_es": "Tejas", "notes_en": "", "notes_es": ""}

    assert Texts(data, initial=initial).changed_data == []
    assert Texts({**data, "words_es": ""}, initial=initial).changed_data == ["words"]


def test_each_language_has_its_label():
    html = str(sent()["words"])

    assert html.count("<label") == 2
    assert 'lang="es"' in html


@pytest.mark.parametrize(("text", "codes"), [("D1, D2", ["D1", "D2"]), (" D2,,D1\nD2 ", ["D2", "D1"]), ("", [])])
def test_a_list_of_codes(text, codes):
    assert ListField(required=False).clean(text) == codes


def test_a_list_is_shown_on_one_line_and_compared_as_a_list():
    field = ListField()

    assert field.prepare_value(["D1", "D2"]) == "D1, D2"
    assert not field.has_changed(["D1", "D2"], "D1,D2")
    assert field.has_changed(["D1", "D2"], "D2, D1")


def test_addresses_one_on_each_line():
    field = AddressesField()

    assert field.prepare_value("https://a.example;https://b.example") == "https://a.example\nhttps://b.example"
    assert field.clean("https://a.example\r\n\r\n https://b.example ") == "https://a.example;https://b.example"
    assert not field.has_changed("https://a.example;https://b.example", "https://a.example\r\nhttps://b.example")
    assert field.has_changed("https://a.example", "")


def test_a_line_that_is_no_address_is_named():
    with pytest.raises(ValidationError, match="“see the law” is not a web address."):
        AddressesField().clean("https://a.example\nsee the law")
