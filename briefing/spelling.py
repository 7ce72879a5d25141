"""How what is typed is looked up: a name, whatever its case, dashes and full stops; the digits of a digest."""

from __future__ import annotations


def fold_name(name: str) -> str:
    """Return a name as it is looked up: lower case, single spaces, no full stops, one kind of dash and apostrophe."""
    one_kind = name.replace(".", "") if name.isascii() else name.translate(_ONE_KIND)
    return " ".join(one_kind.casefold().split())


_ONE_KIND = str.maketrans({"–": "-", "‑": "-", "’": "'", ".": None, "\u00a0": " "})

ALIKE = 80
"""The likeness of two names, in 100, from which they are said to be alike."""

SMALL = frozenset(["of", "the", "and", "for", "in", "on", "to", "&"])
"""Words of a name that do not tell it from another."""

SHORTEST = 8
"""Digits of a digest that do on the command line."""


def is_digest(folded: str) -> bool:
    """Tell whether a reference, in small letters, may be the digits of a digest."""
    return len(folded) >= SHORTEST and all(c in "0123456789abcdef" for c in folded)
