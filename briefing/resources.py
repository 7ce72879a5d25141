"""Find what ships beside the code: templates, fonts and the sample record.

In an installed wheel they lie in `briefing/_data`; in a checkout beside the package. Nothing else
in the program knows where they are. A workspace may have a `templates/` folder of its own: a file
in it takes the place of the shipped file of the same name, one by one.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from briefing.errors import NoInput

_PACKAGE = Path(__file__).resolve().parent


def templates_dir() -> Path:
    """Return the shipped templates: `note.html.j2`, `note.css`, `note.docx` and `fonts/`."""
    return _shipped("templates")


def fonts_dir() -> Path:
    """Return the shipped fonts and their licences."""
    return templates_dir() / "fonts"


def sample_events_dir() -> Path:
    """Return the sample record that ships, as a folder of event files."""
    return _shipped("events")


def template_folders(house: Path | None = None) -> tuple[Path, ...]:
    """Return the folders in which a template is looked for, the house's own first."""
    shipped = templates_dir()
    return (house, shipped) if house is not None and house.is_dir() else (shipped,)


def template_file(name: str, house: Path | None = None) -> Path:
    """Return the template `name` ("note.css", "fonts/X.ttf"), the house's copy where there is one."""
    for folder in template_folders(house):
        path = (folder / name).resolve()
        if path.is_relative_to(folder.resolve()) and path.is_file():
            return path
    raise NoInput(f"there is no template “{name}”", hint="`briefing templates list` shows those that ship")


def _shipped(name: str) -> Path:
    """Return the packaged folder `name`, else the one beside the checkout."""
    for folder in (_PACKAGE / "_data" / name, _PACKAGE.parent / name):
        if folder.is_dir():
            return folder
    raise NoInput(f"this installation has no “{name}” folder", hint="install briefing-notes again")


def template_digest(format_: str, house: Path | None = None) -> str:
    """Return the SHA-256 of the templates of a format: of one line "digest  name" for each, sorted by name."""
    parts = {"md": (), "docx": ("note.docx",)}.get(format_, (".j2", ".css", ".ttf", ".otf", ".svg", ".png"))
    names = {
        path.relative_to(folder).as_posix()
        for folder in template_folders(house)
        for path in folder.rglob("*")
        if path.name.endswith(parts)
    }
    digests = {name: hashlib.sha256(template_file(name, house).read_bytes()).hexdigest() for name in sorted(names)}
    return hashlib.sha256("".join(f"{digest}  {name}\n" for name, digest in digests.items()).encode()).hexdigest()
