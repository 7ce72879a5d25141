"""A cell with those who were met → one counterpart or several; where that is not certain, one, in its own words."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from briefing.spelling import fold_name

_LONG = 120
"""Signs of the longest name of one organisation; longer words are a description."""
_SEPARATORS = tuple(map(re.compile, (r",\s*(?:and\s+)?|\s+and\s+|\s*&\s*", r",\s*(?:and\s+)?", r"/")))
_LIST = re.compile(r"[,;:/&\n]| and ")
_LEAD = re.compile(r"^(?:and|&)\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Met:
    """Organisations by name, and others in the words as written."""

    bodies: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def met(cell: str, known: Collection[str]) -> Met:
    """Return who a cell names. `known` are names, folded, that stand alone elsewhere, or on the register.

    Semicolons and lines set names apart. Commas, slashes and “and” do only where each part is a known
    name: names have them too.
    """
    whole = " ".join(cell.split()).strip(" ,;.")
    if not whole:
        return Met()
    if fold_name(whole) in known:
        return Met((whole,))
    parts = [part for line in cell.split("\n") for part in line.split(";")]
    pieces = [piece for part in parts if (piece := _LEAD.sub("", part.strip(" ,;.").strip()).strip())]
    if len(pieces) > 1 and ":" not in pieces[0] and (";" in cell or all(_is_one(piece, known) for piece in pieces)):
        several = [_one(piece, known) for piece in pieces]
        return Met(tuple(dict.fromkeys(name for one in several for name in one.bodies)),
                   tuple(dict.fromkeys(words for one in several for words in one.words)))  # fmt: skip
    return _one(whole, known)


def _one(text: str, known: Collection[str]) -> Met:
    for separator in _SEPARATORS:
        names = [part.strip() for part in separator.split(text) if part.strip()]
        if len(names) > 1 and all(fold_name(name) in known for name in names):
            return Met(tuple(dict.fromkeys(names)), notes=(f"{len(names)} known names",))
    if _is_one(text, known):
        return Met((text,))
    return Met(words=(text,), notes=("who they are is not certain: in the words as written",))


def _is_one(text: str, known: Collection[str]) -> bool:
    """Tell whether words are one name: without commas, colons and lines, and not too long for one."""
    return fold_name(text) in known or not (re.search(r"[,:\n]", text) or len(text) > _LONG)


def alone(cells: Collection[str]) -> frozenset[str]:
    """Return the names, folded, that fill a cell of their own: what a list in another cell may be made of."""
    words = {cell.strip(" ,;.\n") for cell in cells}
    return frozenset(fold_name(one) for one in words if one and not _LIST.search(one) and len(one) <= _LONG)
