"""The Jinja environment of every template: sandboxed, escaped, and strict about what it names.

A house's template is data from a shared folder. It may lay out a note; it may not reach into the
program, fill the memory or print an empty space where a name was misspelt.
"""

from __future__ import annotations

import re
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from jinja2 import FunctionLoader, StrictUndefined, TemplateError, TemplateSyntaxError
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from briefing.errors import NoInput, OutputFailed, Place
from briefing.resources import template_file

LARGEST = 1_000_000
"""The largest number, and the longest text or list, that a template may make by `*` or `**`."""

_TAGS = re.compile(r"<[^>]+>")

HOUSE_FAULTS: tuple[type[Exception], ...] = (
    ArithmeticError, LookupError, RecursionError, SyntaxError, TypeError, ValueError, BadZipFile,
)  # fmt: skip
"""What a template can bring about beside errors of Jinja."""

Source = tuple[str, str, Callable[[], bool]]
"""A template's text, its file, and whether that is still what would be found."""


class NoteSandbox(ImmutableSandboxedEnvironment):
    """A sandbox in which multiplying makes nothing huge: Jinja's own lets `'x' * 10**9` through."""

    intercepted_binops = frozenset({"*", "**"})

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Return the result of `*` or `**`, unless it would be larger than a note can need."""
        if operator == "**" and (abs(left) > LARGEST or abs(right) > 8):
            raise SecurityError("a power too large for a note")
        for many, times in ((left, right), (right, left)):
            if isinstance(many, str | list | tuple) and isinstance(times, int) and len(many) * times > LARGEST:
                raise SecurityError("a repetition too long for a note")
        return super().call_binop(context, operator, left, right)


class BadTemplate(OutputFailed):
    """A template that cannot be filled; `place` is the file and, where known, the line."""

    def __init__(self, place: Place, what: str) -> None:
        """Name the place and what is wrong there."""
        line = f", line {place.line}" if place.line else ""
        super().__init__(
            f"the template {place.file} cannot be filled{line}: {what}",
            hint="correct the template, or take it out of the folder: then the one that ships is used",
        )
        self.place, self.what = place, what


@contextmanager
def filling(name: str, templates: Path | None) -> Iterator[None]:
    """Raise `BadTemplate` for what goes wrong while a template is filled.

    In a template of our own anything else than a rule of Jinja is a bug and stays one; a house's it can mend itself.
    """
    try:
        yield
    except TemplateError as fault:
        raise BadTemplate(_place(fault, name), _what(fault)) from fault
    except HOUSE_FAULTS as fault:
        if templates is None:
            raise
        raise BadTemplate(_place(fault, name), _what(fault)) from fault


def _place(fault: Exception, name: str) -> Place:
    """Return where in a template a fault was: Jinja puts the template's own lines into the traceback."""
    if name.endswith(".docx"):  # what Jinja takes for its lines, nobody sees in Word
        return Place(name)
    if isinstance(fault, TemplateSyntaxError):
        return Place(Path(fault.filename).name if fault.filename else name, fault.lineno)
    for frame in reversed(traceback.extract_tb(fault.__traceback__)):
        if frame.filename.endswith(".j2"):
            return Place(Path(frame.filename).name, frame.lineno)
    return Place(name)


def _what(fault: Exception) -> str:
    """Return what is wrong; of a Word file with the words around, as one would search for them."""
    if isinstance(fault, RecursionError):
        return "it calls itself without end"
    if isinstance(fault, TemplateSyntaxError) and fault.source and not fault.filename:
        lines = fault.source.splitlines()[max(fault.lineno - 1, 0) :]
        words = " ".join(_TAGS.sub("", lines[0]).split()) if lines else ""
        return f"{fault.message}, at “{words[:80]}”"
    return str(fault)


def sandbox(templates: Path | None = None, kind: type[NoteSandbox] = NoteSandbox) -> NoteSandbox:
    """Return an environment that finds a house's own template first, then the one that ships."""
    return kind(
        loader=FunctionLoader(lambda name: _source(name, templates)),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _source(name: str, templates: Path | None) -> Source | None:
    """Return a template as Jinja loads it; a file that is changed, or takes the place of one, is loaded anew."""

    def now() -> tuple[Path, int]:
        path = template_file(name, templates)
        return path, path.stat().st_mtime_ns

    try:
        found = now()
    except NoInput:
        return None
    return found[0].read_text(encoding="utf-8"), str(found[0]), lambda: now() == found
