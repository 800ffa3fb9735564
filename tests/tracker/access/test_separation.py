"""Which functions stay apart."""

import pytest

from tracker.access import separation
from tracker.access.policy import Capacity

APART = {
    ("panel", "investigator"),
    ("panel", "prosecutor"),
    ("adviser", "prosecutor"),
    ("adviser", "investigator"),
    ("adviser", "liaison"),
    *(("presiding", other.value) for other in Capacity if other is not Capacity.PRESIDING),
}


@pytest.mark.parametrize("one", list(Capacity))
@pytest.mark.parametrize("other", list(Capacity))
def test_each_pair_is_apart_both_ways_or_not_at_all(one: Capacity, other: Capacity) -> None:
    expected = (one.value, other.value) in APART or (other.value, one.value) in APART
    assert (other in separation.apart(one)) is expected


def test_who_took_part_before_does_not_vote_on_the_order() -> None:
    assert set(separation.OFF_THE_ORDER) == {
        Capacity.PANEL, Capacity.INVESTIGATOR, Capacity.PROSECUTOR, Capacity.LIAISON, Capacity.PRESIDING,
    }  # fmt: skip
