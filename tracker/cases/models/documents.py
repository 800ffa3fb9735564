"""Official papers of a case."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from uuid_utils.compat import uuid7

from tracker.cases.kinds import DocumentKind, Period, ServiceMethod, WaivedBy


class CaseDocument(models.Model):
    """One paper in one version. Its words are frozen in `text` (or its bytes in `stored_file`) with a digest.

    `period` and `given_by` are set on a waiver: which period is given up, and by whom (empty: by both sides).
    `dated_on` is the day on which the paper was signed or made. `author` is None for papers received from outside.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    board = models.ForeignKey("boards.Board", on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey("tracker.Case", on_delete=models.PROTECT, related_name="documents")
    kind = models.CharField(max_length=30, choices=DocumentKind.choices)
    version = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    stored_file = models.ForeignKey("tracker.StoredFile", on_delete=models.PROTECT, null=True, related_name="+")
    digest = models.CharField(max_length=64)
    period = models.CharField(max_length=20, choices=Period.choices, blank=True)
    given_by = models.CharField(max_length=20, choices=WaivedBy.choices, blank=True)
    service_method = models.CharField(max_length=20, choices=ServiceMethod.choices, blank=True)
    dated_on = models.DateField()
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    filed_at = models.DateTimeField()

    class Meta:
        app_label = "tracker"
        ordering = ["filed_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["case", "kind", "version"], name="document_version_once"),
            models.CheckConstraint(
                condition=~Q(kind=DocumentKind.WAIVER) | ~Q(period=""), name="document_waiver_names_period"
            ),
        ]

    def __str__(self) -> str:
        return self.title
