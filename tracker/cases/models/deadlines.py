"""Deadlines: computed from the board's rules, never edited, only met, waived or replaced by a new row."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from uuid_utils.compat import uuid7

from tracker.cases.clocks import WINDOWS, DeadlineKind
from tracker.cases.kinds import DeadlineState

_KEPT = [s for s in DeadlineState.values if s != DeadlineState.LATE]


class Deadline(models.Model):
    """One due date in the board's zone, with the sentence that explains it and the rule row it was computed from.

    `anchor_entry` is the ledger entry that started it; `details` is canonical JSON of what was computed (days counted,
    day kind, closed days skipped, roll).
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    board = models.ForeignKey("boards.Board", on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey("tracker.Case", on_delete=models.PROTECT, related_name="deadlines")
    kind = models.CharField(max_length=30, choices=DeadlineKind.choices)
    anchor_entry = models.UUIDField(null=True)
    starts_on = models.DateField()
    due_on = models.DateField()
    rule_key = models.CharField(max_length=60, blank=True)
    rule_id = models.UUIDField(null=True)
    explanation = models.TextField()
    details = models.TextField()
    state = models.CharField(max_length=12, choices=[(s, s) for s in _KEPT], default=DeadlineState.RUNNING)
    ended_on = models.DateField(null=True)
    superseded_by = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="supersedes")

    class Meta:
        app_label = "tracker"
        ordering = ["due_on", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(due_on__gte=F("starts_on")), name="deadline_after_start"),
            models.CheckConstraint(condition=Q(state__in=_KEPT), name="deadline_state_known"),
            models.UniqueConstraint(
                fields=["case", "kind"], condition=Q(state=DeadlineState.RUNNING), name="deadline_one_running"
            ),
        ]
        indexes = [
            models.Index(fields=["board", "due_on", "id"], name="deadline_running", condition=Q(state="running")),
            models.Index(fields=["case", "due_on"], name="deadline_case"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.due_on}"

    def state_on(self, today: date) -> DeadlineState:
        """The state a reader sees on a day.

        A running deadline whose day is over is late; a window in which somebody could have acted is simply over.
        """
        if self.state == DeadlineState.RUNNING and self.due_on < today:
            return DeadlineState.MET if self.kind in WINDOWS else DeadlineState.LATE
        return DeadlineState(self.state)


class Reminder(models.Model):
    """That the people of a case were told of something: once per matter, day and level, so a job may run twice."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    board = models.ForeignKey("boards.Board", on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey("tracker.Case", on_delete=models.PROTECT, related_name="reminders")
    matter = models.CharField(max_length=60)
    level = models.CharField(max_length=20)
    due_on = models.DateField()
    told_at = models.DateTimeField()

    class Meta:
        app_label = "tracker"
        ordering = ["told_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["case", "matter", "level", "due_on"], name="reminder_once"),
        ]

    def __str__(self) -> str:
        return f"{self.matter} {self.level}"
