"""A draft's file changed at one place: every sign elsewhere, comments and layout included, stays as it was.

Places are those that the reader gives (line and column from 1). What would not read as it is meant to is
`NotSpliced`: the officer changes it in an editor.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from briefing.errors import Place, Refused
from briefing.intake.reader import OTHER_LINE_ENDS, ListNode, MapNode, Node
from briefing.items import Said

_BOM = "\ufeff"
_PLAIN = re.compile(r"[A-Za-z0-9“(][^\n:#\[\]{},&*!|>'\"%@`\\]*")
"""Text that means itself in YAML, in a list in brackets too."""


class NotSpliced(Refused):
    """A draft written so that this change would need a hand."""

    def __init__(self, what: str) -> None:
        """Say what is in the way."""
        super().__init__(what, hint="change it in an editor: `briefing review --edit`")


Edit = tuple[int, int, str]
"""Where in a text something begins and ends, and what comes in its place."""


@dataclass(frozen=True)
class Sheet:
    """The bytes of a draft file, and where each part of it begins and ends."""

    data: bytes

    @cached_property
    def text(self) -> str:
        """What stands in the file, with one kind of line end and no mark at its head."""
        text = self.data.decode("utf-8")
        return text.removeprefix(_BOM).replace("\r\n", "\n").replace("\r", "\n")

    def written(self, text: str) -> Sheet:
        """Return the sheet with other text, in the same encoding: mark and line ends as they were."""
        raw = self.data.decode("utf-8")
        text = text.replace("\n", "\r\n") if "\r\n" in raw else text
        return Sheet(((_BOM if raw.startswith(_BOM) else "") + text).encode())

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(found.end() for found in re.finditer("\n", self.text))]

    @cached_property
    def _ends(self) -> Mapping[tuple[int, str], int]:
        """Where each text, map and list ends, by where it begins."""
        from ruamel.yaml import YAML

        ends: dict[tuple[int, str], int] = {}
        begun: list[int] = []
        for event in YAML(typ="safe", pure=True).parse(self.text.translate(OTHER_LINE_ENDS)):
            kind = type(event).__name__
            start, end = event.start_mark.index, event.end_mark.index
            if kind == "ScalarEvent":
                ends[start, "text"] = end
            elif kind in ("MappingStartEvent", "SequenceStartEvent"):
                begun.append(start)
            elif kind in ("MappingEndEvent", "SequenceEndEvent"):
                ends[begun.pop(), "map" if kind == "MappingEndEvent" else "list"] = end
        return ends

    def at(self, place: Place) -> int:
        """Return where in the text a place is."""
        return self._starts[(place.line or 1) - 1] + (place.column or 1) - 1

    def line_of(self, position: int) -> int:
        """Return where the line of a position begins."""
        return self.text.rfind("\n", 0, position) + 1

    def extent(self, place: Place, kind: str) -> tuple[int, int]:
        """Return where a text, map or list begins and ends, without blank lines and comments behind it."""
        start = self.at(place)
        if (start, kind) not in self._ends:
            raise NotSpliced(f"line {place.line} is not laid out as drafts are")
        text = self.text[start : self._ends[start, kind]]
        lines = text.split("\n")
        while len(lines) > 1 and (not lines[-1].strip() or (kind != "text" and lines[-1].lstrip().startswith("#"))):
            lines.pop()
        return start, start + len("\n".join(lines).rstrip(" \n" if kind != "text" else "\n"))

    def with_edits(self, *edits: Edit) -> Sheet:
        """Return the sheet with other text at some places, which do not overlap."""
        text = self.text
        for start, end, new in sorted(edits, reverse=True):
            text = text[:start] + new + text[end:]
        return self.written(text)

    def other_text(self, place: Place, text: str) -> Edit:
        """Return the edit that puts another text where one stands."""
        start, end = self.extent(place, "text")
        return start, end, quoted(text, like=self.text[start])

    def more_key(self, place: Place, key: str, text: str) -> Edit:
        """Return the edit that puts one more key at the head of a map."""
        start = self.at(place)
        if self.text[start] == "{":
            sign = self.text[start + 1 :].lstrip()[:1]
            return start + 1, start + 1, f"{quoted(key, like=sign)}: {quoted(text, like=sign)}, "
        indent = " " * ((place.column or 1) - 1)
        return start, start, f"{key}: {quoted(text)}\n{indent}"


def with_key(sheet: Sheet, node: MapNode, key: str, text: str | None) -> Sheet:
    """Return the sheet with a text under a key of a map, behind its first one; without the key where there is none."""
    there = next((value for name, value in node.entries if name.text == key), None)
    if sheet.text[sheet.at(node.place)] == "{" or not isinstance(node.entries[0][1], Said):
        raise NotSpliced(f"line {node.place.line} is laid out in another way than drafts are")
    if isinstance(there, Said) and text is not None:
        return sheet.with_edits(sheet.other_text(there.place, text))
    if there is not None:
        start, end = sheet.line_of(sheet.at(there.place)), sheet.text.find("\n", sheet.at(there.place))
        return sheet.with_edits((start, len(sheet.text) if end < 0 else end + 1, ""))
    if text is None:
        return sheet
    end = sheet.extent(node.entries[0][1].place, "text")[1]
    return sheet.with_edits((end, end, f"\n{' ' * ((node.place.column or 1) - 1)}{key}: {quoted(text)}"))


def quoted(text: str, *, like: str = "") -> str:
    """Return a text as it is written in YAML, in quotation marks where it needs them or the one before had them."""
    plain = like != '"' and _PLAIN.fullmatch(text) and text == text.strip()
    return text if plain else json.dumps(text, ensure_ascii=False)


# ── entries of lists ──────────────────────────────────────────────────────────────────────────


def entry_text(sheet: Sheet, entry: MapNode) -> str:
    """Return what stands in an entry of a list, as it would stand at the beginning of a line."""
    start, end = sheet.extent(entry.place, "map")
    dash = sheet.text[sheet.line_of(start) : start]
    if not re.fullmatch(r"\s*-\s+", dash):
        raise NotSpliced(f"line {entry.place.line} is no entry with a dash of its own")
    first, *rest = sheet.text[start:end].split("\n")
    indent = " " * len(dash)
    if any(line.strip() and not line.startswith(indent) for line in rest):
        raise NotSpliced(f"line {entry.place.line} is laid out in another way than drafts are")
    return "\n".join((first, *(line[len(indent) :] for line in rest)))


def without_entry(sheet: Sheet, parent: MapNode, key: str, entry: MapNode) -> Sheet:
    """Return the sheet without one entry of a list; the last one takes the key along."""
    found = next((name, value) for name, value in parent.entries if name.text == key)
    alone = isinstance(found[1], ListNode) and len(found[1].entries) == 1
    start, end = sheet.extent(entry.place, "map")
    start = sheet.line_of(sheet.at(found[0].place) if alone else start)
    newline = sheet.text.find("\n", end)
    return sheet.with_edits((start, len(sheet.text) if newline < 0 else newline + 1, ""))


def with_entry(sheet: Sheet, parent: MapNode, key: str, text: str) -> Sheet:
    """Return the sheet with one more entry at the end of a list, which is begun where there is none."""
    there = next((value for name, value in parent.entries if name.text == key), None)
    if isinstance(there, ListNode) and there.entries and sheet.text[sheet.at(there.place)] != "[":
        last = there.entries[-1]
        start, end = sheet.extent(last.place, "map" if isinstance(last, MapNode) else "text")
        dash = sheet.text[sheet.line_of(start) : start]
        head = ""
    elif there is None and sheet.text[sheet.at(parent.place)] != "{":
        end = sheet.extent(parent.place, "map")[1]
        indent = " " * ((parent.place.column or 1) - 1)
        head, dash = f"{indent}{key}:\n", f"{indent}  - "
    else:
        raise NotSpliced(f"“{key}” in line {(there or parent).place.line} is laid out in another way than drafts are")
    newline = sheet.text.find("\n", end)
    end, gap = (len(sheet.text), "\n") if newline < 0 else (newline + 1, "")
    lines = text.split("\n")
    block = dash + lines[0] + "".join("\n" + (" " * len(dash) + line if line else "") for line in lines[1:])
    return sheet.with_edits((end, end, f"{gap}{head}{block}\n"))


def plain(node: Node) -> object:
    """Return a node without places: what a splice is held against."""
    if isinstance(node, MapNode):
        return {key.text: plain(value) for key, value in node.entries}
    if isinstance(node, ListNode):
        return [plain(one) for one in node.entries]
    return node.text


def plain_but(node: Node, key: str) -> object:
    """Return a node without places, and without a key wherever it stands."""
    if isinstance(node, MapNode):
        return {name.text: plain_but(value, key) for name, value in node.entries if name.text != key}
    return [plain_but(one, key) for one in node.entries] if isinstance(node, ListNode) else node.text
