"""What an import says of its plan: in short on the way, whole with --dry-run, and what was put on record."""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from briefing.cli.writing import print_written

if TYPE_CHECKING:
    from briefing.events import Recorded
    from briefing.incoming import Changed, Entry, Left, Plan
    from briefing.resolve import Fresh
    from briefing.state import RegisterKind

MANY = {"person": "people", "agency": "agencies"}
_CALLED = {"planned": "planned meeting"}
_TAKES = {"past": "--held", "private": "--private", "without others": "--alone",
          "outside the window": "--from, --until"}  # fmt: skip
"""The options that take what is left otherwise."""
_SHOWN = 12
"""Lines of one kind that are shown in short, and names in one line; --dry-run shows all."""


# ── in short ──────────────────────────────────────────────────────────────────────────────────


def in_short(found: Plan) -> Iterator[str]:
    """Yield what an officer decides on: numbers, names that are new, what would change, and every reason."""
    yield summary(found)
    yield from _names_in_short(found.fresh)
    yield from _bounded([_line(row) for row in _changes(found)], "changes")
    yield from _bounded(list(_reasons(found.left)), "reasons")
    yield from _bounded([_line(row) for row in _missing(found.missing)], "that are gone")


def _bounded(lines: Sequence[str], what: str) -> Iterator[str]:
    yield from lines[:_SHOWN]
    if len(lines) > _SHOWN:
        yield f"  and {len(lines) - _SHOWN} more {what}; --dry-run shows all"


def _names_in_short(fresh: Sequence[Fresh]) -> Iterator[str]:
    """Yield the names that are new, a line for each part of the register, and apart those like others."""
    from briefing.names import alike_names

    kinds: dict[RegisterKind, dict[str, str]] = defaultdict(dict)
    for one in fresh:
        kinds[one.kind][one.id] = one.name
    for kind, names in kinds.items():
        more = f"; and {len(names) - _SHOWN} more: --dry-run shows all" if len(names) > _SHOWN else ""
        yield f"  {many(kind, len(names))}: {'; '.join([*names.values()][:_SHOWN])}{more}"
    for kind, names in kinds.items():
        alike = alike_names(fresh[-1].state, kind, names)
        lines = [f"  perhaps known already: {kind} {names[id_]}, like {', '.join(near)}" for id_, near in alike]
        yield from _bounded(lines, "that may be known")


def many(kind: str, n: int) -> str:
    """Return what things of a kind are called, one or several."""
    return kind if n == 1 else MANY.get(kind, kind + "s")


def _reasons(left: Iterable[Left]) -> Iterator[str]:
    """Yield why things were not taken, each reason once, with how often and where it is first."""
    runs: dict[str, list[Left]] = defaultdict(list)
    for one in left:
        if one.kind == "problem":
            runs[one.why].append(one)
    for why, ones in runs.items():
        first = ones[0]
        words = f" “{first.words[:60]}”" if first.words else ""
        more = f", and {len(ones) - 1} more" if len(ones) > 1 else ""
        yield f"not taken   {first.place}{more}  {why}{words}"


def summary(found: Plan) -> str:
    """Return the plan in numbers."""
    told = [f"new: {counted(found)}"]
    for n, what in ((len(found.same), "on record already"), (len(found.changed), "changed"),
                    (len(found.withdrawn), "withdrawn on record, and left so"),
                    (len(found.missing), "on record and not here any more")):  # fmt: skip
        told += [f"{what}: {n}"] if n else []
    left = Counter(one.kind for one in found.left)
    told += [f"not taken: {n}"] if (n := left.pop("problem", 0)) else []
    beside = (f"{n} {kind}" + (f" ({_TAKES[kind]})" if kind in _TAKES else "") for kind, n in left.items())
    told += ["beside these: " + ", ".join(beside)] if left else []
    return "; ".join(told)


def counted(found: Plan) -> str:
    """Return what is new in numbers: "31 meetings, 12 people"."""
    counts = Counter(_CALLED.get(one.item.kind, one.item.kind) for one in found.new)
    counts += Counter(one.kind for one in found.fresh)
    return ", ".join(f"{n} {many(kind, n)}" for kind, n in counts.items()) or "nothing"


# ── whole ─────────────────────────────────────────────────────────────────────────────────────


def print_all(found: Plan, *, as_json: bool) -> None:
    """Print every row with its place, what would change in it, and the names that are new."""
    rows = list(_rows(found))
    if as_json:
        import json

        print(json.dumps({"rows": rows, "names": list(_names(found))}, ensure_ascii=False, indent=2))
    else:
        for row in rows:
            print(_line(row))
        for name in _names(found):
            print(f"{'new name':<10}  {name['kind']}: {name['name']}")
        print(summary(found))
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


def changes_of(one: Changed) -> Iterator[str]:
    """Yield a line for each field that would change of one event."""
    return (_line(row) for row in _change(one))


def _change(one: Changed) -> Iterator[dict[str, Any]]:
    """Yield one row for each field that would change, with what it says now."""
    id_ = getattr(one.now, "id", one.target.digest[:8])
    for change in one.changes:
        says = f"{id_} {change.path}: {_from_to(_at(one.now, change.path), change.value)}"
        yield {"what": "changed", "place": str(one.entry.place), "says": says, "origin": one.entry.origin,
               "target": one.target.digest, "field": change.path, "value": change.value}  # fmt: skip


def _at(event: Any, path: str) -> Any:
    value: Any = event.model_dump(mode="json", by_alias=True)
    for step in path.split("/"):
        items = {one.get("id"): one for one in value} if isinstance(value, list) else value
        value = items.get(step)
    return value


_TELLING = ("say", "person", "unnamed", "record", "quote", "words")
"""The fields that say what a part of an event is, the first that it has."""


def _said(value: Any) -> str:
    """Return a value as an officer reads it: a date by its words, a person with the title, nothing as a dash."""
    if isinstance(value, dict):
        said = next((value[key] for key in _TELLING if isinstance(value.get(key), str)), "")
        return f"{said}, {value['title']}" if value.get("title") and said else str(said or value)
    if isinstance(value, list):
        return ", ".join(map(_said, value)) or "–"
    return "–" if value is None else f"“{value}”"


def _from_to(old: Any, new: Any) -> str:
    """Return what changes; of a list of which something stays, what comes and what goes."""
    if isinstance(old, list) and isinstance(new, list) and any(one in new for one in old):
        went = [f"without {_said(one)}" for one in old if one not in new]
        came = [f"also {_said(one)}" for one in new if one not in old]
        return "; ".join((*went, *came)) or "in another order"
    return f"{_said(old)} → {_said(new)}"


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


# ── what was put on record ────────────────────────────────────────────────────────────────────


def written(found: Plan, *, as_json: bool) -> None:
    """Print the events that were put on record, then how many, and what was not."""
    if as_json:
        import json

        rows = [{"digest": one.digest, "type": one.event.type, "id": getattr(one.event, "id", "")}
                for one in found.events]  # fmt: skip
        print(json.dumps({"written": rows, "rows": list(_rows(found))}, ensure_ascii=False, indent=2))
        return
    print_written(found.events, dry_run=False)
    sys.stdout.flush()
    n = sum(one.event.type == "event.corrected" for one in found.events)
    taken = [counted(found)] if found.new else []
    taken += [_corrections(n)] if n else []
    print(f"put on record: {', '.join(taken) or 'nothing'}", file=sys.stderr)
    if found.changed and not found.corrected:
        print(f"proposed, and not taken: {_corrections(len(found.changed))}; --corrections takes them", file=sys.stderr)


def _corrections(n: int) -> str:
    return f"{n} correction{'' if n == 1 else 's'}"
