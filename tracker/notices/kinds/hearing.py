"""Letters from the charges to the board."""

from django.utils.translation import gettext_lazy as _

from tracker.notices.kinds.shape import Audience, NoticeKind, Standing

_C, _R = Audience.COMPLAINANT, Audience.RESPONDENT

LETTERS: tuple[NoticeKind, ...] = (
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
    # answered_on: date on which the answer came; notice_days: number of calendar days ahead, unless notice is waived
    NoticeKind(
        "scheduling",
        _("A hearing will be set"),
        (_R,),
        Standing.STATUTORY,
        ("docket", "answered_on"),
        ("notice_days",),
    ),
    # hearing_off: true where a hearing that was set does not take place
    NoticeKind(
        "settlement_agenda",
        _("Your settlement is before the board"),
        (_R,),
        Standing.STATUTORY,
        ("docket",),
        ("hearing_off",),
    ),
    # goes_to: status at which the case goes on; reply_by: date, where the time to answer or for exceptions runs anew
    NoticeKind(
        "settlement_rejected",
        _("The board did not accept the settlement"),
        (_R,),
        Standing.STATUTORY,
        ("docket", "reasons", "goes_to"),
        ("reply_by",),
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
    # hearing_at: aware date-time of the hearing that was set; what takes its place is not told to a witness
    NoticeKind(
        "hearing_vacated",
        _("The hearing does not take place"),
        (_C,),
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
    # before: what the board has before it, as its code; heard: true where a decision was proposed after a hearing;
    # act_by: last date for it; by_time: true where a proposal is adopted when that day passes; may_speak: true for who
    # asked to speak to the board; all to the respondent only
    NoticeKind(
        "board_agenda",
        _("The matter is before the board"),
        (_R, _C),
        Standing.STATUTORY,
        ("docket",),
        ("before", "heard", "act_by", "by_time", "may_speak", "respondent_name"),
    ),
)
