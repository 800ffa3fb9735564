"""Work on a copy as text, there and back; what is not an answer is not taken for one."""

import json
from dataclasses import asdict, fields

import pytest

from tests.data import statements
from tests.data.statements import OVER_NAME, box
from tracker.files.pdflinks import OutlineItem
from tracker.files.redaction import areas, errands, prove
from tracker.files.redaction.errands import Errand
from tracker.files.redaction.rebuild import CannotRedact


@pytest.fixture
def do(tmp_path):
    """Do a piece of work as the child does."""
    source = statements.statement(tmp_path / "statement.pdf", others=("Zyxwelda again",))

    def do(work, **more):
        errand = Errand(source, tmp_path, fonts=statements.FONTS, **more)
        plain = {field.name: str(getattr(errand, field.name)) for field in fields(errand)}
        return errands.answer_in(errands.WORKS[work](plain, 60))

    return do


def test_a_page_is_drawn_and_read(do, tmp_path):
    do("picture", page=2)
    assert (tmp_path / errands.PICTURE).read_bytes().startswith(b"\x89PNG")
    assert "Zyxwelda again" in do("text", page=2)


def test_looking_ahead_comes_back_as_it_was(do, tmp_path):
    wanted = prove.look_ahead(tmp_path / "statement.pdf", [OVER_NAME], most_pages=9)
    assert errands.proof_in(do("ahead", areas=areas.to_text([OVER_NAME]), most_pages=9)) == wanted


def test_a_redacted_copy_comes_back_with_its_proof(do, tmp_path):
    outline = (OutlineItem(0, "Statement of Zyxwelda", 0), OutlineItem(0, "Page", 1))
    told = do("redact", areas=areas.to_text([OVER_NAME]), outline=errands.outline_text(outline))
    made = errands.redacted_in(told)
    assert (tmp_path / errands.COPY).stat().st_size == made.facts.rendition_bytes
    assert [item.title for item in made.facts.outline] == ["Page"]
    assert (made.proof.dropped, made.proof.elsewhere) == (2, (2,))
    assert json.loads(json.dumps(asdict(made.proof))) == told["proof"]


@pytest.mark.parametrize(
    ("work", "more", "code"),
    [
        ("picture", {"page": 9}, "unreadable"),
        ("text", {"page": 0}, "unreadable"),
        ("redact", {"areas": areas.to_text([box(9, 1, 1, 9, 9)])}, "no_page"),
    ],
)
def test_what_cannot_be_done_comes_back_with_its_code(do, work, more, code):
    with pytest.raises(CannotRedact) as refusal:
        do(work, **more)
    assert refusal.value.code == code


@pytest.mark.parametrize("said", ["", "[]", "{}", '{"cannot": "x", "page": 1}'])
def test_what_is_no_answer(said):
    with pytest.raises((ValueError, LookupError, TypeError)):
        errands.answer_in(said)


def test_a_proof_that_names_no_known_place():
    plain = asdict(prove.Proof(0, 0, (prove.Hit(1, "nowhere"),), ()))
    with pytest.raises(ValueError, match="No such place"):
        errands.proof_in(plain)
