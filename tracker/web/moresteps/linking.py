"""Linked dockets, companion cases and ex-parte contacts: step key, form, action."""

from collections.abc import Callable
from typing import Any

from tracker.cases.actions import exparte, linking
from tracker.evidence.actions import sharing
from tracker.web.forms import case as f
from tracker.web.forms import linking as k

ROWS: tuple[tuple[str, type[f.StepForm], Callable[..., Any]], ...] = (
    ("link_dockets", k.LinkDocketsForm, linking.link_dockets),
    ("unlink_dockets", k.UnlinkDocketsForm, linking.unlink_dockets),
    ("open_companion", k.OpenCompanionForm, sharing.open_companion),
    ("log_ex_parte", k.LogExParteForm, exparte.log_ex_parte),
)
