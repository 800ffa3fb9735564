"""Searching a file object by object; `test_prove` plants what is to be found."""

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from tracker.files.redaction import search

NEEDLES = {"quarrington": "Quarrington", "café-bar": "Café-Bar", "dad": "Dad", "page": "page"}


def searched(tmp_path, change, redrawn=(1,)):
    path = tmp_path / "a.pdf"
    with pikepdf.new() as pdf:
        for _number in range(2):
            pdf.add_blank_page(page_size=(100, 100))
        change(pdf, pdf.pages[0].obj, pdf.pages[1].obj)
        pdf.save(path, fix_metadata_version=False)
    found = search.search(path, NEEDLES, redrawn)
    return found.hits, dict(found.also)


def test_an_empty_file_holds_nothing(tmp_path):
    assert searched(tmp_path, lambda pdf, one, two: None) == (set(), {})


@pytest.mark.parametrize(
    "data", ["Quarrington", "QUARRINGTON", b"quarrington", "Quarrington".encode("utf-16-be"), "xQuarringtons"]
)
def test_strings_in_every_encoding(tmp_path, data):
    def plant(pdf, one, two):
        pdf.Root.Other = Dictionary(Deep=Array([Array([String(data)])]))

    assert searched(tmp_path, plant) == ({0}, {})


def test_what_belongs_to_a_redrawn_page_names_it(tmp_path):
    def plant(pdf, one, two):
        one.Other = pdf.make_indirect(Array([String("Quarrington")]))

    assert searched(tmp_path, plant) == ({1}, {})


def test_what_a_kept_page_says_is_told_apart_when_it_is_a_word(tmp_path):
    def plant(pdf, one, two):
        two.Other = Array([String("Mr. Quarrington"), String("daddy")])
        two.Contents = pdf.make_stream(b"BT (Quar) Tj [(Quar) 3 (rington)] TJ ET")

    assert searched(tmp_path, plant) == (set(), {"quarrington": {2}})


def test_what_both_pages_refer_to_belongs_to_the_kept_one(tmp_path):
    def plant(pdf, one, two):
        one.Other = two.Other = pdf.make_indirect(Dictionary(Text=String("Quarrington")))

    assert searched(tmp_path, plant) == (set(), {"quarrington": {2}})


def test_names_of_the_format_are_no_finding(tmp_path):
    def plant(pdf, one, two):
        one.Other = Name.Page

    assert searched(tmp_path, plant) == (set(), {})


@pytest.mark.parametrize("where", ["value", "key"])
def test_other_names_are(tmp_path, where):
    def plant(pdf, one, two):
        one.Other = Dictionary({"/Quarrington": 1}) if where == "key" else Name("/Quarrington")

    assert searched(tmp_path, plant)[0] == {1}


def test_numbers_and_codes_in_commands_are_no_words(tmp_path):
    def plant(pdf, one, two):
        one.Contents = pdf.make_stream(b"BT <0DAD> Tj <DADA> Tj ET 0 0 100 100 re")

    assert searched(tmp_path, plant) == (set(), {})


def test_a_table_of_characters_is_read_by_what_it_names(tmp_path):
    def plant(pdf, one, two):
        table = b"begincmap /dad 1 beginbfchar <01> <0064> <02> <0061> <03> <0064> endbfchar"
        one.Other = Dictionary(ToUnicode=pdf.make_stream(table))
        two.Other = Dictionary(FontFile2=pdf.make_stream(b"...quarrington..."))

    assert searched(tmp_path, plant) == (set(), {})


def test_what_stands_before_the_pixels_of_a_photograph(tmp_path):
    def plant(pdf, one, two):
        data = b"\xff\xd8 Quarrington \xff\xda dad dad"
        kind = {"Type": Name.XObject, "Subtype": Name.Image, "Filter": Name.DCTDecode}
        two.Other = pdf.make_stream(data, **kind)
        one.Other = pdf.make_stream(b"\xff\xd8 \xff\xda quarrington", **kind)

    assert searched(tmp_path, plant) == (set(), {"quarrington": {2}})


def test_other_letters_than_those_of_english(tmp_path):
    def plant(pdf, one, two):
        pdf.Root.Other = pdf.make_stream("CAFÉ-BAR".encode("latin-1"))
        one.Other = pdf.make_stream("café-bar".encode())

    assert searched(tmp_path, plant)[0] == {0, 1}
