import re
from datetime import UTC, date, datetime
from uuid import uuid4

import pytest

from boards.models import Board, Jurisdiction
from tracker.notices import words
from tracker.notices.kinds import KINDS, Audience

LETTERS = [(kind, audience) for kind in KINDS.values() for audience in kind.audiences]
TEXT = "Mark & <Text>"
VALUES = {
    "docket": "BHEC-2026-00012",
    "received_on": date(2026, 6, 3),
    "opened_on": date(2026, 6, 4),
    "closed_on": date(2026, 6, 5),
    "due_on": date(2026, 6, 6),
    "response_due_on": date(2026, 6, 7),
    "answer_due_on": date(2026, 6, 8),
    "effective_on": date(2026, 6, 9),
    "decide_by": date(2026, 6, 10),
    "target_on": date(2026, 6, 11),
    "public_from": date(2026, 6, 12),
    "reconsider_by": date(2026, 6, 13),
    "appeal_by": date(2026, 6, 14),
    "hearing_at": datetime(2026, 9, 1, 14, 30, tzinfo=UTC),
    "items": ["first item", "second item"],
    "files": ["letter.pdf, 00ff"],
    "allegations": ["allegation one"],
    "counts": ["Count 1: one"],
    "sanctions": ["Probation, 2 years"],
    "avenues": ["The police"],
    "respondent_name": f"Respondent {TEXT}",
    "complainant": f"Complainant {TEXT}",
    "presiding_officer": f"Officer {TEXT}",
    "place": f"Room {TEXT}",
    "outcome": f"Outcome {TEXT}",
    "reason": f"Reason {TEXT}\n\nSecond   paragraph",
    "copy_enclosed": True,
    "action": f"Action {TEXT}",
    "finding": f"Finding {TEXT}",
    "hearing_by": date(2026, 6, 15),
    "expires_on": date(2026, 6, 16),
    "agreed": True,
    "answer": f"Answer {TEXT}",
    "contact_on": date(2026, 6, 17),
    "decider": f"Decider {TEXT}",
    "by_whom": f"Speaker {TEXT}",
    "said": f"Said {TEXT}",
    "can_end": True,
    "asks_election": True,
    "entered_on": date(2026, 6, 15),
    "served_on": date(2026, 6, 16),
    "reasons": f"Reasons {TEXT}",
    "basis": f"Basis {TEXT}",
    "goes_to": "answer_due",
    "order_docket": "BHEC-2025-00003",
    "court": f"Court {TEXT}",
    "decided_on": date(2026, 6, 17),
    "kind": f"Kind {TEXT}",
    "filed_on": date(2026, 6, 18),
    "other": "BHEC-2024-00007",
    "decision": f"Decision {TEXT}",
    "exceptions_by": date(2026, 6, 19),
    "last_on": date(2026, 6, 20),
    "answered_on": date(2026, 6, 21),
    "notice_days": "45",
    "before": "proposal",
    "heard": True,
    "act_by": date(2026, 6, 22),
    "by_time": True,
    "may_speak": True,
    "hearing_off": True,
    "reopened_on": date(2026, 6, 23),
    "why": f"Why {TEXT}",
    "overturned_on": date(2026, 6, 24),
    "set_aside": True,
    "order_stands": True,
    "reply_by": date(2026, 6, 25),
}
# Values that choose between words and are not shown themselves; of one letter: by its code.
CHOOSING = {"agreed", "asks_election", "before", "by_time", "can_end", "goes_to", "hearing_off", "may_speak"}
CHOOSING |= {"heard", "order_stands", "set_aside"}
CHOOSING_IN = {"court_ruling": {"outcome"}, "emergency_outcome": {"outcome"}}
BOARD = Board(
    name="Texas Behavioral Health Executive Council",
    phone="(512) 305-7700",
    email="office@bhec.example",
    jurisdiction=Jurisdiction(id=uuid4(), code="TX", name="Texas", time_zone="America/Chicago"),
)


def write(kind, audience, merge):
    return words.write(
        kind,
        audience,
        board=BOARD,
        letter_date=date(2026, 6, 3),
        salutation="Dear Pat Quill,",
        merge=merge,
        language="en",
    )


@pytest.mark.parametrize(("kind", "audience"), LETTERS, ids=lambda value: getattr(value, "code", value))
class TestEveryLetter:
    def test_says_all_that_it_was_given(self, kind, audience):
        merge = {key: VALUES[key] for key in (*kind.required, *kind.optional)}
        body = write(kind, audience, merge).body
        # Values that only the other audience's letter of the same kind uses.
        to_respondent = audience is Audience.RESPONDENT
        silent = (
            {"respondent_name", "avenues"}
            if to_respondent
            else {"presiding_officer", "reconsider_by", "appeal_by", "reasons", "court", "decision"}
            | {"exceptions_by", "act_by", "why", "overturned_on"}
        )
        for key, value in merge.items():
            if key in silent | CHOOSING | CHOOSING_IN.get(kind.code, set()):
                continue
            for shown in shown_forms(value):
                assert shown in body, key

    def test_reads_well_without_the_optional_values(self, kind, audience):
        body = write(kind, audience, {key: VALUES[key] for key in kind.required}).body
        assert "None" not in body
        assert "{" not in body
        assert "  " not in body
        assert "about ," not in body
        assert "\n\n\n" not in body
        assert body.startswith("Dear Pat Quill,")
        assert "(512) 305-7700" in body
        assert not re.search(r"[!]|&amp;|&lt;", body)

    def test_refuses_to_be_written_with_a_value_missing(self, kind, audience):
        for key in kind.required:
            merge = {name: VALUES[name] for name in kind.required if name != key}
            with pytest.raises(ValueError, match=key):
                write(kind, audience, merge)


def shown_forms(value):
    if value is True:
        return ["enclosed"]
    if isinstance(value, datetime):
        return ["September 1, 2026, 9:30 AM CDT"]
    if isinstance(value, date):
        return [f"June {value.day}, 2026"]
    if isinstance(value, list):
        return [f"- {item}" for item in value]
    return [" ".join(part.split()) for part in value.split("\n\n")]


@pytest.mark.parametrize(
    ("goes_to", "said"),
    [
        ("probable_cause_review", "No charges have been issued."),
        ("charges_filed", "They will be served on you"),
        ("answer_due", "you have given up the time to answer"),
        ("prehearing", "towards a hearing"),
        ("hearing_held", "The hearing that was held counts."),
        ("proposed_decision", "The proposed decision that you have stands. It goes to the board next."),
    ],
)
def test_after_a_rejected_settlement_the_letter_says_how_the_case_goes_on(goes_to, said):
    merge = {"docket": "BHEC-2026-00012", "reasons": "Too lenient.", "goes_to": goes_to}
    body = write(KINDS["settlement_rejected"], Audience.RESPONDENT, merge).body
    assert said in body


@pytest.mark.parametrize(
    ("outcome", "goes_to", "said", "told"),
    [
        ("affirmed", "compliance", ("The court kept the order", "The terms of the order go on."), "stays as it is."),
        ("affirmed", "order_issued", ("The court kept the order", "Keep its terms and every due date."), "do not need"),
        ("dismissed", "order_issued", ("dismissed or withdrawn", "The order is in force."), "stays as it is."),
        ("reversed", "order_issued", ("Nothing of it is in force", "will close the matter"), "no longer in force."),
        ("remanded", "board_review", ("sent the matter back", "before the board again"), "look at its order again."),
        ("remanded", "prehearing", ("sent the matter back", "set a new hearing"), "There will be a new hearing."),
    ],
)
def test_what_a_court_decided_is_told_to_both_sides(outcome, goes_to, said, told):
    kind = KINDS["court_ruling"]
    merge = {key: VALUES[key] for key in kind.required} | {"outcome": outcome, "goes_to": goes_to}
    body = write(kind, Audience.RESPONDENT, merge).body
    assert [words for words in said if words not in body] == []
    assert told in write(kind, Audience.COMPLAINANT, {**merge, "respondent_name": "Pat Quill"}).body


@pytest.mark.parametrize(
    ("outcome", "said"),
    [
        ("continue", ("was heard on June 17, 2026", "It goes on as it is.")),
        ("modify", ("was heard on June 17, 2026", "it was changed.")),
        ("vacate", ("was heard on June 17, 2026", "no longer in force")),
        ("vacated", ("took back the emergency action", "no longer in force")),
        ("expired", ("Its last day was June 17, 2026", "no longer in force")),
    ],
)
def test_what_became_of_an_emergency_action_is_told_with_its_day(outcome, said):
    kind = KINDS["emergency_outcome"]
    body = write(kind, Audience.RESPONDENT, {key: VALUES[key] for key in kind.required} | {"outcome": outcome}).body
    assert [words for words in said if words not in body] == []


@pytest.mark.parametrize(
    ("before", "said"),
    [
        ("proposal", ("The proposed decision in docket", "adopt the proposed decision, change it, reject it")),
        ("default", ("no answer came in time", "treat the charges as true")),
        ("undisputed", ("no hearing is held", "whether the charges are proven")),
        ("petition", ("Your petition, docket number", "deny it, or send it for hearing first")),
        ("heard petition", ("The proposed decision on your petition", "deny it, or send it back for hearing")),
    ],
)
def test_what_is_before_the_board_is_told_with_what_it_can_do(before, said):
    merge = {"docket": "BHEC-2026-00012", "before": before.removeprefix("heard "), "heard": before.startswith("heard")}
    body = write(KINDS["board_agenda"], Audience.RESPONDENT, merge).body
    assert [words for words in said if words not in body] == []


@pytest.mark.parametrize(
    ("goes_to", "order", "said"),
    [
        ("intake_review", {}, ("decides whether it is investigated",)),
        ("investigating", {"order_stands": True}, ("goes on with its investigation", "until another order takes")),
        ("charges_filed", {}, ("are served on you anew",)),
        ("prehearing", {"set_aside": True, "overturned_on": date(2026, 6, 24)}, ("is set aside", "or for the board")),
        ("board_review", {"order_stands": True}, ("It stays in force until the board", "decide again on the record")),
        ("board_review", {"overturned_on": date(2026, 6, 24)}, ("overturned", "The court's ruling says whether")),
        ("order_issued", {"order_stands": True}, ("Keep its terms", "what is still to be done on the order")),
        ("order_issued", {"set_aside": True, "overturned_on": date(2026, 6, 24)}, ("is set aside", "close the matter")),
        ("compliance", {"order_stands": True}, ("Keep its terms", "goes on to monitor")),
    ],
)
def test_a_letter_of_reopening_says_what_becomes_of_the_order_and_how_it_goes_on(goes_to, order, said):
    merge = {"docket": "BHEC-2026-00012", "reopened_on": date(2026, 6, 23), "goes_to": goes_to, **order}
    body = write(KINDS["reopened"], Audience.RESPONDENT, merge).body
    assert [words for words in said if words not in body] == []
    assert ("The board's order" in body) == bool(order)


def test_a_masked_complainant_is_not_named():
    kind = KINDS["notice_to_licensee"]
    merge = {key: VALUES[key] for key in kind.required}
    assert "is not named in this letter" in write(kind, Audience.RESPONDENT, merge).body


def test_refuses_an_audience_the_letter_is_not_for():
    merge = {key: VALUES[key] for key in KINDS["charges"].required}
    with pytest.raises(ValueError, match="not for the complainant"):
        write(KINDS["charges"], Audience.COMPLAINANT, merge)


def test_refuses_values_the_letter_does_not_know():
    merge = {key: VALUES[key] for key in KINDS["charges"].required}
    with pytest.raises(ValueError, match="secret"):
        write(KINDS["charges"], Audience.RESPONDENT, {**merge, "secret": "x"})


@pytest.mark.parametrize("kind", [kind for kind in KINDS.values() if Audience.COMPLAINANT in kind.audiences])
def test_letters_to_complainants_use_short_words_and_sentences(kind):
    """Flesch-Kincaid grade of 8 or lower (Kincaid et al. 1975), counted on the text without headings and names."""
    merge = {key: VALUES[key] for key in kind.required} | {"outcome": "No action", "reason": "No law was broken"}
    merge = {key: value for key, value in merge.items() if key in kind.required}
    body = write(kind, Audience.COMPLAINANT, merge).body.replace(BOARD.name, "The board")
    blocks = [block.text for block in words.blocks(body) if block.form == "paragraph"]
    text = " ".join(block if block.endswith((".", ":")) else block + "." for block in blocks)
    text = re.sub(r"https?://\S+|\(512\) \S+|\S+@\S+", "here", text)
    sentences = [s for s in re.split(r"[.:?]\s", text + " ") if s.strip()]
    tokens = re.findall(r"[A-Za-z']+", text)
    syllables = sum(max(1, len(re.findall(r"[aeiouy]+", re.sub(r"e$", "", token.lower())))) for token in tokens)
    grade = 0.39 * len(tokens) / len(sentences) + 11.8 * syllables / len(tokens) - 15.59
    assert grade <= 8, f"{kind.code}: grade {grade:.1f}"


def test_a_body_is_cut_into_paragraphs_headings_and_items():
    assert words.blocks("One\ntwo\n\n## Head\n\n- a\n- b\n\nLast") == [
        words.Block("paragraph", "One two"),
        words.Block("heading", "Head"),
        words.Block("item", "a"),
        words.Block("item", "b"),
        words.Block("paragraph", "Last"),
    ]
