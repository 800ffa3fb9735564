"""Links, labels, bookmarks."""

from decimal import Decimal

import pikepdf
import pypdfium2

from tracker.bundle.index import length, pdf_date
from tracker.bundle.merge import generated_indexes
from tracker.bundle.render import Layout


def test_every_label_is_read_back_by_another_reader(built):
    places = Layout.read(built.folder).places(built.plan)
    pdf = pypdfium2.PdfDocument(built.path)
    labels = [pdf.get_page_label(number) for number in range(len(pdf))]
    pdf.close()

    assert labels[:4] == ["i", "ii", "iii", "Ex. 1"]
    assert labels[4:7] == [f"BHP-2026-0417-00000{number}" for number in (1, 2, 3)]
    assert labels[14:16] == ["BHP-2026-0417-000010", "BHP-2026-0417-000011"]
    assert labels[places.divider_index("E-4") + 1] == "BHP-2026-0417-000013–000018"
    assert labels[-3:] == ["A-1", "A-2", "A-3"]


def test_every_link_leads_where_it_says(built):
    layout = Layout.read(built.folder)
    places = layout.places(built.plan)
    where = generated_indexes(built.plan, layout)
    with pikepdf.open(built.path) as pdf:
        numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
        checked = 0
        for page in {link.page for link in layout.links}:
            wanted = [link for link in layout.links if link.page == page]
            found = list(pdf.pages[where[page]].Annots)[: len(wanted)]
            for link, annotation in zip(wanted, found, strict=True):
                kind, _colon, name = link.target.partition(":")
                target = places.divider_index(name) if kind == "exhibit" else places.section_index(name)
                assert numbers[annotation.Dest[0].objgen] == target
                checked += 1
    assert checked == len(layout.links) > 20


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
        targets = [numbers[link.Dest[0].objgen] for link in pdf.pages[21].Annots]
    assert targets == [23, 23, 23, 23, 2]


def test_the_title_names_docket_and_edition_only(built):
    with pikepdf.open(built.path) as pdf:
        assert dict(pdf.docinfo.items()) == {
            "/Title": "BHP-2026-0417 evidence bundle, board edition, freeze 3",
            "/Producer": "Recourse recourse-bundle/1",
            "/CreationDate": "D:20261118164207Z",
        }
        assert pdf.Root.Lang == "en"


def test_dates_and_lengths():
    assert pdf_date("2026-11-18T16:42:07Z") == "D:20261118164207Z"
    assert length(1.5) == Decimal("1.5")
    assert str(length(10.0)) == "10"
