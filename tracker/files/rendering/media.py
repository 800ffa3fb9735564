"""Files that no page can show: what a slip sheet says of recordings, archives, programs and unknown files. Pure."""

import struct
from collections.abc import Callable
from pathlib import Path

from django.utils.translation import gettext as _
from tinytag import TinyTag, TinyTagException

from tracker.files import kinds
from tracker.files.rendering import archives
from tracker.files.rendering.rendered import Job, Made, SlipFacts

AUDIO = {"mp3", "wav", "m4a"}
VIDEO = {"mp4", "mov"}

_UNREADABLE = (
    TinyTagException, OSError, ValueError, LookupError, TypeError, AttributeError, ArithmeticError, struct.error,
    RuntimeError, EOFError,
)  # fmt: skip
_CLOSED_ARCHIVES = (
    (b"7z\xbc\xaf'\x1c", "7z"),
    (b"Rar!\x1a\x07", "RAR"),
    (b"MSCF\0\0\0\0", "CAB"),
)
# Longer than any recording; what is above comes from a damaged header.
_LONGEST_SECONDS = 1000 * 3600


def make(job: Job) -> Made:
    """The facts for the slip sheet of a file that has no pages. Never raises for odd content."""
    slip = _SLIPS.get(job.kind, _unknown)(job.source)
    return Made(pdf=None, slip=slip)


def length(seconds: float) -> str:
    """A duration for people, such as 0:02:14."""
    whole = int(seconds)
    return f"{whole // 3600}:{whole // 60 % 60:02d}:{whole % 60:02d}"


def _audio(source: Path) -> SlipFacts:
    reason = _("A sound recording cannot be shown on paper. Play the original.")
    return SlipFacts(reason=reason, facts=tuple(_recording_facts(source)), listing=())


def _video(source: Path) -> SlipFacts:
    reason = _("A video cannot be shown on paper. Play the original.")
    return SlipFacts(reason=reason, facts=tuple(_recording_facts(source)), listing=())


def _recording_facts(source: Path) -> list[tuple[str, str]]:
    try:
        tag = TinyTag.get(source, tags=False)
        lines = []
        if tag.duration and 0 < tag.duration < _LONGEST_SECONDS:
            lines.append((_("Length"), _("%(length)s (hours, minutes, seconds)") % {"length": length(tag.duration)}))
        if tag.bitrate and tag.bitrate > 0:
            lines.append((_("Bit rate"), _("%(rate)s kbit/s") % {"rate": f"{round(tag.bitrate):,}"}))
        if tag.channels and tag.channels > 0:
            lines.append((_("Channels"), _channels(tag.channels)))
        if tag.samplerate and tag.samplerate > 0:
            lines.append((_("Sampling"), _("%(rate)s kHz") % {"rate": f"{tag.samplerate / 1000:g}"}))
    except _UNREADABLE:
        lines = []
    return lines or [(_("Length"), _("Not told by the file, or the file is damaged"))]


def _channels(count: int) -> str:
    if count == 1:
        return _("one (mono)")
    return _("two (stereo)") if count == 2 else f"{count:,}"


def _zip(source: Path) -> SlipFacts:
    contents = archives.zip_contents(source)
    if not contents.entries and not contents.is_whole:
        reason = _("This archive is damaged: not even the list of what is in it can be read.")
        return SlipFacts(reason=reason, facts=(), listing=())
    return _archive(source, contents)


def _archive(source: Path, contents: archives.Contents) -> SlipFacts:
    reason = _("This is an archive of other files, which is not opened here. What it says it holds is listed below.")
    facts = archives.facts(contents, source.stat().st_size)
    return SlipFacts(reason=reason, facts=tuple(facts), listing=archives.listing(contents))


def _older_office(source: Path) -> SlipFacts:
    reason = _("This is a file of an older office or mail program, which is not opened here.")
    return SlipFacts(reason=reason, facts=(), listing=())


def _macros(source: Path) -> SlipFacts:
    reason = _("This office file carries programs (macros), so it is not opened here.")
    contents = archives.zip_contents(source)
    parts = [entry.path for entry in contents.entries if _is_macro(entry.path)]
    facts = ((_("Programs inside"), ", ".join(parts[:10])),) if parts else ()
    return SlipFacts(reason=reason, facts=facts, listing=())


def _is_macro(path: str) -> bool:
    return path.lower().endswith("vbaproject.bin") or path.startswith(("Basic/", "Scripts/"))


def _program(source: Path) -> SlipFacts:
    reason = _("This is a program. It is never run or opened here, and it has no pages.")
    return SlipFacts(reason=reason, facts=(), listing=())


def _empty(source: Path) -> SlipFacts:
    reason = _("The file is empty: it was received with no bytes in it.")
    return SlipFacts(reason=reason, facts=(), listing=())


def _unknown(source: Path) -> SlipFacts:
    contents = archives.tar_contents(source)
    if contents is not None:
        return _archive(source, contents)
    with source.open("rb") as opened:
        head = opened.read(16)
    told = kinds.describe(source)
    facts = [(_("Begins with"), head[:8].hex(" ").upper())] if head else []
    if told:
        facts.insert(0, (_("Looks like"), told))
    closed = next((name for mark, name in _CLOSED_ARCHIVES if head.startswith(mark)), "")
    packer = archives.packer(source)
    if closed:
        reason = _("This is an archive (%(kind)s), which is not opened here.") % {"kind": closed}
    elif packer:
        reason = _("This is a file packed by %(packer)s, which is not opened here.") % {"packer": packer}
    elif told.startswith(("audio/", "video/")):
        reason = _("A recording cannot be shown on paper. Play the original.")
        facts = [facts[0], *_recording_facts(source)]
    else:
        reason = _("No program here can show this kind of file as pages.")
    return SlipFacts(reason=reason, facts=tuple(facts), listing=())


_SLIPS: dict[str, Callable[[Path], SlipFacts]] = {
    **dict.fromkeys(AUDIO, _audio),
    **dict.fromkeys(VIDEO, _video),
    "zip": _zip,
    "ole": _older_office,
    "macros": _macros,
    "program": _program,
    "empty": _empty,
}
