"""Walks that once found a fault, by board, seed and number of turns: they are taken again for ever."""

KEPT: tuple[tuple[str, int, int], ...] = ()
