"""Reading a complaint from JSON: each key that is unknown, missing or unreadable is named."""

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories.cases import SEEDER, set_rule
from tests.factories.staffed import Staffed, make_staffed
from tracker.cases.actions import filing
from tracker.cases.filingdata import FilingData
from tracker.errors import ActionRefused
from tracker.web import casefiling

AT = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
WHOLE: dict[str, Any] = {
    "board": "tx-bhec",
    "channel": "email",
    "source": "duty",
    "received_at": "2026-02-27T09:30:00-06:00",
    "complainant": {"name": "Maya Ortiz", "email": "maya@example.org", "relation": "duty", "anonymous": False},
    "respondent": {"name": "Leland Prewitt", "license_number": "88214", "profession": "counseling"},
    "allegations": [{"ground": "other", "narrative": "Words.", "occurred_from": "2026-02-02", "occurred_to": None}],
    "documents": ["letter.txt"],
    "attestation": {"name": "Maya Ortiz"},
}


@pytest.fixture
def office(db: None) -> Staffed:
    """The board of the complaint."""
    return make_staffed()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the document that the complaint names."""
    (tmp_path / "letter.txt").write_text("Dear client.", encoding="utf-8")
    return tmp_path


def read(folder: Path, **changed: Any) -> tuple[FilingData, list[Path]]:
    """What is read of the complaint with some keys changed."""
    path = folder / "complaint.json"
    path.write_text(json.dumps({**WHOLE, **changed}), encoding="utf-8")
    return casefiling.read(path, at=AT)


def reasons(folder: Path, **changed: Any) -> list[str]:
    """Why it is refused."""
    with pytest.raises(ActionRefused) as refusal:
        read(folder, **changed)
    return refusal.value.reasons


def test_a_whole_complaint_is_read(office: Staffed, folder: Path) -> None:
    data, documents = read(folder)
    assert (data.board_id, data.source, data.channel) == (office.board.pk, "duty", "email")
    assert data.received_at == datetime(2026, 2, 27, 15, 30, tzinfo=UTC)
    assert (data.complainant.name, data.complainant.language, data.complainant.is_anonymous) == (
        "Maya Ortiz",
        "en",
        False,
    )
    claim = data.allegations[0]
    assert (claim.ground, claim.occurred_from, claim.occurred_to) == ("other", date(2026, 2, 2), None)
    assert documents == [folder / "letter.txt"]
    assert data.verbatim == WHOLE
    assert (data.attestation_version, data.attested_by) == ("plain-1", "Maya Ortiz")


def test_what_is_left_out_has_its_default(office: Staffed, folder: Path) -> None:
    path = folder / "short.json"
    path.write_text(json.dumps({"board": "tx-bhec"}), encoding="utf-8")
    data, documents = casefiling.read(path, at=AT)
    assert (data.source, data.channel, data.received_at, data.complainant) == ("public", "mail", AT, None)
    assert (data.respondent.name, data.allegations, data.attested_by, documents) == ("", (), "", [])


def test_the_statement_is_the_boards(office: Staffed, folder: Path) -> None:
    set_rule(office.board, "oath_required", True)
    assert read(folder)[0].attestation_version == "oath-1"


def test_each_file_is_another_complaint(office: Staffed, folder: Path) -> None:
    assert read(folder)[0].draft_id != read(folder)[0].draft_id


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"color": 1}, "color: this key is not known."),
        ({"respondent": {"name": "L", "shoe": "9"}}, "respondent.shoe: this key is not known."),
        ({"allegations": [{"grund": "x"}]}, "allegations.grund: this key is not known."),
        ({"board": "xx-none"}, "board: no board has the slug xx-none."),
        ({"board": ["tx-bhec"]}, "board: must be a text."),
        ({"complainant": "Maya"}, "complainant: must be an object."),
        ({"allegations": {"ground": "other"}}, "allegations: must be a list."),
        ({"allegations": ["other"]}, "allegations: must be an object."),
        ({"documents": "letter.txt"}, "documents: must be a list."),
        ({"documents": [1]}, "documents: must be a list of paths."),
        ({"documents": ["gone.pdf"]}, "documents: gone.pdf is not a file."),
        ({"complainant": {"name": 7}}, "complainant.name: must be a text."),
        ({"complainant": {"anonymous": "no"}}, "complainant.anonymous: must be true or false."),
        ({"received_at": "yesterday"}, "received_at: yesterday is not a date and time."),
        (
            {"received_at": "0001-01-01T00:00:00+14:00"},
            "received_at: 0001-01-01T00:00:00+14:00 is not a date and time.",
        ),
        ({"received_at": "2026-02-27T09:30:00"}, "received_at: add the offset, such as -06:00."),
        ({"allegations": [{"occurred_from": "02/03/2026"}]}, "02/03/2026 is not a date (YYYY-MM-DD)."),
        (
            {"respondent": {"name": "a\x00b"}},
            "The file holds signs that are no text: a null character or half a character.",
        ),
    ],
)  # fmt: skip
def test_each_fault_is_named(office: Staffed, folder: Path, changed: dict, sentence: str) -> None:
    assert sentence in reasons(folder, **changed)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"{", "The file complaint.json is not JSON in UTF-8."),
        (b"[" * 200_000, "The file complaint.json is not JSON in UTF-8."),
        ("{“board”: 1}".encode(), "The file complaint.json is not JSON in UTF-8."),
        ('{"board": "é"}'.encode("latin-1"), "The file complaint.json is not JSON in UTF-8."),
        (b"[]", "The file must hold one JSON object."),
    ],
)
def test_a_file_that_is_not_an_object_in_json_is_told(db: None, folder: Path, content: bytes, sentence: str) -> None:
    path = folder / "complaint.json"
    path.write_bytes(content)
    with pytest.raises(ActionRefused) as refusal:
        casefiling.read(path, at=AT)
    assert refusal.value.reasons == [sentence]


def test_a_file_that_is_not_there_is_told(db: None, folder: Path) -> None:
    for path in (folder / "gone.json", folder):
        with pytest.raises(ActionRefused) as refusal:
            casefiling.read(path, at=AT)
        assert refusal.value.reasons == [f"The file {path.name} cannot be read."]


ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(exclude_categories=[]), max_size=8),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=4), inner, max_size=2),
    max_leaves=4,
)
WORDS = st.sampled_from(["x", "", "w" * 300, "é" * 300, "other", "tx-bhec", "2026-02-02", "2026-02-02T09:00:00Z"])


def parts(*names: str) -> st.SearchStrategy[dict]:
    """An object with some of these keys, mostly texts."""
    return st.fixed_dictionaries({}, optional=dict.fromkeys(names, WORDS | ANY_JSON))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    data=st.fixed_dictionaries(
        {},
        optional={
            "channel": st.just("mail") | ANY_JSON,
            "source": st.just("public") | ANY_JSON,
            "received_at": WORDS | ANY_JSON,
            "complainant": parts(*casefiling.KEYS["complainant"]) | ANY_JSON,
            "respondent": parts(*casefiling.KEYS["respondent"]) | ANY_JSON,
            "allegations": st.lists(parts(*casefiling.KEYS["allegations"]), max_size=2) | ANY_JSON,
            "documents": ANY_JSON,
            "attestation": parts("name") | ANY_JSON,
        },
    )
)
def test_whatever_a_file_says_it_is_filed_or_refused_in_words(office: Staffed, tmp_path: Path, data: dict) -> None:
    path = tmp_path / "complaint.json"
    path.write_text(json.dumps({"board": "tx-bhec", **data}), encoding="utf-8")
    with transaction.atomic():
        try:
            read_data, _documents = casefiling.read(path, at=AT)
            filing.file_on_behalf(read_data, actor=SEEDER, at=AT)
            told = ["filed"]
        except ActionRefused as refusal:
            told = refusal.reasons
        transaction.set_rollback(True)
    assert all(told)
