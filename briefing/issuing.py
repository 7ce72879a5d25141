"""Requests about a paper: its reference and edition, who cleared it, that it was issued, seen, returned. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from briefing.ancestry import ancestry
from briefing.errors import NotOnRecord, Refused
from briefing.events import NoteCleared, NoteIssued, NoteReturned, NoteSeen, Recorded
from briefing.notes.frame import Frame
from briefing.notes.note import Note
from briefing.notes.papers import (
    READERS,
    RELEASES,
    Material,
    Paper,
    Profiles,
    Words,
    gathered,
    kept,
    make,
    no_profiles,
    no_words,
    taken_apart,
)
from briefing.paper_events import NoteFile, Option, Version
from briefing.pen import Pen
from briefing.state import BriefingState, IssuedNote


@dataclass(frozen=True, slots=True)
class Made:
    """What a paper was made by: the digest of the templates and fonts, and each part with its version."""

    template: str
    versions: Mapping[str, str]

    def differences(self, here: Made) -> tuple[str, ...]:
        """Return what is other here, a few words each: "weasyprint 70.0, here 71.0"."""
        names = sorted(self.versions.keys() | here.versions.keys())
        told = [(name, self.versions.get(name, "none"), here.versions.get(name, "none")) for name in names]
        other = [f"{name} {then}, here {now}" for name, then, now in told if then != now]
        if self.template != here.template:
            other.append(f"templates and fonts {self.template[:8]}, here {here.template[:8]}")
        return tuple(other)


def made_by(issued: NoteIssued) -> Made:
    """Return what an edition was made by."""
    return Made(issued.template, {one.name: one.version for one in issued.versions})


def reference_of(paper: Paper, *, given: str = "", office: str = "") -> str:
    """Return the reference of a paper: as given, else the office's, kind and subject with strokes between."""
    return given or "/".join(part for part in (office, paper.kind, paper.subject) if part)


def next_edition(state: BriefingState, reference: str) -> int:
    """Return the number of the next edition: one more than the highest on record."""
    return 1 + max((one.issued.edition for one in state.editions(reference)), default=0)


def clearance(state: BriefingState, reference: str) -> str:
    """Return who cleared the next edition of a reference: a clearance older than the last edition is used up."""
    cleared = state.cleared.get(reference)
    before = [one.issued.recorded_at for one in state.editions(reference)]
    if cleared is None or (before and cleared.recorded_at < max(before)):
        return ""
    return cleared.cleared_by if cleared.edition in (None, next_edition(state, reference)) else ""


def issued_twice(state: BriefingState, reference: str) -> str:
    """Return a sentence on the editions of a reference that two offices issued; empty where there is none."""
    by_edition: dict[int, list[str]] = {}
    for one in state.editions(reference):
        by_edition.setdefault(one.issued.edition, []).append(one.digest[:8])
    told = [f"edition {n} was issued {len(ds)} times ({', '.join(ds)})" for n, ds in by_edition.items() if len(ds) > 1]
    return "; ".join(told)


def leaves_the_house(paper: Paper, frame: Frame) -> bool:
    """Tell whether a paper names itself by its own words, and not the record, its reference and its edition."""
    return paper.kind in RELEASES or bool(frame.ceiling or frame.release)


def edition_named(state: BriefingState, said: str) -> IssuedNote:
    """Return the edition that REF@EDITION names, or the digest of its event, or its public reference (8 digits do).

    Refused where two offices issued it: then only a digest says which.
    """
    reference, sign, number = said.rpartition("@")
    found = [one for one in state.notes.values() if _has_digest(one, said.casefold())] if len(said) >= 8 else []
    if sign:
        found = [one for one in state.editions(reference) if str(one.issued.edition) == number]
    elif not found:
        found = list(state.editions(said)[-1:])
    if not found:
        known = dict.fromkeys(f"{one.issued.reference}@{one.issued.edition}" for one in state.notes.values())
        raise NotOnRecord("issued paper", said, hint="`briefing list notes` shows them", nearest=tuple(known)[-3:])
    if len(found) > 1:
        digests = ", ".join(one.digest[:8] for one in found)
        raise Refused(f"{said} was issued {len(found)} times: {digests}", hint="say which by its digest")
    return found[0]


def _has_digest(one: IssuedNote, said: str) -> bool:
    return one.digest.startswith(said) or (one.issued.public_reference or "").startswith(said)


def remade(events: Sequence[Recorded], issued: NoteIssued, words: Words = no_words,
           profiles: Profiles = no_profiles) -> tuple[Material, Note]:  # fmt: skip
    """Return the paper of an edition, made anew from the events of its basis in log order, and what they fold to."""
    around, _ = taken_apart({one.name: one.value for one in issued.options})
    frame = Frame(**{"as_at": "", **around}, basis=issued.basis, heads=issued.heads, made_at=made_at(events),
                  reference=issued.reference, edition=issued.edition, to=READERS.join(issued.to),
                  cleared_by=issued.cleared_by or "")  # fmt: skip
    return refolded(events, paper_of(issued), frame, words, profiles)


def paper_of(issued: NoteIssued) -> Paper:
    """Return the paper that an edition is of, as it was asked for."""
    _, own = taken_apart({one.name: one.value for one in issued.options})
    return Paper(issued.paper, issued.subject or "", own)


def refolded(events: Sequence[Recorded], paper: Paper, frame: Frame,
             words: Words = no_words, profiles: Profiles = no_profiles) -> tuple[Material, Note]:  # fmt: skip
    """Return a paper from events, as of the days that its frame gives, and what the events fold to."""
    material = gathered(events, frame, words, profiles)
    return material, make(material, paper, replace(frame, made_at=made_at(material.recorded)))


def made_at(events: Sequence[Recorded]) -> str:
    """Return the time of the newest event as a note keeps it."""
    return events[-1].at.strftime("%Y-%m-%dT%H:%M:%SZ")


def holding(log: Sequence[Recorded], state: BriefingState, digest: str) -> tuple[IssuedNote, ...]:
    """Return the issued papers whose basis holds an event."""
    return tuple(one for one in state.notes.values() if digest in ancestry(log, one.issued.heads)[0])


def issue(pen: Pen, note: Note, frame: Frame, *, paper: Paper, to: Sequence[str], made: Made,
          files: Mapping[str, str]) -> Recorded:  # fmt: skip
    """Return the event that an edition was issued; `files` are digests by format."""
    return pen.write(
        NoteIssued, origin=f"issue:{frame.reference}@{frame.edition}:{frame.basis}", paper=paper.kind,
        subject=paper.subject or None, title=note.title, reference=frame.reference, edition=frame.edition,
        to=tuple(to), basis=frame.basis, heads=frame.heads,
        options=tuple(Option(name=name, value=value) for name, value in kept(paper, frame)),
        template=made.template,
        versions=tuple(Version(name=name, version=value) for name, value in sorted(made.versions.items())),
        files=tuple(NoteFile.model_validate({"format": name, "sha256": digest}) for name, digest in files.items()),
        cleared_by=frame.cleared_by or None, amends=paper.option("amends") or None,
        public_reference=note.basis if leaves_the_house(paper, frame) else None,
    )  # fmt: skip


def clear(pen: Pen, reference: str, *, cleared_by: str, **rest: Any) -> Recorded:
    """Return the event that a reference is cleared; it is printed on its next edition."""
    return pen.write(NoteCleared, origin=f"clear:{reference}:{pen.now.isoformat()}", reference=reference,
                     cleared_by=cleared_by, **rest)  # fmt: skip


def seen(pen: Pen, note: IssuedNote, reader: str, **rest: Any) -> Recorded:
    """Return the event that a reader has seen an edition."""
    return pen.write(NoteSeen, origin=f"seen:{note.digest}:{reader}:{pen.now.isoformat()}", note=note.digest,
                     reader=reader, **rest)  # fmt: skip


def returned(pen: Pen, note: IssuedNote, reader: str, **rest: Any) -> Recorded:
    """Return the event that a reader gave an edition back: what was decided, and how useful it was."""
    return pen.write(NoteReturned, origin=f"return:{note.digest}:{reader}:{pen.now.isoformat()}", note=note.digest,
                     reader=reader, **rest)  # fmt: skip
