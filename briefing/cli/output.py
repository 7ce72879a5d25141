"""Where a paper goes: a file in `output/`, a named file, or standard output; whole or not at all."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from briefing.errors import OutputFailed, UsageProblem

if TYPE_CHECKING:
    from briefing.cli.workspace import Workspace
    from briefing.notes.note import Note

FORMATS = ("pdf", "docx", "html", "md")


def chosen_format(given: str, output: str) -> str:
    """Return the format: as given, by the output's ending, or PDF."""
    ending = Path(output).suffix.lstrip(".").lower() if output not in ("", "-") else ""
    wanted = given.lower() or (ending if ending in FORMATS else "pdf")
    if wanted not in FORMATS:
        raise UsageProblem(f"“{given}” is no format", hint="one of: " + ", ".join(FORMATS))
    return wanted


def deliver(workspace: Workspace, note: Note, *, name: str, format_: str, output: str) -> None:
    """Render a note and put it where it belongs, naming the file on stderr."""
    from briefing.render import render

    wanted = chosen_format(format_, output)
    data = render(note, wanted, workspace.house_templates)
    put_out(workspace, data, name=f"{name}.{wanted}", output=output)


def put_out(workspace: Workspace, data: bytes, *, name: str, output: str) -> None:
    """Put a file's bytes where they belong, by default under a name of their own, naming the file on stderr."""
    if output == "-":
        _print_bytes(data)
        return
    path = Path(output) if output else default_folder(workspace) / name
    write_whole(path, data)
    print(path, file=sys.stderr)


def default_folder(workspace: Workspace) -> Path:
    """Return where papers go when nothing else is said."""
    return (Path.cwd() if workspace.sample else workspace.root) / "output"


def _print_bytes(data: bytes) -> None:
    """Write to standard output; `OutputFailed` when it takes no more."""
    try:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise
    except OSError as fault:
        sys.stdout = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - else leaving tries to write the rest
        raise OutputFailed(
            f"standard output cannot be written: {fault.strerror or fault}", hint="choose a file with -o FILE"
        ) from fault


def write_whole(path: Path, data: bytes) -> None:
    """Write a file so that it is there whole or not at all; `OutputFailed` when it cannot be.

    A link stays a link, and a device such as /dev/stdout is written to, never replaced.
    """
    try:
        target = path.resolve()
        if target.exists() and not target.is_file() and not target.is_dir():
            target.write_bytes(data)
        else:
            _replace(target, data)
    except (OSError, RuntimeError) as fault:  # RuntimeError: links that lead in a circle
        what = fault.strerror if isinstance(fault, OSError) else None
        raise OutputFailed(
            f"{path} cannot be written: {what or fault}",
            hint="choose another place with -o FILE, or -o - for standard output",
        ) from fault


def _replace(path: Path, data: bytes) -> None:
    """Write beside the file, then put the new one in its place; nothing is left behind on failure."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with temporary.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise
