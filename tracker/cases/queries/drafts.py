"""Drafts as their writers see them."""

from datetime import datetime
from uuid import UUID

from tracker.cases.models import FilingDraft


def open_draft(draft_id: UUID, *, at: datetime) -> FilingDraft | None:
    """A draft that is neither filed nor expired, or None."""
    return FilingDraft.objects.filter(pk=draft_id, filed_at__isnull=True, expires_at__gt=at).first()
