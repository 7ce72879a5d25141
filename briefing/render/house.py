"""A house's copies of the templates: copied once, never written over, and compared with what ships since."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

from briefing.errors import NoInput, OutputFailed, Place, Problem, Refused, UsageProblem
from briefing.resources import COPIES, file_digest, template_file, template_names, templates_dir

State = Literal["shipped", "copied", "changed", "own"]
"""In use is: the file that ships; a copy that is like it; a copy that was changed; a file that does not ship."""

GROUPS: dict[str, tuple[str, ...]] = {
    "page": ("note.html.j2", "note.css"),
    "pdf": ("note.html.j2", "note.css"),
    "html": ("note.html.j2", "note.css"),
    "docx": ("note.docx",),
    "word": ("note.docx",),
}
"""What may be copied by one word, beside `fonts`."""


@dataclass(frozen=True, slots=True)
class Template:
    """One template and where it stands; `overtaken`: the file that ships is not the one that the copy was made from."""

    name: str
    state: State
    path: str
    overtaken: bool = False


def templates(house: Path | None) -> list[Template]:
    """Return every template that papers here can be made from, by name."""
    shipped = templates_dir()
    own = house if house is not None and house.resolve() != shipped.resolve() else None
    copies = _copies(own)
    names = {*template_names(shipped), *(template_names(own) if own else ())}
    return [_template(name, own, copies) for name in sorted(names) if not name.endswith(".txt")]


def overtaken(house: Path | None) -> list[Problem]:
    """Return the copies whose original has changed since they were made."""
    return [
        Problem(Place(one.path), "the template that ships has changed since this copy was made",
                f"compare the two: the one that ships is {templates_dir() / one.name}")
        for one in templates(house) if one.overtaken
    ]  # fmt: skip


def copy(wanted: list[str], house: Path, *, program: str) -> list[Path]:
    """Copy templates into a house's folder and return the new files; a file that is there and differs is refused.

    All are looked at before the first is written. `program` is the version that they come from.
    """
    names = chosen(wanted)
    shipped = {name: templates_dir() / name for name in names}
    there = [name for name in names if (house / name).exists() or (house / name).is_symlink()]
    differing = [name for name in there if not _same(house / name, shipped[name])]
    if differing:
        raise Refused(
            f"{', '.join(str(house / name) for name in differing)}: there already, and not as it ships",
            hint="a file of yours is not written over: move it away first, then copy again and compare",
        )
    new = [name for name in names if name not in there]
    try:
        for name in new:
            (house / name).parent.mkdir(parents=True, exist_ok=True)
            with (house / name).open("xb") as file:
                file.write(shipped[name].read_bytes())
        if new:
            _remember(house, {name: _Copy(file_digest(shipped[name]), program) for name in new})
    except OSError as fault:
        what = f"{house} cannot be written: {fault.strerror or fault}"
        raise OutputFailed(what, hint="see who may write there") from fault
    return [house / name for name in new]


def chosen(wanted: list[str]) -> list[str]:
    """Return the names of templates that words stand for: file names, `page`, `word` or `fonts`."""
    every = list(template_names(templates_dir()))
    groups = {**GROUPS, "fonts": tuple(sorted(name for name in every if name.startswith("fonts/")))}
    names = [name for word in wanted for name in groups.get(word, (word,))]
    unknown = [name for name in names if name not in every]
    if unknown or not names:
        said = f"there is no template “{'”, “'.join(unknown)}”" if unknown else "say which templates to copy"
        raise UsageProblem(said, hint="page (note.html.j2 and note.css), word (note.docx), fonts, or a file's name")
    return list(dict.fromkeys(names))


@dataclass(frozen=True, slots=True)
class _Copy:
    """What a copy was made from: the digest of the file that shipped, and the version it shipped with."""

    sha256: str
    program: str


def _template(name: str, own: Path | None, copies: dict[str, _Copy]) -> Template:
    shipped = templates_dir() / name
    path = template_file(name, own)
    if path == shipped.resolve():
        return Template(name, "shipped", str(shipped))
    if not shipped.is_file():
        return Template(name, "own", str(path))
    made_from = copies.get(name)
    same = _same(path, shipped)
    return Template(
        name,
        "copied" if same else "changed",
        str(path),
        overtaken=not same and made_from is not None and made_from.sha256 != file_digest(shipped),
    )


def _same(one: Path, other: Path) -> bool:
    return one.is_file() and file_digest(one) == file_digest(other)


def _copies(house: Path | None) -> dict[str, _Copy]:
    """Return what each copy was made from, as far as it was written down."""
    if house is None or not (house / COPIES).is_file():
        return {}
    try:
        written = json.loads((house / COPIES).read_text(encoding="utf-8"))
        return {name: _Copy(**one) for name, one in written.items()}
    except (ValueError, TypeError, AttributeError) as fault:
        raise NoInput(
            f"{house / COPIES} is not what `briefing templates copy` writes: {fault}", hint="move the file away"
        ) from fault


def _remember(house: Path, new: dict[str, _Copy]) -> None:
    known = {**_copies(house), **new}
    text = json.dumps({name: asdict(known[name]) for name in sorted(known)}, indent=1) + "\n"
    whole = house / f".{COPIES}.new"
    whole.write_text(text, encoding="utf-8")
    whole.replace(house / COPIES)
