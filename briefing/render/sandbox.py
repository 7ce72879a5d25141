"""The Jinja environment of every template: sandboxed, escaped, and strict about what it names.

A house's template is data from a shared folder. It may lay out a note; it may not reach into the
program, fill the memory or print an empty space where a name was misspelt.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from jinja2 import FileSystemLoader, StrictUndefined, TemplateError
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from briefing.errors import OutputFailed
from briefing.resources import template_folders

LARGEST = 1_000_000
"""The largest number, and the longest text or list, that a template may make by `*` or `**`."""


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


@contextmanager
def filling(name: str, templates: Path | None) -> Iterator[None]:
    """Raise `OutputFailed` for what goes wrong while a template is filled.

    In a template of our own anything else than a rule of Jinja is a bug and stays one; a house's it can mend itself.
    """
    house = (ArithmeticError, LookupError, SyntaxError, TypeError, ValueError, BadZipFile) if templates else ()
    try:
        yield
    except (TemplateError, *house) as fault:
        line = getattr(fault, "lineno", None)
        where = f", line {line}" if isinstance(fault, TemplateError) and line else ""
        raise OutputFailed(
            f"the template {name} cannot be filled{where}: {fault}",
            hint="correct the template, or take it out of the folder: then the one that ships is used",
        ) from fault


def sandbox(templates: Path | None = None) -> NoteSandbox:
    """Return an environment that finds a house's own template first, then the one that ships."""
    return NoteSandbox(
        loader=FileSystemLoader(template_folders(templates)),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
