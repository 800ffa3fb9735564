"""Professions, grounds, published codes."""

from datetime import date

import pytest

from boards import ids
from boards.models import Ground, NpdbCode, Profession
from tests.tracker.web.admin.conftest import errors_of

PROFESSIONS, GROUNDS = "/admin/boards/profession/", "/admin/boards/ground/"


@pytest.fixture
def craft(office):
    return Profession.objects.get(key="counseling")


@pytest.fixture
def ground(office):
    for code, retired_on in (("D1", None), ("D2", None), ("05", date(2022, 12, 16))):
        row = {"kind": "basis", "code": code, "label": f"Code {code}", "retired_on": retired_on}
        NpdbCode.objects.create(id=ids.of("npdb", "basis", code), **row)
    return Ground.objects.get(key="other")


def test_a_profession_is_changed_by_one_act(office, craft, save_as, entries):
    changes = {"labels_en": "Counseling, licensed", "labels_es": "Consejería", "npdb_codes": "621, 651"}

    assert save_as(office.administrator, f"{PROFESSIONS}{craft.pk}/change/", **changes).status_code == 302

    craft.refresh_from_db()
    assert craft.labels == {"en": "Counseling, licensed", "es": "Consejería"}
    assert craft.npdb_codes == ["621", "651"]
    [(event, body, private)] = entries()
    assert (event, body["facts"]["fields"]) == ("directory.profession_edited", ["labels", "npdb_codes"])
    assert private["before"]["labels"] == {"en": "Counseling"}


def test_a_text_in_a_third_language_survives(office, craft, save_as):
    Profession.objects.filter(pk=craft.pk).update(labels={"en": "Counseling", "fr": "Conseil"})

    save_as(office.administrator, f"{PROFESSIONS}{craft.pk}/change/", labels_en="Counsel")

    craft.refresh_from_db()
    assert craft.labels == {"en": "Counsel", "fr": "Conseil"}


def test_a_ground_is_changed_and_retired(office, ground, save_as, entries):
    changes = {"npdb_codes": "D2, D1", "retire_on": "2030-01-01", "retire_reason": "Split in two."}

    assert save_as(office.administrator, f"{GROUNDS}{ground.pk}/change/", **changes).status_code == 302

    ground.refresh_from_db()
    assert (ground.npdb_codes, ground.retired_on) == (["D2", "D1"], date(2030, 1, 1))
    assert [event for event, _body, _private in entries()] == ["directory.ground_edited", "directory.ground_retired"]


def test_the_whole_form_is_refused_when_one_of_its_acts_is(office, ground, save_as, entries):
    before = Ground.objects.values().get(pk=ground.pk)

    page = save_as(office.administrator, f"{GROUNDS}{ground.pk}/change/", npdb_codes="D1", retire_on="2030-01-01")

    assert errors_of(page)[""] == ["A reason is needed."]
    assert Ground.objects.values().get(pk=ground.pk) == before
    assert entries() == []


def test_an_unknown_code_is_refused(office, ground, save_as, entries):
    page = save_as(office.administrator, f"{GROUNDS}{ground.pk}/change/", npdb_codes="D1, 05, ZZ")

    assert errors_of(page)[""] == ["Unknown or retired NPDB codes: 05, ZZ."]
    assert 'value="D1, 05, ZZ"' in page.content.decode()
    assert entries() == []


def test_a_retired_ground_offers_no_second_retirement(office, ground, open_as):
    Ground.objects.filter(pk=ground.pk).update(retired_on=date(2025, 1, 1))

    assert 'name="retire_on"' not in open_as(office.administrator, f"{GROUNDS}{ground.pk}/change/").content.decode()


@pytest.mark.parametrize("who", ["auditor", "custodian"])
def test_readers_read(office, craft, ground, open_as, send_as, entries, who):
    for path in (f"{PROFESSIONS}{craft.pk}/change/", f"{GROUNDS}{ground.pk}/change/"):
        page = open_as(getattr(office, who), path)
        assert page.status_code == 200
        assert 'name="_save"' not in page.content.decode()
        assert send_as(getattr(office, who), path, {"order": "1"}).status_code == 403
    assert entries() == []


def test_codes_are_not_added_here(office, open_as):
    assert open_as(office.administrator, f"{PROFESSIONS}add/").status_code == 403
    assert open_as(office.administrator, f"{GROUNDS}add/").status_code == 403


def test_search_in_the_words(office, ground, open_as):
    def keys(path, **asked):
        return [row.key for row in open_as(office.administrator, path, **asked).context["cl"].result_list]

    assert keys(GROUNDS, q="sexual") == ["sexual_misconduct"]
    assert keys(PROFESSIONS, q="COUNSELING") == ["counseling"]
    assert keys(GROUNDS, state="retired") == []
    assert "other" in keys(GROUNDS, state="offered")


def test_published_codes_are_read(office, ground, open_as):
    code = NpdbCode.objects.get(code="D1")
    page = open_as(office.administrator, f"/admin/boards/npdbcode/{code.pk}/change/")

    assert "Code D1" in page.content.decode()
    assert 'name="_save"' not in page.content.decode()
    assert "Code D1" in open_as(office.administrator, "/admin/boards/npdbcode/", q="D1").content.decode()


@pytest.mark.parametrize("path", [PROFESSIONS, GROUNDS])
def test_the_lists_take_the_same_queries_however_long(office, count_as, path):
    model = Profession if path == PROFESSIONS else Ground
    one = count_as(office.administrator, path)
    for number in range(3):
        key = f"more-{number}"
        model.objects.create(id=ids.of("test", key), key=key, labels={"en": key})

    assert count_as(office.administrator, path) == one == 9
