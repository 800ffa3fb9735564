"""One choice per row, from a page and from typed lines."""

from django import forms

from tracker.web.forms.lists import PerRowField

ROWS = [("ann@board.example", "Ann"), ("ben@board.example", "Ben")]
ANSWERS = [("yes", "Yes"), ("no", "No")]


class Ballots(forms.Form):
    """A form with one such field."""

    ballots = PerRowField(label="Ballots")

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ballots"].set_rows(ROWS, ANSWERS)


def test_a_page_sends_one_list_per_row_and_empty_rows_are_left_out() -> None:
    form = Ballots({"ballots-0": "yes", "ballots-1": ""})
    assert form.is_valid()
    assert form.cleaned_data["ballots"] == {"ann@board.example": "yes"}


def test_lines_are_read_with_colons_commas_and_several_words() -> None:
    form = Ballots({"ballots": "Ann@board.example: yes\n1, not contested\n"})
    assert form.is_valid()
    assert form.cleaned_data["ballots"] == {"ann@board.example": "yes", "1": "not_contested"}


def test_nothing_chosen_is_an_error_at_the_field() -> None:
    form = Ballots({"ballots-0": "", "ballots-1": ""})
    assert not form.is_valid()
    assert form.errors["ballots"] == ["Choose at least one answer."]


def test_each_list_has_its_own_label_and_keeps_what_was_chosen() -> None:
    html = str(Ballots({"ballots-0": "no", "ballots-1": ""})["ballots"])
    assert '<label class="usa-label" for="id_ballots_0">Ann</label>' in html
    assert '<option value="no" selected>' in html


def test_two_forms_do_not_share_rows() -> None:
    first, second = Ballots(), Ballots()
    first.fields["ballots"].set_rows([], ANSWERS)
    assert "Ben" in str(second["ballots"])
