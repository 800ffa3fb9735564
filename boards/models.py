"""What is: jurisdictions, professions, boards, grounds, codes, dated rules, closed days."""

from typing import Any
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower, Upper
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from uuid_utils.compat import uuid7

from boards import texts


class Known(models.TextChoices):
    """An answer a source may not give: an unknown is never a no."""

    YES = "yes", _("Yes")
    NO = "no", _("No")
    UNKNOWN = "unknown", _("Not stated")


ANSWERS = ("files_online", "files_by_mail", "files_by_email", "phone_inquiries", "written_required")


def _known(label: Any) -> "models.CharField[str, str]":
    return models.CharField(label, max_length=7, choices=Known.choices, default=Known.UNKNOWN)


class Jurisdiction(models.Model):
    """A state, the District of Columbia or a territory."""

    id = models.UUIDField(primary_key=True, editable=False)
    code = models.CharField(_("code"), max_length=2, unique=True)
    name = models.CharField(_("name"), max_length=60, unique=True)
    time_zone = models.CharField(_("time zone"), max_length=60)

    class Meta:
        verbose_name = _("jurisdiction")
        verbose_name_plural = _("jurisdictions")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(name="jurisdiction_code_upper", condition=Q(code=Upper(F("code")))),
        ]

    def __str__(self) -> str:
        return self.name


class Profession(models.Model):
    """A licensed profession; its key is the word used in boards.csv."""

    id = models.UUIDField(primary_key=True, editable=False)
    key = models.SlugField(_("key"), max_length=40, unique=True)
    labels = models.JSONField(_("name by language"), default=dict)
    plain_labels = models.JSONField(_("plain name by language"), default=dict)
    license_letters = models.CharField(_("letters after the name"), max_length=200, blank=True)
    npdb_codes = models.JSONField(_("NPDB profession codes"), default=list, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    retired_on = models.DateField(_("retired on"), null=True, blank=True)

    class Meta:
        verbose_name = _("profession")
        verbose_name_plural = _("professions")
        ordering = ["order", "key"]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The profession's name in the reader's language."""
        return texts.text_in(self.labels, get_language())

    @property
    def plain_label(self) -> str:
        """The name a client would use ("Counselor or psychotherapist")."""
        return texts.text_in(self.plain_labels, get_language())


class Board(models.Model):
    """A body that takes complaints; its facts rest on ``source_url`` (";"-separated), as of ``as_of``."""

    id = models.UUIDField(primary_key=True, editable=False)
    slug = models.SlugField(_("slug"), max_length=200, unique=True)
    short_code = models.CharField(_("short code"), max_length=16, unique=True)
    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, "boards")
    name = models.CharField(_("name"), max_length=250)
    parent_agency = models.CharField(_("parent agency"), max_length=250, blank=True)
    professions = models.ManyToManyField(Profession, related_name="boards", verbose_name=_("professions"))
    website = models.URLField(_("website"), max_length=500, blank=True)
    complaint_url = models.URLField(_("complaint page"), max_length=500, blank=True)
    license_lookup_url = models.URLField(_("license look-up"), max_length=500, blank=True)
    phone = models.CharField(_("phone"), max_length=60, blank=True)
    email = models.EmailField(_("email"), blank=True)
    mailing_address = models.CharField(_("mailing address"), max_length=250, blank=True)
    city = models.CharField(_("city"), max_length=80, blank=True)
    state = models.CharField(_("state"), max_length=2, blank=True)
    postal_code = models.CharField(_("ZIP code"), max_length=10, blank=True)
    files_online = _known(_("takes complaints online"))
    files_by_mail = _known(_("takes complaints by mail"))
    files_by_email = _known(_("takes complaints by email"))
    phone_inquiries = _known(_("answers questions by phone"))
    written_required = _known(_("complaint must be in writing"))
    filing_deadline_notes = models.JSONField(_("filing deadline note by language"), default=dict, blank=True)
    process_notes = models.JSONField(_("process note by language"), default=dict, blank=True)
    source_url = models.TextField(_("sources"), blank=True)
    as_of = models.DateField(_("as of"))
    hosted = models.BooleanField(_("hosted here"), default=False)
    time_zone = models.CharField(_("time zone, if not the jurisdiction's"), max_length=60, blank=True)

    class Meta:
        verbose_name = _("board")
        verbose_name_plural = _("boards")
        ordering = ["jurisdiction", "name"]
        constraints = [
            models.UniqueConstraint(name="board_name_once_per_jurisdiction", fields=["jurisdiction", "name"]),
            models.CheckConstraint(name="board_slug_lower", condition=Q(slug=Lower(F("slug"))) & ~Q(slug="")),
            models.CheckConstraint(
                name="board_short_code_upper",
                condition=Q(short_code=Upper(F("short_code"))) & ~Q(short_code=""),
            ),
            models.CheckConstraint(
                name="board_answers_known", condition=Q(*((f"{name}__in", Known.values) for name in ANSWERS))
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def filing_deadline_note(self) -> str:
        """What the sources say about time limits for filing, in the reader's language."""
        return texts.text_in(self.filing_deadline_notes, get_language())

    @property
    def process_note(self) -> str:
        """How the board works on complaints, in the reader's language."""
        return texts.text_in(self.process_notes, get_language())

    @property
    def sources(self) -> list[str]:
        """The pages the facts rest on."""
        return [part for part in self.source_url.split(";") if part]

    @property
    def zone(self) -> ZoneInfo:
        """The time zone in which this board's days begin and end."""
        return ZoneInfo(self.time_zone or self.jurisdiction.time_zone)


class NpdbCode(models.Model):
    """A code of the National Practitioner Data Bank, as published in its public use file format."""

    class Kind(models.TextChoices):
        BASIS = "basis", _("Basis for action")
        ACTION = "action", _("Adverse action")

    id = models.UUIDField(primary_key=True, editable=False)
    kind = models.CharField(_("kind"), max_length=6, choices=Kind.choices)
    code = models.CharField(_("code"), max_length=4)
    label = models.CharField(_("label as published"), max_length=200)
    family = models.CharField(_("family"), max_length=30, blank=True)
    first_use = models.DateField(_("first used on"), null=True, blank=True)
    retired_on = models.DateField(_("retired on"), null=True, blank=True)

    class Meta:
        verbose_name = _("NPDB code")
        verbose_name_plural = _("NPDB codes")
        ordering = ["kind", "code"]
        constraints = [
            models.UniqueConstraint(name="npdb_code_once_per_kind", fields=["kind", "code"]),
            models.CheckConstraint(name="npdb_code_kind", condition=Q(kind__in=("basis", "action"))),
            models.CheckConstraint(
                name="npdb_code_retired_after_first_use",
                condition=Q(retired_on=None) | Q(first_use=None) | Q(retired_on__gte=F("first_use")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.label}"


class Ground(models.Model):
    """A reason for a complaint in plain words. A retired one stays on old cases and is never offered."""

    id = models.UUIDField(primary_key=True, editable=False)
    key = models.SlugField(_("key"), max_length=40, unique=True)
    labels = models.JSONField(_("label by language"), default=dict)
    help_texts = models.JSONField(_("help by language"), default=dict, blank=True)
    helps_board_texts = models.JSONField(_("what helps the board, by language"), default=dict, blank=True)
    npdb_codes = models.JSONField(_("NPDB basis codes, primary first"), default=list, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    retired_on = models.DateField(_("retired on"), null=True, blank=True)

    class Meta:
        verbose_name = _("ground")
        verbose_name_plural = _("grounds")
        ordering = ["order", "key"]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The ground as a check-box label, in the reader's language."""
        return texts.text_in(self.labels, get_language())

    @property
    def help_text(self) -> str:
        """What the ground covers, in the reader's language."""
        return texts.text_in(self.help_texts, get_language())

    @property
    def helps_board(self) -> str:
        """Which evidence helps the board, in the reader's language."""
        return texts.text_in(self.helps_board_texts, get_language())


class BoardRule(models.Model):
    """One setting of one board (or, without a board, a default of this installation), on two time axes.

    ``valid_from`` says from which day the rule binds; ``recorded_at`` and ``superseded_at`` say between which
    moments we believed so. A row is never changed except to be superseded.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    board = models.ForeignKey(Board, models.PROTECT, "rules", null=True, blank=True)
    key = models.CharField(_("setting"), max_length=60)
    value = models.JSONField(_("value"), null=True)
    citation = models.CharField(_("citation"), max_length=250, blank=True)
    source_url = models.TextField(_("sources"), blank=True)
    as_of = models.DateField(_("as of"))
    valid_from = models.DateField(_("valid from"))
    imported = models.BooleanField(_("from an imported list"), default=False)
    recorded_at = models.DateTimeField(_("recorded at"))
    superseded_at = models.DateTimeField(_("superseded at"), null=True, blank=True)

    class Meta:
        verbose_name = _("rule")
        verbose_name_plural = _("rules")
        ordering = ["board", "key", "-valid_from", "-recorded_at"]
        constraints = [
            models.UniqueConstraint(
                name="rule_once_per_board_and_day",
                fields=["board", "key", "valid_from"],
                condition=Q(superseded_at=None, board__isnull=False),
            ),
            models.UniqueConstraint(
                name="rule_once_as_default_and_day",
                fields=["key", "valid_from"],
                condition=Q(superseded_at=None, board__isnull=True),
            ),
            models.CheckConstraint(
                name="rule_superseded_after_recorded",
                condition=Q(superseded_at=None) | Q(superseded_at__gte=F("recorded_at")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} from {self.valid_from}"


class ClosedDay(models.Model):
    """A day on which the office does not work, of a jurisdiction or one board; not if retracted."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, "closed_days", null=True, blank=True)
    board = models.ForeignKey(Board, models.PROTECT, "closed_days", null=True, blank=True)
    date = models.DateField(_("date"))
    name = models.CharField(_("name"), max_length=120)
    source = models.CharField(_("source"), max_length=250)
    reviewed = models.BooleanField(_("checked by a person"), default=False)
    retracted_at = models.DateTimeField(_("retracted at"), null=True, blank=True)

    class Meta:
        verbose_name = _("closed day")
        verbose_name_plural = _("closed days")
        ordering = ["date", "name"]
        constraints = [
            models.CheckConstraint(
                name="closed_day_of_one_office",
                condition=Q(jurisdiction=None) ^ Q(board=None),
            ),
            models.UniqueConstraint(
                name="closed_day_once_per_jurisdiction",
                fields=["jurisdiction", "date"],
                condition=Q(board=None, retracted_at=None),
            ),
            models.UniqueConstraint(
                name="closed_day_once_per_board",
                fields=["board", "date"],
                condition=Q(jurisdiction=None, retracted_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.date} {self.name}"
