"""An empty field is told what to do."""

from django import forms

from tracker.templatetags import uswds
from tracker.web.forms.plain import PlainForm


class Sample(PlainForm):
    name = forms.CharField(label="Name")
    kind = forms.ChoiceField(label="Kind", choices=[("a", "A")])
    some = forms.MultipleChoiceField(label="Some", choices=[("a", "A")])
    on = forms.DateField(label="Day")
    own = forms.CharField(label="Own", error_messages={"required": "Say which one."})


def test_the_words_fit_the_field_and_its_own_words_stay() -> None:
    found = {name: faults[0] for name, faults in Sample({}).errors.items()}
    assert found == {
        "name": "Fill this in.",
        "kind": "Choose one.",
        "some": "Choose at least one.",
        "on": "Give the day.",
        "own": "Say which one.",
    }


def test_the_summary_says_which_field_is_meant() -> None:
    words = [row["words"] for row in uswds.error_rows(Sample({}))]
    assert words[:2] == ["Name: Fill this in.", "Kind: Choose one."]
    assert words[-1] == "Say which one."


def test_no_label_ends_with_a_colon() -> None:
    assert Sample()["name"].label_tag() == '<label for="id_name">Name</label>'
