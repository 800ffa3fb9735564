"""A finder that serves the part of the U.S. Web Design System our pages use.

The whole distribution takes a minute to collect; the style sheet, the scripts, the icon sprite and what the
style sheet refers to are about sixty files.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from posixpath import normpath

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.contrib.staticfiles.utils import matches_patterns
from django.core.files.storage import FileSystemStorage

PREFIX = "uswds/"
STYLE_SHEET = "css/uswds.min.css"
NAMED = (
    STYLE_SHEET,
    "css/uswds.min.css.map",
    "js/uswds.min.js",
    "js/uswds.min.js.map",
    "js/uswds-init.min.js",
    "js/uswds-init.min.js.map",
    "img/sprite.svg",
)
REFERENCE = re.compile(r"""url\(\s*["']?([^"')?#]+)""")


class UswdsFinder(BaseFinder):
    """Finds `uswds/…` under settings.USWDS_DIST, limited to the files named here or by the style sheet."""

    def __init__(self, app_names=None, *args, **kwargs):
        self.storage = FileSystemStorage(location=settings.USWDS_DIST)
        self.storage.prefix = PREFIX.rstrip("/")
        self._paths = None
        super().__init__(*args, **kwargs)

    def check(self, **kwargs):
        """Nothing: a missing distribution is told by the check recourse.E007."""
        return []

    def paths(self) -> list[str]:
        """Paths below the distribution that are served, sorted; empty when it is not installed."""
        if self._paths is None:
            dist = Path(settings.USWDS_DIST)
            wanted = {*NAMED, *_referred(dist)}
            self._paths = sorted(path for path in wanted if (dist / path).is_file())
        return self._paths

    def find(self, path, find_all=False, **kwargs):
        """Where the file served as `path` lies; a list of such places with `find_all`."""
        name = path.removeprefix(PREFIX)
        if not path.startswith(PREFIX) or name not in self.paths():
            return []
        place = self.storage.path(name)
        return [place] if find_all or kwargs.get("all") else place

    def list(self, ignore_patterns) -> Iterator[tuple[str, FileSystemStorage]]:
        """Every served path with its storage, for collectstatic."""
        for path in self.paths():
            if not matches_patterns(path, ignore_patterns):
                yield path, self.storage


def _referred(dist: Path) -> set[str]:
    sheet = dist / STYLE_SHEET
    if not sheet.is_file():
        return set()
    targets = REFERENCE.findall(sheet.read_text(encoding="utf-8"))
    return {normpath(f"css/{target}") for target in targets if not target.startswith("data:")}
