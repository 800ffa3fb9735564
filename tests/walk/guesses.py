"""What somebody would write into the form of a step: read off the form itself, with a few words where sense is needed.

`fill` gives data for any form; `SENSE` sharpens single fields of single steps, so that most attempts succeed.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms

from tests.walk import choosing as c
from tests.walk.moment import Turn
from tracker.web.forms.groups import GroupsField
from tracker.web.forms.lists import PerRowField


def fill(turn: Turn, key: str, form: Any) -> dict[str, Any]:
    """Data for every field of a form, some optional ones left out."""
    sense = SENSE.get(key, {})
    data = {name: _value(turn, field) for name, field in form.fields.items()}
    data.update(WHOLE[key](turn) if key in WHOLE else {})
    for name, choose in sense.items():
        if name in form.fields:
            data[name] = choose(turn, form)
    data = c.fitting_sanction(data) if key == "draft_sanction" else data
    return {name: value for name, value in data.items() if value is not None}


def _value(turn: Turn, field: forms.Field) -> Any:
    dice = turn.dice
    if isinstance(field, GroupsField):
        row = field.widget.row_form()
        return [{name: _value(turn, one) or "" for name, one in row.fields.items()}]
    if isinstance(field, PerRowField):
        rows, answers = field.widget.rows, [code for code, _label in field.widget.answers]
        return "\n".join(f"{key} {dice.choice(answers)}" for key, _label in rows) if answers else ""
    if isinstance(field, forms.MultipleChoiceField):
        codes = c.codes_of(field)
        return dice.sample(codes, dice.randint(1, len(codes))) if codes else []
    if isinstance(field, forms.ChoiceField):
        codes = c.codes_of(field)
        return dice.choice(codes) if codes and (field.required or dice.random() < 0.5) else None
    if isinstance(field, forms.BooleanField):
        return "on" if dice.random() < 0.3 else ""
    if isinstance(field, forms.DateField):
        return turn.today.isoformat() if field.required or dice.random() < 0.3 else None
    if isinstance(field, forms.TimeField):
        return "10:00"
    if isinstance(field, forms.EmailField):
        return "somebody@example.org"
    if isinstance(field, forms.IntegerField):
        return str(dice.randint(1, 400))
    if isinstance(field, forms.DecimalField):
        return "250.00"
    return f"Words {dice.randint(1, 999)}." if field.required or dice.random() < 0.8 else ""


Sense = Mapping[str, Callable[[Turn, Any], Any]]
_CLOSING: Sense = {"disposition": c.closure, "referred_to": c.among("the medical board"), "other_docket": c.repeated}
SENSE: dict[str, Sense] = {
    "begin_review": {"priority": c.among("urgent", "high", "routine")},
    "accept_case": {"has_jurisdiction": c.among("on"), "states_violation": c.among("on")},
    "verify_priority": {"priority": c.among("")},
    "notify_licensee": {"withheld_reason": c.among("", "", "", "It would warn him.")},
    "record_response": {"text": c.among("Denied."), "memo": c.among("")},
    "declare_conflict": {"has_conflict": c.conflict},
    "approve_closure": {"agrees": c.among(*["yes"] * 9, "no"), "disposition": c.closure},
    "record_vote": {"ballots": c.ballots},
    "open_hearing": {"heard_by": c.members_who_hear},
    "schedule_hearing": {"held_on": c.days_to_hearing},
    "reset_hearing": {"held_on": c.days_to_hearing},
    "file_petition": {"kind": c.petition},
    "draft_sanction": {
        "code": c.sanction,
        "due_on": c.ahead(30, 90),
        "days": c.among("365"),
        "terms": c.among("Monthly reports."),
        "amount": c.among("300.00"),
    },
    "record_change": {"part": c.changed_part},
    "propose_finding": {"count": c.count("proposed"), "value": c.among("proven", "proven", "proven", "not_proven")},
    "record_answer": {"good_cause": c.among("He was in hospital."), "answers": c.answers},
    "close_at_intake": _CLOSING,
    "close_without_discipline": _CLOSING,
    "record_finding": {"allegation": c.allegation},
    "record_board_finding": {
        "count": c.count("by_board"),
        "value": c.among("proven", "proven", "proven", "not_proven"),
    },
    "issue_order": {"outcome": c.outcome, "decision": c.decision, "reasons": c.among("On the record.")},
    "offer_settlement": {"terms": c.terms},
    "petition_violation": {"counts": c.counts},
    "take_emergency_action": {"code": c.emergency},
    "end_emergency_action": {"end": c.among("vacated", "vacated", "expired")},
    "toll_clock": {"kind": c.clock},
    "link_dockets": {"docket": c.other_docket},
    "receive_opinion": {"text": c.among("In my opinion.", ""), "why_none": c.among("")},
    "take_up_reconsideration": {"filed_on": c.in_time("reconsideration_due_on")},
    "record_judicial_review": {"filed_on": c.in_time("appeal_due_on")},
    "file_waiver": {"period": c.period, "given_by": c.among(*["both"] * 5, "respondent", "respondent", "prosecution")},
    "enter_default": {"military_affidavit": c.among("Not in military service.")},
    "deny_reconsideration": {"reasons": c.among("Nothing new.")},
    "place_hold": {"review_on": c.ahead(30, 90), "ends_on": c.ahead(100, 200)},
    "review_hold": {"review_on": c.ahead(30, 90)},
    "reopen": {"to": c.reopened_at},
}
# Where several fields must fit together.
WHOLE: dict[str, Callable[[Turn], dict[str, Any]]] = {
    "record_vote": c.vote,
    "assign": c.assignment,
    "end_assignment": c.held_place,
    "decide_judicial_review": c.court_outcome,
}
