"""Generated pages made ready: a place for every stamp and link, and nothing else in the file."""

import pikepdf

from tracker.bundle.frontpages import prepare
from tracker.bundle.render import generated_path


def test_every_sheet_and_link_has_its_place(built):
    front = prepare(generated_path(built.folder, 1), built.layout, built.places)

    assert len(front.pages) == len(built.layout.marks)
    assert len(front.links) == len(built.layout.links) == len(set(front.links))
    assert len(front.sheets) == 2  # a slip sheet and a withheld one
    with pikepdf.open(front.path) as pdf:
        assert set(pdf.Root.keys()) == {"/Type", "/Pages"}
        assert "/Info" not in pdf.trailer
        assert [page.obj.objgen[0] for page in pdf.pages] == list(front.pages)
        for stamp, link in front.sheets:
            assert b"RcsB" in pdf.get_object(stamp, 0).read_bytes()
            assert pdf.get_object(link, 0).Subtype == "/Link"


def test_what_is_filled_is_what_is_not_taken_over(built):
    front = prepare(generated_path(built.folder, 1), built.layout, built.places)
    links = [{"A": number} for number, _link in enumerate(front.links)]
    stamps = [_Stamp(), _Stamp()]
    filled = front.filled(stamps, links)

    assert filled[front.frame.catalog] is None
    assert filled[front.links[3]].startswith(b"<< /A 3 /StructParent ")
    assert filled[front.sheets[0][0]].endswith(b"stream\nCONTENT\nendstream")
    assert front.sheets[0][1] not in filled


class _Stamp:
    content = b"CONTENT"
    link = None
