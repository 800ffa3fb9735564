"""Django looks for the admin site here."""

import tracker.web.admin  # noqa: F401 - loading it registers the tables
