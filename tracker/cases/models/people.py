"""People in a case. `Identity` is the only table with names, contacts and licence numbers."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from uuid_utils.compat import uuid7

from tracker.access.fields import EncryptedTextField
from tracker.cases.kinds import ParticipantRole, Relation


class Participant(models.Model):
    """Somebody's part in a case. `label` is what stands where the name may not, such as "Complainant"."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    board = models.ForeignKey("boards.Board", on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey("tracker.Case", on_delete=models.PROTECT, related_name="participants")
    role = models.CharField(max_length=20, choices=ParticipantRole.choices)
    label = models.CharField(max_length=60)
    represents = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="counsel")
    relation = models.CharField(max_length=20, choices=Relation.choices, blank=True)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        app_label = "tracker"
        ordering = ["since", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(role__in=ParticipantRole.values), name="participant_role_known"),
            models.CheckConstraint(
                condition=~Q(role=ParticipantRole.COUNSEL) | Q(represents__isnull=False),
                name="participant_counsel_represents",
            ),
        ]
        indexes = [models.Index(fields=["case", "role"], name="participant_case_role")]

    def __str__(self) -> str:
        return self.label

    @property
    def name(self) -> str:
        """The name where it is known, else the label. Callers that may not see names use `label`."""
        identity = getattr(self, "identity", None)
        return identity.name if identity and identity.name else self.label


class Identity(models.Model):
    """Names, contacts, licence numbers and birth date. Contacts and birth date are encrypted; no SSN is kept."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    board = models.ForeignKey("boards.Board", on_delete=models.PROTECT, related_name="+")
    participant = models.OneToOneField(Participant, on_delete=models.PROTECT, related_name="identity")
    name = models.CharField(max_length=200, blank=True)
    sort_name = models.CharField(max_length=200, blank=True, db_index=True)
    license_number = models.CharField(max_length=60, blank=True, db_index=True)
    practice = models.CharField(max_length=200, blank=True)
    email = EncryptedTextField(blank=True)
    email_verified = models.BooleanField(default=False)
    phone = EncryptedTextField(blank=True)
    address = EncryptedTextField(blank=True)
    birth_date = EncryptedTextField(blank=True)
    safe_contact = EncryptedTextField(blank=True)
    language = models.CharField(max_length=10, default="en")
    is_sealed = models.BooleanField(default=False)

    class Meta:
        app_label = "tracker"
        verbose_name_plural = _("identities")

    def __str__(self) -> str:
        return f"identity of {self.participant_id}"
