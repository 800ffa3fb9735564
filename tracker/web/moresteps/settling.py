"""Settlement, default and undisputed charges: step key, form, action."""

from collections.abc import Callable
from typing import Any

from tracker.hearings.actions import defaulting, negotiating, settling
from tracker.web.forms import case as f
from tracker.web.forms import settling as s

ROWS: tuple[tuple[str, type[f.StepForm], Callable[..., Any]], ...] = (
    ("offer_settlement", s.OfferSettlementForm, negotiating.offer_settlement),
    ("end_settlement_talks", s.EndTalksForm, negotiating.end_settlement_talks),
    ("sign_settlement", s.SignSettlementForm, settling.sign_settlement),
    ("reject_settlement", s.RejectSettlementForm, settling.reject_settlement),
    ("enter_default", s.EnterDefaultForm, defaulting.enter_default),
    ("submit_undisputed", f.NoteForm, defaulting.submit_undisputed),
)
