"""What somebody is writing, and what was submitted."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from uuid_utils.compat import uuid7

from tracker.cases.kinds import Channel, Source


class FilingDraft(models.Model):
    """Answers and staged files before filing. It has no docket and no status, and it expires.

    `code_hash` is the SHA-256 of the code that brings the draft back. `answers` maps a step's key to its answers.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    board = models.ForeignKey("boards.Board", on_delete=models.PROTECT, null=True, related_name="+")
    code_hash = models.CharField(max_length=64, unique=True)
    answers = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=0)
    language = models.CharField(max_length=10, default="en")
    started_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    filed_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "tracker"
        indexes = [models.Index(fields=["expires_at"], name="draft_expires")]

    def __str__(self) -> str:
        return str(self.id)


class Complaint(models.Model):
    """What was submitted, word for word. Never changed: the database refuses it.

    `draft_id` makes a second press of the button the same complaint. `received_at` is when the complaint reached the
    board, where the clocks start; `entered_at` is when it was typed in. `verbatim` is canonical JSON text and
    `digest` its SHA-256. `code_hash` is the SHA-256 of the tracking code, empty where none was given out.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    board = models.ForeignKey("boards.Board", on_delete=models.PROTECT, related_name="+")
    draft_id = models.UUIDField(unique=True)
    source = models.CharField(max_length=20, choices=Source.choices)
    channel = models.CharField(max_length=20, choices=Channel.choices)
    received_at = models.DateTimeField()
    entered_at = models.DateTimeField()
    form_version = models.CharField(max_length=40)
    attestation_version = models.CharField(max_length=40)
    attestation_text = models.TextField(blank=True)
    is_anonymous = models.BooleanField(default=False)
    language = models.CharField(max_length=10, default="en")
    verbatim = models.TextField()
    digest = models.CharField(max_length=64)
    code_hash = models.CharField(max_length=64, blank=True)

    class Meta:
        app_label = "tracker"
        constraints = [
            models.CheckConstraint(condition=Q(source__in=Source.values), name="complaint_source_known"),
            models.CheckConstraint(condition=Q(channel__in=Channel.values), name="complaint_channel_known"),
            models.CheckConstraint(
                condition=Q(received_at__lte=models.F("entered_at")), name="complaint_received_before_entered"
            ),
        ]
        verbose_name = _("complaint")

    def __str__(self) -> str:
        return str(self.id)
