"""What the front matter says of case, board and freeze; how numbers are printed; how files are signed."""

import json
from datetime import UTC, datetime

from django.conf import settings
from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _

from boards import queries as board_queries
from boards.models import Board
from tracker.audit import queries as audit_queries
from tracker.bundle import keys
from tracker.bundle.gather_people import custodian, respondent_of
from tracker.bundle.models import BatesRange
from tracker.bundle.plan import Chains, Heading, Signing, Stamping
from tracker.bundle.ranges import Book, Range
from tracker.cases.models import Case
from tracker.hearings.models import Hearing


def heading_of(
    case: Case, *, edition: str, freeze: int, at: datetime, is_masked: bool, has_part2: bool = False
) -> Heading:
    """What the front matter says of the case at a moment (aware); `is_masked` as in the plan.

    With `has_part2` it carries the notice that must travel with such records (42 CFR 2.32).
    """
    board = case.board
    respondent, license_number = respondent_of(case)
    return Heading(
        docket=case.docket,
        board=board.name,
        jurisdiction=board.jurisdiction.name,
        respondent=respondent,
        license_number=license_number,
        edition=edition,
        freeze=freeze,
        frozen_at=at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        custodian=custodian(case.board_id, at),
        facts=_hearing_facts(case),
        confidentiality=redisclosure_notice() if has_part2 else "",
        verify_url=f"{settings.SITE_URL.rstrip('/')}/verify/" if settings.SITE_URL else "",
        is_masked=is_masked,
    )


def redisclosure_notice() -> str:
    """The short notice of 42 CFR 2.32(a)(2)."""
    return _("42 CFR part 2 prohibits unauthorized use or disclosure of these records.")


def _hearing_facts(case: Case) -> tuple[tuple[str, str], ...]:
    slots = Hearing.objects.filter(case=case, vacated_at__isnull=True)
    hearing = slots.select_related("presiding").order_by("-starts_at").first()
    if hearing is None:
        return ()
    local = hearing.starts_at.astimezone(board_queries.board_zone(case.board))
    return (
        (_("Hearing"), format_date(local, "M j, Y, g:i a")),
        (_("Before"), hearing.presiding.full_name),
    )


def chains_of(case: Case) -> Chains:
    """Where the ledger stands now."""
    seq, digest = audit_queries.head_of(case.pk)
    anchor = audit_queries.latest_anchor()
    if anchor is None:
        return Chains(seq, digest)
    at = anchor.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return Chains(seq, digest, anchor.number, at, anchor.root)


def book_of(case: Case, at: datetime) -> Book:
    """Every range of a case; where there is none the board's rule says with which number it begins."""
    rows = BatesRange.objects.filter(case=case).order_by("first")
    ranges = tuple(Range(str(row.exhibit_id), row.first, row.last, row.retired_at is not None) for row in rows)
    rule = board_queries.rule_in_force(case.board, "bates", board_queries.local_day(case.board, at)).value
    return Book(ranges, int(rule["start"]))


def stamping_of(case: Case, at: datetime, *, has_part2: bool = False) -> Stamping:
    """How numbers are printed. Prefix and digits are part of a number, so they stay those of the first freeze."""
    rule = board_queries.rule_in_force(case.board, "bates", board_queries.local_day(case.board, at)).value
    prefix = f"{case.docket}-" if rule["prefix"] == "docket" else str(rule["prefix"])
    digits = int(rule["digits"])
    first = BatesRange.objects.filter(case=case).select_related("reserved_by").order_by("first").first()
    if first is not None:
        known = json.loads(first.reserved_by.plan)["stamping"]
        prefix, digits = known["prefix"], known["digits"]
    return Stamping(
        prefix=prefix,
        digits=digits,
        position=str(rule["position"]),
        size=str(rule["size_pt"]),
        confidential=redisclosure_notice() if has_part2 else "",
    )


def signing_of(board: Board, at: datetime) -> Signing:
    """How the files are signed: with the board's key where it has one. Raises keys.KeyUnusable."""
    required = bool(board_queries.rule_in_force(board, "signature_required", board_queries.local_day(board, at)).value)
    signer = keys.signer_for(board.short_code)
    if signer is None:
        return Signing(required=required)
    return Signing(signer.certificate_sha256, signer.subject, signer.is_demo, required)
