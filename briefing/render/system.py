"""What rendering needs of the machine: text libraries, and fonts of our own.

Asked before WeasyPrint is imported. Without Pango that import prints a banner and fails; without
any font it ends the process, which nothing in Python can catch.
"""

from __future__ import annotations

import ctypes
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from xml.sax.saxutils import escape

from briefing.errors import BriefingError, MissingSystemPart
from briefing.resources import fonts_dir

LIBRARIES: tuple[tuple[str, str, str], ...] = (
    ("libgobject-2.0.so.0", "libgobject-2.0.0.dylib", "libglib2.0-0"),
    ("libpango-1.0.so.0", "libpango-1.0.dylib", "libpango-1.0-0"),
    ("libpangoft2-1.0.so.0", "libpangoft2-1.0.dylib", "libpangoft2-1.0-0"),
    ("libharfbuzz.so.0", "libharfbuzz.0.dylib", "libharfbuzz0b"),
    ("libharfbuzz-subset.so.0", "libharfbuzz-subset.0.dylib", "libharfbuzz-subset0"),
    ("libfontconfig.so.1", "libfontconfig.1.dylib", "libfontconfig1"),
)
"""What WeasyPrint loads: the name on Linux, on macOS, and the Debian package that holds it."""

FONTS: tuple[str, ...] = (
    "SourceSerif4_400Regular.ttf",
    "SourceSerif4_400Regular_Italic.ttf",
    "SourceSerif4_600SemiBold.ttf",
    "SourceSans3_400Regular.ttf",
    "SourceSans3_400Regular_Italic.ttf",
    "SourceSans3_600SemiBold.ttf",
    "SourceSans3_700Bold.ttf",
    "NotoSansDevanagari_400Regular.ttf",
    "NotoSansDevanagari_600SemiBold.ttf",
    "NotoNaskhArabic_400Regular.ttf",
    "NotoNaskhArabic_600SemiBold.ttf",
    "NotoSansHebrew_400Regular.ttf",
    "NotoSansHebrew_600SemiBold.ttf",
    "NoteShapes.ttf",
)


@dataclass(frozen=True, slots=True)
class MissingPart:
    """One thing that is not on this machine, and what to do about it."""

    what: str
    hint: str

    def __str__(self) -> str:
        """Return both as one line."""
        return f"{self.what} ({self.hint})"


def missing_parts(loads: Callable[[str], bool] | None = None) -> list[MissingPart]:
    """Return what rendering a PDF lacks here; nothing when all is well. `loads` tries a library by name."""
    tries = loads or _loads
    absent = [package for *names, package in LIBRARIES if not any(tries(name) for name in names)]
    parts = [MissingPart(f"the library of {package}", f"apt-get install {package}") for package in absent]
    try:
        folder = fonts_dir()
    except BriefingError as problem:
        return [*parts, MissingPart("the folder of fonts", problem.hint)]
    lost = [name for name in FONTS if not (folder / name).is_file()]
    return [*parts, *(MissingPart(f"the font {name}", "install briefing-notes again") for name in lost)]


def require_parts(parts: list[MissingPart] | None = None) -> None:
    """Raise `MissingSystemPart` unless a PDF can be rendered here."""
    lacking = missing_parts() if parts is None else parts
    if not lacking:
        return
    packages = [part.hint.removeprefix("apt-get install ") for part in lacking if part.hint.startswith("apt-get")]
    hints = [f"apt-get install {' '.join(packages)}"] if packages else []
    hints += sorted({part.hint for part in lacking if not part.hint.startswith("apt-get")})
    raise MissingSystemPart(
        "a PDF cannot be set on this machine: " + ", ".join(part.what for part in lacking) + " not found",
        hint="; ".join(hints),
    )


@contextmanager
def only_our_fonts() -> Iterator[None]:
    """Let fontconfig see the fonts that ship and no others, and put the environment back afterwards."""
    ours = {"FONTCONFIG_FILE": str(_fontconfig(fonts_dir())), "FONTCONFIG_PATH": None, "FONTCONFIG_SYSROOT": None}
    before = {name: os.environ.get(name) for name in ours}
    _set(ours)
    try:
        yield
    finally:
        _set(before)


def _set(values: dict[str, str | None] | dict[str, str]) -> None:
    for name, value in values.items():
        if value is None:
            os.environ.pop(name, None)
        else:
            os.environ[name] = value


class _Kept:
    """A temporary folder that lives as long as the process."""

    folder: tempfile.TemporaryDirectory[str] | None = None


@lru_cache(maxsize=4)
def _fontconfig(fonts: Path) -> Path:
    """Return a configuration that names one folder of fonts, written once a process."""
    if _Kept.folder is None:
        _Kept.folder = tempfile.TemporaryDirectory(prefix="briefing-fonts-")
    root = Path(_Kept.folder.name)
    path = root / "fonts.conf"
    path.write_text(
        f"<?xml version='1.0'?>\n<!DOCTYPE fontconfig SYSTEM 'fonts.dtd'>\n<fontconfig><dir>{escape(str(fonts))}</dir>"
        f"<cachedir>{escape(str(root / 'cache'))}</cachedir></fontconfig>\n",
        encoding="utf-8",
    )
    return path


def _loads(name: str) -> bool:
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True
