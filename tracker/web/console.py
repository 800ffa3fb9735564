"""The command line as a door: who acts, which case, and refusals as sentences with exit code 1."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from tracker.access import gate
from tracker.access import queries as people
from tracker.audit.actors import Actor
from tracker.cases.models import Case
from tracker.cases.queries import lookups
from tracker.errors import ActionRefused, IntegrityBroken, NotPermitted, OutOfScope


class Refused(CommandError):
    """What a command was refused, in whole sentences: Django prints the class's name before them."""


COMMAND = Actor.system("command")


def staff_actor(email: str) -> Actor:
    """The person with this e-mail address, as actor."""
    user = people.person_by_email(email)
    if user is None:
        raise Refused(_("Nobody with the e-mail address %(email)s can sign in.") % {"email": email})
    return Actor.staff(user.pk)


def find_case(docket: str) -> Case:
    """The case of a docket."""
    case = lookups.by_docket(docket)
    if case is None:
        raise Refused(no_such_case(docket))
    return case


def no_such_case(docket: str) -> str:
    """The same words for a case that is not there and one that the actor may not see."""
    return _("There is no case %(docket)s for this person.") % {"docket": docket}


def must_see(actor: Actor, case: Case, *, at: datetime) -> None:
    """Raise OutOfScope unless the actor sees the case, before anything else about it is said."""
    if not gate.sees(actor, case, at=at):
        raise OutOfScope


@contextmanager
def refusals(docket: str = "") -> Iterator[None]:
    """Turn refusals into one sentence a line and exit code 1. Nothing was written."""
    try:
        yield
    except ActionRefused as refusal:
        raise Refused("\n".join([*refusal.reasons, _("Nothing was changed.")])) from refusal
    except NotPermitted as refusal:
        raise Refused(f"{refusal.who_may} {_('Nothing was changed.')}") from refusal
    except OutOfScope as refusal:
        raise Refused(no_such_case(docket)) from refusal
    except IntegrityBroken as fault:
        raise Refused(str(fault)) from fault
