"""A draft's YAML (or JSON) as texts, lists and maps with line and column; nothing is guessed.

Every value is plain text: `no`, `2025-05-28` and `12` stay as typed. Refused, with their place:
duplicate keys, a ` #` behind a value (YAML would cut the value off in silence), aliases and anchors,
tags, control characters, nesting deeper than 12, and files over 4 MB.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from briefing.errors import InvalidDraft, Place, Problem
from briefing.items import Problems, Said

MAX_BYTES = 4_000_000
MAX_DEPTH = 12
OTHER_LINE_ENDS = dict.fromkeys([0x85, 0x2028, 0x2029], " ")
"""Pasted from web pages; YAML would end the line there, no officer sees one."""
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
_NO_SIGN = re.compile(rf"{_CONTROL.pattern[:-1]}\ud800-\udfff]")
"""What an escape in quotes may still bring in; half of a pair is no sign."""


@dataclass(frozen=True, slots=True)
class MapNode:
    """A YAML map in the order it was typed, keys with their places."""

    entries: tuple[tuple[Said, Node], ...]
    place: Place


@dataclass(frozen=True, slots=True)
class ListNode:
    """A YAML list."""

    entries: tuple[Node, ...]
    place: Place


Node = Said | MapNode | ListNode


def read_documents(data: bytes, file: str, problems: Problems) -> list[Node]:
    """Return the documents of a draft file, noting what is wrong with its form.

    Raises `InvalidDraft` where it cannot be read on: no UTF-8, no YAML.
    """
    text = _decoded(data, file)
    try:
        return _Composer(text, file, problems).documents()
    except Exception as fault:
        mark = getattr(fault, "problem_mark", None)
        if mark is None:
            if isinstance(fault, InvalidDraft):
                raise
            if type(fault).__module__.startswith("ruamel"):
                raise InvalidDraft([_form_problem(fault, file, text)]) from fault
            raise
        raise InvalidDraft([_form_problem(fault, file, text)]) from fault


def _decoded(data: bytes, file: str) -> str:
    if len(data) > MAX_BYTES:
        raise InvalidDraft([Problem(Place(file), f"the draft is {len(data)} bytes long; {MAX_BYTES} is the limit")])
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = data.count(b"\n", 0, fault.start) + 1
        column = fault.start - (data.rfind(b"\n", 0, fault.start) + 1) + 1
        what = f"the file is not UTF-8: byte 0x{data[fault.start]:02x} cannot be read"
        raise InvalidDraft(
            [Problem(Place(file, line, column), what, "save it as UTF-8 and append it again")]
        ) from fault
    text = text.replace("\r\n", "\n").replace("\r", "\n").translate(OTHER_LINE_ENDS)
    if found := _CONTROL.search(text):
        line = text.count("\n", 0, found.start()) + 1
        column = found.start() - (text.rfind("\n", 0, found.start()) + 1) + 1
        raise InvalidDraft(
            [Problem(Place(file, line, column), f"a control character, U+{ord(found[0]):04X}", "take it out")]
        )
    return text


def _joined(text: str) -> str:
    r"""Return a text in normal form C, the halves of a sign that JSON escapes apart (\ud83d\ude00) as one sign."""
    whole = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")
    return unicodedata.normalize("NFC", whole)


def _form_problem(fault: Any, file: str, text: str) -> Problem:
    mark = getattr(fault, "problem_mark", None) or getattr(fault, "context_mark", None)
    what = str(getattr(fault, "problem", None) or "this is not YAML")
    place = Place(file, mark.line + 1, mark.column + 1) if mark else Place(file)
    hint = ""
    if "mapping values are not allowed" in what:
        what = "a colon and a space inside a value"
        hint = "put the whole value in quotes"
    elif "could not find expected ':'" in what:
        hint = "a key is followed by a colon and a space: `say: …`"
    elif "\t" in text.split("\n")[mark.line if mark and mark.line < text.count("\n") + 1 else 0]:
        hint = "indent with spaces, not with tabs"
    elif "found character" in what or "found unexpected" in what:
        hint = "put the whole value in quotes"
    return Problem(place, what, hint)


class _Composer:
    """Builds nodes from YAML parse events, so that every value keeps its place."""

    def __init__(self, text: str, file: str, problems: Problems) -> None:
        from ruamel.yaml import YAML

        self.lines = text.split("\n")
        self.file = file
        self.problems = problems
        self.events: Iterator[Any] = YAML(typ="safe", pure=True).parse(text)
        self.text = text

    def documents(self) -> list[Node]:
        found: list[Node] = []
        for event in self.events:
            if type(event).__name__ == "DocumentStartEvent":
                node = self.node(next(self.events), 0)
                if not (isinstance(node, Said) and not node.text):
                    found.append(node)
        return found

    def place(self, event: Any) -> Place:
        return Place(self.file, event.start_mark.line + 1, event.start_mark.column + 1)

    def node(self, event: Any, depth: int) -> Node:
        kind = type(event).__name__
        place = self.place(event)
        if depth > MAX_DEPTH:
            raise InvalidDraft([Problem(place, f"nested deeper than {MAX_DEPTH} levels")])
        if kind == "AliasEvent" or getattr(event, "anchor", None):
            raise InvalidDraft([Problem(place, "anchors and aliases are not used in drafts", "write the text out")])
        if (
            getattr(event, "tag", None)
            and kind != "DocumentStartEvent"
            and not str(event.tag).endswith(("str", "map", "seq"))
        ):
            self.problems.note(place, f"the tag {event.tag}", "values are plain text; leave the tag out")
        if kind == "ScalarEvent":
            return self.scalar(event, place)
        if kind == "SequenceStartEvent":
            return ListNode(tuple(self.sequence(depth)), place)
        return MapNode(tuple(self.mapping(depth)), place)

    def scalar(self, event: Any, place: Place) -> Said:
        end = event.end_mark
        if event.style is None and end.line < len(self.lines):
            rest = self.lines[end.line][end.column :]
            if re.match(r"\s+#", rest) and event.value:
                self.problems.note(
                    Place(self.file, end.line + 1, end.column + 1),
                    "“ #” after a value: YAML would cut the rest off",
                    "put the value in quotes, or the comment on a line of its own",
                )
        elif (
            end.line < len(self.lines)
            and re.match(r"\s+#", self.lines[end.line][end.column :])
            and event.style in "'\""
        ):
            self.problems.note(
                Place(self.file, end.line + 1, end.column + 1),
                "“ #” after a value: YAML would cut the rest off",
                "put the comment on a line of its own",
            )
        value = _joined(event.value)
        if found := _NO_SIGN.search(value):
            what = "half a character" if "\ud800" <= found[0] <= "\udfff" else "a control character"
            self.problems.note(place, f"{what}, U+{ord(found[0]):04X}", "take it out")
            value = _NO_SIGN.sub("\ufffd", value)
        return Said(" ".join(value.split()) if event.style != "|" else value.strip(), place)

    def sequence(self, depth: int) -> Iterator[Node]:
        while type(event := next(self.events)).__name__ != "SequenceEndEvent":
            yield self.node(event, depth + 1)

    def mapping(self, depth: int) -> Iterator[tuple[Said, Node]]:
        seen: dict[str, Place] = {}
        while type(event := next(self.events)).__name__ != "MappingEndEvent":
            key = self.node(event, depth + 1)
            if not isinstance(key, Said):
                raise InvalidDraft([Problem(key.place, "a key is a word, not a list or a map")])
            value = self.node(next(self.events), depth + 1)
            if value == Said("", value.place) and value.place.line != key.place.line:
                value = Said("", key.place)  # YAML puts an empty value where the next thing begins
            if key.text in seen:
                self.problems.note(
                    key.place,
                    f"the key “{key.text}” stands twice (first in line {seen[key.text].line})",
                    "put several values into one list",
                )
                continue
            seen[key.text] = key.place
            yield key, value
