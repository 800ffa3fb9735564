import pytest

from tracker.evidence import states


@pytest.mark.parametrize(
    ("style", "marks"),
    [
        ("numbers", {1: "1", 27: "27"}),
        ("letters", {1: "A", 26: "Z", 27: "AA", 28: "BB", 52: "ZZ", 53: "AAA"}),
        ("J-", {1: "J-1", 12: "J-12"}),
    ],
)
def test_marks_follow_the_style_of_the_party(style, marks):
    assert {number: states.mark_in(style, number) for number in marks} == marks


def test_no_two_letters_are_the_same_mark():
    marks = [states.mark_in("letters", number) for number in range(1, 200)]
    assert len(set(marks)) == len(marks)


def test_an_excluded_exhibit_is_not_on_the_record():
    assert states.MarkState.EXCLUDED not in states.ON_RECORD
    assert set(states.RULINGS) - set(states.ON_RECORD) == {states.MarkState.EXCLUDED}


def test_an_attachment_has_the_number_of_its_email():
    assert [states.key_of(7, 0), states.key_of(7, 2)] == ["E-7", "E-7.2"]
