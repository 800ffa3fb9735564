"""Whether anything at all was written: the rows of every table of the product, counted or read one by one."""

from functools import cache
from typing import Any

from django.apps import apps
from django.db import connection

from tests.factories import rows
from tracker.cases.models import Case

# What a walk does not touch and what a refusal may: counts of attempts.
_LEFT_OUT = {"ratecount", "dailysalt", "npdbcode", "jurisdiction"}


def taken(*, whole: bool = False) -> tuple[Any, ...]:
    """Counts of all tables in one query, and the state of every case; with `whole` every row of every table too.

    The boards' own tables are counted only: no act on a case has them at hand.
    """
    sums = ", ".join(f"(SELECT COUNT(*) FROM {connection.ops.quote_name(table)})" for table in _tables())  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {sums}")  # noqa: S608 - names of our own tables
        counts = cursor.fetchone()
    cases = Case.objects.order_by("pk").values_list("pk", "version", "status", "next_due_on")
    return (*counts, *cases, rows.read(_kept_by_acts()) if whole else {})


def difference(before: tuple[Any, ...], after: tuple[Any, ...]) -> list[str]:
    """In which tables two of them differ, with the rows as they are afterwards; empty where they are the same."""
    if before == after:
        return []
    changes = rows.difference(before[-1], after[-1])
    return [f"{one.table.name}: {[*one.gone, *one.different, *one.new]}" for one in changes] or ["some row"]


@cache
def _tables() -> tuple[str, ...]:
    ours = [model for model in apps.get_models() if model._meta.app_label in ("tracker", "boards")]
    return tuple(model._meta.db_table for model in ours if model._meta.model_name not in _LEFT_OUT)


@cache
def _kept_by_acts() -> tuple[str, ...]:
    ours = apps.get_app_config("tracker").get_models(include_auto_created=True)
    return tuple(sorted(model._meta.db_table for model in ours if model._meta.model_name not in _LEFT_OUT))
