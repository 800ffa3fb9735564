"""The exact texts that a complainant agrees to."""

import hashlib

import pytest

from boards import rules
from boards.rules import RuleValue
from tracker.cases import attestation

IN_FORCE = {"oath_required": rules.default_value("oath_required")}
UNDER_OATH = {"oath_required": RuleValue("oath_required", True)}


def test_the_rule_chooses_the_text() -> None:
    assert attestation.text_for(IN_FORCE, "en").version == "plain-1"
    sworn = attestation.text_for(UNDER_OATH, "en")
    assert sworn.version == "oath-1"
    assert sworn.text.startswith("I declare under penalty of perjury")


@pytest.mark.parametrize(("version", "digest"), [("plain-1", "0318ef08"), ("oath-1", "5a096c37")])
def test_a_text_once_shown_never_changes(version: str, digest: str) -> None:
    """A change of one letter needs a new version: what people agreed to must be found again."""
    text = attestation.by_version(version, "en").text
    assert hashlib.sha256(text.encode()).hexdigest()[:8] == digest


def test_a_language_without_a_text_gets_the_english_one() -> None:
    assert attestation.by_version("plain-1", "xx") == attestation.by_version("plain-1", "en")
    assert "  " not in attestation.by_version("plain-1", "en").text


def test_a_version_that_never_was_is_an_error() -> None:
    with pytest.raises(KeyError):
        attestation.by_version("plain-0", "en")
