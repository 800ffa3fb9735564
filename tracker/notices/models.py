"""What is: letters with frozen words and recipients, and each attempt to deliver them."""

from typing import Self
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from uuid_utils.compat import uuid7

from tracker.access.fields import EncryptedTextField
from tracker.files.models import StoredFile
from tracker.notices.kinds import KINDS, Audience, Method


class NoticeQuerySet(models.QuerySet["Notice"]):
    """Letters."""

    def of_case(self, case_id: UUID) -> Self:
        """The letters of one case, newest first, with recipients and deliveries."""
        letters = self.filter(case_id=case_id).select_related("pdf")
        return letters.prefetch_related("recipients", "deliveries").order_by("-queued_at", "-id")

    def readable_by(self, participant_ids: list[UUID]) -> Self:
        """What the holder of a tracking code may read: the complainant's letters to them, once served."""
        return self.filter(
            audience=Audience.COMPLAINANT,
            served_at__isnull=False,
            recipients__participant_id__in=participant_ids,
        ).distinct()


class Notice(models.Model):
    """One letter. Board and case are soft references; the database refuses any change once it is served."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    board_id = models.UUIDField()
    case_id = models.UUIDField()
    docket = models.CharField(max_length=60)
    kind = models.CharField(max_length=40, choices=[(kind.code, kind.title) for kind in KINDS.values()])
    audience = models.CharField(max_length=20, choices=[(a.value, a.value) for a in Audience])
    template_version = models.PositiveSmallIntegerField()
    language = models.CharField(max_length=10)
    subject = models.CharField(max_length=250)
    body = models.TextField()
    words_digest = models.CharField(max_length=64)
    letter_date = models.DateField(help_text=_("In the board's time zone"))
    queued_at = models.DateTimeField()
    pdf = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")
    served_at = models.DateTimeField(null=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        app_label = "tracker"
        indexes = [
            models.Index(fields=["board_id", "queued_at"], name="notice_board_queued"),
            models.Index(fields=["case_id", "queued_at"], name="notice_case_queued"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=list(KINDS)), name="notice_kind_known"),
            models.CheckConstraint(condition=Q(audience__in=[a.value for a in Audience]), name="notice_audience_known"),
            # Nobody can have been served with a letter that was never drawn up.
            models.CheckConstraint(
                condition=Q(served_at__isnull=True) | Q(pdf__isnull=False), name="notice_served_has_pdf"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.docket}"


class NoticeRecipient(models.Model):
    """One recipient of a letter, as addressed that day. The participant is a soft reference."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="recipients")
    number = models.PositiveSmallIntegerField()
    participant_id = models.UUIDField()
    name = models.CharField(max_length=200, blank=True)
    email = EncryptedTextField(blank=True)
    postal = EncryptedTextField(blank=True)
    email_verified = models.BooleanField()
    on_behalf = models.BooleanField()

    class Meta:
        app_label = "tracker"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["notice", "number"], name="noticerecipient_number_once"),
        ]

    def __str__(self) -> str:
        return f"recipient {self.number}"


class Outcome(models.TextChoices):
    """How an attempt ended. `sending` is a claim: an attempt that is under way, or died with its worker."""

    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent")
    AVAILABLE = "available", _("Can be read on the tracking page")
    TO_POST = "to_post", _("Waiting to be mailed")
    POSTED = "posted", _("Mailed")
    RECEIVED = "received", _("Received")
    RETURNED = "returned", _("Returned")
    FAILED = "failed", _("Not delivered")


# Outcomes by which a letter counts as served, and those after which nothing more is tried.
SERVED = (Outcome.SENT, Outcome.AVAILABLE, Outcome.POSTED, Outcome.RECEIVED)
SETTLED = (*SERVED, Outcome.TO_POST, Outcome.RETURNED)


class Delivery(models.Model):
    """One attempt to bring one letter to one recipient by one method. The unique number is what claims it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="deliveries")
    recipient_no = models.PositiveSmallIntegerField()
    method = models.CharField(max_length=10, choices=[(m.value, m.value) for m in Method])
    attempt = models.PositiveSmallIntegerField()
    outcome = models.CharField(max_length=20, choices=Outcome.choices)
    reason = models.CharField(max_length=60, blank=True)
    tracking_number = models.CharField(max_length=60, blank=True)
    at = models.DateTimeField()
    retry_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "tracker"
        verbose_name_plural = "deliveries"
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["notice", "recipient_no", "method", "attempt"], name="delivery_attempt_once"
            ),
            models.CheckConstraint(condition=Q(outcome__in=Outcome.values), name="delivery_outcome_known"),
            models.CheckConstraint(
                condition=Q(retry_at__isnull=True) | Q(outcome=Outcome.FAILED),
                name="delivery_retry_after_failure",
            ),
        ]
        indexes = [models.Index(fields=["outcome", "retry_at"], name="delivery_retry")]

    def __str__(self) -> str:
        return f"{self.method} {self.attempt}: {self.outcome}"
