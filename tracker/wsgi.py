"""The web application as a server calls it. An unsafe installation is refused before the first request."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")

application = get_wsgi_application()

from tracker import checks  # noqa: E402 - it imports models, which exist only once Django is set up

checks.refuse_unsafe_start()
