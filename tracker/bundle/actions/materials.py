"""The files a bundle is made of, found in the vault by the digests that were frozen."""

from pathlib import Path
from uuid import UUID

from django.utils.translation import gettext as _

from tracker.bundle.actions.pulse import Pulse
from tracker.bundle.actions.rereading import ExhibitBroken
from tracker.bundle.natives import may_carry_native
from tracker.bundle.plan import PAGES, BundlePlan, PlannedExhibit
from tracker.errors import IntegrityBroken
from tracker.evidence.models import Exhibit
from tracker.files import storage
from tracker.files.models import StoredFile


class Materials:
    """The files of a plan's exhibits, by exhibit key. All of its methods raise ExhibitBroken for what is not there.

    Files are used where they lie; where the storage keeps them elsewhere they are copied into `folder`. Their digests
    are compared by whoever reads them.
    """

    def __init__(self, case_id: UUID, plan: BundlePlan, folder: Path) -> None:
        rows = Exhibit.objects.filter(case_id=case_id).select_related("stored_file")
        self._rows = {str(row.pk): row for row in rows.prefetch_related("renditions__stored_file")}
        self._plan = plan
        self._folder = folder

    def originals(self) -> dict[str, StoredFile]:
        """The item as received, of every exhibit, withheld or not."""
        return {item.key: self._original(item) for item in self._plan.exhibits}

    def copies(self, pulse: Pulse) -> dict[str, Path]:
        """The copies whose pages are shown."""
        found = {}
        for item in self._plan.exhibits:
            if item.kind == PAGES and item.rendition:
                pulse("check", item.key)
                found[item.key] = self._made(item, item.rendition.sha256, "pdf")
        return found

    def texts(self) -> dict[str, Path]:
        """The texts of shown pages, of exhibits that have one."""
        return {item.key: self._made(item, item.text_sha256, "txt") for item in self._plan.exhibits if item.text_sha256}

    def natives(self) -> dict[str, Path]:
        """The originals that may travel with this edition."""
        going = [item for item in self._plan.exhibits if item.native and may_carry_native(self._plan, item)]
        return {item.key: self._local(item, self._original(item), "native") for item in going}

    def _original(self, item: PlannedExhibit) -> StoredFile:
        row = self._rows.get(item.exhibit_id)
        if row is None or (item.native and row.stored_file.digest != item.native.sha256):
            raise ExhibitBroken(item.key, _("The original is another file."))
        return row.stored_file

    def _made(self, item: PlannedExhibit, digest: str, ending: str) -> Path:
        made = (row.stored_file for row in self._rows[item.exhibit_id].renditions.all())
        kept = next((file for file in made if file.digest == digest), None)
        if kept is None:
            raise ExhibitBroken(item.key, _("The copy that was frozen is missing."))
        return self._local(item, kept, ending)

    def _local(self, item: PlannedExhibit, kept: StoredFile, ending: str) -> Path:
        try:
            copy = self._folder / f"from-vault-{item.key}.{ending}"
            return storage.local_path(kept) or storage.copy_verified(kept, copy)
        except (IntegrityBroken, OSError) as error:
            raise ExhibitBroken(item.key, str(error)) from error
