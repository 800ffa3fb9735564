"""The work of the corpus bench: receive, render, bundle and look for every file in the finished bundle."""

import os
import re
import shutil
import subprocess
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pypdfium2
from django.conf import settings

from tests.factories.docketed import Docketed
from tests.factories.staffed import Staffed, make_staffed
from tests.proof.expected import sheets
from tracker.audit.actors import Actor
from tracker.bundle import actions as bundles
from tracker.bundle.actions import build
from tracker.bundle.models import BundleExport, ExportStatus
from tracker.bundle.plan import PAGES, WITHHELD, BundlePlan
from tracker.bundle.verify import Outcome as Verdict
from tracker.bundle.verify import verify
from tracker.cases.models import Case
from tracker.errors import ActionRefused
from tracker.evidence import actions as evidence
from tracker.evidence.models import Exhibit
from tracker.evidence.states import SETTLED
from tracker.files import storage

Say = Callable[[str], None]
_PDFINFO_SECONDS = 60
_CHUNK = 1 << 20


@dataclass(frozen=True)
class Entry:
    """What became of one file; `first_page` is 0 and `pages_out` 0 where it is not in the bundle."""

    file: str
    sha256: str
    pages_in: int
    first_page: int
    pages_out: int
    slip_reason: str
    seconds: float

    @property
    def is_lost(self) -> bool:
        """Whether it, or a page of it, is in the bundle neither as pages nor as a slip sheet that says why."""
        if self.slip_reason:
            return self.pages_out != 1
        return self.pages_out < max(self.pages_in, 1)


@dataclass
class Outcome:
    """The whole run: entries in order, the sealed file, and what stopped the bundle ("" for nothing)."""

    entries: list[Entry] = field(default_factory=list)
    bundle: Path | None = None
    fault: str = ""

    @property
    def lost(self) -> int:
        """How many entries are lost."""
        return sum(entry.is_lost for entry in self.entries)

    @property
    def summary(self) -> str:
        """The last line."""
        slips = sum(bool(entry.slip_reason) and not entry.is_lost for entry in self.entries)
        rendered = len(self.entries) - slips - self.lost
        return f"{len(self.entries)} files: {rendered} rendered, {slips} slip sheets, {self.lost} lost"


@dataclass
class _Received:
    """A file of the folder on its way: its exhibit, or why there is none."""

    file: str
    pages_in: int = 0
    exhibit: Exhibit | None = None
    fault: str = ""
    seconds: float = 0.0


def run(folder: Path, *, say: Say) -> Outcome:
    """Receive, bundle and check all files below a folder; tell one line for each through `say`."""
    office = make_staffed()
    story = Docketed(office).file()
    received = [_receive(path, folder, story.case, office) for path in files_below(folder)]
    received += _attached(received)
    outcome = Outcome()
    pages: dict[str, tuple[int, int]] = {}
    plan = None
    if any(one.exhibit and one.exhibit.state in SETTLED for one in received):
        plan = _bundle(received, story.case, office, outcome)
        if outcome.bundle:
            pages = _found(outcome.bundle, plan)
    for one in received:
        entry = _entry(one, plan, pages)
        outcome.entries.append(entry)
        what = "LOST" if entry.is_lost else entry.slip_reason or f"{entry.pages_out} pages at {entry.first_page}"
        key = one.exhibit.key if one.exhibit else "-"
        say(f"{key}\t{entry.seconds:.2f} s\t{entry.file}\t{what} {one.fault}".rstrip())
    for words, count in Counter(entry.slip_reason for entry in outcome.entries if entry.slip_reason).most_common():
        say(f"{count} × {words}")
    return outcome


def files_below(folder: Path) -> Iterator[Path]:
    """Every regular file below a folder in a fixed order; links are not followed, pipes and devices left out."""
    for place, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            path = Path(place, name)
            if path.is_file() and not path.is_symlink():
                yield path


def _now() -> datetime:
    return datetime.now(UTC)


def _printable(path: Path, folder: Path) -> str:
    return str(path.relative_to(folder)).encode("utf-8", "replace").decode()


def _receive(path: Path, folder: Path, case: Case, office: Staffed) -> _Received:
    """Receive and render one file. Nothing that goes wrong with it stops the others."""
    one = _Received(_printable(path, folder))
    begun = time.perf_counter()
    try:
        exhibit = evidence.receive_exhibit(
            case.pk,
            actor=Actor.staff(office.intake.pk),
            at=_now(),
            path=path,
            original_name=path.name.encode("utf-8", "replace").decode(),
        )
        one.exhibit = _process(exhibit)
        if exhibit.stored_file.digest != _digest(path):
            one.fault = "The bytes in the vault are not those of the file."
    except (ActionRefused, OSError) as error:
        one.fault = str(error)
    except Exception as error:  # noqa: BLE001 - a fault of the product, told with the file that shows it
        one.fault = f"{type(error).__name__}: {error}"
        one.exhibit = one.exhibit or Exhibit.objects.filter(case=case, original_name=path.name).last()
    one.seconds = round(time.perf_counter() - begun, 3)
    one.pages_in = _pages(path, one.exhibit)
    return one


def _process(exhibit: Exhibit) -> Exhibit:
    return evidence.process_exhibit(exhibit.pk, actor=Actor.system("worker"), at=_now())


def _digest(path: Path) -> str:
    total = sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            total.update(chunk)
    return total.hexdigest()


def _pages(path: Path, exhibit: Exhibit | None) -> int:
    """Pages of a PDF as poppler counts them; those of the copy for other kinds, and where poppler cannot tell."""
    known = (exhibit.page_count or 0) if exhibit else 0
    program = shutil.which("pdfinfo")
    if program is None or exhibit is None or exhibit.stored_file.kind != "pdf":
        return known
    try:
        done = subprocess.run(  # noqa: S603
            [program, str(path)], capture_output=True, timeout=_PDFINFO_SECONDS, check=False
        )
    except (subprocess.TimeoutExpired, OSError, ValueError):
        return known
    counted = re.search(rb"(?m)^Pages:\s+(\d+)", done.stdout)
    return int(counted[1]) if counted else known


def _attached(received: list[_Received]) -> list[_Received]:
    """What came attached to the received files, each processed as an exhibit of its own, with all below it."""
    found: list[_Received] = []
    waiting = [one for one in received if one.exhibit]
    while waiting:
        parent = waiting.pop(0)
        for child in Exhibit.objects.filter(parent=parent.exhibit).order_by("part"):
            one = _Received(f"{parent.file} › {child.original_name}", exhibit=child)
            begun = time.perf_counter()
            try:
                one.exhibit = _process(child)
            except Exception as error:  # noqa: BLE001 - told with the file that shows it
                one.fault = f"{type(error).__name__}: {error}"
            one.seconds = round(time.perf_counter() - begun, 3)
            one.pages_in = one.exhibit.page_count or 0
            found.append(one)
            waiting.append(one)
    return found


def _bundle(received: list[_Received], case: Case, office: Staffed, outcome: Outcome) -> BundlePlan | None:
    """Freeze and build a bundle of all exhibits that are settled."""
    chosen = [one.exhibit.pk for one in received if one.exhibit and one.exhibit.state in SETTLED]
    actor = Actor.staff(office.counsel.pk)
    try:
        (export,) = bundles.request_bundle(case.pk, actor=actor, at=_now(), exhibits=chosen, queue=False)
        done = build.run(export.pk, actor=Actor.system("worker"), clock=_now)
    except ActionRefused as error:
        outcome.fault = f"The bundle was refused: {error}"
        return None
    if done is None or done.status != ExportStatus.SEALED:
        outcome.fault = f"The bundle was not built: {done.reason if done else 'nobody may build it'}"
        return None
    outcome.bundle = _sealed_file(done)
    verdict = verify(outcome.bundle)
    if verdict.outcome is not Verdict.INTACT:
        outcome.fault = "The bundle is not intact: " + " ".join(verdict.sentences)
    return BundlePlan.from_json(done.plan)


def _sealed_file(export: BundleExport) -> Path:
    stored = export.files.get(volume=1).stored_file
    target = Path(settings.FILE_UPLOAD_TEMP_DIR) / "corpus-bundle.pdf"
    return storage.copy_verified(stored, target)


def _found(bundle: Path, plan: BundlePlan) -> dict[str, tuple[int, int]]:
    """First page (from 1) and number of sheets of every exhibit, by the labels of the finished file."""
    pdf = pypdfium2.PdfDocument(bundle)
    labels = {pdf.get_page_label(index): index + 1 for index in range(len(pdf))}
    pdf.close()
    out: dict[str, tuple[int, int]] = {}
    for sheet in sheets(plan):
        at = labels.get(sheet.number)
        if at is not None:
            first, count = out.get(sheet.key, (at, 0))
            out[sheet.key] = (first, count + 1)
    return out


def _entry(one: _Received, plan: BundlePlan | None, pages: dict[str, tuple[int, int]]) -> Entry:
    exhibit = one.exhibit
    entry = Entry(one.file, "", one.pages_in, 0, 0, "", one.seconds)
    if exhibit is None or plan is None:
        return entry
    first, count = pages.get(exhibit.key, (0, 0))
    item = plan.by_key().get(exhibit.key)
    reason = ""
    if item and item.kind != PAGES:
        reason = (item.withheld_reason if item.kind == WITHHELD else item.slip_reason) or "No reason is given."
    return replace(entry, sha256=exhibit.stored_file.digest, first_page=first, pages_out=count, slip_reason=reason)
