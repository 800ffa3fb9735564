"""Letters that belong to no stage: emergency action, contacts outside the record, withdrawal."""

from django.utils.translation import gettext_lazy as _

from tracker.notices.kinds.shape import Audience, NoticeKind, Standing

_C, _R = Audience.COMPLAINANT, Audience.RESPONDENT

LETTERS: tuple[NoticeKind, ...] = (
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
