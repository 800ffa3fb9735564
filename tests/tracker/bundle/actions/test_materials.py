"""The files of a bundle: where they lie, or copied from where they are kept."""

from pathlib import Path

import pytest
from django.core.files.storage import FileSystemStorage

from tests.tracker.bundle.exporting import request
from tracker.bundle.actions.materials import Materials
from tracker.bundle.actions.rereading import ExhibitBroken
from tracker.bundle.plan import BundlePlan
from tracker.files import storage


class Elsewhere(FileSystemStorage):
    """A vault without paths, as one in a network has none."""

    def path(self, name):
        raise NotImplementedError

    def _save(self, name, content):
        return name

    def exists(self, name):
        return Path(self.location, name).exists()

    def _open(self, name, mode="rb"):
        return Path(self.location, name).open(mode)


@pytest.fixture
def materials(case, counsel, receive, tmp_path):
    receive(3)
    receive(2, title="Privileged")
    export = request(case, counsel, withheld={case.exhibits.get(number=2).pk: "W-1"})
    folder = tmp_path / "work"
    folder.mkdir()
    return Materials(case.pk, BundlePlan.from_json(export.plan), folder)


def nothing(_stage, _detail):
    return None


def test_files_are_used_where_they_lie(materials, case, tmp_path):
    one = case.exhibits.get(number=1)

    assert materials.copies(nothing) == {"E-1": storage.local_path(one.rendition.stored_file)}
    assert {key: file.digest for key, file in materials.originals().items()} == {
        row.key: row.stored_file.digest for row in case.exhibits.all()
    }
    assert materials.natives() == {"E-1": storage.local_path(one.stored_file)}
    assert list((tmp_path / "work").iterdir()) == []


def test_elsewhere_they_are_copied(materials, case, settings, vault, tmp_path):
    settings.STORAGES = {
        **settings.STORAGES,
        "vault": {"BACKEND": f"{__name__}.Elsewhere", "OPTIONS": {"location": str(vault)}},
    }
    found = materials.copies(nothing)

    assert found["E-1"].parent == tmp_path / "work"
    assert found["E-1"].stat().st_size == case.exhibits.get(number=1).rendition.stored_file.size
    Path(vault, case.exhibits.get(number=1).rendition.stored_file.key).write_bytes(b"other")
    with pytest.raises(ExhibitBroken, match="Exhibit E-1"):
        materials.copies(nothing)


def test_a_missing_file_is_named(materials, case):
    storage.discard(case.exhibits.get(number=1).rendition.stored_file.key)
    with pytest.raises(ExhibitBroken, match="Exhibit E-1"):
        materials.copies(nothing)


def test_another_copy_than_was_frozen_is_none(case, counsel, receive, tmp_path):
    exhibit = receive(1)
    export = request(case, counsel)
    plan = BundlePlan.from_json(export.plan.replace(exhibit.rendition.stored_file.digest, "ab" * 32))
    with pytest.raises(ExhibitBroken, match="The copy that was frozen is missing"):
        Materials(case.pk, plan, tmp_path).copies(nothing)


def test_another_original_than_was_frozen_is_none(case, counsel, receive, tmp_path):
    exhibit = receive(1)
    export = request(case, counsel)
    plan = BundlePlan.from_json(export.plan.replace(exhibit.stored_file.digest, "ab" * 32))
    with pytest.raises(ExhibitBroken, match="The original is another file"):
        Materials(case.pk, plan, tmp_path).originals()
