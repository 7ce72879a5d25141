"""Event files as JSON lines, one each, and back: the same names and the same bytes.

A line holds a file's name and its event. Where an event laid out as this program does it would not give the
bytes of the file, the line holds the file's text as it is. Nothing is read into a model, so that types of a
later version, too, come and go whole.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from briefing.errors import InvalidDraft, Place, Problem


def to_lines(names: Iterable[str], read: Callable[[str], bytes]) -> Iterator[bytes]:
    """Yield one line of JSON for each event file, with its line end."""
    for name in names:
        text = read(name).decode()
        event = json.loads(text)
        held = {"event": event} if isinstance(event, dict) and laid_out(event) == text else {"text": text}
        yield json.dumps({"file": name, **held}, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def laid_out(event: Any) -> str:
    """Return the text of an event's file as this program lays it out."""
    return json.dumps(event, ensure_ascii=False, indent=2) + "\n"


def from_lines(data: bytes, file: str) -> dict[str, tuple[int, bytes]]:
    """Return the bytes of each event file by its name, with the line it stood in.

    Whether they are what their names say is not asked here. Raises `InvalidDraft` with every line that is none.
    """
    found: dict[str, tuple[int, bytes]] = {}
    problems: list[Problem] = []
    for n, line in enumerate(data.removeprefix(b"\xef\xbb\xbf").split(b"\n"), 1):
        if not line.strip():
            continue
        try:
            name, text = _read(line)
        except (ValueError, RecursionError) as fault:
            what = f"no event in this line: {fault}"
            problems.append(Problem(Place(file, n), what, "`briefing export jsonl` writes them"))
            continue
        if name in found and found[name][1] != text:
            problems.append(Problem(Place(file, n), f"line {found[name][0]} has other bytes for {name}"))
        found.setdefault(name, (n, text))
    if problems:
        raise InvalidDraft(problems)
    return found


def _read(line: bytes) -> tuple[str, bytes]:
    held = json.loads(line.decode())
    if not isinstance(held, dict) or not isinstance(held.get("file"), str) or len(held) != 2:
        raise ValueError("it is no object with “file”, and “event” or “text”")
    text = held.get("text") if "text" in held else laid_out(held.get("event"))
    if not isinstance(text, str) or not ("text" in held or isinstance(held.get("event"), dict)):
        raise ValueError("it is no object with “file”, and “event” or “text”")
    return held["file"], text.encode()
