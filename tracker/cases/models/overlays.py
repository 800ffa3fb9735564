"""What lies over a case or between two: overlays, links, experts, ex-parte contacts. Rows end; none is removed."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from uuid_utils.compat import uuid7

from tracker.cases.pathkinds import LinkKind, OverlayKind


class Overlay(models.Model):
    """An abeyance, a hold or a seal: from a day to a day, with a reason. A hold has an end or a day of review."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    board = models.ForeignKey("boards.Board", on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey("tracker.Case", on_delete=models.PROTECT, related_name="overlays")
    kind = models.CharField(max_length=10, choices=OverlayKind.choices)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    review_on = models.DateField(null=True)
    reason = models.TextField()
    placed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    placed_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    end_reason = models.TextField(blank=True)

    class Meta:
        app_label = "tracker"
        ordering = ["placed_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "kind"], condition=Q(ended_at__isnull=True), name="overlay_one_in_force"
            ),
            models.CheckConstraint(condition=Q(kind__in=OverlayKind.values), name="overlay_kind_known"),
            models.CheckConstraint(condition=~Q(reason=""), name="overlay_has_reason"),
            models.CheckConstraint(
                condition=~Q(kind=OverlayKind.HOLD) | Q(ends_on__isnull=False) | Q(review_on__isnull=False),
                name="overlay_hold_ends_or_is_reviewed",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="overlay_days"
            ),
        ]
        indexes = [
            models.Index(fields=["board", "review_on"], condition=Q(ended_at__isnull=True), name="overlay_review"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} from {self.starts_on}"


class Toll(models.Model):
    """A pause of one kind of clock: the days from `starts_on` to `ends_on`, both included, are not counted."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    board = models.ForeignKey("boards.Board", on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey("tracker.Case", on_delete=models.PROTECT, related_name="tolls")
    kind = models.CharField(max_length=30)
    overlay = models.ForeignKey(Overlay, on_delete=models.PROTECT, null=True, related_name="tolls")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    reason = models.TextField()

    class Meta:
        app_label = "tracker"
        ordering = ["starts_on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["case", "kind"], condition=Q(ends_on__isnull=True), name="toll_one_open"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="toll_days"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} paused from {self.starts_on}"


class CaseLink(models.Model):
    """Two dockets that belong together. `case` is what the kind speaks of: the merged one, the petition."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    board = models.ForeignKey("boards.Board", on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey("tracker.Case", on_delete=models.PROTECT, related_name="links")
    other = models.ForeignKey("tracker.Case", on_delete=models.PROTECT, related_name="linked_from")
    kind = models.CharField(max_length=20, choices=LinkKind.choices)
    reason = models.TextField(blank=True)
    linked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "tracker"
        ordering = ["linked_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "other", "kind"], condition=Q(ended_at__isnull=True), name="link_once"
            ),
            models.CheckConstraint(condition=~Q(case=F("other")), name="link_of_two"),
            models.CheckConstraint(condition=Q(kind__in=LinkKind.values), name="link_kind_known"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.kind} {self.other_id}"


class ExpertReview(models.Model):
    """An expert's engagement, and the opinion or the reason why none came."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    board = models.ForeignKey("boards.Board", on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey("tracker.Case", on_delete=models.PROTECT, related_name="expert_reviews")
    expert = models.ForeignKey("tracker.Participant", on_delete=models.PROTECT, related_name="+")
    conflict_check = models.TextField()
    engaged_at = models.DateTimeField()
    engagement = models.ForeignKey("tracker.CaseDocument", on_delete=models.PROTECT, related_name="+")
    received_on = models.DateField(null=True)
    opinion = models.ForeignKey("tracker.CaseDocument", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        app_label = "tracker"
        ordering = ["engaged_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=Q(opinion__isnull=True), name="expert_review_one_open"),
            models.CheckConstraint(condition=~Q(conflict_check=""), name="expert_conflict_checked"),
        ]

    def __str__(self) -> str:
        return f"expert review in {self.case_id}"


class ExParteContact(models.Model):
    """A contact with a decider outside the record, disclosed to both sides with the paper that says what was said."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    board = models.ForeignKey("boards.Board", on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey("tracker.Case", on_delete=models.PROTECT, related_name="ex_parte_contacts")
    decider = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    contact_on = models.DateField()
    by_whom = models.CharField(max_length=200)
    paper = models.ForeignKey("tracker.CaseDocument", on_delete=models.PROTECT, related_name="+")
    logged_at = models.DateTimeField()

    class Meta:
        app_label = "tracker"
        ordering = ["contact_on", "id"]

    def __str__(self) -> str:
        return f"ex-parte contact in {self.case_id}"
