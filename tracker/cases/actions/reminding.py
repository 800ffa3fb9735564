"""Telling the people of a board what is due, late, to be reviewed or stuck. Mail to staff names dockets and no party.

These acts change no case, so they leave no entry in its ledger: what was told stands in `Reminder` rows, and a
reminder that is told is not told again.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from boards import queries as board_queries
from boards.models import Board
from tracker.access import gate
from tracker.access.models import Assignment, Membership, User
from tracker.access.policy import Permission, Role
from tracker.audit.actors import Actor
from tracker.cases import reminders
from tracker.cases.clocks import DeadlineKind
from tracker.cases.models import Reminder
from tracker.cases.queries import attention
from tracker.cases.queries.attention import Matter
from tracker.cases.queries.readers import RECORD_CLOCKS
from tracker.cases.reminders import Level, Overlaid


@dataclass(frozen=True)
class Reminded:
    """What was told at one board: each matter with its docket, and to how many people a mail goes."""

    board: str
    matters: tuple[tuple[str, str, str], ...]
    people: int


@transaction.atomic
def remind(board_id: UUID, *, actor: Actor, at: datetime) -> Reminded:
    """Tell the people of a board what needs attention and nobody was told of yet, one mail a person.

    What was told and the mails are written together, so that the act may die at any line and be done again. Ledger:
    none, since nothing happens on a case.
    """
    board = Board.objects.select_for_update(of=("self",)).select_related("jurisdiction").get(pk=board_id)
    matters = attention.untold(board, at=at)
    mails: dict[UUID, list[str]] = defaultdict(list)
    today = board_queries.local_day(board, at)
    recipients = _Recipients(board, today, matters, at)
    for matter in matters:
        row = Reminder.objects.create(
            board=board,
            case=matter.case,
            matter=matter.matter,
            level=matter.level,
            due_on=matter.due_on,
            told_at=at,
        )
        for person in recipients.of(matter):
            mails[person].append(str(row.pk))
    # The task imports this file, so it is found by its name; enqueued here, it is rolled back with the act.
    task = import_string("tracker.cases.tasks.mail_reminders")
    for person, rows in mails.items():
        task.enqueue(str(person), rows)
    told = tuple((matter.case.docket, matter.matter, matter.level) for matter in matters)
    return Reminded(board.short_code, told, len(mails))


class _Recipients:
    """The people of a board and of the cases at hand, read once."""

    def __init__(self, board: Board, today: date, matters: Sequence[Matter], at: datetime) -> None:
        self.at = at
        self.places: dict[tuple[UUID, str], list[UUID]] = defaultdict(list)
        held = Assignment.objects.filter(case__in=[matter.case for matter in matters], ended_at__isnull=True)
        for case_id, capacity, user_id in held.values_list("case_id", "capacity", "user_id"):
            self.places[case_id, capacity].append(user_id)
        self.roles: dict[str, list[UUID]] = defaultdict(list)
        staff = Membership.objects.filter(board=board, user__is_active=True, valid_from__lte=today)
        staff = staff.filter(Q(valid_until__isnull=True) | Q(valid_until__gte=today))
        for role, user_id in staff.order_by("user_id").values_list("role", "user_id"):
            self.roles[role].append(user_id)

    def of(self, matter: Matter) -> list[UUID]:
        """Who is told of a matter: only people who may know it."""
        who = reminders.WHO[matter.matter]
        people = [user for place in who.places for user in self.places.get((matter.case.pk, place), ())]
        people = people or [user for role in who.roles for user in self._holders(role)]
        people += [user for role in who.also for user in self._holders(role)]
        if matter.level == Level.ESCALATED:
            people += self._holders(reminders.ESCALATES_TO)
        return [user for user in dict.fromkeys(people) if self._may_know(user, matter)]

    def _holders(self, role: Role) -> list[UUID]:
        return self.roles.get(role, [])

    def _may_know(self, user: UUID, matter: Matter) -> bool:
        person = Actor.staff(user)
        if gate.can(person, Permission.CASE_VIEW, matter.case, at=self.at):
            return True
        is_of_record = matter.matter in (*RECORD_CLOCKS, Overlaid.RECORD)
        return is_of_record and gate.can(person, Permission.RECORD_VIEW, matter.case, at=self.at)


def send_reminders(user_id: UUID, reminder_ids: Sequence[UUID], *, actor: Actor, at: datetime) -> int:
    """Mail a person what was told in these rows. Returns how many matters the mail names; none to who left."""
    person = User.objects.filter(pk=user_id, is_active=True).first()
    rows = list(Reminder.objects.filter(pk__in=reminder_ids).select_related("case").order_by("due_on", "id"))
    if person is None or not rows:
        return 0
    lines = [_("%(docket)s: %(words)s") % {"docket": row.case.docket, "words": words_of(row)} for row in rows]
    subject = ngettext("%(n)d matter needs attention", "%(n)d matters need attention", len(rows)) % {"n": len(rows)}
    context = {"lines": lines, "home": f"{settings.SITE_URL}/desk/"}
    body = render_to_string("staff/reminder.txt", context).strip() + "\n"
    EmailMessage(subject=subject, body=body, to=[person.email], headers={"Auto-Submitted": "auto-generated"}).send()
    return len(rows)


def words_of(row: Reminder) -> str:
    """What a reminder says, in words that name nobody."""
    day = f"{row.due_on:%b} {row.due_on.day}, {row.due_on.year}"
    if row.matter in Overlaid.values:
        sentences = {
            Overlaid.HOLD: _("the hold is to be reviewed since %(day)s"),
            Overlaid.ABEYANCE: _("the abeyance is to be reviewed since %(day)s"),
            Overlaid.STUCK: _("nothing was done for long; something was expected by %(day)s"),
            Overlaid.RECORD: _(
                "the record of the hearing is still open; a proposed decision was expected by %(day)s, "
                "and the time for it only runs once the record is closed"
            ),
        }
        return sentences[Overlaid(row.matter)] % {"day": day}
    is_late = row.level in (Level.OVERDUE, Level.ESCALATED)
    sentence = _("%(what)s was due on %(day)s") if is_late else _("%(what)s is due on %(day)s")
    return sentence % {"what": DeadlineKind(row.matter).label, "day": day}
