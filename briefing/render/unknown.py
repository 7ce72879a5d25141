"""A sandbox that goes on where a template names what there is not, and keeps each such name with its place.

A paper is strict: it stops at the first. A check wants all of them at once.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import fields, is_dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from jinja2 import Undefined, nodes
from jinja2.meta import find_undeclared_variables
from jinja2.utils import missing

from briefing.errors import Place, Problem
from briefing.notes.note import Note
from briefing.render.sandbox import NoteSandbox

ASKING = frozenset({"defined", "undefined", "default", "d"})
"""Tests and filters of what may be missing."""

Found = dict[tuple[str, str], Problem]
"""Place and name → what is wrong there."""

_FOUND: ContextVar[Found] = ContextVar("found")
_KNOWN: ContextVar[frozenset[str]] = ContextVar("known")

_TAGS = re.compile(r"<[^>]+>")
PARTS = {"<w:body": "text", "<w:hdr": "header", "<w:ftr": "footer", "<w:footnotes": "footnotes"}


@contextmanager
def noting(known: frozenset[str]) -> Iterator[Found]:
    """Collect what templates name that there is not, each once; `known` are the names that they are given."""
    found: Found = {}
    tokens = _FOUND.set(found), _KNOWN.set(known)
    try:
        yield found
    finally:
        _FOUND.reset(tokens[0])
        _KNOWN.reset(tokens[1])


class Unknown(Undefined):
    """What a template named that there is not: kept when it is used, and then as good as nothing."""

    __slots__ = ()

    def _kept(self, *_: Any, **__: Any) -> Any:
        template, line = _running()
        _keep(template, line, str(self._undefined_name), (_sentence(self), _nearest(self)))
        return self

    def __getattr__(self, name: str) -> Any:
        """Return the same for what it would hold."""
        if name.startswith("__"):
            raise AttributeError(name)
        return self

    def __str__(self) -> str:
        """Return nothing to print."""
        self._kept()
        return ""

    def __html__(self) -> str:
        """Return the same for a page."""
        return str(self)

    def __iter__(self) -> Iterator[Any]:
        """Return nothing to go through."""
        self._kept()
        return iter(())

    def __len__(self) -> int:
        """Return that there is none."""
        self._kept()
        return 0

    def __bool__(self) -> bool:
        """Return that it does not hold."""
        self._kept()
        return False

    def __eq__(self, other: object) -> bool:
        """Return that it is like nothing else."""
        self._kept()
        return self is other

    def __contains__(self, _: object) -> bool:
        """Return that nothing is in it."""
        self._kept()
        return False

    __hash__ = object.__hash__
    __call__ = __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __truediv__ = __rtruediv__ = _kept
    __floordiv__ = __rfloordiv__ = __mod__ = __rmod__ = __pow__ = __rpow__ = __neg__ = __pos__ = _kept
    __getitem__ = __lt__ = __le__ = __gt__ = __ge__ = _kept


class NotingSandbox(NoteSandbox):
    """The sandbox of a check: looks through a whole template, also where no paper of the check comes by."""

    def __init__(self, **settings: Any) -> None:
        """Take what a sandbox takes."""
        super().__init__(**{**settings, "undefined": Unknown})
        self.sources: dict[int, list[str]] = {}

    def from_string(self, source: Any, *arguments: Any, **named: Any) -> Any:
        """Return a template from the XML of a Word file, whose lines are kept: they are its paragraphs."""
        template = super().from_string(source, *arguments, **named)
        self.sources[id(template)] = str(source).splitlines()
        self.look_through(template, super().parse(source))
        return template

    def get_template(self, name: Any, *arguments: Any, **named: Any) -> Any:
        """Return a template from a file."""
        template = super().get_template(name, *arguments, **named)
        if template.filename:
            self.look_through(template, super().parse(Path(template.filename).read_text(encoding="utf-8")))
        return template

    def look_through(self, template: Any, tree: nodes.Template) -> None:
        """Keep the names that are given nowhere and the fields that no note has, but those that may be missing."""
        asked = {id(n) for one in tree.find_all((nodes.Test, nodes.Filter)) if one.name in ASKING and one.node
                 for n in (one.node, *one.node.find_all(nodes.Name))}  # fmt: skip
        given = {name.name for name in tree.find_all(nodes.Name) if name.ctx != "load"}
        unknown = find_undeclared_variables(tree) - _KNOWN.get() - given - set(self.globals)
        for name in tree.find_all(nodes.Name):
            if name.name in unknown and name.ctx == "load" and id(name) not in asked:
                _keep(template, name.lineno, name.name, (_no_name(name.name), _near(name.name, _KNOWN.get())))
        for one in tree.find_all(nodes.Getattr):
            of_note = isinstance(one.node, nodes.Name) and one.node.name == "note"
            if of_note and one.attr not in names_of(Note) and id(one) not in asked:
                said = _no_field(one.attr, "Note"), _near(one.attr, names_of(Note))
                _keep(template, one.lineno, one.attr, said)


def names_of(kind: type) -> frozenset[str]:
    """Return the fields of a part of a note; nothing of any other type."""
    return frozenset(field.name for field in fields(kind)) if is_dataclass(kind) else frozenset()


def _sentence(one: Any) -> str:
    """Return what is wrong with a name: the sandbox's own words where it refused, else that there is none."""
    hint, name, owner = _facts(one)
    if hint or owner is missing:
        return hint or _no_name(name)
    return _no_field(name, type(owner).__name__ if names_of(type(owner)) else "")


def _nearest(one: Any) -> str:
    _, name, owner = _facts(one)
    if owner is missing:
        return _near(name, _KNOWN.get())
    return _near(name, frozenset(map(str, owner)) if isinstance(owner, dict) else names_of(type(owner)))


def _facts(one: Any) -> tuple[str, str, Any]:
    """Return the sandbox's own words, the name, and what should have had it."""
    return str(one._undefined_hint or ""), str(one._undefined_name), one._undefined_obj  # noqa: SLF001 - Jinja's names


def _no_name(name: str) -> str:
    return f"unknown name “{name}”"


def _no_field(name: str, kind: str) -> str:
    return f"unknown field “{name}”" + (f" of a {kind}" if kind else "")


def _near(name: str, known: frozenset[str]) -> str:
    near = get_close_matches(name, sorted(known), n=2)
    return f"nearest: {', '.join(near)}" if near else ""


def _running() -> tuple[Any, int]:
    """Return the template that is being filled, and the line it is at."""
    frame = sys._getframe(2)  # noqa: SLF001 - Jinja finds its own lines in the same way
    while frame is not None:
        template = frame.f_globals.get("__jinja_template__")
        if template is not None:
            return template, template.get_corresponding_lineno(frame.f_lineno)
        frame = frame.f_back  # type: ignore[assignment]
    return None, 0


def _keep(template: Any, line: int, name: str, said: tuple[str, str]) -> None:
    """Keep a problem with its place, one for a name there: file and line, or the part and the tag of a Word file."""
    what, hint = said
    lines = getattr(template.environment, "sources", {}).get(id(template)) if template is not None else None
    if lines is None:
        place = Place(Path(template.filename).name if template is not None and template.filename else "", line)
        _FOUND.get().setdefault((str(place), name), Problem(place, what, hint))
        return
    part = next((part for start, part in PARTS.items() if lines[0].startswith(start)), "properties")
    words = " ".join(_TAGS.sub("", lines[line - 1]).split()) if line <= len(lines) else ""
    tag = re.search(r"\{[{%][^{}]*\b" + re.escape(name) + r"\b[^{}]*[%}]\}", words)
    at = f"{part}, “{tag[0] if tag else words[:80]}”"
    _FOUND.get().setdefault((at, name), Problem(Place("note.docx"), f"{at}: {what}", hint))
