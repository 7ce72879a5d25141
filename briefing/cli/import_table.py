"""`briefing import table`: the rows of registers become meetings, planned meetings or visits."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from briefing.cli.importing import Corrections, Yes
from briefing.cli.workspace import By, DryRun, Json, Output, Workspace, open_workspace
from briefing.cli.writing import AcceptClock

if TYPE_CHECKING:
    from briefing.intake.table import Asked, Found
    from briefing.intake.table.cells import Sheet
    from briefing.intake.table.mapping import Mapping

Files = Annotated[list[str], typer.Argument(metavar="FILE…", help="Registers: CSV, or Excel (.xlsx).")]
Named = Annotated[
    str,
    typer.Option(
        "--mapping",
        metavar="NAME|FILE",
        help="How the columns are read: a file, or one of registers/ by its name. Without it, found by the header.",
    ),
]
Guessed = Annotated[
    bool, typer.Option("--guess", help="Propose a mapping for a header that none knows, and import nothing.")
]
Forced = Annotated[bool, typer.Option("--force", help="With --guess, propose one although a mapping fits already.")]
PeriodOf = Annotated[
    str,
    typer.Option("--period", metavar="PERIOD", help="The months of the register, for dates without a year: 2014."),
]
DayFirst = Annotated[bool, typer.Option("--day-first", help="3/4/2014 is 3 April, where no cell shows it.")]
MonthFirst = Annotated[bool, typer.Option("--month-first", help="3/4/2014 is March 4, where no cell shows it.")]
SheetNamed = Annotated[str, typer.Option("--sheet", metavar="NAME", help="Only this sheet of a workbook.")]


def table(
    files: Files,
    mapping: Named = "",
    guess: Guessed = False,
    force: Forced = False,
    output: Output = "",
    period: PeriodOf = "",
    day_first: DayFirst = False,
    month_first: MonthFirst = False,
    sheet: SheetNamed = "",
    corrections: Corrections = False,
    yes: Yes = False,
    by: By = "",
    dry_run: DryRun = False,
    accept_clock: AcceptClock = False,
    json: Json = False,
) -> None:
    """Put the rows of registers on record.

    A mapping says what the columns are; where none fits, --guess proposes one, and it is kept in registers/
    for the next edition. --dry-run shows every row: new, on record, changed, or not taken and why. The same file
    again adds nothing. Exit code 1 when a row could not be read; the others are taken.
    """
    from briefing.cli.importing import take_in
    from briefing.intake.table import read_tables

    sheets = _sheets(files, sheet)
    if guess:
        _propose(sheets, output, force=force)
        return
    workspace = open_workspace()
    workspace.require_writable()
    asked = _asked(period, day_first=day_first, month_first=month_first)
    found = _found(workspace, sheets, mapping)
    known = workspace.state.names.get("agency", {})
    arrivals = read_tables(found, asked, known)
    _tell(found, asked)
    take_in(workspace, arrivals, by=by, yes=yes, corrections=corrections, dry_run=dry_run, json=json,
            accept_clock=accept_clock)  # fmt: skip


def _sheets(files: Sequence[str], sheet: str) -> list[tuple[str, Sheet]]:
    from briefing.errors import NoInput
    from briefing.intake.table import open_table

    found = []
    for name in files:
        try:
            data = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
        except FileNotFoundError as fault:
            raise NoInput(f"there is no file {name}", hint="name the register with its folder") from fault
        except OSError as fault:
            raise NoInput(f"{name} cannot be read: {fault.strerror}", hint="name a file") from fault
        file = "standard input" if name == "-" else name
        found += [(file, one) for one in open_table(data, file, sheet=sheet)]
    return found


def _asked(period: str, *, day_first: bool, month_first: bool) -> Asked:
    from briefing.errors import UsageProblem
    from briefing.intake.table import Asked
    from briefing.intake.table.period import period_typed

    given = period_typed(period) if period else None
    if period and given is None:
        raise UsageProblem(f"“{period}” is no period", hint="2014, May 2014, or January to March 2014")
    if day_first and month_first:
        raise UsageProblem("days and months cannot both stand first", hint="leave one of the two out")
    return Asked(given, day_first=True if day_first else False if month_first else None)


def _found(workspace: Workspace, sheets: Sequence[tuple[str, Sheet]], named: str) -> list[Found]:
    from briefing.intake.table import find, no_mapping

    mappings = _mappings(workspace, named)
    found, lost = find(sheets, mappings)
    missed = [one for one in lost if named or not any(file == one[0] for file in {other.file for other in found})]
    if missed:
        raise no_mapping(missed, mappings)
    for file, sheet in lost:
        print(f"{file}: the sheet {sheet.name} has other columns, and is not taken", file=sys.stderr)
    return found


def _mappings(workspace: Workspace, named: str) -> list[Mapping]:
    """Return the mappings that may fit: the one that is named, or the workspace's own and those that ship."""
    from briefing.errors import NoInput
    from briefing.resources import register_mappings

    paths = list(register_mappings(workspace.root / "registers"))
    if named:
        paths = [Path(named)] if Path(named).is_file() else [path for path in paths if path.stem == named][:1]
    if not paths:
        raise NoInput(f"there is no mapping “{named}”", hint="`briefing import table FILE --guess` proposes one")
    return _read_mappings(paths)


def _read_mappings(paths: Sequence[Path]) -> list[Mapping]:
    from briefing.errors import InvalidDraft, Place, Problem
    from briefing.intake.table.mapping import read_mapping

    try:
        return [read_mapping(path.read_text(encoding="utf-8"), str(path)) for path in paths]
    except UnicodeDecodeError as fault:
        raise InvalidDraft([Problem(Place(str(paths[0])), f"{fault}", "save it as UTF-8")]) from fault


def _tell(found: Sequence[Found], asked: Asked) -> None:
    """Say how each file was read: by which mapping, in which encoding, of which period."""
    from briefing.intake.table import period_of

    for one in found:
        period = asked.period or period_of(one)
        dated = f"{period.start:%B %Y} to {period.end:%B %Y}, by {period.said}" if period else ""
        told = [f"columns as in {one.mapping.file.rpartition('/')[2]}", *one.sheet.remarks, *([dated] if dated else [])]
        print(f"{one.place}: {'; '.join(told)}", file=sys.stderr)


def _propose(sheets: Sequence[tuple[str, Sheet]], output: str, *, force: bool) -> None:
    from briefing.cli.output import print_bytes, put_out
    from briefing.intake.table.guess import guess

    file, sheet = sheets[0]
    if not force:
        _refuse_another(file, sheet)
    text, guesses = guess(sheet, file)
    for one in guesses:
        print(f"{one.key or 'not taken':<10}  “{one.head}”: {one.evidence}", file=sys.stderr)
    if output in ("", "-"):
        print_bytes(text.encode())
        print("next: look at it, and keep it: -o registers/NAME.toml", file=sys.stderr)
    else:
        put_out(text.encode(), Path(output))


def _refuse_another(file: str, sheet: Sheet) -> None:
    """Refuse to propose a mapping where one fits: under another name each row would have another key."""
    from briefing.errors import NoInput, Refused
    from briefing.intake.table import find
    from briefing.intake.table.cells import plain
    from briefing.resources import register_mappings

    try:
        own: Path | None = open_workspace().root / "registers"
    except NoInput:
        own = None
    found, _ = find([(file, sheet)], _read_mappings(list(register_mappings(own))))
    if found:
        name, header = found[0].mapping.file.rpartition("/")[2], sheet.rows[found[0].header]
        told = ", ".join(f"{key} = “{plain(header.cells[n])}”" for key, n in found[0].places.items())
        hint = f"`briefing import table {file}` takes it by that mapping; --guess --force proposes another"
        raise Refused(f"{file}: {name} knows these columns already: {told}", hint=hint)
