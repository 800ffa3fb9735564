"""What is looked up about files that belong to no case yet."""

from uuid import UUID

from tracker.files.models import StagedUpload


def staged_of(draft_id: UUID) -> list[StagedUpload]:
    """The files waiting with a draft, in the order they came."""
    return list(StagedUpload.objects.waiting().filter(draft_id=draft_id).order_by("received_at", "id"))
