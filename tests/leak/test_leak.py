"""Nothing that is withheld is in any byte of any paper, in any format; the same is found where it is not withheld."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import pytest

from briefing.cli.issue import issue_papers, make_again
from briefing.cli.papers import Asked, Wanted, preview
from briefing.cli.sets import preview_in_one
from briefing.cli.workspace import Workspace
from briefing.codec import encode, file_name
from briefing.envelope import Digest
from briefing.events import EVENT_TYPES, Recorded
from briefing.notes.note import (
    BottomLine,
    BulletList,
    Column,
    Footnotes,
    Heading,
    Paragraph,
    Run,
    SourceList,
    Table,
    Timeline,
    TimelinePoint,
    TitleLine,
)
from briefing.notes.papers import PAPERS, SHEETS, Paper
from briefing.notes.specimen import full
from briefing.render import render
from tests.leak.channels import everything
from tests.leak.planted import Planted, planted

FORMATS = ("pdf", "docx", "html", "md")
ABOUT = {
    "visit": "v", "agency": "us-open", "meeting": "next", "record": "talks", "public": "talks", "card": "next", "book": "v",
    "actions": "theirs",
}  # fmt: skip
OPTIONS = {"matrix": (("agencies", "us-open in-mea"),)}
ASKED = Asked(format_="", lang="", output="", attach=False, issue=False, to=None, ref="", again="", ceiling="", release="",
              marking="", marking_reason="", by="", accept_clock=False, dry_run=False)  # fmt: skip
RELEASED = tuple(one for one in PAPERS if one not in ("changes", "public"))
"""Kinds that are made for a reader: a change sheet is refused, the public cut is made otherwise."""




@dataclass(frozen=True)
class Case:
    """A profile, the mark of secrets and of all else, and for whom a paper is made."""

    profile: str
    secret: str
    open: str | None
    ceiling: str = ""
    release: str = ""

    @property
    def reader(self) -> dict[str, str]:
        return {"ceiling": self.ceiling, "release": self.release}


CASES = {
    "ceiling": Case("plain", "CONFIDENTIAL", None, ceiling="INTERNAL"),
    "release to the public": Case("plain", "INTERNAL", "PUBLIC", release="public"),
    "release to a country": Case("us", "SECRET//NOFORN", "SECRET//REL TO USA, GBR", release="GBR"),
    "public cut": Case("plain", "CONFIDENTIAL", "PUBLIC", ceiling="PUBLIC"),
    "ceiling without a caveat": Case("uk", "OFFICIAL-SENSITIVE", None, ceiling="OFFICIAL"),
}


@cache
def record(case: str) -> Planted:
    return planted(CASES[case].secret, CASES[case].open)


Folders = dict[str, tuple[Path, Path]]


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> Folders:
    """Put the records of each case into workspaces: with secrets, and without."""

    def written(log: tuple[Recorded, ...]) -> Path:
        folder = tmp_path_factory.mktemp("record")
        for one in log:
            path = folder / "events" / file_name(one.event, Digest(one.digest))
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(encode(one.event))
        return folder

    return {case: (written(record(case).full), written(record(case).without)) for case in CASES}


def made(folder: Path, case: str, kind: str, format_: str, *, lang: str = "", whole: bool = False) -> tuple[str, bytes]:
    """Make a paper as the command line does, for the reader of a case or `whole`; return its file's name and its bytes."""
    reader = {} if whole else CASES[case].reader
    workspace = Workspace(root=folder, settings={"ministry": "Ministry", "profile": CASES[case].profile}, **reader)  # type: ignore[arg-type] # two of its fields
    return written_by(folder, lambda: preview(workspace, wanted(kind), replace(ASKED, format_=format_, lang=lang, **reader)))


def written_by(folder: Path, write: Callable[[], None]) -> tuple[str, bytes]:
    output = folder / "output"
    write()
    (path,) = output.glob("*")
    data = path.read_bytes()
    path.unlink()
    return path.name, data


def wanted(kind: str) -> Wanted:
    return Wanted((Paper(kind, ABOUT.get(kind, ""), OPTIONS.get(kind, ())),))


def formats(kind: str) -> tuple[str, ...]:
    return (*FORMATS, "xlsx", "csv") if kind in SHEETS else FORMATS


def found_in(case: str, name: str, data: bytes) -> set[str]:
    """Return the secrets and the traces of the record that stand in a file or its name, whatever the case of letters."""
    here = f"{name}\n{everything(data)}".casefold()
    return {f"{one} ({place})" for one, place in {**record(case).canaries.words, **record(case).traces}.items() if one.casefold() in here}


def test_the_record_has_a_secret_of_every_type_of_event() -> None:
    assert {type(one.event) for one in record("ceiling").full} == set(EVENT_TYPES)


@pytest.mark.parametrize(("kind", "format_"), [(kind, format_) for kind in RELEASED for format_ in formats(kind)])
def test_nothing_withheld_is_in_a_paper_under_a_ceiling(folders: Folders, kind: str, format_: str) -> None:
    assert found_in("ceiling", *made(folders["ceiling"][0], "ceiling", kind, format_)) == set()


@pytest.mark.parametrize("case", list(CASES)[1:])
@pytest.mark.parametrize("kind", RELEASED)
def test_nothing_withheld_is_in_a_paper_for_others(folders: Folders, case: str, kind: str) -> None:
    for format_ in ("html", "docx") if kind in ("meeting", "record") else ("html",):
        assert found_in(case, *made(folders[case][0], case, kind, format_)) == set()


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("kind", RELEASED)
def test_a_paper_for_a_reader_is_the_same_as_if_the_withheld_had_never_been(folders: Folders, case: str, kind: str) -> None:
    full, without = folders[case]
    for lang in ("", "hi", "fr") if case == "ceiling" else ("",):
        assert made(full, case, kind, "html", lang=lang) == made(without, case, kind, "html", lang=lang)
    for format_ in ("xlsx", "csv") if kind in SHEETS else ():
        assert made(full, case, kind, format_) == made(without, case, kind, format_)


@pytest.mark.parametrize("format_", ["pdf", "docx"])
def test_its_file_is_the_same_to_the_byte(folders: Folders, format_: str) -> None:
    full, without = folders["ceiling"]

    assert made(full, "ceiling", "book", format_) == made(without, "ceiling", "book", format_)


def test_a_set_in_one_file_holds_nothing_that_is_withheld(folders: Folders) -> None:
    folder, reader = folders["ceiling"][0], CASES["ceiling"].reader
    workspace = Workspace(root=folder, settings={"ministry": "Ministry", "cache_dir": str(folder)}, **reader)  # type: ignore[arg-type] # two of its fields
    papers = (*wanted("matrix").papers, *wanted("agency").papers, Paper("agency", "in-mea"))
    path = folder / "set.pdf"
    preview_in_one(workspace, Wanted(papers, folder="agencies"), replace(ASKED, format_="pdf", output=str(path), **reader))

    assert found_in("ceiling", path.name, path.read_bytes()) == set()


def test_the_public_cut_holds_nothing_that_is_withheld(folders: Folders) -> None:
    case = "public cut"
    for format_ in FORMATS:
        assert found_in(case, *made(folders[case][0], case, "public", format_, whole=True)) == set()


def test_a_paper_that_is_issued_for_a_reader_names_itself_and_is_made_again(folders: Folders) -> None:
    case = "ceiling"
    folder, reader = folders[case][0], CASES[case].reader
    workspace = Workspace(root=folder, settings={"ministry": "Ministry", "zone": "UTC"}, **reader)  # type: ignore[arg-type] # two of its fields
    asked = replace(ASKED, format_="html", issue=True, to=["Embassy"], by="Desk", ref="FILE/7", **reader)
    issued = written_by(folder, lambda: issue_papers(workspace, wanted("record"), asked))
    event = next(reversed(Workspace(root=folder, settings={}).state.notes.values())).issued
    again = replace(ASKED, again=f"{event.public_reference}")

    assert event.public_reference
    assert issued[0] == f"record-{event.public_reference[:16]}.html"
    assert event.public_reference[:16] in issued[1].decode()
    assert "FILE/7" not in issued[1].decode()
    assert found_in(case, *issued) == set()
    assert written_by(folder, lambda: make_again(Workspace(root=folder, settings={}), again, ("record",))) == issued


# ── controls ──────────────────────────────────────────────────────────────────────────────────


def test_the_same_secrets_are_found_in_every_format_of_papers_that_withhold_nothing(folders: Folders) -> None:
    words = {f"{one} ({place})" for one, place in record("ceiling").canaries.words.items()}
    every: set[str] = set()
    for kind in RELEASED:
        printed = {}
        for format_ in FORMATS if kind in ("meeting", "record", "book") else ("html", "md"):
            printed[format_] = found_in("ceiling", *made(folders["ceiling"][0], "ceiling", kind, format_, whole=True)) & words
        first, *others = printed.values()
        assert len(first) >= 3
        assert all(one == first for one in others)
        every |= first
    assert len(every) >= 75


PLANTED = {
    "title": "Qztitle", "subtitle": "Qzsubtitle", "band": "Qzband", "description": "Qzdescription", "ministry": "Qzministry",
    "unit": "Qzunit", "paper": "Qzpaper", "running_title": "Qzrunning", "basis_label": "Qzlabel", "basis": "beadfeed" * 8,
    "request": '{"paper": "Qzrequest"}', "evidence": '{"events": "Qzevidence"}', "keywords": ("Qzkeyword",), "heads": ("deadbeef" * 8,),
    "title_block": (TitleLine("Qzinline", "Qzvalue"),),
    "blocks": (
        BottomLine("Qzbottom", ((Run("Qzline"),),)), Heading("Qzheading"), Paragraph((Run("Qzrun", "muted"), Run("Qzhindi", lang="hi"))),
        BulletList(((Run("Qzitem"),),)), Table((Column("Qzcolumn", 100),), (((Run("Qzcell"),),),), caption="Qzcaption"),
        Timeline((TimelinePoint("Qzdate", "Qzpoint", 0),), "Qzalternative"), Footnotes((("1", (Run("Qznote"),)),)),
        SourceList("Qzsources", (("A", (Run("Qzsource"),)),)),
    ),
}  # fmt: skip
NOT_CARRIED: dict[str, set[str]] = {
    "pdf": {"Qzrunning"}, "docx": set(), "html": {"Qzevidence", "beadfeed"},
    "md": {"Qzrunning", "Qzevidence", "beadfeed", "Qzrequest", "Qzkeyword", "Qzdescription", "Qzalternative", "deadbeef"},
}  # fmt: skip
"""Format → what its file has no place for; the running title of a PDF stands on its second page."""


@pytest.mark.parametrize("format_", FORMATS)
def test_a_secret_is_found_in_whatever_place_of_a_file_it_is_put(format_: str) -> None:
    said = everything(render(replace(full(), **PLANTED), format_)).casefold()  # type: ignore[arg-type] # each its own kind
    words = set(re.findall(r"Qz\w+|beadfeed|deadbeef", repr(PLANTED)))

    assert {one for one in words if one.casefold() not in said} == NOT_CARRIED[format_]
