"""Acts on professions and grounds."""

from datetime import date

import pytest

from boards import queries
from boards.models import Ground, Profession
from tracker.directory import actions
from tracker.errors import ActionRefused, NotPermitted


def test_editing_a_profession(counseling, administrator, at, ledger):
    changes = {"plain_labels": {"en": "Counselor"}, "license_letters": "LPC", "retired_on": date(2027, 1, 1)}
    actions.edit_profession(counseling.pk, changes=changes, actor=administrator, at=at)
    found = Profession.objects.get(pk=counseling.pk)
    assert (found.plain_label, found.license_letters, found.retired_on) == ("Counselor", "LPC", date(2027, 1, 1))
    assert ledger.events() == ["directory.profession_edited"]
    assert ledger.last().board_id is None
    assert "LPC" in ledger.private()


def test_editing_a_ground(ground, administrator, at, ledger):
    changes = {"labels": {"en": "Other", "es": "Otra"}, "npdb_codes": ["D1", "D2"]}
    actions.edit_ground(ground.pk, changes=changes, actor=administrator, at=at)
    assert Ground.objects.get(pk=ground.pk).npdb_codes == ["D1", "D2"]
    assert ledger.events() == ["directory.ground_edited"]
    assert "Otra" in ledger.private()
    actions.edit_ground(ground.pk, changes=changes, actor=administrator, at=at)
    assert ledger.events() == ["directory.ground_edited"]


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"key": "x"}, "key is fixed"),
        ({"retired_on": date(2027, 1, 1)}, "retired_on is fixed"),
        ({"labels": {}}, "English|blank"),
        ({"labels": {"es": "Otra"}}, "the English text is missing"),
        ({"npdb_codes": ["D1", "05", "ZZ"]}, "Unknown or retired NPDB codes: 05, ZZ."),
    ],
)
def test_a_bad_ground_is_refused(ground, administrator, at, ledger, changes, says):
    with pytest.raises(ActionRefused, match=says):
        actions.edit_ground(ground.pk, changes=changes, actor=administrator, at=at)
    assert ledger.events() == []
    assert Ground.objects.get(pk=ground.pk).labels == {"en": "Something else"}


def test_a_bad_profession_is_refused(counseling, administrator, at, ledger):
    for changes in ({"key": "x"}, {"labels": {"es": "Consejo"}}):
        with pytest.raises(ActionRefused):
            actions.edit_profession(counseling.pk, changes=changes, actor=administrator, at=at)
    assert ledger.events() == []


def test_a_code_kept_from_before_may_be_retired(ground, administrator, at):
    Ground.objects.filter(pk=ground.pk).update(npdb_codes=["05"])
    actions.edit_ground(ground.pk, changes={"npdb_codes": ["D1", "05"]}, actor=administrator, at=at)
    assert Ground.objects.get(pk=ground.pk).npdb_codes == ["D1", "05"]


def test_retiring_a_ground(ground, administrator, at, ledger):
    given = {"retired_on": date(2026, 7, 1), "actor": administrator, "at": at}
    with pytest.raises(ActionRefused, match="A reason is needed"):
        actions.retire_ground(ground.pk, reason="", **given)
    actions.retire_ground(ground.pk, reason="Never used", **given)
    assert not queries.grounds_offered(date(2026, 7, 1)).exists()
    assert queries.grounds_offered(date(2026, 6, 30)).exists()
    with pytest.raises(ActionRefused, match="retired already"):
        actions.retire_ground(ground.pk, reason="Again", **given)
    assert ledger.events() == ["directory.ground_retired"]
    assert "Never used" in ledger.private()


def test_only_administrators_edit_codes(ground, counseling, outsider, at, ledger):
    with pytest.raises(NotPermitted):
        actions.edit_ground(ground.pk, changes={"order": 3}, actor=outsider, at=at)
    with pytest.raises(NotPermitted):
        actions.edit_profession(counseling.pk, changes={"order": 3}, actor=outsider, at=at)
    with pytest.raises(NotPermitted):
        actions.retire_ground(ground.pk, retired_on=at.date(), reason="No", actor=outsider, at=at)
    assert ledger.events() == []
