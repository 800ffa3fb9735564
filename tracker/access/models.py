"""People who sign in, their roles at boards, and their place on a case."""

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from uuid_utils.compat import uuid7

from tracker.access.policy import Capacity, Role


class UserManager(BaseUserManager["User"]):
    """Finds people by lower-case e-mail, as sign-in needs."""

    def get_by_natural_key(self, username: str | None) -> "User":
        """The person with this e-mail address, whatever its case."""
        return self.get(email=(username or "").strip().lower())


class User(AbstractBaseUser):
    """A person who can sign in. What they may do stands in their memberships, never here."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    email = models.EmailField(_("email address"), max_length=254, unique=True)
    full_name = models.CharField(_("full name"), max_length=200)
    title = models.CharField(_("title"), max_length=120, blank=True)
    is_active = models.BooleanField(_("active"), default=True)
    is_demo = models.BooleanField(default=False, editable=False)
    created_at = models.DateTimeField(null=True, editable=False)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["full_name"]
    objects = UserManager()

    class Meta:
        app_label = "tracker"
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [models.CheckConstraint(condition=Q(email=Lower(F("email"))), name="user_email_lower")]

    def __str__(self) -> str:
        return self.full_name or self.email

    @property
    def is_staff(self) -> bool:
        """Whether the admin site lets the person past its own door; what is shown there asks the policy."""
        return self.is_active

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        """Django's own permissions are not used: the answer is always no. Ask `access.gate`."""
        return False

    def has_module_perms(self, app_label: str) -> bool:
        """Django's own permissions are not used: the answer is always no. Ask `access.gate`."""
        return False


class Membership(models.Model):
    """A dated role at one board. Ended, never deleted."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    board = models.ForeignKey("boards.Board", on_delete=models.PROTECT, related_name="memberships")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=30, choices=Role.choices)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)

    class Meta:
        app_label = "tracker"
        constraints = [
            models.UniqueConstraint(
                fields=["board", "user", "role"],
                condition=Q(valid_until__isnull=True),
                name="membership_open_once",
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="membership_dates",
            ),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="membership_role_known"),
        ]
        indexes = [models.Index(fields=["user", "board"], name="membership_user_board")]

    def __str__(self) -> str:
        return f"{self.user}, {self.get_role_display()}"


class Assignment(models.Model):
    """A person's place on one case: investigator, panel member, prosecutor, presiding officer, monitor."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    board = models.ForeignKey("boards.Board", on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey("tracker.Case", on_delete=models.PROTECT, related_name="assignments")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="assignments")
    capacity = models.CharField(max_length=30, choices=Capacity.choices)
    assigned_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        app_label = "tracker"
        constraints = [
            models.UniqueConstraint(
                fields=["case", "user", "capacity"],
                condition=Q(ended_at__isnull=True),
                name="assignment_open_once",
            ),
            models.CheckConstraint(condition=Q(capacity__in=Capacity.values), name="assignment_capacity_known"),
        ]
        indexes = [
            models.Index(fields=["user", "case"], condition=Q(ended_at__isnull=True), name="assignment_open"),
            models.Index(fields=["case", "capacity"], name="assignment_case"),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.get_capacity_display()}"


class ConflictDeclaration(models.Model):
    """A person's answer to "have you a conflict on this case?". The latest answer counts."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    board = models.ForeignKey("boards.Board", on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey("tracker.Case", on_delete=models.PROTECT, related_name="conflict_declarations")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="conflict_declarations")
    has_conflict = models.BooleanField()
    reason = models.TextField(blank=True)
    declared_at = models.DateTimeField()

    class Meta:
        app_label = "tracker"
        indexes = [models.Index(fields=["case", "user", "declared_at"], name="conflict_latest")]

    def __str__(self) -> str:
        return f"{self.user}: {'conflict' if self.has_conflict else 'none'}"


class Delegation(models.Model):
    """Somebody stands in for an absent person in one role at a board, on the days from and until, both included."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    board = models.ForeignKey("boards.Board", on_delete=models.PROTECT, related_name="+")
    absent = models.ForeignKey(User, on_delete=models.PROTECT, related_name="delegations_given")
    deputy = models.ForeignKey(User, on_delete=models.PROTECT, related_name="delegations_held")
    role = models.CharField(max_length=30, choices=Role.choices)
    valid_from = models.DateField()
    valid_until = models.DateField()
    reason = models.TextField()
    recorded_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        app_label = "tracker"
        ordering = ["valid_from", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(valid_until__gte=F("valid_from")), name="delegation_dates"),
            models.CheckConstraint(condition=~Q(absent=F("deputy")), name="delegation_of_two"),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="delegation_role_known"),
        ]
        indexes = [models.Index(fields=["deputy", "valid_from"], name="delegation_deputy")]

    def __str__(self) -> str:
        return f"{self.deputy} for {self.absent}"


class RateCount(models.Model):
    """How often one (salted) address did a limited thing in one window of time."""

    key = models.CharField(primary_key=True, max_length=120)
    window_ends_at = models.DateTimeField(db_index=True)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        app_label = "tracker"

    def __str__(self) -> str:
        return f"{self.key}: {self.count}"


class DailySalt(models.Model):
    """The salt that makes addresses in `RateCount` unreadable; a new one each day, old ones removed."""

    day = models.DateField(primary_key=True)
    salt = models.CharField(max_length=64)

    class Meta:
        app_label = "tracker"

    def __str__(self) -> str:
        return str(self.day)
