import pytest

from tracker.notices import typeface


@pytest.mark.parametrize(
    ("text", "faces"),
    [
        ("Plain words", [typeface.SERIF]),
        ("Łódź, Ελλάδα, Київ", [typeface.SERIF]),
        ("नमस्ते", [typeface.SANS]),
        ("a ✓ b", [typeface.SERIF, "LetterLast", typeface.SERIF]),
    ],
)
def test_each_run_is_in_a_face_that_has_its_signs(text, faces):
    runs = typeface.runs(text, typeface.SERIF)
    assert [run.face for run in runs] == faces
    assert "".join(run.text for run in runs) == text


def test_hebrew_stands_in_display_order_and_in_its_own_face():
    runs = typeface.runs("Dear שלום", typeface.SERIF)
    assert runs[-1] == typeface.Run("LetterHebrew", "םולש")


def test_arabic_words_are_turned_and_their_letters_left_to_the_shaping_engine():
    runs = typeface.runs("to محمد علي", typeface.SERIF)
    assert runs[-1] == typeface.Run("LetterArabic", "علي محمد")
    assert typeface.needs_shaping("محمد")
    assert typeface.needs_shaping("नमस्ते")
    assert not typeface.needs_shaping("Łukasz שלום")


def test_markup_escapes_what_it_is_given():
    assert typeface.markup("<b>&", typeface.SERIF) == f'<font name="{typeface.SERIF}">&lt;b&gt;&amp;</font>'


def test_a_sign_nobody_has_is_kept():
    assert "".join(run.text for run in typeface.runs("a\U0001fae8b", typeface.SERIF)) == "a\U0001fae8b"
