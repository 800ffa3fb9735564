"""The redaction and withheld log."""

from dataclasses import replace

from tests.tracker.bundle import samples
from tests.tracker.bundle.rich import shelf_of
from tests.tracker.bundle.test_draw import make_book
from tracker.bundle.plan import NOT_CHOSEN, Gap, Hidden, RedactedPage
from tracker.bundle.render_log import draw_withheld_log, has_withheld_log, log_title


def drawn(path, plan):
    book = make_book(path)
    draw_withheld_log(book, shelf_of(plan))
    book.canvas.save()
    return book, [" ".join(text.split()) for text in samples.page_texts(path)]


def test_the_withheld_log_explains_every_number(tmp_path, built):
    _book, (text,) = drawn(tmp_path / "a.pdf", built.plan)

    assert "000013–000018 E-4 6 pages W-3 Psychotherapy notes" in text
    assert "000019–000020 E-6 2 pages G-3 Not chosen for this bundle" in text
    for count in ("range 23", "edition 15", "Withheld 6", "bundle 2", "Unexplained 0"):
        assert count in text
    assert "How redaction was done" not in text


def test_every_kind_of_line_has_its_code(rich):
    text = rich.page("Redaction and withheld log Every number")

    for words in (
        "Withheld in full 1 000014–000019 4 6 pages W-3 Psychotherapy notes",
        "Pages not shown 2 000022–000024 5 3 pages W-1 Privileged Letters with counsel",
        "3 000027 5 1 page G-1 Withdrawn page",
        "Redacted in part 5 000005 2 3 areas R-1 Personal identifier R-4 Health matter not in issue",
        "6 000008 2 1 area M-1 Complainant masked",
        "7 000032–000035 E-77 4 pages G-3 Not chosen for this bundle",
        "8 000077–000080 — 4 pages G-4 Not part of the record of this edition",
        "9 000081–000082 5 2 pages G-5",
        "of which redacted 2",
        "Withdrawn pages 1",
        "Unexplained 0",
        "How redaction was done and checked",
    ):
        assert words in text


def test_a_number_that_nothing_explains_is_counted(tmp_path, built):
    plan = replace(built.plan, exhibits=(built.plan.exhibits[0], built.plan.exhibits[4]))
    _book, (text,) = drawn(tmp_path / "a.pdf", plan)

    assert "Unexplained 15" in text


def test_the_log_is_there_only_where_it_is_needed(built):
    shown = replace(built.plan, gaps=(), exhibits=built.plan.exhibits[:3])

    assert has_withheld_log(built.plan)
    assert not has_withheld_log(shown)
    for more in ({"hidden": (Hidden(1, 1, "W-1"),)}, {"redacted": (RedactedPage(1, 1, ("R-1",)),)}):
        item = replace(shown.exhibits[0], **more)
        assert has_withheld_log(replace(shown, exhibits=(item,)))
    assert log_title(built.plan) == "Withheld log"


def test_originals_that_stay_with_the_board_are_told_without_a_line_of_their_own(tmp_path, built):
    shown = replace(built.plan, gaps=(), exhibits=built.plan.exhibits[:3])
    heading = replace(shown.heading, edition="respondent")
    disclosed = replace(shown, heading=replace(heading, is_masked=False))
    masked = replace(shown, heading=replace(heading, is_masked=True))
    book, (text,) = drawn(tmp_path / "a.pdf", masked)

    assert not has_withheld_log(disclosed)
    assert "do not go along with this edition — 000012 E-3 original It stays with the board" in text
    assert "Unexplained 0" in text
    assert book.links[0].target == "exhibit:E-3"


def test_the_count_is_never_torn_from_its_heading(tmp_path, built):
    for count in range(24, 34):
        gaps = tuple(Gap(100 + 2 * number, 100 + 2 * number, "", NOT_CHOSEN, number) for number in range(count))
        item = replace(built.plan.exhibits[0], redacted=(RedactedPage(1, 1, ("R-1",)),))
        _book, texts = drawn(tmp_path / "a.pdf", replace(built.plan, gaps=gaps, exhibits=(item,)))
        page = next(text for text in texts if "Count Numbers in the range" in text)
        assert "Unexplained" in page


def test_lines_lead_to_what_they_tell_of(rich):
    page = next(number for number, mark in enumerate(rich.layouts[0].marks) if mark.section == "withheld")
    targets = [link.target for link in rich.layouts[0].links if link.page == page]

    assert targets == [
        "exhibit:E-4",
        "page:E-5:3",
        "exhibit:E-5",
        "page:E-5:12",
        "page:E-2:2",
        "page:E-2:5",
        "section:list",
    ]
