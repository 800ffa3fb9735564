"""The file that says at which boards the demo plays, who else works there, and which stories it tells.

`boards` maps a slug to what its stories need: the profession of its licensees, a provision that counts cite, where
hearings are held, and the court that reviews its orders. `staff` are people of one board each, `deputies` who stands
in for whom from the day the demo is made, `stories` the rows of `stories.Story`.
"""

import json
from functools import cache
from typing import Any

from django.conf import settings


@cache
def read() -> dict[str, Any]:
    """The whole file as it stands."""
    found: dict[str, Any] = json.loads((settings.BASE_DIR / "fixtures" / "demo.json").read_text(encoding="utf-8"))
    return found


def boards() -> dict[str, dict[str, str]]:
    """The demo's boards by slug, in their order."""
    found: dict[str, dict[str, str]] = read()["boards"]
    return found
