"""Every letter the office sends: its words' template, who receives it, and which values its words need.

`queue` refuses a letter whose required merge values are not all there. Values are plain: text, dates, aware
date-times, numbers, or lists of text. Values every letter has (board, letter date, recipients' names) are
added by this room.
"""

from tracker.notices.kinds import beside, disposition, hearing, investigation
from tracker.notices.kinds.shape import Addressed, Audience, Method, NoticeKind, Recipient, Standing

__all__ = [
    "KINDS",
    "Addressed",
    "Audience",
    "Method",
    "NoticeKind",
    "Recipient",
    "Standing",
    "methods_for",
]
# By code: title, audiences, standing, required values, optional values.
KINDS: dict[str, NoticeKind] = {
    kind.code: kind for kind in (*investigation.LETTERS, *hearing.LETTERS, *disposition.LETTERS, *beside.LETTERS)
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
