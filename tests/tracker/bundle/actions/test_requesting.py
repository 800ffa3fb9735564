"""Asking for a bundle: what is frozen, what is refused, which numbers are reserved."""

import json
from functools import partial
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django_tasks_db.models import DBTaskResult

from tests.tracker.bundle.conftest import AT, WORKER
from tracker.audit.models import Anchor, LedgerEntry, LedgerPrivate
from tracker.bundle import actions
from tracker.bundle.actions import build
from tracker.bundle.manifest import manifest_digest
from tracker.bundle.models import BatesRange, BundleExport
from tracker.bundle.plan import BundlePlan
from tracker.errors import ActionRefused, NotPermitted, OutOfScope
from tracker.evidence import actions as evidence_actions


def request(case, actor, **options):
    return actions.request_bundle(case.pk, actor=actor, at=options.pop("at", AT), **options)


def plan_of(export):
    return BundlePlan.from_json(export.plan)


def ranges(case):
    return {row.exhibit.key: (row.first, row.last) for row in case.bates_ranges.select_related("exhibit")}


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
        ("E-2", "slip", 4, 4),
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
            "exhibits": 1,
            "withheld": 0,
            "first_number": 1,
            "last_number": 2,
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
    assert [(gap.key, gap.first, gap.last) for gap in plan_of(second).gaps] == [("E-2", 1, 3)]
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
        request(case, counsel, withheld={waiting.pk: "X-9", uuid4(): "W-1"}, edition="hearing")

    assert refused.value.reasons == [
        "An exhibit that was chosen is not in this case.",
        "Exhibit E-1 is still being scanned and inspected.",
        "X-9 is no reason for which an exhibit can be withheld.",
        "Exhibit E-2 (psychotherapy notes) needs an order or a consent, or must be withheld.",
        "There is no edition named hearing.",
    ]
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


def test_handing_out_is_recorded(case, counsel, receive):
    receive(1)
    export = request(case, counsel)
    with pytest.raises(ActionRefused, match="not finished"):
        actions.hand_out(export.pk, actor=counsel, at=AT)
    build.run(export.pk, actor=WORKER, clock=lambda: AT)
    handed = actions.hand_out(export.pk, actor=counsel, at=AT)

    assert facts("bundle.handed_out")[0]["sha256"] == handed.stored_file.digest


def test_only_who_may_export_takes_the_file(case, counsel, receive, staff):
    receive(1)
    export = request(case, counsel)
    with pytest.raises(NotPermitted):
        actions.hand_out(export.pk, actor=staff("auditor"), at=AT)
    with pytest.raises(OutOfScope):
        actions.hand_out(uuid4(), actor=counsel, at=AT)
    assert facts("bundle.handed_out") == []


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
