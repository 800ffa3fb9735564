"""Asking for bundles, and what the ledger says of them, for the tests of building and handing out."""

import json

from tests.tracker.bundle.conftest import AT
from tracker.audit.models import LedgerEntry
from tracker.bundle import actions


def request(case, actor, **options):
    """Ask for a bundle of one edition; answer the export."""
    options.setdefault("queue", False)
    (export,) = actions.request_bundle(case.pk, actor=actor, at=options.pop("at", AT), **options)
    return export


def facts(event):
    """The facts of every entry of an event, oldest first."""
    return [json.loads(entry.body)["facts"] for entry in LedgerEntry.objects.filter(event=event).order_by("seq")]
