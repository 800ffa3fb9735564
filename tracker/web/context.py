"""What every page may say about the site itself."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _

THEMES = ("light", "dark")


def site(request: HttpRequest) -> dict[str, dict[str, object]]:
    """The name of the product, the chosen colors, where "Leave this page" leads, and whether this is a demo."""
    theme = request.COOKIES.get("theme", "")
    return {
        "site": {
            "name": "Recourse",
            "theme": theme if theme in THEMES else "",
            "leave_url": settings.SAFE_EXIT_URL,
            "demo": settings.DEMO,
            "demo_words": _("Demonstration. Boards are real, people and cases are invented."),
        }
    }
