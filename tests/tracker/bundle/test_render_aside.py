"""The list of those who stood aside."""

from tests.tracker.bundle.test_render_lists import drawn
from tracker.bundle.lists import Aside
from tracker.bundle.render_aside import draw_aside


def test_it_names_who_as_what_and_from_when(tmp_path, built):
    people = (Aside("Ada Quinn", "Board member", "2026-03-02"), Aside("Bo", "Investigator", "2026-03-02", "2026-03-05"))
    _book, texts = drawn(tmp_path / "a.pdf", draw_aside, built.plan, aside=people)

    assert len(texts) == 1
    assert "Who stood aside" in texts[0]
    assert "Ada Quinn Board member Mar 2, 2026 — Bo Investigator Mar 2, 2026 Mar 5, 2026" in texts[0]


def test_a_long_list_goes_on(tmp_path, built):
    people = tuple(Aside(f"Member {number}", "Board member", "2026-03-02") for number in range(90))
    _book, texts = drawn(tmp_path / "a.pdf", draw_aside, built.plan, aside=people)

    assert len(texts) > 1
    assert "Who stood aside, continued" in texts[1]
