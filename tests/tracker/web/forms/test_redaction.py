"""The list of boxes as a form: empty rows are no boxes, numbers are kept as typed."""

from tests.data.statements import box
from tracker.web.forms import redaction


def data(*rows):
    found = {"box-TOTAL_FORMS": str(len(rows)), "box-INITIAL_FORMS": "0"}
    names = ("x", "y", "width", "height", "code", "DELETE")
    return found | {
        f"box-{n}-{name}": value for n, row in enumerate(rows) for name, value in zip(names, row, strict=False)
    }


def test_boxes_fill_the_list_and_two_rows_are_spare():
    form = redaction.of_page([box(1, "10.50", 20, 30, 100, "M-1")])
    assert [one.initial for one in form.initial_forms] == [
        {"x": "10.5", "y": "20", "width": "30", "height": "100", "code": "M-1"}
    ]
    assert len(form.extra_forms) == redaction.SPARE_ROWS


def test_what_was_typed_becomes_boxes():
    form = redaction.posted(
        data(("10.5", "20", "30", "100", "M-1"), ("", "", "", "", ""), ("1", "1", "5", "5", "R-1", "on"))
    )
    assert form.is_valid()
    assert form.areas(4) == (box(4, 10.5, 20, 30, 100, "M-1"),)
    assert form.faults() == []


def test_faults_name_row_and_field():
    form = redaction.posted(data(("1", "1", "5", "5", "R-1"), ("x", "", "5", "5", "R-1")))
    assert not form.is_valid()
    assert form.faults() == ["2. From the left: Enter a number.", "2. From the top: This field is required."]


def test_too_many_rows():
    form = redaction.posted(data(*[("1", "1", "5", "5", "R-1")] * (redaction.MAX_ROWS + 1)))
    assert not form.is_valid()
    assert "500" in form.faults()[0]
