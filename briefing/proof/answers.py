"""What a note proves: is it known, are its events genuine, are its words and its bytes those that they give."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal

from briefing.ancestry import added_since, ancestry
from briefing.codec import InvalidEvent, UnknownEvent, decode
from briefing.errors import BriefingError
from briefing.events import EventCorrected, EventRedacted, EventRetracted, NoteIssued, Recorded, SourceRegistered
from briefing.issuing import Made, made_by, remade
from briefing.notes.grounds import Grounds
from briefing.notes.papers import Profiles, Words, no_profiles, no_words
from briefing.proof.apart import Apart
from briefing.proof.content import Changed, changes
from briefing.render import RENDERERS, render
from briefing.store.log import Log
from briefing.store.moment import heads_named, up_to

Verdict = Literal["yes", "no", "not compared"]


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer: yes, no, or that it was not compared; in a sentence, with what shows it."""

    verdict: Verdict
    says: str
    shown: tuple[str, ...] = ()
    changed: tuple[Changed, ...] = ()
    wrong: bool = False


@dataclass(frozen=True, slots=True)
class Here:
    """What a note is held against: the record, where there is one, its templates, and what papers are made with here.

    `vouched` are the heads of the signed checkpoints that count.
    """

    log: Log | None
    made: Made | None = None
    templates: Path | None = None
    words: Words = no_words
    profiles: Profiles = no_profiles
    vouched: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Verified:
    """The four answers, and what came on record since."""

    known: Answer
    genuine: Answer
    content: Answer
    bytes: Answer
    since: tuple[str, ...] = ()

    @property
    def wrong(self) -> bool:
        """Whether anything speaks against the note."""
        return any(one.wrong for one in (self.known, self.genuine, self.content, self.bytes))


def verified(file: Apart, here: Here) -> Verified:
    """Return what a file proves, held against a record."""
    issued = _issued(file, here.log)
    return Verified(_known(file, issued), _genuine(file, here), _content(file, here), _bytes(file, issued, here),
                    _since(file, issued, here.log))  # fmt: skip


def _issued(file: Apart, log: Log | None) -> Recorded | None:
    """Return the event that a file was issued by: its bytes are in it; else the edition that the file says it is."""
    papers = [one for one in log.recorded if isinstance(one.event, NoteIssued)] if log else []
    digest = sha256(file.data).hexdigest()
    exact = [one for one in papers if digest in {each.sha256 for each in _of(one).files}]
    said = (file.request.get("reference"), file.request.get("edition"))
    return next(iter(exact or [one for one in papers if (_of(one).reference, _of(one).edition) == said]), None)


def _of(recorded: Recorded) -> NoteIssued:
    assert isinstance(recorded.event, NoteIssued)
    return recorded.event


def _known(file: Apart, issued: Recorded | None) -> Answer:
    digest = sha256(file.data).hexdigest()
    if issued is not None and digest in {one.sha256 for one in _of(issued).files}:
        note = _of(issued)
        name = f"{note.reference}, edition {note.edition}, given to {'; '.join(note.to)}"
        return Answer("yes", f"{name}; {issued.at:%-d %B %Y %H:%M} UTC, {issued.digest[:8]}")
    if issued is not None:
        note = _of(issued)
        says = f"it calls itself {note.reference}, edition {note.edition}, and is not the file that was issued"
        return Answer("no", says, (f"SHA-256 {digest}",), wrong=True)
    if file.request.get("edition"):
        name = f"{file.request.get('reference')}, edition {file.request['edition']}"
        return Answer("no", f"it calls itself {name}, and no such paper is on record here", wrong=True)
    return Answer("no", "it was never issued: no note.issued here holds its SHA-256", (f"SHA-256 {digest}",))


# ── genuine ───────────────────────────────────────────────────────────────────────────────────


def _genuine(file: Apart, here: Here) -> Answer:
    carried = file.evidence
    if not carried:
        return Answer("not compared", "it carries no events; --attach lets a file carry them")
    recorded: list[Recorded] = []
    forged: list[str] = []
    for one in carried.get("events", []):
        digest, data = str(one.get("digest", "")), str(one.get("data", "")).encode()
        if sha256(data).hexdigest() != digest:
            forged.append(f"{digest[:8]}: its bytes do not hash to its digest")
            continue
        try:
            recorded.append(Recorded(digest=digest, event=decode(data)))
        except (InvalidEvent, UnknownEvent) as fault:
            forged.append(f"{digest[:8]}: {fault}")
    known = {one.digest: one for one in here.log.recorded} if here.log else {}
    forged += _misquoted(carried.get("sources", []), known)
    if forged:
        return Answer("no", f"{len(forged)} of what it carries is not what it says", tuple(forged), wrong=True)
    return _placed(recorded, known, here)


def _placed(recorded: Sequence[Recorded], known: Collection[str], here: Here) -> Answer:
    """Return where the events stand: in this record, under a signed checkpoint, or nowhere but in the file."""
    under, _ = ancestry(recorded, here.vouched)
    log = here.log.recorded if here.log else ()
    gone = {one.event.target for one in log if isinstance(one.event, EventRedacted)}
    loose = [one for one in recorded if one.digest not in known and one.digest not in under | gone]
    number = f"{len(recorded)} events"
    if not loose:
        redacted = tuple(f"{one.digest[:8]} was redacted since" for one in recorded if one.digest in gone)
        where = "in this record" if all(one.digest in known for one in recorded) else "in this record, or vouched for"
        return Answer("yes", f"{number}, each hashes to its digest and is {where}", redacted)
    shown = tuple(f"{one.digest[:8]} {one.event.type} is not in this record" for one in loose)
    says = f"self-consistent only: {number} hash to their digests, and {len(loose)} of them nobody here vouches for"
    return Answer("no", says, shown, wrong=here.log is not None or bool(here.vouched))


def _misquoted(sources: Sequence[Any], known: dict[str, Recorded]) -> list[str]:
    """Return the sources whose quotations do not stand in the text that is on record."""
    wrong = []
    for one in sources:
        event = known[one["digest"]].event if one.get("digest") in known else None
        if not isinstance(event, SourceRegistered):
            continue
        if one.get("original_sha256") != event.original_sha256:
            wrong.append(f"{event.id}: its digest is that of another text")
        wrong += [f"{event.id}: “{span.get('quote')}” does not stand at {span.get('start')} to {span.get('end')}"
                  for span in one.get("spans", [])
                  if event.text[span.get("start", 0) : span.get("end", 0)] != span.get("quote")]  # fmt: skip
    return wrong


# ── content and bytes ─────────────────────────────────────────────────────────────────────────


def _content(file: Apart, here: Here) -> Answer:
    if here.log is None:
        return Answer("not compared", "there is no record here to fold")
    if not file.request:
        return Answer("not compared", "it does not say what it was asked for")
    if file.request.get("missing"):
        return Answer("not compared", "it was made on an incomplete record")
    try:
        basis = up_to(here.log, heads_named(here.log, file.heads))
        _, note = file.refolded(basis, here.words, here.profiles)
        found = changes(file, note, Grounds(basis.recorded), here.templates)
    except BriefingError as fault:
        return Answer("not compared", fault.message)
    except (KeyError, TypeError, ValueError) as fault:
        return Answer("no", f"what it says it was asked for cannot be made: {fault}", wrong=True)
    if not found:
        return Answer("yes", "its words are those that the events of its basis fold to")
    return Answer("no", f"{len(found)} of its paragraphs, cells or lines are other than its events fold to",
                  changed=found, wrong=True)  # fmt: skip


def _bytes(file: Apart, issued: Recorded | None, here: Here) -> Answer:
    if here.log is None or issued is None:
        return Answer("not compared", "no note.issued here says what it was made with")
    note = _of(issued)
    made = here.made
    if file.format not in RENDERERS or made is None:
        return Answer("not compared", "it is a sheet for other programs")
    if other := made_by(note).differences(made):
        return Answer("not compared", f"made with {'; '.join(other)}")
    try:
        _, paper = remade(up_to(here.log, note.heads).recorded, note, here.words, here.profiles)
        same = render(paper, file.format, here.templates) == file.data
    except BriefingError as fault:
        return Answer("not compared", fault.message)
    name = f"{note.reference}, edition {note.edition}"
    if same:
        return Answer("yes", f"making {name} again gives these bytes")
    return Answer("no", f"making {name} again gives other bytes", wrong=True)


def _since(file: Apart, issued: Recorded | None, log: Log | None) -> tuple[str, ...]:
    """Return what a reader of the paper should know: a later edition, and what was undone of what it prints."""
    if log is None:
        return ()
    try:
        heads = heads_named(log, file.heads)
    except BriefingError:
        return ()
    told = []
    if issued is not None:
        note = _of(issued)
        later = [_of(one).edition for one in log.recorded if isinstance(one.event, NoteIssued)
                 and _of(one).reference == note.reference and _of(one).edition > note.edition]  # fmt: skip
        told += [f"edition {max(later)} of {note.reference} was issued since"] if later else []
    added = [one for one in added_since(log.recorded, heads) if not isinstance(one.event, NoteIssued)]
    undone = [one for one in added if isinstance(one.event, EventCorrected | EventRetracted | EventRedacted)]
    if added:
        number = f"{len(added)} event{'s' if len(added) > 1 else ''}"
        about = f"{len(undone) or 'none'} of them about earlier ones" if len(added) > 1 else (
            "about an earlier one" if undone else "not about an earlier one")  # fmt: skip
        told.append(f"{number} came on record since its basis, {about}")
    told += [f"{one.event.type} of {one.event.target[:8]}: {one.event.reason}" for one in undone
             if isinstance(one.event, EventCorrected | EventRetracted | EventRedacted)]  # fmt: skip
    return tuple(told)


