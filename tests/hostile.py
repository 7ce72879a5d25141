"""Input made to break programs: from the folder of shared data where it lies beside the checkout, and some of our own."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path

FOLDER = Path(__file__).parents[1].parent / "shared" / "data" / "hostile"

OWN = (
    "'; DROP TABLE events; --",
    "<script>alert(1)</script> &amp; {{ 7 * 7 }} {% raw %}",
    "../../etc/passwd",
    "\u202ereversed\u202c",
    "Z\u0351\u036b\u0343a\u0329l",
    "\x00\x01\x7f\x85",
    "\ufeff\ufffe\uffff",
    "👩‍👩‍👧‍👦 🏳️‍🌈",
    "ﷺ",
    "x" * 10_000,
    "line\n\u0303",
)


def _stored(text: str) -> str:
    """Return a text as a reader of drafts hands it on: lone surrogates gone, in normal form C."""
    return unicodedata.normalize("NFC", text.encode("utf-8", "replace").decode())


def _naughty() -> tuple[str, ...]:
    file = FOLDER / "naughty-strings.json"
    listed = json.loads(file.read_text(encoding="utf-8")) if file.is_file() else []
    return tuple(dict.fromkeys(_stored(one) for one in (*OWN, *listed) if one))


NAUGHTY = _naughty()
OWN_JSON = {
    "i_string": b'"text"', "i_number": b"12", "n_nan": b'{"type": NaN}', "n_twice": b'{"fact": "a", "fact": "b"}',
    "n_no_utf8": b'{"fact": "\xff"}', "n_nested": b"[" * 5000, "n_empty": b"", "i_object": b'{"a": [1, "\\ud800", 1e5]}',
}  # fmt: skip
HOSTILE_JSON = OWN_JSON | {file.name: file.read_bytes() for file in sorted((FOLDER / "json-parsing").glob("*.json"))}
"""By name: n_ is no JSON, y_ is, and of i_ parsers differ."""
