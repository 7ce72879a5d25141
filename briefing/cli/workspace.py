"""The workspace a command works in: its folder, its settings, its record.

`-C DIR` and `BRIEFING_DIR` name it; else it is the nearest parent folder with `briefing.toml`.
The record is its folder `events/`, or where `--store`, `BRIEFING_STORE` or `store` in `briefing.toml` says.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from briefing.cli.house import SETTINGS_FILE, House, read_settings
from briefing.errors import NoInput, Refused

if TYPE_CHECKING:
    from datetime import date, datetime

    from briefing.events import Recorded
    from briefing.linked import Digests, Whole
    from briefing.notes.frame import Frame
    from briefing.notes.papers import Material
    from briefing.state import BriefingState
    from briefing.store.address import EventStore
    from briefing.store.index import Index
    from briefing.store.log import Log

Json = Annotated[bool, typer.Option("--json", help="Print JSON, for other programs.")]
Sample = Annotated[
    bool, typer.Option("--sample", help="Read the sample record that comes with the program, not your own.")
]
Output = Annotated[
    str,
    typer.Option(
        "-o", "--output", metavar="FILE|-", help="Write here; - is standard output. Without it, a file in output/."
    ),
]
Format = Annotated[
    str,
    typer.Option(
        "--format", "-f", metavar="FORMAT", help="pdf, docx (Word), html or md; without it as -o ends, else pdf."
    ),
]
Lang = Annotated[
    str,
    typer.Option(
        "--lang", metavar="CODE", help="Language of the paper: en, hi or fr; without it, lang of briefing.toml."
    ),
]
By = Annotated[
    str,
    typer.Option(
        "--by",
        metavar="POST",
        help="Who puts this on record: a post rather than a name. Without it, recorded_by of briefing.toml.",
    ),
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Show what would be written, and write nothing.")]


@dataclass(frozen=True)
class Workspace(House):
    """A folder with a record; `sample` is the packaged one, which is never written to.

    `as_of`, `known_at` and `on_basis` are as typed: they choose the part of the record that is read;
    `ceiling` and `release` what of it a paper shows.
    """

    as_of: str = ""
    known_at: str = ""
    on_basis: str = ""
    incomplete: bool = False
    part: Log | None = None
    ceiling: str = ""
    release: str = ""
    marking: str = ""
    marking_reason: str = ""

    @cached_property
    def store(self) -> EventStore:
        """The events: a folder, or a bucket."""
        from briefing.cli.remote import open_address
        from briefing.store.folder import FolderStore

        return open_address(address) if (address := self.address) else FolderStore(self.events)

    @property
    def address(self) -> str:
        """Where the events are when they are not in the workspace's own folder; else empty."""
        return "" if self.sample else self.setting("store")

    @property
    def place(self) -> str:
        """Where the events are, as people are told."""
        return self.address or str(self.events)

    @property
    def events(self) -> Path:
        """Where the event files are that lie in a folder of the workspace's own, or in the sample."""
        if self.sample:
            from briefing.resources import sample_events_dir

            return sample_events_dir()
        return self.root / "events"

    @cached_property
    def everything(self) -> Log:
        """All events on record, each checked against its name.

        They stay until the command ends, so the cyclic collector need not look at them again and again.
        """
        from briefing.store.log import load

        log = load(self.store)
        gc.freeze()
        return log

    @cached_property
    def log(self) -> Log:
        """The events that are read: all of them, or the part that was chosen."""
        from briefing.store.moment import recorded_by, up_to

        if self.part is not None:
            return self.part
        log = self.everything
        if self.on_basis:
            log = up_to(log, self.heads_of(self.on_basis))
        if self.known_at:
            log = recorded_by(log, self.time(self.known_at))
        return log

    def needing(self, wanted: Callable[[Whole], Digests | None]) -> Workspace:
        """Return the workspace with only the events that are wanted, where an index can tell them; else as it is."""
        if self.__dict__.keys() & {"everything", "log"}:
            return self  # what is read already need not be read again
        chosen = self.known_at or self.on_basis or self.ceiling or self.release
        if chosen or self.index is None:
            return self
        if (part := self.index.part(wanted)) is None:
            self.__dict__["index"] = None  # a cached property
            return self
        return replace(self, part=part)

    @cached_property
    def index(self) -> Index | None:
        """The index of the record, as it was when it was first asked; None where the record is read without one."""
        from briefing.cli.caches import open_index

        return open_index(self)

    def heads_of(self, said: str) -> tuple[str, ...]:
        """Return the heads that a paper's file, REF@EDITION, or digests name."""
        from briefing.issuing import edition_named
        from briefing.proof.apart import basis_in
        from briefing.store.moment import heads_named

        paper = Path(said)
        if "@" in said and not paper.is_file():
            return edition_named(self.whole.state, said).issued.heads
        return heads_named(self.everything, basis_in(paper) if paper.is_file() else said)

    @cached_property
    def recorded(self) -> tuple[Recorded, ...]:
        """The events that are read, without those that had not happened by the as-of day."""
        from briefing.as_of import left_out

        hidden = left_out(self.log.recorded, self.day(self.as_of)) if self.as_of else frozenset()
        return tuple(one for one in self.log.recorded if one.digest not in hidden)

    @cached_property
    def redactions(self) -> dict[str, Recorded]:
        """The redactions on record, by the digest of what they redact: its content is not shown again."""
        from briefing.events import EventRedacted

        return {one.event.target: one for one in self.log.recorded if isinstance(one.event, EventRedacted)}

    @cached_property
    def state(self) -> BriefingState:
        """The folded record; refused when the record is not whole, unless `incomplete` says to go on."""
        from briefing.projector import project

        if not self.incomplete:
            self.log.require_whole()
        return project(self.visible, as_of=self.day(self.as_of) if self.as_of else None, today=self.today)

    @cached_property
    def visible(self) -> Sequence[Recorded]:
        """The events that are read, or extracts of them: what may be seen under the ceiling, or is for release."""
        from briefing.markings.reader import reader_for
        from briefing.release import released

        if not self.ceiling and not self.release:
            return self.log.recorded
        if self.incomplete:
            raise Refused("an incomplete record releases nothing", hint="what forbids a release may be missing")
        reader = reader_for(self.profiles(self.profile), ceiling=self.ceiling, release=self.release)
        found = released(self.log.recorded, reader) if reader else self.log.recorded
        if not found:
            raise NoInput("nothing on record may be shown", hint="raise the ceiling, or release less widely")
        return found

    @property
    def newest(self) -> datetime | None:
        """When the newest event was recorded, of those that are read and may be seen."""
        return self.visible[-1].at if self.ceiling or self.release else self.log.newest

    @cached_property
    def material(self) -> Material:
        """What papers are made from."""
        from briefing.notes.papers import Material

        return Material(self.state, self.visible, self.words, self.profiles, self.log.lineage)

    @property
    def today(self) -> date | None:
        """The day that "overdue" is counted from: that of the newest event read, in the workspace's zone."""
        newest = self.newest
        return newest.astimezone(self.zone).date() if newest else None

    def require_writable(self) -> None:
        """Refuse to write to the sample record."""
        if self.sample:
            raise Refused(
                "the sample record is not written to", hint="`briefing init DIR` makes a workspace of your own"
            )

    def on(self, heads: Sequence[str]) -> Workspace:
        """Return the workspace as it was on a basis, without reading the files anew.

        Refused when the basis is not whole here any more.
        """
        from briefing.store.moment import up_to

        then = replace(self, on_basis=" ".join(heads))
        then.__dict__.update(everything=self.everything, log=up_to(self.everything, heads))  # cached properties
        return then

    @cached_property
    def whole(self) -> Workspace:
        """The workspace with all of its record, whatever part was chosen."""
        whole = replace(self, as_of="", known_at="", on_basis="", incomplete=False, part=None, ceiling="", release="")
        whole.__dict__["everything"] = self.everything  # a cached property
        return whole

    def frame(self, *, reference: str = "", lang: str = "") -> Frame:
        """Return what stands around a paper: settings, and the time and digest of the record."""
        from briefing.notes.frame import Frame

        newest = self.newest
        if newest is None and (self.known_at or self.on_basis):
            raise NoInput("nothing was on record then", hint="`briefing list events` shows the time of each event")
        if newest is None:
            raise NoInput(
                f"no event is on record in {self.place}",
                hint="`briefing append FILE` puts a meeting on record; --sample reads the sample",
            )
        language = self.language(lang)
        for_a_reader = bool(self.ceiling or self.release)  # its words alone say how it is marked
        return Frame(
            lang=language,
            basis=self.log.basis,
            heads=self.log.heads,
            missing=self.log.missing() if self.incomplete else "",
            as_of=self.printed_day(self.day(self.as_of), language or "en") if self.as_of else "",
            known_at=self.printed(self.time(self.known_at), language or "en") if self.known_at else "",
            today=f"{self.day(self.as_of) if self.as_of else self.today}",
            made_at=newest.strftime("%Y-%m-%dT%H:%M:%SZ"),
            as_at=self.printed(newest, language or "en"),
            ministry=self.setting("ministry"),
            unit=self.setting("unit"),
            marking="" if for_a_reader else self.setting("marking", self.marking),
            marking_reason="" if for_a_reader else self.setting("marking_reason", self.marking_reason),
            notice=self.setting("notice"),
            profile=self.profile,
            ceiling=self.ceiling,
            release=self.release,
            to=self.setting("to"),
            sender=self.setting("from"),
            copy=self.setting("copy"),
            reference=reference,
        )

def open_workspace(*, sample: bool = False) -> Workspace:
    """Return the workspace of this command; `NoInput` when there is none."""
    if sample:
        return Workspace(root=Path.cwd(), settings=read_settings(None), sample=True)
    named = os.environ.get("BRIEFING_DIR", "")
    start = Path(named).absolute() if named else Path.cwd()
    if named and not start.is_dir():
        raise NoInput(f"there is no folder {named}", hint="`briefing init DIR` makes a workspace")
    candidates = (start,) if named else (start, *start.parents)
    for folder in candidates:
        if (folder / SETTINGS_FILE).is_file():
            return Workspace(root=folder, settings=read_settings(folder / SETTINGS_FILE))
    if named or os.environ.get("BRIEFING_STORE"):
        return Workspace(root=start, settings={})
    raise NoInput(
        f"{start} is in no workspace: no {SETTINGS_FILE} here or above",
        hint="`briefing init` makes one; --sample reads the sample record",
    )
