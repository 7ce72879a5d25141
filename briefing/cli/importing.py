"""What every `briefing import` does with what it read: show the plan, ask, and put it on record."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from briefing.cli.workspace import Workspace
from briefing.cli.writing import pen_for, put_on_record

if TYPE_CHECKING:
    from briefing.errors import Place
    from briefing.events import Recorded
    from briefing.incoming import Arrivals, Changed, Entry, Left, Plan

Yes = Annotated[bool, typer.Option("--yes", help="Put what is new on record, new names included, without asking.")]
Corrections = Annotated[
    bool, typer.Option("--corrections", help="Also take what changed in entries that are on record, as corrections.")
]
MANY = {"person": "people", "agency": "agencies"}
_CALLED = {"planned": "planned meeting"}
_SHOWN = 30
"""New names that are shown on a terminal; --dry-run shows all."""


def take_in(
    workspace: Workspace, arrivals: Arrivals, *, by: str, yes: bool, corrections: bool, dry_run: bool, json: bool,
    accept_clock: bool = False,
) -> None:
    """Show what would be put on record, ask, and put it there; `Exit(1)` where something of the files was a problem.

    Nothing is written where nobody can be asked and `yes` was not given.
    """  # fmt: skip
    from briefing.errors import InvalidDraft, Refused, UsageProblem
    from briefing.incoming import plan
    from briefing.intake.marks import unknown_marks

    if problems := list(unknown_marks((one.item for one in arrivals.entries), workspace.profiles(workspace.profile))):
        raise InvalidDraft(problems)
    pen, log = pen_for(workspace, by=by, accept_clock=accept_clock), workspace.log.recorded
    found = plan(arrivals, log, pen.again(), corrections=corrections)
    if dry_run:
        _show(found, as_json=json)
    elif not found.new and not found.changed:
        print(_summary(found), file=sys.stderr)
    else:
        _print_short(found)
        asked = sys.stdin.isatty() and not yes
        if not asked and not yes:
            raise UsageProblem("nothing was put on record", hint="--dry-run shows all of it, --yes puts it on record")
        if asked and found.new and not typer.confirm(f"Put {_counted(found)} on record?", err=True):
            raise Refused("nothing was put on record", hint="--dry-run shows what it would be")
        if asked and found.changed and not corrections:
            found = _with_corrections(found, plan(arrivals, log, pen.again(), corrections=True))
        put_on_record(workspace, found.events)
        _print_written(found, as_json=json)
    if any(one.kind == "problem" for one in found.left):
        raise typer.Exit(1)


def _with_corrections(found: Plan, whole: Plan) -> Plan:
    """Return the plan with corrections where an officer agrees to them, and to the names that they bring."""
    known = {one.id for one in found.fresh}
    names = [f"{one.kind} {one.name}" for one in whole.fresh if one.id not in known]
    brought = f" They put on the register: {'; '.join(names)}." if names else ""
    n = len(whole.changed)
    agreed = typer.confirm(f"{n} correction{'' if n == 1 else 's'} proposed.{brought} Take them too?", err=True)
    return whole if agreed else found


# ── in words ──────────────────────────────────────────────────────────────────────────────────


def _counted(found: Plan) -> str:
    """Return what is new in numbers: "31 meetings, 12 people"."""
    counts = Counter(_CALLED.get(one.item.kind, one.item.kind) for one in found.new)
    counts += Counter(one.kind for one in found.fresh)
    return ", ".join(f"{n} {kind if n == 1 else MANY.get(kind, kind + 's')}" for kind, n in counts.items()) or "nothing"


def _summary(found: Plan) -> str:
    told = [f"new: {_counted(found)}"]
    for n, what in ((len(found.same), "on record already"), (len(found.changed), "changed"),
                    (len(found.withdrawn), "withdrawn on record, and left so"),
                    (len(found.missing), "on record and not here any more")):  # fmt: skip
        told += [f"{what}: {n}"] if n else []
    left = Counter(one.kind for one in found.left)
    told += [f"not taken: {n}"] if (n := left.pop("problem", 0)) else []
    told += ["beside these: " + ", ".join(f"{n} {kind}" for kind, n in left.items())] if left else []
    return "; ".join(told)


def _print_short(found: Plan) -> None:
    """Print what an officer decides on: numbers, names that are new, what would change, and every problem."""
    print(_summary(found), file=sys.stderr)
    for one in found.fresh[:_SHOWN]:
        near = f" (nearest: {', '.join(one.nearest)})" if one.nearest else ""
        print(f"  {one.kind}  {one.name}{near}", file=sys.stderr)
    if len(found.fresh) > _SHOWN:
        print(f"  and {len(found.fresh) - _SHOWN} more names; --dry-run shows all", file=sys.stderr)
    for row in [*_changes(found), *_problems(found.left), *_missing(found.missing)]:
        print(_line(row), file=sys.stderr)


def _show(found: Plan, *, as_json: bool) -> None:
    rows = list(_rows(found))
    if as_json:
        import json

        print(json.dumps({"rows": rows, "names": list(_names(found))}, ensure_ascii=False, indent=2))
    else:
        for row in rows:
            print(_line(row))
        for name in _names(found):
            print(f"{'new name':<10}  {name['kind']}: {name['name']}")
        print(_summary(found))
    print("nothing was written (--dry-run)", file=sys.stderr)


def _line(row: dict[str, Any]) -> str:
    notes = f" [{'; '.join(row['notes'])}]" if row.get("notes") else ""
    return f"{row['what']:<10}  {row['place']}  {row['says']}{notes}"


def _rows(found: Plan) -> Iterator[dict[str, Any]]:
    """Yield one row for each entry, change and thing left, as they stand in the files; what is gone comes last."""
    entries = [("new", found.new), ("on record", found.same), ("withdrawn", found.withdrawn)]
    told = [(one.place, _entry(what, one)) for what, group in entries for one in group]
    told += [(one.entry.place, row) for one in found.changed for row in _change(one)]
    told += [(one[0].place, _left(one)) for one in _runs(found.left)]
    files = {file: n for n, file in enumerate(dict.fromkeys(place.file for place, _ in told))}
    told.sort(key=lambda pair: (files[pair[0].file], pair[0].line or 0))
    yield from (row for _, row in told)
    yield from _missing(found.missing)


def _entry(what: str, one: Entry) -> dict[str, Any]:
    item = one.item
    who = [said.text for key in _WHO for said in item.texts(key)]
    who += [person.text("name") or "" for key in _WHO for person in item.items(key)]
    says = ": ".join(part for part in (item.text("when"), item.text(item.kind)) if part)
    return {"what": what, "place": str(one.place), "says": says + (f" ({'; '.join(who)})" if who else ""),
            "kind": item.kind, "origin": one.origin, "notes": list(one.notes)}  # fmt: skip


_WHO = ("agency", "with", "ours", "principal", "visitor", "country")


def _changes(found: Plan) -> Iterator[dict[str, Any]]:
    for one in found.changed:
        yield from _change(one)


def _change(one: Changed) -> Iterator[dict[str, Any]]:
    """Yield one row for each field that would change, with what it says now."""
    id_ = getattr(one.now, "id", one.target.digest[:8])
    for change in one.changes:
        says = f"{id_} {change.path}: {_said(_at(one.now, change.path))} → {_said(change.value)}"
        yield {"what": "changed", "place": str(one.entry.place), "says": says, "origin": one.entry.origin,
               "target": one.target.digest, "field": change.path, "value": change.value}  # fmt: skip


def _at(event: Any, path: str) -> Any:
    value: Any = event.model_dump(mode="json", by_alias=True)
    for step in path.split("/"):
        items = {one.get("id"): one for one in value} if isinstance(value, list) else value
        value = items.get(step)
    return value


def _said(value: Any) -> str:
    """Return a value as an officer reads it: a date by its words, nothing as a dash."""
    if isinstance(value, dict):
        return str(value.get("words") or value.get("say") or value.get("person") or value.get("unnamed") or value)
    if isinstance(value, list):
        return ", ".join(map(_said, value)) or "–"
    return "–" if value is None else f"“{value}”"


def _problems(left: Iterable[Left]) -> Iterator[dict[str, Any]]:
    return (_left(one) for one in _runs(one for one in left if one.kind == "problem"))


def _runs(left: Iterable[Left]) -> list[list[Left]]:
    """Return what is left, rows of one kind below each other together."""
    runs: list[list[Left]] = []
    for one in left:
        last = runs[-1][-1] if runs else None
        if last and (last.place.file, last.why, last.words) == (one.place.file, one.why, one.words) and (
            one.place.line == (last.place.line or 0) + 1
        ):
            runs[-1].append(one)
        else:
            runs.append([one])
    return runs


def _left(run: Sequence[Left]) -> dict[str, Any]:
    first, last = run[0], run[-1]
    place = f"{first.place}–{last.place.line}" if len(run) > 1 else str(first.place)
    words = f" “{first.words[:100]}”" if first.words else ""
    what = "not taken" if first.kind == "problem" else first.kind
    return {"what": what, "place": place, "says": f"{first.why}{words}", "kind": first.kind, "rows": len(run)}


def _missing(missing: Iterable[Recorded]) -> Iterator[dict[str, Any]]:
    """Yield what is on record and in no file any more: told, never withdrawn by itself."""
    for one in missing:
        said: Any = one.event
        named = getattr(said, "title", "") or getattr(said, "name", "")
        says = f"{said.id} {named}: here no more; `briefing retract {one.digest[:8]}` withdraws it"
        yield {"what": "gone", "place": "on record", "says": says, "origin": said.origin, "target": one.digest}


def _names(found: Plan) -> Iterator[dict[str, str]]:
    for one in found.fresh:
        yield {"kind": one.kind, "name": one.name, "id": one.id, "place": str(one.place)}


def _print_written(found: Plan, *, as_json: bool) -> None:
    rows = [{"digest": one.digest, "type": one.event.type, "id": getattr(one.event, "id", "")} for one in found.events]
    if as_json:
        import json

        print(json.dumps({"written": rows, "rows": list(_rows(found))}, ensure_ascii=False, indent=2))
        return
    for row in rows:
        print(f"{row['digest']}  {row['type']}  {row['id']}")


def place_of(file: str, line: int | None = None, *, sheet: str = "") -> Place:
    """Return where a row stands: FILE:LINE, or FILE!SHEET:ROW."""
    from briefing.errors import Place

    return Place(f"{file}!{sheet}" if sheet else file, line)
