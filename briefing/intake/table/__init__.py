"""Registers of meetings, CSV and XLSX → entries that may be put on record; every row that is not one says why."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from briefing.dates import parse_span
from briefing.errors import CannotOpen, InvalidDraft, Place, Problem
from briefing.events import MeetingHeld, MeetingPlanned, Recorded, VisitDescribed
from briefing.incoming import Arrivals, Entry, Left
from briefing.intake.opening.kinds import kind_of
from briefing.intake.opening.opened import CannotRead, sized
from briefing.intake.table.bodies import alone
from briefing.intake.table.cells import Row, Sheet, filled, plain, read_csv
from briefing.intake.table.days import column
from briefing.intake.table.entries import VISITS, Maker
from briefing.intake.table.guess import NO_TABLE, is_prose
from briefing.intake.table.mapping import HEAD_ROWS, Mapping, chosen
from briefing.intake.table.period import Period, period_in
from briefing.intake.table.rows import Reader, Taken


@dataclass(frozen=True, slots=True)
class Asked:
    """What an officer says of the files: the period, which stands first of day and month, the sheet."""

    period: Period | None = None
    day_first: bool | None = None
    sheet: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """A sheet with the mapping that fits it: where its header is, and the column of each key."""

    file: str
    sheet: Sheet
    mapping: Mapping
    header: int
    places: dict[str, int]

    @property
    def place(self) -> str:
        """How a row's place begins: FILE, or FILE!SHEET."""
        return f"{self.file}!{self.sheet.name}" if self.sheet.name else self.file

    @property
    def below(self) -> tuple[Row, ...]:
        """The rows below the header."""
        return self.sheet.rows[self.header + 1 :]

    def cells(self, key: str) -> list[str]:
        """Return what stands in the column of a key."""
        at = self.places.get(key)
        return [] if at is None else [plain(row.cells[at]) for row in self.below if at < len(row.cells)]


def open_table(data: bytes, file: str, *, sheet: str = "") -> tuple[Sheet, ...]:
    """Return the sheets of a file, or the one that is named; raise `CannotOpen` for one that cannot be read."""
    try:
        sheets = _sheets(sized(data), file)
    except CannotRead as fault:
        raise CannotOpen(Place(file, fault.line), fault.what, fault.hint) from fault
    named = tuple(one for one in sheets if sheet in ("", one.name))
    if not named:
        what = f"it has no sheet “{sheet}” that holds anything" if sheet else "it holds nothing"
        raise CannotOpen(Place(file), what, "its sheets: " + (", ".join(one.name for one in sheets) or "none"))
    return named


def _sheets(data: bytes, file: str) -> tuple[Sheet, ...]:
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise CannotRead("it is a workbook of an older Excel (.xls), or a locked one", "save it as .xlsx")
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        from briefing.intake.table.workbook import read_workbook

        return read_workbook(data)
    if (kind := kind_of(data, file)) in _TEXTS:
        raise CannotRead(f"it is no table but {_TEXTS[kind][0]}", _TEXTS[kind][1])
    return (read_csv(data),)


_TEXTS = {
    "pdf": ("a PDF", "`briefing draft` takes its text; a table is read from CSV or .xlsx"),
    "html": ("a page", "`briefing draft` takes its text; a table is read from CSV or .xlsx"),
    "eml": ("a mail", "`briefing import mail` takes it; save a table that it carries, and name that"),
}


Lost = tuple[str, Sheet]
"""A sheet that no mapping fits, with its file."""


def find(sheets: Sequence[tuple[str, Sheet]], mappings: Sequence[Mapping]) -> tuple[list[Found], list[Lost]]:
    """Return the sheets that a mapping fits, and those that none does."""
    found, lost = [], []
    for file, sheet in sheets:
        if (one := chosen(mappings, sheet.rows)) is None:
            lost.append((file, sheet))
        else:
            found.append(Found(file, sheet, *one))
    return found, lost


def no_mapping(lost: Sequence[Lost], mappings: Sequence[Mapping]) -> InvalidDraft:
    """Return the error for sheets whose header no mapping knows; what the nearest one lacks is named."""
    problems = []
    for file, sheet in lost:
        if is_prose(sheet):
            problems.append(Problem(Place(file), *NO_TABLE))
            continue
        rows = [row for row in sheet.rows[:HEAD_ROWS] if filled(row)]
        held = ((mapping, mapping.lacks(row)) for mapping in mappings for row in rows)
        nearest = [(mapping.needs - len(lacks), -len(lacks), lacks, mapping) for mapping, lacks in held]
        near = max(nearest, key=lambda one: one[:2], default=None)
        what, hint = "no mapping knows these columns", "`briefing import table FILE --guess` proposes one"
        if near is not None and near[0] >= len(near[2]):
            names = ", ".join(" or ".join(near[3].columns[key]) for key in near[2])
            name = near[3].file.rpartition("/")[2] or near[3].register
            hint = f"{name} would, with a column {names}; {hint}"
        problems.append(Problem(Place(file, rows[0].line if rows else None), what, hint))
    return InvalidDraft(problems)


def read_tables(found: Sequence[Found], asked: Asked, known: Collection[str] = ()) -> Arrivals:
    """Return what all sheets come to; `known` are folded names of organisations that are on record."""
    names = frozenset(known) | alone([cell for one in found for cell in one.cells("agency")])
    taken = [_read(one, asked, names) for one in found]
    while more := _bodies(taken) - names:  # what one list holds may be what another is made of, here as on record
        names |= more
        taken = [_read(one, asked, names) for one in found]
    entries = tuple(_once(entry for one in taken for entry in one.entries))
    return Arrivals(entries, tuple(left for one in taken for left in one.left), _Covered(found, entries).holds)


def _once(entries: Iterable[Entry]) -> Iterator[Entry]:
    """Yield entries, but of the visits that came in with their meetings each once."""
    seen: set[str] = set()
    for one in entries:
        if not one.origin.startswith(f"row:{VISITS}:") or one.origin not in seen:
            yield one
        seen.add(one.origin)


def _bodies(taken: Sequence[Taken]) -> frozenset[str]:
    items = (entry.item for one in taken for entry in one.entries)
    return alone([said.text for item in items for said in item.texts("agency")])


def _read(one: Found, asked: Asked, names: Collection[str]) -> Taken:
    dates = [cell for key in ("when", "start", "end") for cell in one.cells(key)]
    shared = column(dates, asked.period or period_of(one), day_first=asked.day_first)
    reader = Reader(Maker(one.mapping, names), one.places, shared, one.place, one.sheet.rows[one.header])
    head = [Left(Place(one.place, row.line), "above the header" if filled(row) else "a blank row",
                 " | ".join(plain(row.cells[n]) for n in filled(row)), "title" if filled(row) else "blank")
            for row in one.sheet.rows[: one.header]]  # fmt: skip
    reader.taken.left = [*head, Left(Place(one.place, one.sheet.rows[one.header].line), "the header", kind="header")]
    return reader.read(one.below)


def period_of(one: Found) -> Period | None:
    """Return the period that the rows above the header give, else the sheet's or the file's name."""
    title = "\n".join(plain(cell) for row in one.sheet.rows[: one.header] for cell in row.cells)
    name = one.file.replace("\\", "/").rpartition("/")[2]
    texts = ((title, "the title above the header"), (one.sheet.name, "the sheet's name"), (name, "the file's name"))
    return next((found for text, said in texts if (found := period_in(text, said))), None)


class _Covered:
    """What the files should hold too: of their registers, ministers and months. Else it is gone from them."""

    def __init__(self, found: Sequence[Found], entries: Sequence[Entry]) -> None:
        self.registers = {f"row:{one.mapping.register}:" for one in found}
        self.ours = {entry.origin.rpartition(":")[0].rpartition(":")[0] for entry in entries}
        spans = [span for entry in entries if (span := _span(entry))]
        self.first = min((start for start, _ in spans), default=None)
        self.last = max((end for _, end in spans), default=None)

    def holds(self, one: Recorded) -> bool:
        """Tell whether an event was made of a row that the files should hold."""
        event = one.event
        if not isinstance(event, MeetingHeld | MeetingPlanned | VisitDescribed) or event.when is None:
            return False
        kept = [register for register in self.registers if event.origin.startswith(register)]
        start, end = event.when.start, event.when.end
        if not kept or not (self.first and self.last and start and end):
            return False
        own_key = event.origin.count(":") == 2
        ours = own_key or event.origin.rpartition(":")[0].rpartition(":")[0] in self.ours
        return ours and self.first <= start and end <= self.last


def _span(entry: Entry) -> tuple[date, date] | None:
    when = entry.item.text("when")
    span = parse_span(when) if when else None
    return (span.start, span.end) if span and span.start and span.end else None
