"""Letters on orders and on what follows them."""

from django.utils.translation import gettext_lazy as _

from tracker.notices.kinds.shape import Audience, NoticeKind, Standing

_C, _R = Audience.COMPLAINANT, Audience.RESPONDENT

LETTERS: tuple[NoticeKind, ...] = (
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
    # why: the director's words for the respondent; goes_to: status at which the case goes on; overturned_on: date on
    # which a court overturned the order; set_aside: true where nothing of it is in force any more; order_stands: true
    # where it binds on; the complainant learns of none of them
    NoticeKind(
        "reopened",
        _("The board opened this matter again"),
        (_R, _C),
        Standing.STATUTORY,
        ("docket", "reopened_on"),
        ("why", "goes_to", "overturned_on", "set_aside", "order_stands", "respondent_name"),
    ),
    # kind: what is asked for, in words; other: docket of the order; the letter goes to who filed the petition
    NoticeKind(
        "petition_received",
        _("We received your petition"),
        (_R,),
        Standing.STATUTORY,
        ("docket", "kind", "filed_on", "other"),
    ),
)
