"""What a file of each format is made by: the program and the libraries that have a part in its bytes."""

from __future__ import annotations

import ctypes
import hashlib
import platform
import zlib
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from briefing.notes.note import Note
from briefing.render.system import LIBRARIES
from briefing.resources import file_digest, template_digest

PROGRAM = "briefing-notes"

PACKAGES: dict[str, tuple[str, ...]] = {
    "pdf": ("weasyprint", "pydyf", "fonttools", "tinyhtml5", "tinycss2", "cssselect2", "pyphen", "jinja2", "babel"),
    "docx": ("docxtpl", "python-docx", "lxml", "jinja2", "babel"),
    "html": ("jinja2", "babel"),
    "md": ("babel",),
    "xlsx": ("xlsxwriter", "babel"),
    "csv": ("babel",),
}
"""Format → the packages it is made with."""

COMPRESSED = frozenset({"pdf", "docx", "xlsx"})
"""Formats whose bytes also follow from zlib."""

SYSTEM: dict[str, tuple[str, str]] = {
    "pango": ("libpango-1.0.so.0 libpango-1.0.0.dylib", "pango_version_string"),
    "harfbuzz": ("libharfbuzz.so.0 libharfbuzz.0.dylib", "hb_version_string"),
}
"""Library of the system → what its file is called, and the function that tells its version."""


def versions(format_: str) -> dict[str, str]:
    """Return each part that a file of a format is made by, with its version here; "none" where it is missing."""
    found = {"briefing": _package(PROGRAM), "python": ".".join(platform.python_version_tuple()[:2])}
    found |= {name: _package(name) for name in PACKAGES.get(format_, ())}
    if format_ in COMPRESSED:
        found["zlib"] = zlib.ZLIB_RUNTIME_VERSION
    return found | (_system() if format_ == "pdf" else {})


def inputs(format_: str, templates: Path | None = None) -> str:
    """Return the digest of all that files of a format are made from besides the note.

    The program's own modules count by their bytes: a checkout changes without a new version.
    """
    modules = sorted(Path(__file__).parent.glob("*.py"))
    parts = (format_, template_digest(format_, templates), *map(str, versions(format_).items()))
    return hashlib.sha256("\n".join((*parts, *map(file_digest, modules))).encode()).hexdigest()


def inputs_of(note: Note, rest: str) -> str:
    """Return the digest of all that the file of a note is made from; `rest` is what `inputs` gave."""
    return hashlib.sha256(f"{rest}\n{note!r}".encode()).hexdigest()


def _package(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "none"


def _system() -> dict[str, str]:
    return {name: _told(files, function) for name, (files, function) in SYSTEM.items()}


def _told(files: str, function: str) -> str:
    """Return what a library says of its own version."""
    for file in (one for names in LIBRARIES for one in names[:2] if one in files.split()):
        try:
            tells = getattr(ctypes.CDLL(file), function)
        except (OSError, AttributeError):
            continue
        tells.restype = ctypes.c_char_p
        return str(tells().decode())
    return "none"
