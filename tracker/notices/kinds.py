"""Every letter the office sends: its words' template, who receives it, and which values its words need.

`queue` refuses a letter whose required merge values are not all there. Values are plain: text, dates, aware
date-times, numbers, or lists of text. Values every letter has (board, letter date, recipients' names) are
added by this room.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


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


_C, _R = Audience.COMPLAINANT, Audience.RESPONDENT

# One row per letter: code, title, audiences, standing, required values, optional values.
KINDS: dict[str, NoticeKind] = {
    kind.code: kind
    for kind in (
        # files: list of "name, sha256" texts
        NoticeKind(
            "receipt", _("Receipt for your complaint"), (_C,), Standing.COURTESY, ("docket", "received_on"), ("files",)
        ),
        # decide_by: date of the board's goal, if it has one
        NoticeKind(
            "acknowledgement",
            _("We received your complaint"),
            (_C,),
            Standing.STATUTORY,
            ("docket", "received_on", "respondent_name"),
            ("decide_by",),
        ),
        # items: list of texts, what is missing
        NoticeKind(
            "request_for_information",
            _("We need more information"),
            (_C,),
            Standing.STATUTORY,
            ("docket", "items", "due_on"),
        ),
        # target_on: date of the board's goal, if it has one
        NoticeKind(
            "opening",
            _("Your complaint is being investigated"),
            (_C,),
            Standing.STATUTORY,
            ("docket", "respondent_name", "opened_on"),
            ("target_on",),
        ),
        # allegations: list of texts; complainant: the name, or "" where the board masks it
        NoticeKind(
            "notice_to_licensee",
            _("Notice of a complaint and request for your response"),
            (_R,),
            Standing.STATUTORY,
            ("docket", "allegations", "response_due_on"),
            ("complainant", "copy_enclosed"),
        ),
        # outcome: the disposition in plain words; reason: text; avenues: list of texts, who else can help;
        # respondent_name is used in the complainant's letter only
        NoticeKind(
            "closing",
            _("The board closed this matter"),
            (_C, _R),
            Standing.STATUTORY,
            ("docket", "outcome", "reason", "closed_on"),
            ("avenues", "respondent_name"),
        ),
        # counts: list of texts with citation; asks_election: true where the answer names one of three ways to go on;
        # order_docket: of the order that was not kept, where the charges are a petition on it
        NoticeKind(
            "charges",
            _("Statement of charges"),
            (_R,),
            Standing.STATUTORY,
            ("docket", "counts", "answer_due_on"),
            ("public_from", "asks_election", "order_docket"),
            version=2,
        ),
        # served_on: date of the proven service of the charges
        NoticeKind(
            "default",
            _("You did not answer the charges"),
            (_R,),
            Standing.STATUTORY,
            ("docket", "entered_on", "served_on"),
        ),
        # goes_to: status at which the case goes on; answer_due_on: date, where the time to answer runs anew
        NoticeKind(
            "settlement_rejected",
            _("The board did not accept the settlement"),
            (_R,),
            Standing.STATUTORY,
            ("docket", "reasons", "goes_to"),
            ("answer_due_on",),
        ),
        # hearing_at: aware date-time; place: text; the complainant's letter is to a witness, not a party
        NoticeKind(
            "notice_of_hearing",
            _("Notice of hearing"),
            (_R, _C),
            Standing.STATUTORY,
            ("docket", "hearing_at", "place"),
            ("presiding_officer", "respondent_name"),
        ),
        # hearing_at: aware date-time of the hearing that does not take place
        NoticeKind(
            "continuance",
            _("The hearing is postponed"),
            (_R, _C),
            Standing.STATUTORY,
            ("docket", "hearing_at"),
            ("respondent_name",),
        ),
        # reasons are in the respondent's letter only: the complainant is no party
        NoticeKind(
            "remand",
            _("The board sent the matter back for hearing"),
            (_R, _C),
            Standing.STATUTORY,
            ("docket",),
            ("reasons", "respondent_name"),
        ),
        # decision: the words of the proposal; exceptions_by: date, unless waived; both to the respondent only
        NoticeKind(
            "proposed_decision",
            _("Proposed decision"),
            (_R, _C),
            Standing.STATUTORY,
            ("docket", "filed_on"),
            ("decision", "exceptions_by", "respondent_name"),
        ),
        # basis: how the board came to it; sanctions: list of texts; appeal_by: last date to ask a court for review
        NoticeKind(
            "order",
            _("Order of the board"),
            (_R, _C),
            Standing.STATUTORY,
            ("docket", "outcome", "effective_on"),
            ("basis", "sanctions", "reconsider_by", "appeal_by", "respondent_name"),
            version=2,
        ),
        # appeal_by: last date to ask a court for review, which runs anew
        NoticeKind(
            "reconsideration_denied",
            _("The board's order stands"),
            (_R,),
            Standing.STATUTORY,
            ("docket", "reasons"),
            ("appeal_by",),
        ),
        NoticeKind(
            "reconsideration_granted",
            _("The board looks at its order again"),
            (_R, _C),
            Standing.STATUTORY,
            ("docket",),
            ("reasons", "respondent_name"),
        ),
        # outcome: a court's, as its code; goes_to: status at which the case goes on
        NoticeKind(
            "court_ruling",
            _("A court decided about the order"),
            (_R, _C),
            Standing.STATUTORY,
            ("docket", "court", "outcome", "decided_on", "goes_to"),
            ("respondent_name",),
        ),
        # kind: what is asked for, in words; other: docket of the order; the letter goes to who filed the petition
        NoticeKind(
            "petition_received",
            _("We received your petition"),
            (_R,),
            Standing.STATUTORY,
            ("docket", "kind", "filed_on", "other"),
        ),
        # action: what was done; finding: the written finding; agreed: true for an agreement that the respondent signed
        NoticeKind(
            "emergency_action",
            _("Emergency action"),
            (_R,),
            Standing.STATUTORY,
            ("docket", "action", "finding", "effective_on"),
            ("hearing_by", "expires_on", "agreed"),
        ),
        # outcome: the code of what its hearing led to or of how it ended; last_on: its last day, where one is set
        NoticeKind(
            "emergency_outcome",
            _("What became of the emergency action"),
            (_R,),
            Standing.STATUTORY,
            ("docket", "action", "outcome", "decided_on", "reason"),
            ("last_on",),
        ),
        # decider: name of who heard it; said: what was said, in words
        NoticeKind(
            "ex_parte",
            _("Disclosure of a contact outside the record"),
            (_R,),
            Standing.STATUTORY,
            ("docket", "contact_on", "decider", "by_whom", "said"),
        ),
        # answer: the board's own words; can_end: true where the board's rule lets the case end
        NoticeKind(
            "withdrawal_answer",
            _("About your wish to withdraw"),
            (_C,),
            Standing.STATUTORY,
            ("docket", "answer"),
            ("can_end",),
        ),
    )
}


def methods_for(kind: NoticeKind, audience: Audience, recipient: Addressed) -> tuple[Method, ...]:
    """The ways one recipient gets one letter.

    A complainant reads letters on the tracking page, so paper is sent to them only where no e-mail can tell
    them that one waits. A respondent has no tracking page: paper is the service, e-mail a warning that it is
    on its way.
    """
    if audience is Audience.COMPLAINANT:
        if recipient.email:
            return (Method.PORTAL, Method.EMAIL)
        return (Method.PORTAL, Method.MAIL) if recipient.postal else (Method.PORTAL,)
    if not recipient.email:
        return (Method.MAIL,)
    return (Method.EMAIL, Method.MAIL) if kind.standing is Standing.STATUTORY else (Method.EMAIL,)
