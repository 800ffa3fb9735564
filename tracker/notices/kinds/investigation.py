"""Letters from filing to the end of the investigation."""

from django.utils.translation import gettext_lazy as _

from tracker.notices.kinds.shape import Audience, NoticeKind, Standing

_C, _R = Audience.COMPLAINANT, Audience.RESPONDENT

LETTERS: tuple[NoticeKind, ...] = (
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
)
