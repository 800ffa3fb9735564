"""Asking for a bundle: what is frozen, what is refused, which numbers are reserved."""

import json
from datetime import timedelta
from functools import partial
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django_tasks_db.models import DBTaskResult

from tests.factories.offices import make_rule
from tests.tracker.bundle.conftest import AT
from tests.tracker.bundle.gathering import give_text, person, restrict
from tracker.audit.models import Anchor, LedgerEntry, LedgerPrivate
from tracker.bundle import actions
from tracker.bundle.manifest import manifest_digest
from tracker.bundle.models import BatesRange, BundleExport
from tracker.bundle.plan import BundlePlan, Stamping
from tracker.errors import ActionRefused, NotPermitted, OutOfScope
from tracker.evidence import actions as evidence_actions
from tracker.evidence.models import Exhibit, Rendition


def request(case, actor, **options):
    """Ask for one edition (the board's, unless another is named) and return its export."""
    return request_all(case, actor, editions=[options.pop("edition", "board")], **options)[0]


def request_all(case, actor, **options):
    return actions.request_bundle(case.pk, actor=actor, at=options.pop("at", AT), **options)


def plan_of(export):
    return BundlePlan.from_json(export.plan)


def ranges(case):
    rows = case.bates_ranges.filter(retired_at=None).select_related("exhibit")
    return {row.exhibit.key: (row.first, row.last) for row in rows}


def retired(case):
    rows = case.bates_ranges.filter(retired_at__isnull=False).select_related("exhibit")
    return [(row.exhibit.key, row.first, row.last, row.retired_at) for row in rows]


def gaps(export):
    return [(gap.first, gap.last, gap.key, gap.code) for gap in plan_of(export).gaps]


def facts(event):
    return [json.loads(entry.body)["facts"] for entry in LedgerEntry.objects.filter(event=event).order_by("seq")]


def test_all_exhibits_are_frozen_in_e_order(case, counsel, receive, staff):
    staff("records_custodian", "Cora Keeper")
    receive(3, title="Complaint")
    receive(content=b"plain words", name="note.txt", title="Note")
    export = request(case, counsel)
    plan = plan_of(export)

    assert [(item.key, item.kind, item.bates_first, item.bates_last) for item in plan.exhibits] == [
        ("E-1", "pages", 1, 3),
        ("E-2", "pages", 4, 4),
    ]
    assert (export.status, export.freeze, export.exhibit_count, export.withheld_count) == ("requested", 1, 2, 0)
    heading = plan.heading
    assert (heading.docket, heading.respondent, heading.license_number) == (case.docket, "Robin Vale", "LPC-1")
    assert (heading.custodian, heading.jurisdiction, heading.frozen_at) == (
        "Cora Keeper",
        "Texas",
        "2026-07-02T15:00:00Z",
    )
    assert plan.exhibits[0].custody[0].act == "Received"
    assert plan.chains.anchor_number == Anchor.objects.count()


def test_the_ledger_carries_the_manifest_and_the_plan_cites_the_entry(case, counsel, receive):
    receive(2)
    export = request(case, counsel)
    entry = LedgerEntry.objects.get(event="bundle.requested")

    assert plan_of(export).heading.ledger_entry == entry.seq
    assert facts("bundle.requested") == [
        {
            "bundle": str(export.pk),
            "freeze": 1,
            "edition": "board",
            "manifest_sha256": manifest_digest(plan_of(export)),
            "format": "pdf",
            "exhibits": 1,
            "withheld": 0,
            "first_number": 1,
            "last_number": 2,
            "reserved": 1,
            "retired": 0,
        }
    ]
    assert not LedgerPrivate.objects.filter(entry=entry.pk).exists()
    assert export.manifest_sha256 == manifest_digest(plan_of(export))


def test_numbers_are_reserved_once_and_never_change(case, counsel, receive):
    one, two = receive(2), receive(3)
    request(case, counsel, exhibits=[two.pk])
    three = receive(1)
    second = request(case, counsel, exhibits=[three.pk, one.pk])
    third = request(case, counsel)

    assert ranges(case) == {"E-2": (1, 3), "E-3": (4, 4), "E-1": (5, 6)}
    assert [item.key for item in plan_of(second).exhibits] == ["E-3", "E-1"]
    assert gaps(second) == [(1, 3, "E-2", "G-3")]
    assert [item.bates_first for item in plan_of(third).exhibits] == [5, 1, 4]
    assert [export.freeze for export in BundleExport.objects.order_by("freeze")] == [1, 2, 3]


def test_marks_are_printed_and_states_told(case, counsel, receive):
    exhibit, other = receive(1), receive(1)
    evidence_actions.mark_exhibit(exhibit.pk, actor=counsel, at=AT)
    evidence_actions.offer_exhibit(exhibit.pk, actor=counsel, at=AT)
    items = plan_of(request(case, counsel)).exhibits

    assert [(item.key, item.mark, item.party, item.state) for item in items] == [
        (exhibit.key, "1", "board", "offered"),
        (other.key, other.key, "", ""),
    ]


def test_withheld_exhibits_keep_their_numbers_and_nothing_else(case, counsel, receive):
    receive(1)
    secret = receive(2, title="SECRETTITLE", name="SECRETNAME.pdf")
    export = request(case, counsel, withheld={secret.pk: "W-1"})

    assert export.withheld_count == 1
    assert plan_of(export).exhibits[1].withheld_code == "W-1"
    assert ranges(case)["E-2"] == (2, 3)
    assert "SECRET" not in export.plan
    assert secret.stored_file.digest not in export.plan


def test_what_was_withheld_by_its_own_act_stays_out(case, counsel, receive):
    secret = receive(2)
    evidence_actions.withhold(secret.pk, actor=counsel, at=AT, code="W-2", reason="Order of June 1")

    item = plan_of(request(case, counsel)).exhibits[0]
    assert (item.kind, item.withheld_code, item.withheld_reason) == ("withheld", "W-2", "Order of June 1")


def offer(exhibit, actor):
    evidence_actions.mark_exhibit(exhibit.pk, actor=actor, at=AT)
    evidence_actions.offer_exhibit(exhibit.pk, actor=actor, at=AT)


def test_all_editions_of_one_freeze_carry_the_same_numbers(case, counsel, receive):
    one, two, three = receive(2), receive(3), receive(1)
    offer(three, counsel)
    offer(one, counsel)
    evidence_actions.classify(two.pk, actor=counsel, at=AT, confidentiality="sealed", reason="By order")
    board, hearing, respondent, public = request_all(
        case, counsel, editions=["board", "hearing", "respondent", "public", "board"], volume_mb=50, volume_pages=800
    )

    def numbers(export):
        return {item.key: (item.kind, item.bates_first, item.bates_last) for item in plan_of(export).exhibits}

    assert ranges(case) == {"E-1": (1, 2), "E-2": (3, 5), "E-3": (6, 6)}
    assert numbers(board) == {"E-1": ("pages", 1, 2), "E-2": ("pages", 3, 5), "E-3": ("pages", 6, 6)}
    assert numbers(hearing) == numbers(public) == {"E-1": ("pages", 1, 2), "E-3": ("pages", 6, 6)}
    assert numbers(respondent)["E-2"] == ("withheld", 3, 5)
    assert [gaps(export) for export in (board, hearing, respondent, public)] == [
        [], [(3, 5, "", "G-4")], [], [(3, 5, "", "G-4")],
    ]  # fmt: skip
    assert {export.freeze for export in (board, hearing, respondent, public)} == {1}
    assert (board.volume_mb, board.volume_pages, plan_of(board).limits.megabytes) == (50, 800, 50)
    assert [fact["edition"] for fact in facts("bundle.requested")] == ["board", "hearing", "respondent", "public"]
    cited = [plan_of(export).heading.ledger_entry for export in (board, hearing, respondent, public)]
    assert cited == list(
        LedgerEntry.objects.filter(event="bundle.requested").order_by("seq").values_list("seq", flat=True)
    )
    manifests = {export.manifest_sha256 for export in (board, hearing, respondent, public)}
    assert len(manifests) == 4
    assert BatesRange.objects.filter(reserved_by=board).count() == 3


def test_a_later_edition_keeps_the_numbers_of_an_earlier_freeze(case, counsel, receive):
    one, two = receive(2), receive(1)
    offer(two, counsel)
    hearing = request(case, counsel, edition="hearing")
    board = request(case, counsel, at=AT + timedelta(hours=1))

    assert [(item.key, item.bates_first) for item in plan_of(hearing).exhibits] == [("E-2", 1)]
    assert [(item.key, item.bates_first) for item in plan_of(board).exhibits] == [("E-1", 2), ("E-2", 1)]
    assert one.key == "E-1"


def test_an_exhibit_that_can_be_rendered_now_gets_new_numbers_at_the_end(case, counsel, receive):
    slip, letter = receive(content=bytes(range(256)), name="odd.bin"), receive(2)
    first = request(case, counsel)
    assert ranges(case) == {"E-1": (1, 1), "E-2": (2, 3)}

    made = letter.renditions.exclude(kind="text").get()
    Rendition.objects.create(
        board=case.board, exhibit=slip, kind="office", stored_file=made.stored_file, source_digest="x", tools="t",
        facts=made.facts, made_at=AT,
    )  # fmt: skip
    Exhibit.objects.filter(pk=slip.pk).update(is_renderable=True, page_count=2, not_renderable_reason="")
    later = AT + timedelta(days=1)
    second = request(case, counsel, at=later)

    assert ranges(case) == {"E-1": (4, 5), "E-2": (2, 3)}
    assert retired(case) == [("E-1", 1, 1, later)]
    assert gaps(first) == []
    assert gaps(second) == [(1, 1, "E-1", "G-5")]
    assert (facts("bundle.requested")[1]["reserved"], facts("bundle.requested")[1]["retired"]) == (1, 1)
    third = request(case, counsel, exhibits=[letter.pk], at=later)
    assert gaps(third) == [(1, 1, "E-1", "G-5"), (4, 5, "E-1", "G-3")]
    assert len(retired(case)) == 1


def test_the_numbers_begin_where_the_board_says(case, counsel, receive):
    rule = {"prefix": "BHEC-", "digits": 7, "start": 101, "position": "top_right", "size_pt": "9"}
    make_rule(case.board, "bates", rule)
    receive(2)
    plan = plan_of(request(case, counsel))

    assert ranges(case) == {"E-1": (101, 102)}
    assert plan.stamping == Stamping("BHEC-", 7, "top_right", "9")
    assert plan.bates(101) == "BHEC-0000101"


def test_no_masked_edition_freezes_a_name(case, counsel, receive):
    person(case, "complainant", "Maya Rivers", email="maya@example.org")
    exhibit = receive(2, title="Letter of Maya Rivers", name="maya.pdf", source="M. Rivers")
    give_text(exhibit, "Dear Board", "Yours")
    offer(exhibit, counsel)
    board, respondent, public = request_all(case, counsel, editions=["board", "respondent", "public"])

    assert "Maya" in board.plan
    for export in (respondent, public):
        assert "maya" not in export.plan.casefold()
        assert "rivers" not in export.plan.casefold()

    give_text(exhibit, "I am Maya Rivers", "Yours")
    before = BundleExport.objects.count()
    with pytest.raises(ActionRefused, match="Public record: Exhibit E-1 names who is masked .* on page 1"):
        request_all(case, counsel, editions=["board", "public"])
    assert BundleExport.objects.count() == before


def test_part_2_records_travel_with_their_notice(case, counsel, receive):
    exhibit = receive(1)
    evidence_actions.classify(
        exhibit.pk, actor=counsel, at=AT, confidentiality="part2", reason="Clinic", release_basis="Order 12"
    )
    plan = plan_of(request(case, counsel))

    assert "42 CFR part 2 prohibits" in plan.heading.confidentiality
    assert plan.stamping.confidential == plan.heading.confidentiality


def test_restricted_pages_reach_the_plan_without_digest(case, counsel, receive):
    exhibit = receive(4)
    restrict(exhibit, counsel, first_page=2, last_page=3)
    item = plan_of(request(case, counsel)).exhibits[0]

    assert [(one.first, one.last, one.code, one.line) for one in item.hidden] == [(2, 3, "W-1", 1)]
    assert [bool(page.sha256) for page in item.pages] == [True, False, False, True]
    assert (item.bates_first, item.bates_last) == (1, 4)


def test_the_build_is_queued_with_the_act_and_rolled_back_with_it(case, counsel, receive):
    receive(1)
    before = DBTaskResult.objects.count()
    with transaction.atomic():
        request(case, counsel)
        transaction.set_rollback(True)
    assert (DBTaskResult.objects.count(), BatesRange.objects.count()) == (before, 0)

    export = request(case, counsel)
    task = DBTaskResult.objects.order_by("-enqueued_at").first()
    assert task.args_kwargs["args"] == [str(export.pk)]


def test_who_builds_at_once_queues_no_job(case, counsel, receive):
    receive(1)
    before = DBTaskResult.objects.count()
    request(case, counsel, queue=False)

    assert DBTaskResult.objects.count() == before


def test_every_refusal_has_its_sentence_and_writes_nothing(case, counsel, receive):
    waiting = receive(1, settle=False)
    notes = receive(1)
    evidence_actions.classify(notes.pk, actor=counsel, at=AT, confidentiality="psychotherapy_notes", reason="Notes")
    with pytest.raises(ActionRefused) as refused:
        request(
            case, counsel, withheld={waiting.pk: "X-9", uuid4(): "W-1"}, edition="secret", volume_mb=0, format="doc"
        )

    assert refused.value.reasons == [
        "There is no edition named secret.",
        "A bundle is handed out as PDF or ZIP.",
        "A volume holds from 1 to 10,000 megabytes.",
    ]
    with pytest.raises(ActionRefused) as refused:
        request_all(case, counsel, withheld={waiting.pk: "X-9", uuid4(): "W-1"}, editions=["board", "hearing"])
    assert refused.value.reasons == [
        "An exhibit that was chosen is not in this case.",
        "Board: Exhibit E-1 is still being scanned and inspected.",
        "Board: X-9 is no reason for which an exhibit can be withheld.",
        "Board: Exhibit E-2 (psychotherapy notes) needs an order or a consent, or must be withheld.",
        "Hearing: None of the chosen exhibits belongs into this edition.",
    ]
    with pytest.raises(ActionRefused, match="at least one edition"):
        request_all(case, counsel, editions=[])
    with pytest.raises(ActionRefused, match="from 1 to 100,000 pages"):
        request_all(case, counsel, exhibits=[notes.pk], withheld={notes.pk: "W-3"}, volume_pages=100_001)
    assert not BundleExport.objects.exists()
    assert not BatesRange.objects.exists()
    assert not LedgerEntry.objects.filter(event__startswith="bundle.").exists()


def test_an_empty_choice_is_refused(case, counsel, receive):
    receive(1)
    with pytest.raises(ActionRefused, match="at least one exhibit"):
        request(case, counsel, exhibits=[])


def test_missing_typefaces_are_told(case, counsel, receive, settings, tmp_path):
    receive(1)
    settings.FONTS_DIR = tmp_path
    with pytest.raises(ActionRefused, match="npm ci"):
        request(case, counsel)


def test_who_may_not_export_is_told_who_may(case, counsel, receive, staff):
    receive(1)
    with pytest.raises(NotPermitted, match="Records custodian"):
        request(case, staff("auditor"))
    with pytest.raises(OutOfScope):
        request(case, staff("investigator"))
    with pytest.raises(OutOfScope):
        actions.request_bundle(uuid4(), actor=counsel, at=AT)


def test_the_database_refuses_a_second_range(case, counsel, receive):
    exhibit = receive(1)
    export = request(case, counsel)
    row = {"board": case.board, "case": case, "reserved_by": export, "reserved_at": AT}
    for bad in ({"exhibit": exhibit, "first": 5, "last": 6}, {"exhibit": receive(1), "first": 1, "last": 2}):
        with pytest.raises(IntegrityError), transaction.atomic():
            BatesRange.objects.create(**row, **bad)
    with pytest.raises(IntegrityError), transaction.atomic():
        BatesRange.objects.create(**row, exhibit=receive(1), first=9, last=8)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_many_exports_at_once_reserve_ranges_that_never_overlap(case, counsel, receive, together):
    exhibits = [receive(number % 3 + 1).pk for number in range(6)]
    orders = [exhibits[at:] + exhibits[:at] for at in range(6)]
    made = together(*(partial(request, case, counsel, exhibits=order) for order in orders))

    assert [type(export) for export in made] == [BundleExport] * 6
    taken = sorted(ranges(case).values())
    assert taken[0][0] == 1
    assert all(left[1] + 1 == right[0] for left, right in zip(taken, taken[1:], strict=False))
    assert len(taken) == 6
    assert sorted(BundleExport.objects.values_list("freeze", flat=True)) == [1, 2, 3, 4, 5, 6]


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_many_exports_at_once_number_a_changed_exhibit_anew_once(case, counsel, receive, together):
    slip = receive(content=bytes(range(256)), name="odd.bin")
    letter = receive(3)
    request(case, counsel, exhibits=[slip.pk])
    made = letter.renditions.exclude(kind="text").get()
    Rendition.objects.create(
        board=case.board, exhibit=slip, kind="office", stored_file=made.stored_file, source_digest="x", tools="t",
        facts=made.facts, made_at=AT,
    )  # fmt: skip
    Exhibit.objects.filter(pk=slip.pk).update(is_renderable=True, page_count=3, not_renderable_reason="")
    made = together(*(partial(request_all, case, counsel, editions=["board", "respondent"]) for _ in range(5)))

    assert all(len(exports) == 2 for exports in made)
    assert [row[:3] for row in retired(case)] == [("E-1", 1, 1)]
    assert ranges(case) == {"E-1": (2, 4), "E-2": (5, 7)}
    assert {plan_of(export).exhibits[0].bates_first for exports in made for export in exports} == {2}
