"""The exact texts that a complainant agrees to. A text once shown is kept; a change gets a new version. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from boards.rules import RuleValue

PLAIN, OATH = "plain-1", "oath-1"
TEXTS: Mapping[str, Mapping[str, str]] = {
    PLAIN: {
        "en": (
            "What I have written is true as far as I know. I understand that the board may share this complaint "
            "with the person I named where its rules say so, that I am a witness and not a party, and that the board "
            "decides "
            "what happens next."
        )
    },
    OATH: {
        "en": (
            "I declare under penalty of perjury that what I have written is true and correct as far as I know. I "
            "understand that the board may share this complaint with the person I named where its rules say so, that I "
            "am a witness and not a party, and that the board decides what happens next."
        )
    },
}


@dataclass(frozen=True)
class AttestationText:
    """One text in one version and language."""

    version: str
    text: str


def text_for(rules: Mapping[str, RuleValue], language: str) -> AttestationText:
    """The text in force for a board: under oath where its rules require one."""
    version = OATH if rules["oath_required"].value else PLAIN
    return by_version(version, language)


def by_version(version: str, language: str) -> AttestationText:
    """A text that was shown, by its version. Raises KeyError for one that never existed."""
    texts = TEXTS[version]
    return AttestationText(version, texts.get(language, texts["en"]))
