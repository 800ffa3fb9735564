"""A row of one table with the values of a row of another, column by name. Pure."""

from collections.abc import Collection
from typing import Any


def values(row: Any, *, but: Collection[str] = ()) -> dict[str, Any]:
    """The columns of a row for a copy of it: by column name, without its key and the fields named in `but`.

    A foreign key is given by the column that holds it (`board_id`), and left out by the name of its field (`board`).
    """
    fields = (field for field in row._meta.concrete_fields if not field.primary_key and field.name not in but)
    return {field.attname: getattr(row, field.attname) for field in fields}
