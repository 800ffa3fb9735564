"""Links, labels, bookmarks."""

import pikepdf
import pypdfium2
import pytest

from tracker.bundle.index import locate, pdf_date


def test_every_label_is_read_back_by_another_reader(built):
    places = built.places
    pdf = pypdfium2.PdfDocument(built.path)
    labels = [pdf.get_page_label(number) for number in range(len(pdf))]
    pdf.close()

    assert labels[:4] == ["i", "ii", "iii", "Ex. 1"]
    assert labels[4:7] == [f"BHP-2026-0417-00000{number}" for number in (1, 2, 3)]
    assert labels[14:16] == ["BHP-2026-0417-000010", "BHP-2026-0417-000011"]
    assert labels[places.dividers["E-4"] + 1] == "BHP-2026-0417-000013–000018"
    assert labels[-3:] == ["A-1", "A-2", "A-3"]


def test_every_link_leads_where_it_says(built):
    places = built.places
    generated = [at for at in range(places.total) if places_role(places, at) != "copy"]
    with pikepdf.open(built.path) as pdf:
        numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
        checked = 0
        for page in {link.page for link in built.layout.links}:
            wanted = [link for link in built.layout.links if link.page == page]
            found = list(pdf.pages[generated[page]].Annots)[: len(wanted)]
            for link, annotation in zip(wanted, found, strict=True):
                assert numbers[annotation.Dest[0].objgen] == locate(link.target, 1, [places])[1]
                checked += 1
    assert checked == len(built.layout.links) > 20


def places_role(places, at):
    """Whether a page of the volume is a page of a copy or a generated one."""
    for one in places.placed:
        if one.first <= at < one.first + one.piece.segment.sheets:
            return "copy" if one.piece.segment.kind == "pages" else "sheet"
    return "generated"


def test_places_are_found_by_name(built):
    shelf = [built.places]

    assert locate("section:list", 1, shelf) == (1, 2)
    assert locate("exhibit:E-2", 1, shelf) == (1, 7)
    assert locate("page:E-2:3", 1, shelf) == (1, 10)
    assert locate("page:E-4:2", 1, shelf) == (1, 19)  # withheld: its sheet
    assert locate("page:E-2:99", 1, shelf) == (1, 7)  # no such page: the divider
    with pytest.raises(KeyError):
        locate("section:appendix", 1, shelf)


def test_bookmarks_go_from_section_to_exhibit_to_its_own(built):
    pdf = pypdfium2.PdfDocument(built.path)
    found = [(item.level, item.get_title(), item.get_dest().get_index()) for item in pdf.get_toc()]
    pdf.close()

    assert found == [
        (0, "Cover", 0),
        (0, "Certificate of the records custodian", 1),
        (0, "Exhibit list", 2),
        (0, "Exhibits", 3),
        (1, "1  Verified complaint, form 12-A, with two attachments", 3),
        (1, "2  Title of E-2", 7),
        (1, "E-3  Recording E-3", 16),
        (1, "E-4  Withheld in this edition", 18),
        (1, "B  Letter, “On ending our sessions”", 20),
        (2, "Chapter one", 21),
        (3, "Section", 23),
        (0, "Withheld log", 24),
        (0, "Custody log", 25),
        (0, "Hash list", 26),
    ]


def test_links_of_an_exhibit_still_lead_to_its_pages(built):
    with pikepdf.open(built.path) as pdf:
        numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
        targets = [numbers[link.Dest[0].objgen] for link in pdf.pages[21].Annots if "/Dest" in link]
    assert targets == [23, 23, 23, 23, 2]


def test_the_title_names_docket_and_edition_only(built):
    title = "BHP-2026-0417 evidence bundle, board edition, freeze 3, volume 1"
    with pikepdf.open(built.path) as pdf:
        assert dict(pdf.docinfo.items()) == {
            "/Title": title,
            "/Producer": "Recourse recourse-bundle/1",
            "/CreationDate": "D:20261118164207Z",
        }
        assert pdf.Root.Lang == "en"
        with pdf.open_metadata() as found:
            assert found["dc:title"] == title
            assert found["dc:language"] == {"en"}


def test_dates():
    assert pdf_date("2026-11-18T16:42:07Z") == "D:20261118164207Z"
