"""What a proof says to people: places and what to do, never a covered word."""

import pytest

from tracker.files.redaction import verdict
from tracker.files.redaction.prove import Also, Hit, Proof


def proof(**known):
    return Proof(**{"dropped": 3, "kept": 9, "hits": (), "also": ()} | known)


def test_a_clean_proof_says_nothing():
    assert verdict.reasons(proof()) == verdict.to_confirm(proof()) == verdict.remarks(proof()) == []


@pytest.mark.parametrize("where", verdict.WHERE)
def test_every_place_has_its_words(where):
    assert verdict.reasons(proof(hits=(Hit(4, where),)))[0].startswith("Page 4: ")
    assert verdict.reasons(proof(hits=(Hit(0, where),)))[0].startswith("The file: ")


def test_what_stands_elsewhere_names_pages_only():
    found = proof(also=(Also("Quarrington", (4,)), Also("Zyx", (5, 9))), pictures=((2, 1),))
    said = verdict.to_confirm(found)

    assert said == [
        "What is covered also stands outside the boxes, on pages 4–5, 9.",
        "Page 2 shows a picture that page 1 shows too.",
    ]


def test_pages_without_text_are_told():
    assert "on page 3" in verdict.remarks(proof(textless=(3,)))[0]


@pytest.mark.parametrize(
    ("pages", "words"), [([4], "page 4"), ([3, 1, 2], "pages 1–3"), ([1, 3, 4, 9], "pages 1, 3–4, 9")]
)
def test_lists_of_pages(pages, words):
    assert verdict.listed(pages) == words
