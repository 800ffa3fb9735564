"""What a letter is: its words' template, to whom it speaks, how it reaches them."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from django.utils.functional import Promise


class Audience(StrEnum):
    """To whom a letter speaks. Counsel and representatives get the letter of the person they stand for."""

    COMPLAINANT = "complainant"
    RESPONDENT = "respondent"


class Standing(StrEnum):
    """Whether the law demands the letter (its service is proved) or the office sends it to keep people
    informed.
    """

    STATUTORY = "statutory"
    COURTESY = "courtesy"


class Method(StrEnum):
    """How a letter reaches a recipient."""

    EMAIL = "email"
    MAIL = "mail"
    PORTAL = "portal"


class Addressed(Protocol):
    """Whatever has addresses: a `Recipient` told by an act, or its frozen row."""

    @property
    def email(self) -> str: ...
    @property
    def postal(self) -> str: ...


@dataclass(frozen=True)
class Recipient:
    """One person a letter goes to, as told by the act that queues it.

    `participant_id` is the soft reference kept in the ledger; `on_behalf` says the person stands for the
    addressee (counsel, representative). `email_verified` is true only where the board has proof that the
    address is theirs.
    """

    participant_id: UUID | str
    name: str
    email: str = ""
    postal: str = ""
    email_verified: bool = False
    on_behalf: bool = False


@dataclass(frozen=True)
class NoticeKind:
    """One row of the table: a letter and what it needs. `version` counts changes of its words."""

    code: str
    title: Promise
    audiences: tuple[Audience, ...]
    standing: Standing
    required: tuple[str, ...]
    optional: tuple[str, ...] = ()
    version: int = 1

    def template(self, audience: Audience) -> str:
        """Template path of the letter's words for one audience."""
        return f"notices/{self.code}_{audience.value}.txt"
