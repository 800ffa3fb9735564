"""Letters as the office reads them, and as the holder of a tracking code may: those to the complainant, once served."""

from collections.abc import Collection
from uuid import UUID

from tracker.notices.models import Notice


def letters_to(case_id: UUID, participant_ids: list[UUID]) -> list[Notice]:
    """The letters of a case to these participants, newest first, with their files; one query."""
    rows = Notice.objects.filter(case_id=case_id).readable_by(participant_ids)
    return list(rows.select_related("pdf").order_by("-queued_at", "-id"))


def letter_to(notice_id: UUID, case_id: UUID, participant_ids: list[UUID]) -> Notice | None:
    """One of these letters, or None when it is somebody else's or there is none."""
    rows = Notice.objects.filter(pk=notice_id, case_id=case_id).readable_by(participant_ids)
    return rows.select_related("pdf").first()


def letters_of_case(case_id: UUID, *, but: Collection[str] = ()) -> list[Notice]:
    """Every letter of a case for those who see its whole file, newest first, with recipients and deliveries.

    `but` are the kinds that the reader may not know of.
    """
    return list(Notice.objects.of_case(case_id).exclude(kind__in=but))


def letter_of_case(notice_id: UUID, case_id: UUID, *, but: Collection[str] = ()) -> Notice | None:
    """One letter of a case for those who see its whole file, or None where the case has none that is not `but`."""
    return Notice.objects.of_case(case_id).exclude(kind__in=but).filter(pk=notice_id).first()


def undelivered(case_id: UUID) -> list[UUID]:
    """The letters of a case that nobody has tried to deliver yet, oldest first."""
    rows = Notice.objects.filter(case_id=case_id, deliveries__isnull=True).order_by("queued_at", "id")
    return list(rows.values_list("pk", flat=True))
