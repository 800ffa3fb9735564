"""Handing out a finished bundle: who took which bytes is written down first."""

import json
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from tracker.audit import queries as audit_queries
from tracker.audit.actors import Actor
from tracker.bundle import queries
from tracker.bundle.actions import building
from tracker.bundle.queries import Finished

# A download that broke off may be taken up again so much later without counting as another one.
RESUMED_WITHIN = timedelta(hours=24)


@transaction.atomic
def hand_out(
    export_id: UUID, *, actor: Actor, at: datetime, volume: int | None = None, resumes: bool = False
) -> Finished:
    """Record that somebody takes a finished file; the door then streams it.

    `volume` is one of its volumes, None the file that is handed out as a whole. `resumes` says that only a later part
    is asked for; that counts as a new download unless the same person began one of these bytes within RESUMED_WITHIN.
    Refused until it is sealed. Ledger: bundle.handed_out with the file's digest.
    """
    finished = queries.finished_file(export_id, actor=actor, at=at, volume=volume)
    if resumes and _was_begun(finished, actor, at):
        return finished
    file = finished.file
    facts: dict[str, str | int] = {"sha256": file.digest, "bytes": file.size}
    if volume is not None:
        facts["volume"] = volume
    building.record("bundle.handed_out", finished.export, actor=actor, at=at, facts=facts)
    return finished


def _was_begun(finished: Finished, actor: Actor, at: datetime) -> bool:
    entries = audit_queries.facts_of(finished.export.case_id, "bundle.handed_out")
    return any(
        entry.at >= at - RESUMED_WITHIN
        and facts.get("sha256") == finished.file.digest
        and json.loads(entry.body)["actor"] == actor.code
        for entry, facts in entries
    )
