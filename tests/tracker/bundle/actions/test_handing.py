"""Handing out: who took which bytes is in the ledger, once for each download."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest

from tests.tracker.bundle.conftest import AT, WORKER
from tests.tracker.bundle.exporting import facts, request
from tracker.access.models import Delegation
from tracker.audit.models import LedgerEntry
from tracker.bundle import actions
from tracker.bundle.actions import build
from tracker.bundle.actions.handing import RESUMED_WITHIN
from tracker.errors import ActionRefused, NotPermitted, OutOfScope


@pytest.fixture
def export(case, counsel, receive):
    receive(1)
    return request(case, counsel)


@pytest.fixture
def sealed(export):
    return build.run(export.pk, actor=WORKER, clock=lambda: AT)


def take(export, actor, *, after=timedelta(0), **options):
    return actions.hand_out(export.pk, actor=actor, at=AT + after, **options)


def test_every_download_is_an_entry(sealed, counsel):
    taken = take(sealed, counsel)
    take(sealed, counsel)
    volume = take(sealed, counsel, volume=1)

    assert taken.name == volume.name == f"{sealed.case.docket}-board-freeze-1.pdf"
    told = facts("bundle.handed_out")
    assert [entry["sha256"] for entry in told] == [taken.file.digest] * 3
    assert [entry.get("volume") for entry in told] == [None, None, 1]


def test_what_a_deputy_does_with_bundles_names_the_person_absent(case, counsel, receive, staff):
    receive(1)
    deputy, days = staff("intake_analyst"), {"valid_from": AT.date(), "valid_until": AT.date()}
    row = {"board": case.board, "absent_id": counsel.user_id, "role": "board_counsel", "recorded_at": AT, **days}
    Delegation.objects.create(deputy_id=deputy.user_id, reason="On leave.", **row)
    export = request(case, deputy)
    actions.cancel_bundle(export.pk, actor=deputy, at=AT)
    actions.retry_bundle(export.pk, actor=deputy, at=AT, queue=False)
    build.run(export.pk, actor=WORKER, clock=lambda: AT)
    take(export, deputy)
    told = [json.loads(entry.body) for entry in LedgerEntry.objects.filter(event__startswith="bundle.")]
    by = {entry["event"]: (entry["actor"], entry["on_behalf_of"]) for entry in told}
    lent = (deputy.code, counsel.code)
    ours = ("bundle.requested", "bundle.cancelled", "bundle.retried", "bundle.handed_out")
    assert {event: by[event] for event in ours} == dict.fromkeys(ours, lent)
    assert by["bundle.sealed"] == (WORKER.code, None)


def test_what_goes_on_is_no_second_download(sealed, counsel, staff):
    take(sealed, counsel)
    take(sealed, counsel, resumes=True, after=RESUMED_WITHIN)
    assert len(facts("bundle.handed_out")) == 1

    take(sealed, counsel, resumes=True, after=RESUMED_WITHIN + timedelta(seconds=1))
    assert len(facts("bundle.handed_out")) == 2
    take(sealed, staff("records_custodian"), resumes=True)
    assert len(facts("bundle.handed_out")) == 3


def test_nothing_goes_on_that_was_not_begun(sealed, counsel):
    take(sealed, counsel, resumes=True)

    assert len(facts("bundle.handed_out")) == 1


def test_there_is_nothing_to_take_before_it_is_sealed(export, counsel):
    with pytest.raises(ActionRefused, match="not finished"):
        take(export, counsel)
    assert facts("bundle.handed_out") == []


def test_only_who_may_export_takes_the_file(sealed, counsel, staff):
    with pytest.raises(NotPermitted):
        take(sealed, staff("auditor"))
    with pytest.raises(OutOfScope):
        take(sealed, staff("investigator"))
    with pytest.raises(OutOfScope):
        take(sealed, counsel, volume=2)
    with pytest.raises(OutOfScope):
        actions.hand_out(uuid4(), actor=counsel, at=AT)
    assert facts("bundle.handed_out") == []
