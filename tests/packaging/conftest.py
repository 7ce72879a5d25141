"""What is built and installed once for all packaging tests."""

from __future__ import annotations

import tarfile
from pathlib import Path

import pytest

from tests.packaging.distributions import Built, Installed, build, copy_of_tree, install


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Build from a copy in which lies what a developer's folder holds and no distribution may."""
    work = tmp_path_factory.mktemp("build")
    tree = copy_of_tree(work / "tree")
    for unshipped in (".venv/lib/unshipped.py", "output/unshipped.pdf", "briefing/__pycache__/unshipped.pyc", "dist/unshipped.whl"):
        (tree / unshipped).parent.mkdir(parents=True, exist_ok=True)
        (tree / unshipped).write_text("not ours", encoding="utf-8")
    sdist = build("sdist", tree, work / "sdist")
    with tarfile.open(sdist) as archive:
        if hasattr(tarfile, "data_filter"):  # Debian 12's Python has none
            archive.extraction_filter = tarfile.data_filter
        archive.extractall(work / "unpacked")
    (unpacked,) = (work / "unpacked").iterdir()
    return Built(tree, sdist, build("wheel", tree, work / "wheel"), build("wheel", unpacked, work / "wheel-of-sdist"))


@pytest.fixture(scope="session")
def installed(built: Built, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    return install(built.wheel, tmp_path_factory.mktemp("wheel") / "env")


@pytest.fixture(scope="session")
def editable(tmp_path_factory: pytest.TempPathFactory) -> tuple[Installed, Path]:
    work = tmp_path_factory.mktemp("editable")
    tree = copy_of_tree(work / "tree")
    return install(tree, work / "env", "--editable"), tree
