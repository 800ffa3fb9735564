"""The options of a bundle."""

import pytest

from tracker.bundle.models import Edition
from tracker.web.forms.bundle import HOLDS, MOST_MEGABYTES, BundleForm, megabytes


def form(**data):
    made = BundleForm({"editions": ["board"], **data})
    made.is_valid()
    return made


def test_nothing_but_an_edition_is_needed():
    assert form().usable == {"editions": ["board"], "format": "pdf", "volume_mb": None, "volume_pages": None}


def test_all_of_it():
    made = form(editions=["public", "hearing"], format="zip", volume_mb="50", volume_pages="500")

    assert made.is_valid()
    assert made.usable == {"editions": ["public", "hearing"], "format": "zip", "volume_mb": 50, "volume_pages": 500}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("editions", []),
        ("editions", ["secret"]),
        ("format", "exe"),
        ("volume_mb", "0"),
        ("volume_mb", "-3"),
        ("volume_mb", "1e3"),
        ("volume_mb", str(MOST_MEGABYTES + 1)),
        ("volume_pages", "x"),
        ("volume_pages", "9" * 30),
    ],
)
def test_what_is_wrong_is_told_at_its_field_and_the_rest_stays_usable(field, value):
    made = form(**{field: value})

    assert list(made.errors) == [field]
    assert made.usable[field] in ([], "pdf", None)


def test_every_edition_says_what_it_holds():
    assert set(HOLDS) == set(Edition)


def test_the_command_line_takes_the_same_sizes():
    assert megabytes("50") == 50
    for wrong in ("0", "-1", "x", "1.5", str(MOST_MEGABYTES + 1)):
        with pytest.raises(ValueError, match=wrong):
            megabytes(wrong)
