"""The mark of an exhibit in a proceeding, and what became of it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from uuid_utils.compat import uuid7

from tracker.evidence.states import (
    MarkState,
    Party,
)


class Marking(models.Model):
    """An exhibit in the proceeding: the party's mark, who sponsors it, objection and ruling."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    board = models.ForeignKey("boards.Board", on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey("tracker.Case", on_delete=models.PROTECT, related_name="markings")
    exhibit = models.ForeignKey("tracker.Exhibit", on_delete=models.PROTECT, related_name="markings")
    party = models.CharField(max_length=20, choices=Party.choices)
    mark = models.CharField(max_length=12)
    state = models.CharField(max_length=30, choices=MarkState.choices, default=MarkState.MARKED)
    sponsor = models.CharField(max_length=200, blank=True)
    objection = models.TextField(blank=True)
    ruling = models.TextField(blank=True)
    marked_at = models.DateTimeField()
    offered_at = models.DateTimeField(null=True)
    ruled_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    ruled_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "tracker"
        ordering = ["marked_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["case", "party", "mark"], name="marking_mark_once"),
            models.UniqueConstraint(
                fields=["exhibit"], condition=~Q(state=MarkState.WITHDRAWN), name="marking_one_live"
            ),
            models.CheckConstraint(condition=Q(state__in=MarkState.values), name="marking_state_known"),
            models.CheckConstraint(condition=Q(party__in=Party.values), name="marking_party_known"),
            models.CheckConstraint(
                condition=~Q(state__in=[MarkState.ADMITTED, MarkState.ADMITTED_OVER_OBJECTION, MarkState.EXCLUDED])
                | Q(ruled_by__isnull=False, ruled_at__isnull=False, offered_at__isnull=False),
                name="marking_ruling_has_officer",
            ),
            models.CheckConstraint(
                condition=~Q(state=MarkState.ADMITTED_OVER_OBJECTION) | ~Q(objection=""),
                name="marking_over_an_objection",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party} {self.mark}"
