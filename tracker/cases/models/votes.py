"""Votes and ballots. They decide closures, probable cause and orders; delegated approvals are ballots too."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from uuid_utils.compat import uuid7

from tracker.cases.kinds import Choice, VoteKind


class Vote(models.Model):
    """One question put to those who decide. `decision` is the code voted on (a disposition, or adopt or modify).

    `passed` is what `cases.votes.tally` gave when the ballots were recorded; None while delegated approvals gather.
    `used_at` is set when a step has rested on it, so that one vote carries one step.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    board = models.ForeignKey("boards.Board", on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey("tracker.Case", on_delete=models.PROTECT, related_name="votes")
    kind = models.CharField(max_length=20, choices=VoteKind.choices)
    decision = models.CharField(max_length=40, blank=True)
    held_on = models.DateField()
    passed = models.BooleanField(null=True)
    explanation = models.TextField(blank=True)
    recorded_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "tracker"
        ordering = ["recorded_at", "id"]
        constraints = [models.CheckConstraint(condition=Q(kind__in=VoteKind.values), name="vote_kind_known")]
        indexes = [models.Index(fields=["case", "kind"], name="vote_case_kind")]

    def __str__(self) -> str:
        return f"{self.kind} {self.decision}"


class Ballot(models.Model):
    """What one named person said. Never changed: the database refuses it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    board = models.ForeignKey("boards.Board", on_delete=models.PROTECT, related_name="+")
    vote = models.ForeignKey(Vote, on_delete=models.PROTECT, related_name="ballots")
    voter = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=30)
    choice = models.CharField(max_length=10, choices=Choice.choices)
    reasons = models.TextField(blank=True)
    cast_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        app_label = "tracker"
        ordering = ["cast_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["vote", "voter"], name="ballot_once"),
            models.CheckConstraint(condition=Q(choice__in=Choice.values), name="ballot_choice_known"),
        ]

    def __str__(self) -> str:
        return f"{self.voter_id}: {self.choice}"
