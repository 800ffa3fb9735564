"""`/healthz`: whether the database and the evidence storage answer, for a supervisor or a load balancer."""

import logging
import os

from django.core.files.storage import storages
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

logger = logging.getLogger("tracker.health")


@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """200 when the database and the vault answer, else 503; the body says which of them does not."""
    states = {"database": database_answers(), "storage": storage_answers()}
    body = {name: "ok" if fine else "unavailable" for name, fine in states.items()}
    return JsonResponse(body, status=200 if all(states.values()) else 503)


def database_answers() -> bool:
    """Whether the default database runs a query."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            return cursor.fetchone() == (1,)
    except DatabaseError as error:
        logger.error("The database does not answer: %s", type(error).__name__)
        return False


def storage_answers() -> bool:
    """Whether the vault tells if a file is there and, where it is a folder, can be written to."""
    try:
        vault = storages["vault"]
        vault.exists("healthz")
        folder = getattr(vault, "base_location", None)
    except Exception as error:  # noqa: BLE001 - each storage has errors of its own, and each means "no answer"
        logger.error("The evidence storage does not answer: %s", type(error).__name__)
        return False
    return folder is None or (os.path.isdir(folder) and os.access(folder, os.W_OK | os.X_OK))
