"""The sanctions of a proposal are kept in plain values and come back as they were."""

import json
from dataclasses import dataclass, replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from tracker.cases import proposed


@dataclass(frozen=True)
class Row:
    """A sanction as the database holds it."""

    code: str
    terms: str
    days: int | None
    amount_cents: int | None
    is_stayed: bool
    is_term: bool
    due_on: date | None


ROWS = st.lists(
    st.builds(
        Row,
        code=st.sampled_from(["PROBATION", "REPRIMAND"]),
        terms=st.text(max_size=20),
        days=st.none() | st.integers(0, 9999),
        amount_cents=st.none() | st.integers(0, 10**9),
        is_stayed=st.booleans(),
        is_term=st.booleans(),
        due_on=st.none() | st.dates(),
    ),
    max_size=4,
)


@given(ROWS)
def test_what_is_kept_comes_back_numbered(rows: list[Row]) -> None:
    kept = json.loads(json.dumps(proposed.told(rows)))
    back = proposed.restored(kept)
    assert [one.pop("number") for one in back] == list(range(1, len(rows) + 1))
    assert [Row(**one) for one in back] == rows
    assert proposed.codes(kept) == tuple(row.code for row in rows)


@given(ROWS, st.randoms())
def test_the_order_of_sanctions_is_no_change_and_everything_else_is(rows: list[Row], dice: object) -> None:
    # PostgreSQL gives keys back in an order of its own.
    kept = [dict(sorted(row.items(), key=lambda pair: len(pair[0]))) for row in proposed.told(rows)]
    mixed = [*rows]
    dice.shuffle(mixed)
    assert proposed.is_kept(mixed, kept)
    assert not proposed.is_kept([*rows, *rows[:1]], kept) or not rows
    for place, row in enumerate(rows):
        assert not proposed.is_kept([*rows[:place], replace(row, terms=row.terms + "x"), *rows[place + 1 :]], kept)
