"""All volumes seen from one of them."""

from dataclasses import replace

from tests.tracker.bundle.rich import many, shelf_of
from tracker.bundle.lists import Cite
from tracker.bundle.manifest import manifest_digest
from tracker.bundle.plan import SLIP, WITHHELD, Limits


def test_pages_of_other_volumes_are_named_with_their_volume(rich):
    shelf = shelf_of(rich.plan)

    assert len(shelf.volumes) == 2
    assert shelf.pdf_page("E-1") == "4"
    assert shelf.pdf_page("E-8") == "V2·2"
    assert shelf.pdf_page("E-404") == "—"
    assert shelf.seen_from(2).pdf_page("E-8") == "2"
    assert shelf.seen_from(2).pdf_page("E-1") == "V1·4"
    assert (shelf.page_of("hashes"), shelf.seen_from(2).page_of("hashes")) == ("page A-3", "volume 1, page A-3")
    assert shelf.digest == manifest_digest(rich.plan)


def test_what_stands_in_a_volume(rich):
    shelf = shelf_of(rich.plan, 2)

    assert [item.key for item in shelf.exhibits] == ["E-8", "E-9"]
    assert shelf.range_here("E-8") == (36, 75)
    assert (SLIP, 76, 76) in list(shelf.numbers_here())
    assert (WITHHELD, 14, 19) in list(shelf.seen_from(1).numbers_here())


def test_a_cited_page_leads_to_that_page(rich):
    shelf = shelf_of(rich.plan)

    cited = shelf.cited(Cite("E-2", 3))
    assert (cited.name, cited.numbers, cited.target, cited.volume) == ("Ex. 2", "000006", "page:E-2:3", 0)
    cited = shelf.cited(Cite("E-8", 33))
    assert (cited.name, cited.numbers, cited.target, cited.volume) == ("Ex. B", "000068", "page:E-8:33", 2)
    assert shelf.seen_from(2).cited(Cite("E-8", 33)).volume == 0


def test_a_whole_exhibit_or_a_page_it_does_not_have_leads_to_its_divider(rich):
    shelf = shelf_of(rich.plan)

    for page in (0, 4, 999):
        cited = shelf.cited(Cite("E-1", page))
        assert (cited.numbers, cited.target) == ("000001–000003", "exhibit:E-1")


def test_a_withdrawn_page_keeps_its_number(rich):
    cited = shelf_of(rich.plan).cited(Cite("E-5", 8))

    assert (cited.numbers, cited.target, cited.volume) == ("000027", "page:E-5:8", 0)


def test_what_is_not_in_the_bundle_has_no_link(rich):
    cited = shelf_of(rich.plan).cited(Cite("E-404", 1))

    assert (cited.name, cited.numbers, cited.target) == ("Ex. E-404", "—", "")


def test_one_volume_needs_no_number():
    shelf = shelf_of(many(3))

    assert (shelf.pdf_page("E-1"), shelf.begins_in("E-3"), shelf.begins_in("E-404")) == ("4", 1, 1)


def test_a_continued_exhibit_is_found_where_it_goes_on(built):
    item = built.plan.exhibits[1]
    plan = replace(built.plan, exhibits=(item,), limits=Limits(sheets=5))
    shelf = shelf_of(plan)

    assert (shelf.target_here(item), shelf.pdf_page("E-2")) == ("exhibit:E-2", "4")
    shelf = shelf.seen_from(2)
    assert (shelf.target_here(item), shelf.pdf_page("E-2"), shelf.begins_in("E-2")) == ("page:E-2:6", "2", 1)
    assert shelf.range_here("E-2") == (9, 11)
