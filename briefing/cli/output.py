"""Where a paper goes: a file in `output/`, a named file, or standard output; whole or not at all."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from errno import EISDIR
from pathlib import Path
from shutil import copymode
from typing import TYPE_CHECKING

from briefing.errors import OutputFailed, UsageProblem

if TYPE_CHECKING:
    from briefing.cli.workspace import Workspace

FORMATS = ("pdf", "docx", "html", "md")


def chosen_format(given: str, output: str, *, formats: Sequence[str] = FORMATS) -> str:
    """Return the format: as given, by the output's ending, or PDF."""
    ending = Path(output).suffix.lstrip(".").lower() if output not in ("", "-") else ""
    wanted = given.lower() or (ending if ending in formats else "pdf")
    if wanted not in formats:
        raise UsageProblem(f"“{given}” is no format", hint="one of: " + ", ".join(formats))
    return wanted


def target(workspace: Workspace, name: str, format_: str, output: str) -> Path | None:
    """Return where a paper goes: the file that was named, else one in `output/`; None is standard output."""
    if output == "-":
        return None
    return Path(output) if output else default_folder(workspace) / f"{name}.{format_}"


def put_out(data: bytes, path: Path | None) -> None:
    """Print a paper, or write its file and name it on stderr."""
    if path is None:
        print_bytes(data)
        return
    write_whole(path, data)
    print(shown(path), file=sys.stderr)


def shown(path: Path) -> Path:
    """Return a path as it is named to people: from the folder they are in, where it is below that."""
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path


def default_folder(workspace: Workspace) -> Path:
    """Return where papers go when nothing else is said."""
    return (Path.cwd() if workspace.sample else workspace.root) / "output"


def print_bytes(data: bytes) -> None:
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
    with staged(path, data) as put:
        put()


@contextmanager
def staged(path: Path, data: bytes) -> Iterator[Callable[[], None]]:
    """Write beside a file and yield what puts the new one in its place; what is not put there is removed again.

    Raises `OutputFailed` when either cannot be done.
    """
    with _failing(path):
        target = path.resolve()
        if target.is_dir():
            raise IsADirectoryError(EISDIR, os.strerror(EISDIR))
        device = target.exists() and not target.is_file()
        temporary = target.with_name(f".{target.name}.{os.getpid()}.tmp")

    def put() -> None:
        with _failing(path):
            target.write_bytes(data) if device else temporary.replace(target)

    try:
        if not device:
            with _failing(path):
                _write_through(temporary, data)
                if target.exists():
                    copymode(target, temporary)  # a draft that nobody else may read stays so
        yield put
    finally:
        with suppress(OSError):
            temporary.unlink()


def _write_through(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


@contextmanager
def _failing(path: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, RuntimeError) as fault:  # RuntimeError: links that lead in a circle
        what = fault.strerror if isinstance(fault, OSError) else None
        raise OutputFailed(
            f"{path} cannot be written: {what or fault}",
            hint="choose another place with -o FILE, or -o - for standard output",
        ) from fault
