"""Exhibits as received, and the allegations they bear on."""

from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from uuid_utils.compat import uuid7

from tracker.cases.models import Allegation
from tracker.evidence.models.custody import CustodyEvent
from tracker.evidence.models.markings import Marking
from tracker.evidence.models.renditions import Rendition
from tracker.evidence.states import (
    NEED_RELEASE,
    ON_RECORD,
    SETTLED,
    Bearing,
    Confidentiality,
    ExhibitState,
    MarkState,
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
    def rendition(self) -> Rendition | None:
        """The copy whose pages are shown where nothing is redacted: the latest. Uses prefetched renditions."""
        shown = (row for row in self.renditions.all() if row.kind in Rendition.OF_PAGES)
        return max(shown, key=lambda row: row.made_at, default=None)

    @property
    def redacted(self) -> Rendition | None:
        """The latest redacted copy that was proved, or None. Uses prefetched renditions."""
        made = (row for row in self.renditions.all() if row.kind == Rendition.Kind.REDACTED)
        return max(made, key=lambda row: row.made_at, default=None)

    @property
    def text(self) -> Rendition | None:
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
