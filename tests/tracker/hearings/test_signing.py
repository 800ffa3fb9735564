"""What both sides signed: its faults, its words, and what the board calls it."""

from datetime import date

from boards.rules import RULES
from tracker.hearings.signing import INFORMAL_PAPERS, Signing

FIRST, SECOND = date(2026, 3, 2), date(2026, 3, 4)


def test_the_second_signature_dates_it() -> None:
    assert Signing(SECOND, FIRST, "We agree.").last_on == SECOND


def test_its_faults_are_told_together() -> None:
    assert Signing(FIRST, SECOND, "We agree.").faults(today=SECOND, offered_on=FIRST) == []
    assert Signing(FIRST, SECOND, " ").faults(today=FIRST, offered_on=SECOND) == [
        "Write the stipulation.",
        "A signature cannot be in the future.",
        "It cannot have been signed before it was offered.",
    ]


def test_its_words_name_terms_signatures_and_what_it_rests_on() -> None:
    plain = Signing(FIRST, SECOND, " We agree. ").words(["Reprimand"])
    signed = "Signed by the respondent on 2026-03-02 and by the board's counsel on 2026-03-04."
    assert plain == f"We agree.\n\nTerms:\n\nReprimand\n\n{signed}"
    full = Signing(FIRST, SECOND, "We agree.", "A first offense.").words(["Reprimand"], allegations=["A1: Billing"])
    why = "Why the terms depart from the board's guideline: A first offense."
    assert full == f"Allegations:\n\nA1: Billing\n\nWe agree.\n\nTerms:\n\nReprimand\n\n{why}\n\n{signed}"


def test_every_name_that_a_rule_can_give_has_words() -> None:
    assert tuple(INFORMAL_PAPERS) == RULES["informal_paper"].words
