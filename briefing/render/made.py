"""What a file of each format is made by: the program and the libraries that have a part in its bytes."""

from __future__ import annotations

import ctypes
import platform
import zlib
from importlib.metadata import PackageNotFoundError, version

from briefing.render.system import LIBRARIES

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
