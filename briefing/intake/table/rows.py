"""The rows of a sheet → entries; every row that is none is left with the reason, so that all of them are counted."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from briefing.errors import Place
from briefing.incoming import Entry, Left
from briefing.intake.table.cells import Row, filled, folded, plain
from briefing.intake.table.days import Column, NoDate, require_date
from briefing.intake.table.entries import Maker

_NIL = re.compile(r"(?:nil(?: returns?)?|none|no (?:meetings|returns?|external meetings)\b.*|not applicable|n/?a"
                  r"|nothing to (?:declare|report)|[-–—])[.*]*", re.IGNORECASE)  # fmt: skip
_NOTE = re.compile(r"(?:[*†‡¹²³⁴]|\(?\d\)|notes?\b|source\b|footnote|does not (?:normally )?include)", re.IGNORECASE)
_TOTAL = re.compile(r"(?:grand |sub-?)?totals?\b", re.IGNORECASE)
_LONG = 70
"""Signs from which words alone in a row are a note."""
_MET = ("agency", "with", "visitor", "principal", "country")


@dataclass
class Taken:
    """What a sheet comes to: entries, and the rows that are none."""

    entries: list[Entry] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)


@dataclass
class Reader:
    """Reads the rows below a header in their order; what is above fills down where the mapping says so."""

    maker: Maker
    places: dict[str, int]
    dates: Column
    file: str
    header: Row
    taken: Taken = field(default_factory=Taken)
    above: dict[str, str] = field(default_factory=dict)
    open: bool = False
    """Whether the row above is a meeting, whose organisations a row may go on with."""
    noted: bool = False

    def read(self, rows: Sequence[Row]) -> Taken:
        """Return what rows come to."""
        for n, row in enumerate(rows):
            said = {key: text for key, at in self.places.items()
                    if at < len(row.cells) and (text := plain(row.cells[at]))}  # fmt: skip
            why, kind = self._no_entry(row, said, rows[n + 1 :])
            if kind:
                self._leave(row, why, kind)
            elif self._goes_on(said):
                self._add(row, said)
            else:
                self._take(row, said)
        return self.taken

    # ── rows that are no meeting ──────────────────────────────────────────────────────────────

    def _no_entry(self, row: Row, said: dict[str, str], below: Sequence[Row]) -> tuple[str, str]:
        """Return why a row is no entry, and what it is counted as; empty where it may be one."""
        full = filled(row)
        if not full:
            self.open = False
            return "a blank row", "blank"
        first = plain(row.cells[full[0]])
        if [folded(one) for one in row.cells] == [folded(one) for one in self.header.cells]:
            return "the header once more", "header"
        if len(full) == 1 and first in self.above.values():
            return "blank, but for what stands above", "blank"
        if said and len(full) == 1 and not _NOTE.match(first) and self._is_heading(said, below):
            self._remember(said)
            return "a name for the rows below", "heading"
        if len(full) == 1 and (_NOTE.match(first) or len(first) > _LONG or self.noted):
            self.noted = True
            return "a note", "note"
        self.noted = False
        if _TOTAL.match(first) and len(full) <= 3:
            return "a sum of other rows", "total"
        if self._is_nil(said):
            self._remember(said)
            return "a nil return", "nil return"
        return "", ""

    def _is_nil(self, said: dict[str, str]) -> bool:
        """Tell whether all that a row says of a meeting is that there was none; its month may stand beside."""
        down = self.maker.register.fill_down | {"id", "when"}
        told = [text for key, text in said.items() if key not in down] or [said.get("when", "")]
        return all(map(_NIL.fullmatch, told))

    def _is_heading(self, said: dict[str, str], below: Sequence[Row]) -> bool:
        """Tell whether what stands alone fills down: the next row that holds anything has none of its own."""
        if not said.keys() <= self.maker.register.fill_down or any(map(_NIL.fullmatch, said.values())):
            return False
        following = next((row for row in below if filled(row)), None)
        if following is None:
            return False
        return all(at >= len(following.cells) or not plain(following.cells[at])
                   for key, at in self.places.items() if key in said)  # fmt: skip

    def _leave(self, row: Row, why: str, kind: str) -> None:
        words = "" if kind in {"blank", "header"} else " | ".join(plain(row.cells[n]) for n in filled(row))
        self.taken.left.append(Left(self._place(row), why, " ".join(words.split()), kind))
        if kind != "blank":
            self.open = False

    def _place(self, row: Row) -> Place:
        return Place(self.file, row.line)

    def _remember(self, said: dict[str, str]) -> None:
        down = self.maker.register.fill_down
        self.above.update({key: text for key, text in said.items() if key in down and not _NIL.fullmatch(text)})

    # ── rows that go on with the one above ────────────────────────────────────────────────────

    def _goes_on(self, said: dict[str, str]) -> bool:
        """Tell whether a row only names more of those met in the row above: its other cells are as if merged."""
        down = self.maker.register.fill_down
        own = {key for key, text in said.items() if key not in down or text != self.above.get(key)}
        return self.open and own == {"agency"} and "when" not in said

    def _add(self, row: Row, said: dict[str, str]) -> None:
        last = self.taken.entries[-1]
        item = self.maker.with_more(last.item, said["agency"], self._place(row))
        notes = dict.fromkeys((*last.notes, "met with those of the rows below, whose other cells are empty"))
        self.taken.entries[-1] = replace(last, item=item, notes=tuple(notes))
        why = "more of those met in the row above"
        self.taken.left.append(Left(self._place(row), why, said["agency"], "continued"))

    # ── rows that are entries ─────────────────────────────────────────────────────────────────

    def _take(self, row: Row, said: dict[str, str]) -> None:
        try:
            whole, notes = self._dated(*self._filled(said))
        except NoDate as fault:
            self._leave(row, str(fault), "problem")
            return
        finally:
            self._remember(said)
        columns = frozenset(self.places)
        entries = self.maker.entries(whole, self._place(row), notes)
        self.taken.entries += [replace(one, columns=columns) for one in entries]
        self.open = self.maker.register.kind != "visit"

    def _filled(self, said: dict[str, str]) -> tuple[dict[str, str], tuple[str, ...]]:
        """Return what a row says, with what the rows above say for it; a date only where what is merged with it is."""
        own = any(key in said for key in self.maker.register.fill_down if key != "when")
        whole = dict(said)
        for key in self.maker.register.fill_down:
            if key not in whole and key in self.above and not (key == "when" and own):
                whole[key] = self.above[key]
        filled_date = "when" in whole and "when" not in said
        return whole, ("the date is that of the row above",) if filled_date else ()

    def _dated(self, said: dict[str, str], notes: tuple[str, ...]) -> tuple[dict[str, str], tuple[str, ...]]:
        """Return what a row says, with its date as a draft takes it; raise `NoDate` where it has none."""
        if not self.maker.register.exact and not any(key in said for key in _MET):
            raise NoDate("nobody is named who was met")
        if "start" in said:
            start, end = (self.dates.read(one) for one in (said["start"], said.get("end", said["start"])))
            when = start.when if start.when == end.when else f"{start.when} to {end.when}"
            require_date(when)
            return {**said, "when": when}, (*notes, *start.notes, *end.notes)
        if "when" not in said:
            raise NoDate("the date is empty")
        day = self.dates.read(said["when"])
        return {**said, "when": day.when}, (*notes, *day.notes)
