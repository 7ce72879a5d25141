"""Files that others made are opened: text, HTML, Word, PDF and mail → text, facts and attachments.

Nothing is fetched, run or extracted. Plain text is decoded here; all else is read by a process of its
own, which is bounded in time and memory, for each of these forms can be made to take an hour or a disk.
"""

from __future__ import annotations

from pathlib import Path

from briefing.errors import CannotOpen, NoInput, Place
from briefing.intake.opening.kinds import kind_of
from briefing.intake.opening.opened import MAX_BYTES, CannotRead, Opened, Reading, as_opened, sized
from briefing.intake.opening.plain import read_plain


def open_path(path: Path) -> Opened:
    """Return a file's text, as `open_file` does; raise `NoInput` where there is no such file."""
    return open_file(read_bytes(path), path.name)


def read_bytes(path: Path) -> bytes:
    """Return a file's bytes, as far as one too many; raise `NoInput` where there is no such file."""
    if path.is_dir():
        raise NoInput(f"{path} is a folder", hint="name the files in it")
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except FileNotFoundError as fault:
        raise NoInput(f"there is no file {path}", hint="name the file with its folder") from fault
    except OSError as fault:
        raise NoInput(f"{path} cannot be read: {fault.strerror}", hint="ask for leave to read it") from fault


def open_file(data: bytes, name: str) -> Opened:
    """Return the text of a file, what it says of itself, and what it carries.

    `name` is the file's, with its ending. Raises `CannotOpen` for one that is none of the kinds, is
    damaged or locked, holds no words, says nothing of its encoding that fits, or goes beyond its bounds.
    """
    try:
        kind = kind_of(sized(data), name)
        return as_opened(_reading(kind, data), name=name, kind=kind, data=data)
    except CannotRead as fault:
        raise CannotOpen(Place(name, fault.line), fault.what, fault.hint) from fault


def _reading(kind: str, data: bytes) -> Reading:
    if kind == "text":
        return read_plain(data)
    from briefing.intake.opening.apart import read_apart

    return read_apart(kind, data)
