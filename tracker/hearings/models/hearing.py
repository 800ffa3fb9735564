"""Days set for hearing."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from uuid_utils.compat import uuid7


class Hearing(models.Model):
    """A hearing set for a day, in the board's zone, before a presiding officer.

    A slot that falls away (postponed, settled, remanded) is vacated with the reason; the next one is a row of its own.
    `heard_by` are the members who sit where the board hears the case itself; nobody where the officer hears it alone.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    board = models.ForeignKey("boards.Board", on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey("tracker.Case", on_delete=models.PROTECT, related_name="hearings")
    presiding = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    starts_at = models.DateTimeField()
    place = models.CharField(max_length=300)
    noticed_on = models.DateField()
    opened_at = models.DateTimeField(null=True)
    appearances = models.TextField(blank=True)
    heard_by = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+")
    closed_at = models.DateTimeField(null=True)
    vacated_at = models.DateTimeField(null=True)
    vacated_why = models.TextField(blank=True)

    class Meta:
        app_label = "tracker"
        ordering = ["starts_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(closed_at__isnull=True, vacated_at__isnull=True), name="hearing_one_open"
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(opened_at__isnull=False),
                name="hearing_opened_before_closed",
            ),
        ]

    def __str__(self) -> str:
        return f"hearing in {self.case_id}"
