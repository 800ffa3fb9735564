"""Emergency action, abeyance, hold, seal, pauses, experts and withdrawal: step key, form, action."""

from collections.abc import Callable
from typing import Any

from tracker.cases.actions import experts, overlays, tolling, withdrawals
from tracker.hearings.actions import emergency
from tracker.web.forms import case as f
from tracker.web.forms import overlays as o

ROWS: tuple[tuple[str, type[f.StepForm], Callable[..., Any]], ...] = (
    ("refer_to_expert", o.ReferToExpertForm, experts.refer_to_expert),
    ("receive_opinion", o.ReceiveOpinionForm, experts.receive_opinion),
    ("record_withdrawal", o.RecordWithdrawalForm, withdrawals.record_withdrawal),
    ("answer_withdrawal", o.AnswerWithdrawalForm, withdrawals.answer_withdrawal),
    ("take_emergency_action", o.TakeEmergencyActionForm, emergency.take_emergency_action),
    ("serve_emergency_action", o.ServeEmergencyActionForm, emergency.serve_emergency_action),
    ("hear_emergency_action", o.HearEmergencyActionForm, emergency.hear_emergency_action),
    ("end_emergency_action", o.EndEmergencyActionForm, emergency.end_emergency_action),
    ("begin_abeyance", o.BeginAbeyanceForm, overlays.begin_abeyance),
    ("end_abeyance", o.ReasonForm, overlays.end_abeyance),
    ("place_hold", o.PlaceHoldForm, overlays.place_hold),
    ("review_hold", o.ReviewHoldForm, overlays.review_hold),
    ("lift_hold", o.ReasonForm, overlays.lift_hold),
    ("seal_case", o.SealForm, overlays.seal_case),
    ("unseal_case", o.ReasonForm, overlays.unseal_case),
    ("toll_clock", o.TollClockForm, tolling.toll_clock),
    ("resume_clock", o.ResumeClockForm, tolling.resume_clock),
    ("lift_recusal", o.LiftRecusalForm, overlays.lift_recusal),
)
