"""The first administrators of an installation, made from its command line."""

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from boards import queries as board_queries
from tracker.access import holding
from tracker.access import queries as people
from tracker.access.policy import Role
from tracker.directory import actions
from tracker.errors import ActionRefused
from tracker.web.admin import passwords


@transaction.atomic
def add_administrator(email: str, name: str, slugs: Sequence[str]) -> tuple[list[str], str]:
    """Make a person administrator of boards. Returns what was done, line by line, and the path to set a password.

    A person who is known already keeps their name and password, and gets the roles that are missing: so a lost link
    can be made again. Refused: an unknown board, whatever the directory's acts refuse.
    """
    found = {slug: board_queries.board_by_slug(slug) for slug in dict.fromkeys(slugs)}
    unknown = [slug for slug, board in found.items() if board is None]
    if unknown:
        raise ActionRefused([_("There is no board %(slug)s.") % {"slug": slug} for slug in unknown])
    told = {"actor": passwords.SET_UP, "at": timezone.now()}
    person, lines = people.person_by_email(email), []
    if person is None:
        person = actions.create_user(email=email, full_name=name, **told)
        lines.append(_("Added %(name)s, %(email)s.") % {"name": person.full_name, "email": person.email})
    today = told["at"].date()
    for board in found.values():
        words = {"board": board.name}
        if any(held.role == Role.ADMINISTRATOR for held in holding.held_roles(person.pk, today, board.pk)):
            lines.append(_("Is administrator of %(board)s already.") % words)
            continue
        actions.grant_role(person.pk, board_id=board.pk, role=Role.ADMINISTRATOR, valid_from=today, **told)
        lines.append(_("Is administrator of %(board)s.") % words)
    actions.offer_password(person.pk, **told)
    lines.append(_("To set a password, open this address. It works once, for three days:"))
    return lines, passwords.path_for(person)
