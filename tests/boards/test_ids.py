"""Ids made from keys are the same everywhere and differ between kinds."""

from boards import ids


def test_the_same_key_gives_the_same_id_and_another_kind_another():
    assert str(ids.of("board", "tx-bhec")) == "7cf580dc-fd28-524d-ac4c-4882923ed6a4"
    assert ids.of("ground", "tx-bhec") != ids.of("board", "tx-bhec")
    assert ids.of("npdb", "basis", "01") != ids.of("npdb", "action", "01")
