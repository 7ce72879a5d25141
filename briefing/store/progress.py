"""How far a long reading is, told to whoever shows it."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[int, int], None]
"""Told how many files of how many are read."""


def unseen(_done: int, _of: int) -> None:
    """Show nothing."""
