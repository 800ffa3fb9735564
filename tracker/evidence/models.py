"""What is: exhibits, copies made of them, their marks in a proceeding, and custody."""

from typing import Self
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from uuid_utils.compat import uuid7

from tracker.cases.models import Allegation
from tracker.evidence.states import (
    NEED_RELEASE,
    ON_RECORD,
    SETTLED,
    Bearing,
    Confidentiality,
    CustodyAct,
    ExhibitState,
    MarkState,
    PageCode,
    Party,
    WithheldCode,
    key_of,
)
from tracker.files.models import StoredFile


class ExhibitQuerySet(models.QuerySet["Exhibit"]):
    """Exhibits; also what `case.exhibits` answers."""

    def cleared(self) -> Self:
        """Through scan and inspection with nothing found."""
        return self.filter(state=ExhibitState.CLEARED)

    def on_record(self) -> Self:
        """Offered in the proceeding and not excluded or withdrawn.

        An attachment goes with its e-mail, unless one of them is withheld or needs a release of its own.
        """
        is_free = Q(withheld_code="") & ~Q(confidentiality__in=NEED_RELEASE, release_basis="")
        is_open = Q(parent__withheld_code="") & ~Q(parent__confidentiality__in=NEED_RELEASE, parent__release_basis="")
        covered = Q(parent__markings__state__in=ON_RECORD) & is_free & is_open
        return self.filter(Q(markings__state__in=ON_RECORD) | covered).distinct()

    def settled_facts(self) -> list[tuple[str, bool, bool, str]]:
        """Key, whether scan and inspection ended, whether custody has begun, and the state of its live mark ("" without
        one): one query for the guards of the case.
        """
        custody = CustodyEvent.objects.filter(exhibit_id=OuterRef("pk"))
        live = Marking.objects.filter(exhibit=OuterRef("pk")).exclude(state=MarkState.WITHDRAWN).values("state")[:1]
        mark = Coalesce(Subquery(live), Value(""))
        told = self.order_by("number", "part").annotate(in_custody=Exists(custody), mark=mark)
        rows = told.values_list("number", "part", "state", "in_custody", "mark")
        return [(key_of(number, part), state in SETTLED, *rest) for number, part, state, *rest in rows]


class Exhibit(models.Model):
    """An item of evidence as received. `number` is its own for ever; the bytes are never altered.

    An attachment of an e-mail is an exhibit of its own: it has its e-mail as `parent`, the same `number`, and its
    place in `part` (0 for what is no attachment). `slip_facts` is the JSON text of what a slip sheet says of it
    (`files.rendering.SlipFacts`), "" where nothing is known. `staged_id` is the upload of the draft it came from, so
    that taking the draft's files over twice changes nothing. `shares` is the exhibit of a linked docket whose
    bytes this one refers to; its confidentiality is its own. `release_basis` names the order or consent under which a
    class that needs one may be shown.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    board = models.ForeignKey("boards.Board", on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey("tracker.Case", on_delete=models.PROTECT, related_name="exhibits")
    number = models.PositiveIntegerField()
    part = models.PositiveIntegerField(default=0)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="attachments")
    title = models.CharField(max_length=300)
    source = models.CharField(max_length=200, blank=True)
    dated_on = models.DateField(null=True)
    original_name = models.CharField(max_length=255)
    stored_file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="exhibits")
    staged_id = models.UUIDField(null=True, unique=True)
    shares = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="shared_as")
    received_at = models.DateTimeField()
    received_by = models.CharField(max_length=80)
    state = models.CharField(max_length=20, choices=ExhibitState.choices, default=ExhibitState.RECEIVED)
    state_reason = models.CharField(max_length=300, blank=True)
    settled_at = models.DateTimeField(null=True)
    is_renderable = models.BooleanField(default=False)
    not_renderable_reason = models.CharField(max_length=300, blank=True)
    page_count = models.PositiveIntegerField(null=True)
    slip_facts = models.TextField(blank=True)
    confidentiality = models.CharField(max_length=30, choices=Confidentiality.choices, default=Confidentiality.NONE)
    release_basis = models.CharField(max_length=200, blank=True)
    withheld_code = models.CharField(max_length=5, choices=WithheldCode.choices, blank=True)
    withheld_reason = models.TextField(blank=True)
    allegations = models.ManyToManyField(Allegation, through="tracker.EvidenceLink", related_name="exhibits")

    objects = ExhibitQuerySet.as_manager()

    class Meta:
        app_label = "tracker"
        ordering = ["number", "part"]
        indexes = [models.Index(fields=["board", "state"], name="exhibit_board_state")]
        constraints = [
            models.UniqueConstraint(fields=["case", "number", "part"], name="exhibit_number_once"),
            models.CheckConstraint(
                condition=Q(part=0, parent__isnull=True) | Q(part__gt=0, parent__isnull=False),
                name="exhibit_part_of_parent",
            ),
            models.CheckConstraint(condition=Q(state__in=ExhibitState.values), name="exhibit_state_known"),
            models.CheckConstraint(condition=Q(confidentiality__in=Confidentiality.values), name="exhibit_class_known"),
            models.CheckConstraint(
                condition=Q(state__in=SETTLED, settled_at__isnull=False)
                | (~Q(state__in=SETTLED) & Q(settled_at__isnull=True)),
                name="exhibit_settled_at_with_state",
            ),
            # Nothing is shown that was not scanned and inspected.
            models.CheckConstraint(
                condition=Q(is_renderable=False) | Q(state=ExhibitState.CLEARED, page_count__gt=0),
                name="exhibit_renderable_is_cleared",
            ),
            models.CheckConstraint(
                condition=Q(withheld_code="", withheld_reason="") | (~Q(withheld_code="") & ~Q(withheld_reason="")),
                name="exhibit_withheld_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def key(self) -> str:
        """The name on screens, such as E-7, or E-7.2 for an attachment."""
        return key_of(self.number, self.part)

    @property
    def is_settled(self) -> bool:
        """Whether scan and inspection ended."""
        return self.state in SETTLED

    @property
    def is_withheld(self) -> bool:
        """Whether it is kept out of bundles."""
        return bool(self.withheld_code)

    @property
    def rendition(self) -> "Rendition | None":
        """The copy whose pages are shown where nothing is redacted: the latest. Uses prefetched renditions."""
        shown = (row for row in self.renditions.all() if row.kind in Rendition.OF_PAGES)
        return max(shown, key=lambda row: row.made_at, default=None)

    @property
    def redacted(self) -> "Rendition | None":
        """The latest redacted copy that was proved, or None. Uses prefetched renditions."""
        made = (row for row in self.renditions.all() if row.kind == Rendition.Kind.REDACTED)
        return max(made, key=lambda row: row.made_at, default=None)

    @property
    def text(self) -> "Rendition | None":
        """The text of its pages as a file, the latest, or None. Uses prefetched renditions."""
        texts = (row for row in self.renditions.all() if row.kind == Rendition.Kind.TEXT)
        return max(texts, key=lambda row: row.made_at, default=None)

    @property
    def marking(self) -> "Marking | None":
        """Its live mark in the proceeding, where it has one. Uses prefetched markings where there are any."""
        return next((row for row in self.markings.all() if row.state != MarkState.WITHDRAWN), None)


class EvidenceLink(models.Model):
    """An exhibit bears on an allegation."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    board = models.ForeignKey("boards.Board", on_delete=models.PROTECT, related_name="+")
    exhibit = models.ForeignKey(Exhibit, on_delete=models.PROTECT, related_name="links")
    allegation = models.ForeignKey(Allegation, on_delete=models.PROTECT, related_name="evidence_links")
    bearing = models.CharField(max_length=10, choices=Bearing.choices, default=Bearing.SUPPORTS)
    linked_at = models.DateTimeField()

    class Meta:
        app_label = "tracker"
        constraints = [
            models.UniqueConstraint(fields=["exhibit", "allegation"], name="evidencelink_once"),
            models.CheckConstraint(condition=Q(bearing__in=Bearing.values), name="evidencelink_bearing_known"),
        ]

    def __str__(self) -> str:
        return f"{self.exhibit_id} {self.bearing} {self.allegation_id}"


class Rendition(models.Model):
    """A copy made for showing. `facts` is the JSON text of what was found in its pages (`files.pdf.PdfFacts`)."""

    class Kind(models.TextChoices):
        PDF = "pdf", _("Cleaned PDF")
        IMAGE = "image", _("Pages made of a picture")
        TYPESET = "typeset", _("Typeset text")
        EMAIL = "email", _("Typeset e-mail")
        OFFICE = "office", _("Pages made by an office program")
        REDACTED = "redacted", _("Redacted copy")
        TEXT = "text", _("Text of the pages")

    # Copies that show the whole item.
    OF_PAGES = (Kind.PDF, Kind.IMAGE, Kind.TYPESET, Kind.EMAIL, Kind.OFFICE)

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    board = models.ForeignKey("boards.Board", on_delete=models.PROTECT, related_name="+")
    exhibit = models.ForeignKey(Exhibit, on_delete=models.PROTECT, related_name="renditions")
    kind = models.CharField(max_length=20, choices=Kind.choices, default=Kind.PDF)
    stored_file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    source_digest = models.CharField(max_length=64)
    tools = models.CharField(max_length=200)
    facts = models.TextField()
    made_at = models.DateTimeField()

    class Meta:
        app_label = "tracker"
        ordering = ["made_at"]
        constraints = [
            models.UniqueConstraint(fields=["exhibit", "kind", "stored_file"], name="rendition_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.exhibit_id}"


class PageRestriction(models.Model):
    """A stretch of pages of an exhibit that has a class of its own, is kept out of bundles, or was withdrawn.

    Pages are counted from 1 in the copy that is shown. `confidentiality` is a class that needs an order or a consent
    (`release_basis`), or none; `code` is why the pages are withheld ("" where only the class counts); code G-1 says
    that they were withdrawn. A restriction is lifted, never deleted.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    board = models.ForeignKey("boards.Board", on_delete=models.PROTECT, related_name="+")
    exhibit = models.ForeignKey(Exhibit, on_delete=models.PROTECT, related_name="restrictions")
    first_page = models.PositiveIntegerField()
    last_page = models.PositiveIntegerField()
    confidentiality = models.CharField(max_length=30, choices=Confidentiality.choices, default=Confidentiality.NONE)
    code = models.CharField(max_length=5, choices=PageCode.choices, blank=True)
    release_basis = models.CharField(max_length=200, blank=True)
    reason = models.TextField()
    recorded_by = models.CharField(max_length=80)
    recorded_at = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "tracker"
        ordering = ["first_page", "recorded_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(first_page__gte=1, last_page__gte=F("first_page")), name="restriction_pages_in_order"
            ),
            models.CheckConstraint(
                condition=Q(confidentiality__in=Confidentiality.values), name="restriction_class_known"
            ),
            models.CheckConstraint(
                condition=~Q(code="") | ~Q(confidentiality=Confidentiality.NONE), name="restriction_says_something"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_page}–{self.last_page} of {self.exhibit_id}"


class Redaction(models.Model):
    """A redaction of an exhibit: areas drawn on the pages of one copy, and the derived copy made of it.

    `areas` is canonical JSON text, a list of {page (from 1), x, y, width, height (displayed points, origin upper left,
    decimal text), code}; the boxes name no content. `derived` is set once the copy was made and proved; `reason` says
    why it was refused, and before that, that somebody looked at the places where covered words stand outside the boxes
    ("" where nobody did). Rows are never changed after they ended.
    """

    class Status(models.TextChoices):
        DRAFTED = "drafted", _("Drafted")
        REQUESTED = "requested", _("Being made and proved")
        PROVED = "proved", _("Proved")
        REFUSED = "refused", _("Refused")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    board = models.ForeignKey("boards.Board", on_delete=models.PROTECT, related_name="+")
    exhibit = models.ForeignKey(Exhibit, on_delete=models.PROTECT, related_name="redactions")
    source = models.ForeignKey(Rendition, on_delete=models.PROTECT, related_name="+")
    derived = models.OneToOneField(Rendition, on_delete=models.PROTECT, null=True, related_name="redaction")
    areas = models.TextField()
    status = models.CharField(max_length=20, choices=Status.choices, default=Status.DRAFTED)
    reason = models.TextField(blank=True)
    drafted_by = models.CharField(max_length=80)
    drafted_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "tracker"
        ordering = ["drafted_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["exhibit"], condition=Q(status__in=["drafted", "requested"]), name="redaction_one_open"
            ),
            models.CheckConstraint(
                condition=Q(status="proved", derived__isnull=False) | (~Q(status="proved") & Q(derived__isnull=True)),
                name="redaction_proved_has_copy",
            ),
            models.CheckConstraint(
                condition=Q(status="refused") & ~Q(reason="") | ~Q(status="refused"), name="redaction_refused_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.status} redaction of {self.exhibit_id}"


class Marking(models.Model):
    """An exhibit in the proceeding: the party's mark, who sponsors it, objection and ruling."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    board = models.ForeignKey("boards.Board", on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey("tracker.Case", on_delete=models.PROTECT, related_name="markings")
    exhibit = models.ForeignKey(Exhibit, on_delete=models.PROTECT, related_name="markings")
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


class CustodyQuerySet(models.QuerySet["CustodyEvent"]):
    """Custody, oldest first."""

    def of_exhibits(self, exhibit_ids: list[UUID]) -> Self:
        """The custody of these exhibits, one after the other."""
        return self.filter(exhibit_id__in=exhibit_ids).order_by("exhibit_id", "seq")


class CustodyEvent(models.Model):
    """One handling of an item. References are soft; the database refuses change and removal.

    `digest` is the SHA-256 of the bytes at that moment; `ledger_seq` numbers the entry of the same act.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    board_id = models.UUIDField()
    case_id = models.UUIDField()
    exhibit_id = models.UUIDField()
    seq = models.PositiveIntegerField()
    act = models.CharField(max_length=20, choices=CustodyAct.choices)
    actor = models.CharField(max_length=80)
    released_by = models.CharField(max_length=200, blank=True)
    received_by = models.CharField(max_length=200, blank=True)
    purpose = models.CharField(max_length=300, blank=True)
    location = models.CharField(max_length=200, blank=True)
    digest = models.CharField(max_length=64)
    ledger_seq = models.PositiveBigIntegerField()
    at = models.DateTimeField()

    objects = CustodyQuerySet.as_manager()

    class Meta:
        app_label = "tracker"
        ordering = ["exhibit_id", "seq"]
        indexes = [models.Index(fields=["board_id", "at"], name="custody_board_at")]
        constraints = [
            models.UniqueConstraint(fields=["exhibit_id", "seq"], name="custody_seq_once"),
            models.CheckConstraint(condition=Q(act__in=CustodyAct.values), name="custody_act_known"),
        ]

    def __str__(self) -> str:
        return f"{self.seq} {self.act}"
