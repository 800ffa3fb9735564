"""Continuance, decisions of the board, remand and reconsideration: step key, form, action."""

from collections.abc import Callable
from typing import Any

from tracker.cases.actions import voting
from tracker.hearings.actions import deciding, drafting, postponing, reconsidering, remanding
from tracker.web.forms import boardroom as b
from tracker.web.forms import case as f
from tracker.web.forms import hearing as h

ROWS: tuple[tuple[str, type[f.StepForm], Callable[..., Any]], ...] = (
    ("record_vote", b.RecordVoteForm, voting.record_vote),
    ("continue_hearing", h.ContinueHearingForm, postponing.continue_hearing),
    ("reset_hearing", h.ResetHearingForm, postponing.reset_hearing),
    ("record_change", b.RecordChangeForm, drafting.record_change),
    ("withdraw_change", b.WithdrawChangeForm, drafting.withdraw_change),
    ("issue_order", b.IssueOrderForm, deciding.issue_order),
    ("deem_adopted", b.ConfirmForm, deciding.deem_adopted),
    ("remand", b.ReasonsForm, remanding.remand),
    ("take_up_reconsideration", b.TakeUpReconsiderationForm, reconsidering.take_up_reconsideration),
    ("deny_reconsideration", b.DenyReconsiderationForm, reconsidering.deny_reconsideration),
    ("grant_reconsideration", b.ReasonsForm, reconsidering.grant_reconsideration),
)
