"""Finding and pinning typefaces."""

from pathlib import Path

import pytest

from tests.tracker.bundle import samples
from tracker.files.fonts import REQUIRED, FontsChanged, FontsMissing, find_fonts


def test_every_required_face_is_found_and_pinned():
    files = samples.fonts()

    assert set(REQUIRED) <= set(files.paths)
    assert files.pinned(files.pins).digests == files.digests


def test_missing_typefaces_are_named_with_the_remedy(tmp_path):
    with pytest.raises(FontsMissing, match=r"NotoSerif_400Regular.ttf.*npm ci"):
        find_fonts(tmp_path)


def test_another_release_of_a_typeface_is_refused():
    files = samples.fonts()
    pins = files.pins | {"NotoSans_400Regular.ttf": "00" * 32}

    with pytest.raises(FontsChanged, match="NotoSans_400Regular"):
        files.pinned(pins)
    with pytest.raises(FontsChanged, match="Gone.ttf"):
        files.pinned({"Gone.ttf": "00" * 32})


def test_faces_that_the_plan_does_not_know_are_left_out(tmp_path):
    system = tmp_path / "truetype" / "nanum"
    system.mkdir(parents=True)
    (system / "NanumGothic.ttf").write_bytes(Path(samples.fonts().paths["sans"]).read_bytes())
    with_hangul = find_fonts(samples.FONTS_ROOT, tmp_path)

    assert "hangul" in with_hangul.paths
    assert "hangul" not in with_hangul.pinned(find_fonts(samples.FONTS_ROOT, tmp_path / "none").pins).paths


def test_a_face_that_is_not_installed_is_none():
    files = find_fonts(samples.FONTS_ROOT, Path("/nonexistent"))

    assert files.load("han") is None
    assert files.load("sans").face.name == b"NotoSans-Regular"
