"""What every page may say about the site itself."""

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from tracker.access import gate
from tracker.access.policy import Permission

THEMES = ("light", "dark")


def site(request: HttpRequest) -> dict[str, object]:
    """The name of the product, the chosen colors, where "Leave this page" leads, and whether this is a demo."""
    theme = request.COOKIES.get("theme", "")
    return {
        "site": {
            "name": "Recourse",
            "theme": theme if theme in THEMES else "",
            "leave_url": settings.SAFE_EXIT_URL,
            "demo": settings.DEMO,
            "demo_words": _("Demonstration. Boards are real, people and cases are invented."),
        },
        "may_administer": SimpleLazyObject(lambda: _may_administer(request)),
    }


def _may_administer(request: HttpRequest) -> bool:
    """Whether the person signed in may open the admin site; asked only by pages that show its link."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return False
    return bool(gate.board_ids(user.pk, Permission.ADMIN_READ, on=timezone.now().date()))
