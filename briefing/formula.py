"""Texts that a spreadsheet would take for a formula: an apostrophe goes before them, and comes away again."""

from __future__ import annotations

import re

_WOULD_BE_ONE = re.compile(r"'*\s*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]")
"""Apostrophes before such a sign count too: else one that is taken away might have been of the text."""


def disarmed(text: str) -> str:
    """Return a text as it may stand in a cell of a CSV file, which no spreadsheet computes."""
    return f"'{text}" if _WOULD_BE_ONE.match(text) else text


def armed(cell: str) -> str:
    """Return the text of a cell that was disarmed; any other cell as it is."""
    return cell[1:] if cell.startswith("'") and _WOULD_BE_ONE.match(cell[1:]) else cell
