"""Pages of office files, made by LibreOffice without a window.

Each file has a profile of its own; there are no macros, no network (the child process has none), and a time limit.
"""

import os
import shutil
import subprocess
from pathlib import Path

from django.utils.translation import gettext as _

from tracker.files.rendering import archives, limits
from tracker.files.rendering.rendered import CannotRender, Job, Made

SECONDS = 90
# What the parts of a document may unpack to: far more than real ones do, far less than a bomb. Long tables of equal
# rows shrink well, so how far they shrink counts only above a size.
MOST_UNPACKED = 1 << 30
MUCH_UNPACKED = 1 << 27
MOST_PARTS = 10_000
# Nothing is fetched that a file points to, and nothing in it runs.
_SETTINGS = (
    ("/org.openoffice.Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("/org.openoffice.Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("/org.openoffice.Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("/org.openoffice.Office.Writer/Content/Update", "Link", "0"),
    ("/org.openoffice.Office.Calc/Content/Update", "Link", "2"),
)
_REGISTRY = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">%s</oor:items>'
)
_ITEM = '<item oor:path="%s"><prop oor:name="%s" oor:op="fuse"><value>%s</value></prop></item>'

# Formats are told by the ending, which is ours: a name may lie.
ENDINGS = {"docx": "docx", "xlsx": "xlsx", "pptx": "pptx", "odt": "odt", "rtf": "rtf"}


class ProgramMissing(Exception):
    """The office program that the operator named cannot be started. That says nothing of the file."""


def make(job: Job) -> Made:
    """Make the pages of an office file.

    Raises CannotRender where no program is set, the file unpacks to too much, or the program gives no pages;
    ProgramMissing where the program cannot be started.
    """
    if not job.office:
        raise CannotRender(_("Pages of office files need an office program, and none is set up here."))
    _check_unpacked(job.source)
    source = job.folder / f"document.{ENDINGS[job.kind]}"
    shutil.copyfile(job.source, source)
    out = job.folder / "pages"
    out.mkdir()
    _run(job, source, out)
    made = out / "document.pdf"
    if not made.is_file() or made.stat().st_size == 0:
        raise CannotRender(_("The office program could not make pages of this file."))
    return Made(made, "office", _version(job.office))


def _check_unpacked(source: Path) -> None:
    """Refuse a package that says it unpacks to more than the office program could hold; rich text is none."""
    contents = archives.zip_contents(source)
    unpacked = sum(entry.size for entry in contents.entries)
    bursts = unpacked > MUCH_UNPACKED and unpacked > archives.BOMB_RATIO * source.stat().st_size
    if bursts or unpacked > MOST_UNPACKED or len(contents.entries) > MOST_PARTS:
        raise CannotRender(_("This office file unpacks to more than can be opened safely."))


def _run(job: Job, source: Path, out: Path) -> None:
    profile = (job.folder / "profile").as_uri()
    _write_settings(job.folder / "profile")
    command = [
        job.office, "--headless", "--nologo", "--norestore", "--nodefault", "--nolockcheck",
        f"-env:UserInstallation={profile}", "--convert-to", "pdf", "--outdir", str(out), str(source),
    ]  # fmt: skip
    environment = {"PATH": os.environ.get("PATH", os.defpath), "HOME": str(job.folder), "LANG": "C.UTF-8"}
    limits.keep_orphans()
    others = limits.children()
    try:
        # It stays in the group of this process, which is ended as a whole.
        program = subprocess.Popen(  # noqa: S603 - the program that the operator named, and files of our own
            command,
            cwd=job.folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
    except OSError as error:
        raise ProgramMissing(job.office) from error
    with program:
        try:
            program.wait(timeout=SECONDS)
        except subprocess.TimeoutExpired as error:
            raise CannotRender(_("The office program did not finish with this file.")) from error
        finally:
            limits.end_all_started(but=others)


def _write_settings(profile: Path) -> None:
    (profile / "user").mkdir(parents=True)
    items = "".join(_ITEM % setting for setting in _SETTINGS)
    (profile / "user" / "registrymodifications.xcu").write_text(_REGISTRY % items, encoding="utf-8")


def _version(office: str) -> str:
    """Name and version of the program, as a rendition records it."""
    try:
        said = subprocess.run(  # noqa: S603
            [office, "--version"], capture_output=True, text=True, timeout=20, check=False
        ).stdout
    except (OSError, subprocess.TimeoutExpired):
        said = ""
    return " ".join(said.split())[:100] or "LibreOffice"
