"""Copies made of exhibits, the stretches of their pages that are restricted, and areas that are redacted."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from uuid_utils.compat import uuid7

from tracker.evidence.states import (
    Confidentiality,
    PageCode,
)
from tracker.files.models import StoredFile


class Rendition(models.Model):
    """A copy made for showing. `facts` is the JSON text of what was found in its pages (`files.pdf.PdfFacts`)."""

    class Kind(models.TextChoices):
        PDF = "pdf", _("Cleaned PDF")
        IMAGE = "image", _("Pages made of a picture")
        TYPESET = "typeset", _("Typeset text")
        EMAIL = "email", _("Typeset e-mail")
        OFFICE = "office", _("Pages made by an office program")
        REDACTED = "redacted", _("Redacted copy")
        TEXT = "text", _("Text of the pages")

    # Copies that show the whole item.
    OF_PAGES = (Kind.PDF, Kind.IMAGE, Kind.TYPESET, Kind.EMAIL, Kind.OFFICE)

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    board = models.ForeignKey("boards.Board", on_delete=models.PROTECT, related_name="+")
    exhibit = models.ForeignKey("tracker.Exhibit", on_delete=models.PROTECT, related_name="renditions")
    kind = models.CharField(max_length=20, choices=Kind.choices, default=Kind.PDF)
    stored_file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    source_digest = models.CharField(max_length=64)
    tools = models.CharField(max_length=200)
    facts = models.TextField()
    made_at = models.DateTimeField()

    class Meta:
        app_label = "tracker"
        ordering = ["made_at"]
        constraints = [
            models.UniqueConstraint(fields=["exhibit", "kind", "stored_file"], name="rendition_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.exhibit_id}"


class PageRestriction(models.Model):
    """A stretch of pages of an exhibit that has a class of its own, is kept out of bundles, or was withdrawn.

    Pages are counted from 1 in the copy that is shown. `confidentiality` is a class that needs an order or a consent
    (`release_basis`), or none; `code` is why the pages are withheld ("" where only the class counts); code G-1 says
    that they were withdrawn. A restriction is lifted, never deleted.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    board = models.ForeignKey("boards.Board", on_delete=models.PROTECT, related_name="+")
    exhibit = models.ForeignKey("tracker.Exhibit", on_delete=models.PROTECT, related_name="restrictions")
    first_page = models.PositiveIntegerField()
    last_page = models.PositiveIntegerField()
    confidentiality = models.CharField(max_length=30, choices=Confidentiality.choices, default=Confidentiality.NONE)
    code = models.CharField(max_length=5, choices=PageCode.choices, blank=True)
    release_basis = models.CharField(max_length=200, blank=True)
    reason = models.TextField()
    recorded_by = models.CharField(max_length=80)
    recorded_at = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "tracker"
        ordering = ["first_page", "recorded_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(first_page__gte=1, last_page__gte=F("first_page")), name="restriction_pages_in_order"
            ),
            models.CheckConstraint(
                condition=Q(confidentiality__in=Confidentiality.values), name="restriction_class_known"
            ),
            models.CheckConstraint(
                condition=~Q(code="") | ~Q(confidentiality=Confidentiality.NONE), name="restriction_says_something"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_page}–{self.last_page} of {self.exhibit_id}"


class Redaction(models.Model):
    """A redaction of an exhibit: areas drawn on the pages of one copy, and the derived copy made of it.

    `areas` is canonical JSON text, a list of {page (from 1), x, y, width, height (displayed points, origin upper left,
    decimal text), code}; the boxes name no content. `derived` is set once the copy was made and proved; `reason` says
    why it was refused, and before that, that somebody looked at the places where covered words stand outside the boxes
    ("" where nobody did). Rows are never changed after they ended.
    """

    class Status(models.TextChoices):
        DRAFTED = "drafted", _("Drafted")
        REQUESTED = "requested", _("Being made and proved")
        PROVED = "proved", _("Proved")
        REFUSED = "refused", _("Refused")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    board = models.ForeignKey("boards.Board", on_delete=models.PROTECT, related_name="+")
    exhibit = models.ForeignKey("tracker.Exhibit", on_delete=models.PROTECT, related_name="redactions")
    source = models.ForeignKey(Rendition, on_delete=models.PROTECT, related_name="+")
    derived = models.OneToOneField(Rendition, on_delete=models.PROTECT, null=True, related_name="redaction")
    areas = models.TextField()
    status = models.CharField(max_length=20, choices=Status.choices, default=Status.DRAFTED)
    reason = models.TextField(blank=True)
    drafted_by = models.CharField(max_length=80)
    drafted_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "tracker"
        ordering = ["drafted_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["exhibit"], condition=Q(status__in=["drafted", "requested"]), name="redaction_one_open"
            ),
            models.CheckConstraint(
                condition=Q(status="proved", derived__isnull=False) | (~Q(status="proved") & Q(derived__isnull=True)),
                name="redaction_proved_has_copy",
            ),
            models.CheckConstraint(
                condition=Q(status="refused") & ~Q(reason="") | ~Q(status="refused"), name="redaction_refused_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.status} redaction of {self.exhibit_id}"
