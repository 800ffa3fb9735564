"""Colors and styles: what is printed can be read."""

import pytest

from tracker.bundle import styles


def luminance(color):
    parts = [
        value / 12.92 if value <= 0.03928 else ((value + 0.055) / 1.055) ** 2.4
        for value in (color.red, color.green, color.blue)
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one, two):
    low, high = sorted((luminance(one), luminance(two)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("color", [styles.INK, styles.NAVY, styles.GREY, styles.RED])
@pytest.mark.parametrize("ground", [styles.PALE_RED, styles.BAND])
def test_text_stands_out_from_what_is_behind_it(color, ground):
    assert contrast(color, ground) >= 4.5


def test_a_style_gives_face_and_size_to_the_typesetter():
    assert styles.TEXT.pair == ("sans", 8.4)
    assert styles.RIGHT - styles.LEFT == 504
