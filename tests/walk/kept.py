"""Walks that once found a fault: they are taken again for ever. Board, seed, turns, and the goal they began with."""

from tests.walk.goals import Goal

KEPT: tuple[tuple[str, int, int, Goal], ...] = ()
