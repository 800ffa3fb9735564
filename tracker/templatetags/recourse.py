"""The tags and filters of every page: icons, stage meter and tracker, priority, time, dates, hashes."""

from collections.abc import Sequence
from datetime import date, datetime, tzinfo
from typing import Any
from uuid import UUID

from django import template
from django.conf import settings
from django.templatetags.static import static
from django.templatetags.tz import do_timezone
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from tracker.files import kinds

register = template.Library()

KIND_WORDS = {kind.media_type: kind.label for kind in kinds.KINDS.values()}
SAFE_WAYS = {
    "any": gettext_lazy("any way"),
    "email": gettext_lazy("only by e-mail"),
    "phone": gettext_lazy("only by telephone"),
    "mail": gettext_lazy("only by mail"),
    "none": gettext_lazy("do not contact; reads the tracking page"),
}
STAGES = {
    "filed": (1, gettext_lazy("Filed")),
    "investigation": (2, gettext_lazy("Investigation")),
    "hearing": (3, gettext_lazy("Hearing")),
    "disposition": (4, gettext_lazy("Disposition")),
}
PRIORITIES = {
    "emergency": ("error", "tag fill", gettext_lazy("Emergency")),
    "urgent": ("priority_high", "bad", gettext_lazy("Urgent")),
    "high": ("arrow_upward", "soon", gettext_lazy("High")),
    "routine": ("remove", "quiet", gettext_lazy("Routine")),
    "administrative": ("folder", "quiet", gettext_lazy("Admin.")),
}
STATES = {
    "cleared": ("check", "ok", gettext_lazy("Cleared")),
    "clean": ("check", "ok", gettext_lazy("Cleared")),
    "received": ("hourglass_empty", "", gettext_lazy("Received")),
    "quarantined": ("hourglass_empty", "soon", gettext_lazy("Scanning")),
    "pending": ("hourglass_empty", "soon", gettext_lazy("Scanning")),
    "sealed": ("lock", "", gettext_lazy("Sealed")),
    "withheld": ("lock", "", gettext_lazy("Withheld")),
    "not_renderable": ("visibility_off", "", gettext_lazy("Not renderable")),
    "refused": ("error", "bad", gettext_lazy("Refused")),
    "altered": ("error", "bad", gettext_lazy("Altered")),
    "marked": ("label", "", gettext_lazy("Marked")),
    "offered": ("label", "", gettext_lazy("Offered")),
    "admitted": ("check", "ok", gettext_lazy("Admitted")),
    "admitted_over_objection": ("check", "ok", gettext_lazy("Admitted over objection")),
    "excluded": ("remove_circle", "", gettext_lazy("Excluded")),
    "withdrawn": ("remove_circle", "", gettext_lazy("Withdrawn")),
    "in_force": ("check", "ok", gettext_lazy("In force")),
    "default": ("warning", "soon", gettext_lazy("Default")),
    "superseded": ("history", "", gettext_lazy("Superseded")),
    "public": ("visibility", "", gettext_lazy("Public")),
    "confidential": ("lock", "", gettext_lazy("Confidential")),
}
DOT = {"done": "check_circle", "now": "radio_button_unchecked", "todo": "radio_button_unchecked"}


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """An icon of the USWDS sprite; decoration unless a label is given."""
    href = f"{static('uswds/img/sprite.svg')}#{name}"
    if label:
        return format_html(
            '<svg class="usa-icon" role="img" aria-label="{}" focusable="false"><use href="{}"></use></svg>',
            label,
            href,
        )
    return format_html('<svg class="usa-icon" aria-hidden="true" focusable="false"><use href="{}"></use></svg>', href)


def _bars(filled: int) -> SafeString:
    rows = ((x * 6 + 0.75, "currentColor" if x < filled else "none", "1" if x < filled else ".5") for x in range(4))
    return format_html(
        '<svg viewBox="0 0 24 14" aria-hidden="true" focusable="false">{}</svg>',
        format_html_join(
            "",
            '<rect x="{}" y=".75" width="4" height="12.5" rx=".5" fill="{}" stroke="currentColor" '
            'stroke-width="1" stroke-opacity="{}"/>',
            rows,
        ),
    )


@register.simple_tag
def stage_meter(stage: str, word: bool = True) -> SafeString:
    """Four small bars, as many filled as the stage is far, and its word (kept for screen readers if hidden)."""
    number, label = STAGES[str(stage)]
    shown = "" if word else "usa-sr-only"
    return format_html('<span class="st st{}">{}<span class="{}">{}</span></span>', number, _bars(number), shown, label)


@register.simple_tag
def stage_word(stage: str) -> str:
    """The public word of a stage."""
    return str(STAGES[str(stage)][1])


@register.simple_tag
def stage_number(stage: str) -> int:
    """1 for filed to 4 for disposition."""
    return STAGES[str(stage)][0]


@register.inclusion_tag("components/tracker.html")
def stage_tracker(
    stage: str,
    notes: dict[str, str] | None = None,
    style: str = "track",
    ended: bool = False,
    *,
    skipped: Sequence[str] = (),
) -> dict[str, Any]:
    """The four stages as a list: done, now, to come. `style` is `track` (public line) or `cells` (desk).

    `skipped` are stages that the case went past; they are not done, and nothing is left to do in them.
    """
    here = STAGES[str(stage)][0]
    notes = notes or {}
    cells = []
    for key, (number, label) in STAGES.items():
        done = key not in skipped and (number < here or (ended and number == here))
        state = "done" if done else "now" if number == here else "todo"
        missing = _("not needed") if key in skipped else _("not started") if state == "todo" else ""
        note = notes.get(key, missing)
        cells.append({"key": key, "number": number, "label": label, "state": state, "note": note, "icon": DOT[state]})
    return {"cells": cells, "style": style}


@register.simple_tag
def priority_tag(priority: str, board_word: str = "") -> SafeString:
    """Icon and word of a priority; the board's own word first, ours in brackets."""
    name, css, label = PRIORITIES[str(priority) or "routine"]
    words = f"{board_word} ({str(label).lower()})" if board_word and board_word != str(label) else label
    return format_html('<span class="nowrap {}">{} {}</span>', css, icon(name), words)


@register.simple_tag
def state_tag(state: str, label: str = "") -> SafeString:
    """The tag of an exhibit's, a marking's or a rule's state."""
    name, css, word = STATES[str(state)]
    return format_html('<span class="tag {}">{} {}</span>', css, icon(name), label or word)


@register.simple_tag
def due(
    due_on: date, today: date, *, state: str = "running", met_on: date | None = None, soon_days: int = 14
) -> SafeString:
    """How far a date is: late, soon, plain, met or paused; always in words."""
    if state == "met":
        words = _("Met %(day)s") % {"day": short_date(met_on, today)} if met_on else _("Met")
        return format_html('<span class="ok nowrap">{} {}</span>', icon("check_circle"), words)
    if state == "tolled":
        return format_html('<span class="quiet nowrap">{} {}</span>', icon("timer"), _("Paused"))
    if state in {"waived", "superseded"}:
        words = _("Waived") if state == "waived" else _("Replaced")
        return format_html('<span class="quiet nowrap">{}</span>', words)
    days = (due_on - today).days
    if days < 0:
        words = ngettext("%(n)s day late", "%(n)s days late", -days) % {"n": -days}
        return format_html('<span class="bad nowrap">{} {}</span>', icon("error"), words)
    if days <= soon_days:
        words = ngettext("%(n)s day left", "%(n)s days left", days) % {"n": days} if days else _("Due today")
        return format_html('<span class="soon nowrap">{} {}</span>', icon("schedule"), words)
    return format_html('<span class="nowrap">{}</span>', short_date(due_on, today))


def _as_date(value: date | datetime | str) -> date | datetime:
    if isinstance(value, str):
        return parse_datetime(value) or date.fromisoformat(value)
    return value


@register.filter(expects_localtime=True)
def short_date(value: date | str | None, today: date | None = None) -> str:
    """`Nov 30` in the current year, `Nov 30, 2025` else."""
    if not value:
        return ""
    day = _as_date(value)
    now = today or timezone.localdate()
    return date_format(day, "M j" if day.year == now.year else "M j, Y")


@register.filter(expects_localtime=True)
def full_date(value: date | str | None) -> str:
    """`November 30, 2026`."""
    return date_format(_as_date(value), "F j, Y") if value else ""


@register.filter(expects_localtime=True)
def weekday_date(value: date | str | None) -> str:
    """`Monday, June 15, 2026`: where the weekday explains something."""
    return date_format(_as_date(value), "l, F j, Y") if value else ""


@register.filter
def partial_date(value: str | None) -> str:
    """`2026-02` as `February 2026`, `2026-02-03` as `February 3, 2026`."""
    if not value:
        return ""
    if len(value) == 7:
        return date_format(date.fromisoformat(f"{value}-01"), "F Y")
    return full_date(value)


@register.filter
def in_zone(value: datetime, zone: tzinfo) -> datetime:
    """The same moment on the clock of a board; filters after this one leave it there."""
    return do_timezone(value, zone)


@register.filter(expects_localtime=True)
def clock_time(value: datetime) -> str:
    """`2:14 PM` of a moment, on the clock that is in force or that it was put on."""
    return date_format(value, "g:i A")


@register.filter
def hash_short(digest: str | bytes | None) -> str:
    """First eight and last eight signs of a digest."""
    text = digest.hex() if isinstance(digest, bytes) else str(digest or "")
    return f"{text[:8]}…{text[-8:]}" if len(text) > 20 else text


@register.filter
def grouped(text: str | bytes | None, size: int = 4) -> str:
    """A digest or code in groups of four, so that an eye can compare it."""
    plain = text.hex() if isinstance(text, bytes) else str(text or "")
    return " ".join(plain[at : at + size] for at in range(0, len(plain), size))


@register.filter
def breakable(text: str | UUID) -> SafeString:
    """A long name that may wrap after its separators."""
    parts = str(text).replace("_", "_\0").replace("-", "-\0").replace(".", ".\0").split("\0")
    return format_html_join(mark_safe("<wbr>"), "{}", ((part,) for part in parts))


@register.filter
def kind_name(media_type: str) -> str:
    """What people call a media type: PDF, Photo (JPEG), Word document; else its own name in capitals."""
    return capfirst(str(KIND_WORDS.get(media_type, media_type.rpartition("/")[2].upper())))


@register.filter
def safe_way(value: str) -> str:
    """The safe way to reach somebody in words; the portal keeps a code first and the person's own words after it."""
    code, _space, note = value.partition(" ")
    if code not in SAFE_WAYS:
        return value
    return f"{SAFE_WAYS[code]}. {note}" if note else str(SAFE_WAYS[code])


@register.filter
def get(mapping: dict[str, object] | None, key: str) -> object:
    """The value of a key that is itself a variable."""
    return mapping.get(key) if mapping else None


@register.simple_tag
def upload_limit() -> int:
    """The largest file taken, in bytes."""
    return settings.UPLOAD_MAX_BYTES
