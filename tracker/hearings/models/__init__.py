"""What is: hearings, orders and sanctions, settlements, emergency actions, and what follows an order."""

from tracker.hearings.models.aftermath import EmergencyAction, JudicialReview, Reconsideration, ViolationReport
from tracker.hearings.models.hearing import Hearing
from tracker.hearings.models.orders import DecisionChange, Order, Sanction
from tracker.hearings.models.settlement import Settlement, SettlementTerm

__all__ = [
    "DecisionChange",
    "EmergencyAction",
    "Hearing",
    "JudicialReview",
    "Order",
    "Reconsideration",
    "Sanction",
    "Settlement",
    "SettlementTerm",
    "ViolationReport",
]
