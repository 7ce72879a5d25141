from __future__ import annotations

import hashlib
import sys
import tarfile
import zipfile
from email import message_from_bytes
from pathlib import Path

import pytest

from tests.packaging.distributions import ROOT, Built

pytestmark = pytest.mark.packaging

DATA = "briefing/_data/"


def contents(wheel: Path) -> dict[str, str]:
    with zipfile.ZipFile(wheel) as archive:
        return {name: hashlib.sha256(archive.read(name)).hexdigest() for name in archive.namelist()}


def files(tree: Path, folder: str) -> set[str]:
    found = (path.relative_to(tree).as_posix() for path in (tree / folder).rglob("*") if path.is_file())
    return {name for name in found if "__pycache__" not in name}


def shipped(tree: Path) -> set[str]:
    folders = ("templates", "events", "registers")
    return {name for one in folders for name in files(tree, one) if not name.endswith(".py")}


def test_the_wheel_holds_every_template_font_licence_and_sample_event(built: Built) -> None:
    packaged = {name.removeprefix(DATA) for name in contents(built.wheel) if name.startswith(DATA)}

    assert packaged == shipped(built.tree)
    assert {"templates/note.html.j2", "templates/note.css", "templates/note.docx"} <= packaged
    assert {name.rpartition(".")[2] for name in packaged if name.startswith("templates/fonts/")} == {"ttf", "txt"}
    assert any(name.startswith("events/") for name in packaged)


def test_the_wheel_holds_every_module_and_nothing_else(built: Built) -> None:
    names = {name for name in contents(built.wheel) if not name.startswith(DATA)}
    metadata = {name for name in names if ".dist-info/" in name}

    assert names - metadata == files(built.tree, "briefing")


def test_the_wheel_is_named_and_licensed_as_the_project_is(built: Built) -> None:
    with zipfile.ZipFile(built.wheel) as archive:
        (name,) = (name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        metadata = message_from_bytes(archive.read(name))

    assert metadata["Name"] == "briefing-notes"
    assert metadata["Requires-Python"] == ">=3.11"
    licences = metadata.get_all("License-File")
    assert licences is not None
    assert "LICENSE" in licences
    fonts = {path.stem.split("_")[0] for path in (built.tree / "templates/fonts").glob("*.ttf")}
    assert {f"templates/fonts/OFL-{font}.txt" for font in fonts} <= set(licences)


def test_the_wheel_of_the_sdist_is_the_wheel_of_the_tree(built: Built) -> None:
    assert contents(built.wheel_of_sdist) == contents(built.wheel)


def test_building_again_gives_the_same_bytes(built: Built) -> None:
    assert built.wheel_of_sdist.read_bytes() == built.wheel.read_bytes()


def test_the_sdist_holds_what_is_needed_to_test_and_to_read(built: Built) -> None:
    with tarfile.open(built.sdist) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}

    assert {"Makefile", "requirements.lock", "requirements-dev.lock", "README.md", "LICENSE"} <= names
    assert {"scripts/system-packages.sh", "tests/packaging/conftest.py"} <= names
    assert files(built.tree, "docs") <= names
    assert not [name for name in names if "unshipped" in name]


@pytest.mark.parametrize("kind", ["wheel", "sdist"])
def test_no_distribution_names_a_folder_of_this_machine(built: Built, kind: str) -> None:
    with tarfile.open(built.sdist) if kind == "sdist" else zipfile.ZipFile(built.wheel) as archive:
        members = (
            {m.name: archive.extractfile(m) for m in archive.getmembers() if m.isfile()}
            if isinstance(archive, tarfile.TarFile)
            else {name: archive.open(name) for name in archive.namelist()}
        )
        texts = {name: file.read() for name, file in members.items() if file is not None}
    folders = (ROOT, built.tree, Path.home(), Path(sys.prefix))
    here = [str(folder).encode() for folder in folders if len(folder.parts) > 2]  # "/root" is a word

    assert not [name for name, text in texts.items() if any(folder in text for folder in here)]
