"""Find what ships beside the code: templates, fonts and the sample record.

In an installed wheel they lie in `briefing/_data`; in a checkout beside the package. Nothing else
in the program knows where they are. A workspace may have a `templates/` folder of its own: a file
in it takes the place of the shipped file of the same name, one by one.
"""

from __future__ import annotations

import hashlib
import os
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from briefing.errors import NoInput, Refused, UsageProblem

if TYPE_CHECKING:
    from briefing.markings.profile import Profile

_PACKAGE = Path(__file__).resolve().parent

COPIES = "copied.json"
"""In a house's folder: which shipped file each copy was made from."""


def templates_dir() -> Path:
    """Return the shipped templates: `note.html.j2`, `note.css`, `note.docx` and `fonts/`."""
    return _shipped("templates")


def fonts_dir() -> Path:
    """Return the shipped fonts and their licences."""
    return templates_dir() / "fonts"


def sample_events_dir() -> Path:
    """Return the sample record that ships, as a folder of event files."""
    return _shipped("events")


def register_mappings(own: Path | None = None) -> Iterator[Path]:
    """Yield the files that say how registers are read, the workspace's own before those that ship."""
    for folder in (own, _shipped("registers")):
        if folder is not None and folder.is_dir():
            yield from sorted(folder.glob("*.toml"))


def template_file(name: str, house: Path | None = None) -> Path:
    """Return the template `name` ("note.css", "fonts/X.ttf"), the house's copy where there is one.

    Raises `Refused` where the house's leads out of its folder, `NoInput` where there is none.
    """
    for folder in _folders(house):
        path = folder / name
        resolved = path.resolve()
        inside = resolved.is_relative_to(folder.resolve()) and _is_template(PurePosixPath(name))
        if inside and resolved.is_file():
            return resolved
        if path.is_symlink():
            raise Refused(f"{path} is a link that leads out of its folder", hint="put the file itself there")
    raise NoInput(f"there is no template “{name}”", hint="`briefing templates list` shows those that there are")


def template_set(format_: str, house: Path | None = None) -> dict[str, Path]:
    """Return every file that can have a part in a paper of this format, by name, the house's own where there is one."""
    names = {name for folder in _folders(house) for name in template_names(folder)}
    words = {name for name in names if name.startswith(("lang/", "markings/"))}
    names = words if format_ == "md" else words | {"note.docx"} if format_ == "docx" else names - {"note.docx"}
    return {name: template_file(name, house) for name in sorted(names)}


def own_templates(format_: str, house: Path | None) -> list[str]:
    """Return the templates of a format that are the house's own: added by it, or changed."""
    if house is None:
        return []
    shipped = templates_dir()
    return [name for name, path in template_set(format_, house).items() if not _same(path, shipped / name)]


def template_digest(format_: str, house: Path | None = None) -> str:
    """Return the SHA-256 of the templates of a format: of one line "digest  name" for each, sorted by name."""
    lines = (f"{file_digest(path)}  {name}\n" for name, path in template_set(format_, house).items())
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def template_names(folder: Path) -> Iterator[str]:
    """Yield the templates that lie in a folder: names from there, with / between their parts."""
    for where, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith((".", "__"))]
        for name in files:
            path = PurePosixPath((Path(where) / name).relative_to(folder).as_posix())
            if _is_template(path):
                yield str(path)


def file_digest(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _same(one: Path, other: Path) -> bool:
    return one == other or (other.is_file() and file_digest(one) == file_digest(other))


def _is_template(name: PurePosixPath) -> bool:
    """Return whether a file may have a part in a paper; drafts and the scripts beside the templates may not."""
    hidden = any(part.startswith((".", "__")) for part in name.parts)
    return not (hidden or name.suffix == ".py" or name.parts[0] == "drafts" or str(name) == COPIES)


def _folders(house: Path | None) -> tuple[Path, ...]:
    """Return the folders in which a template is looked for, the house's own first."""
    shipped = templates_dir()
    return (house, shipped) if house is not None and house.is_dir() else (shipped,)


def languages(house: Path | None = None) -> tuple[str, ...]:
    """Return the languages other than English that papers can be written in: files of `lang/` in the templates."""
    found = {path.stem for folder in _folders(house) for path in (folder / "lang").glob("*.toml")}
    return tuple(sorted(found))


def catalogue(lang: str, house: Path | None = None) -> dict[str, str]:
    """Return what each English sentence of a paper is in a language; a house's own words stand before those that ship.

    Raises `UsageProblem` for a file that is no TOML of texts.
    """
    words: dict[str, str] = {}
    for folder in reversed(_folders(house)):
        path = folder / "lang" / f"{lang}.toml"
        if path.is_file():
            try:
                read = tomllib.loads(path.read_text(encoding="utf-8"))
            except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
                raise UsageProblem(f"{path}: {fault}", hint='one line a sentence: "English" = "…"') from fault
            if odd := [one for one, own in read.items() if not isinstance(own, str) or _named(one) != _named(own)]:
                raise UsageProblem(
                    f"{path}: “{odd[0]}” is not translated as one text with the same names in braces",
                    hint='one line a sentence: "English {name}" = "… {name} …"',
                )
            words |= read
    return words


def marking_profiles(house: Path | None = None) -> tuple[str, ...]:
    """Return the names of the marking profiles: files of `markings/` in the templates."""
    found = {path.stem for folder in _folders(house) for path in (folder / "markings").glob("*.toml")}
    return tuple(sorted(found))


def marking_profile(name: str, house: Path | None = None) -> Profile:
    """Return a marking profile, the house's own where there is one; `UsageProblem` for one that there is not."""
    from briefing.markings.profile import read_profile

    known = marking_profiles(house)
    if name not in known:
        raise UsageProblem(f"“{name}” is no marking profile", hint=f"profile in briefing.toml: {', '.join(known)}")
    path = template_file(f"markings/{name}.toml", house)
    try:
        return read_profile(path.read_text(encoding="utf-8"), name)
    except UnicodeDecodeError as fault:
        raise UsageProblem(f"{path}: {fault}", hint="save it as UTF-8") from fault


def _named(sentence: str) -> set[str]:
    return set(re.findall(r"\{(\w*)\}", sentence))


def _shipped(name: str) -> Path:
    """Return the packaged folder `name`, else the one beside the checkout."""
    for folder in (_PACKAGE / "_data" / name, _PACKAGE.parent / name):
        if folder.is_dir():
            return folder
    raise NoInput(f"this installation has no “{name}” folder", hint="install briefing-notes again")
