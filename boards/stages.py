"""The public words of the four stages and the common priorities: defaults of two settings. Pure."""

from typing import Any

# Kept as texts by language, like a board's own words would be, so that both travel the same way.
PUBLIC_STAGES: list[dict[str, Any]] = [
    {
        "stage": "filed",
        "label": {"en": "Filed"},
        "meaning": {"en": "The board has your complaint. Staff are checking if the board may act on it."},
        "next": {"en": "The board decides if it will look into your complaint. It will write to you."},
    },
    {
        "stage": "investigation",
        "label": {"en": "Investigation"},
        "meaning": {"en": "The board is finding out what happened. It may ask you, the licensee and others."},
        "next": {"en": "The board decides if there is enough to charge the licensee. If not, it closes the case."},
    },
    {
        "stage": "hearing",
        "label": {"en": "Hearing"},
        "meaning": {"en": "The board has charged the licensee. The licensee may answer and ask for a hearing."},
        "next": {"en": "Someone neutral hears both sides. Then the board decides. You may be asked to testify."},
    },
    {
        "stage": "disposition",
        "label": {"en": "Outcome"},
        "meaning": {"en": "The board has reached an outcome, or is about to vote on one."},
        "next": {"en": "The board writes to you when the case is over. An order may set terms."},
    },
]

CANONICAL_PRIORITIES: list[dict[str, str]] = [
    {"code": "emergency", "label": "Emergency", "canonical": "emergency"},
    {"code": "urgent", "label": "Urgent", "canonical": "urgent"},
    {"code": "high", "label": "High", "canonical": "high"},
    {"code": "routine", "label": "Routine", "canonical": "routine"},
    {"code": "administrative", "label": "Administrative", "canonical": "administrative"},
]
