"""The two points between which changes are told: a paper, an edition, a day, a time, or events."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from briefing.cli.narrowing import part_since
from briefing.cli.workspace import Workspace
from briefing.errors import NotOnRecord, UsageProblem
from briefing.spelling import is_digest

if TYPE_CHECKING:
    from briefing.notes.papers import Options
    from briefing.state import IssuedNote


def as_it_was(workspace: Workspace, until: str) -> Workspace:
    """Return the workspace as it was at the later point; what is no day or time is a paper or an event."""
    if not until:
        return workspace
    if workspace.on_basis or workspace.known_at:
        raise UsageProblem("--until says what --basis or --known-at says", hint="give one of them")
    if _names_events(workspace, until):
        return replace(workspace, on_basis=until)
    workspace.time(until)
    return replace(workspace, known_at=until)


@dataclass(frozen=True, slots=True)
class Point:
    """The earlier point as options of the sheet, and the part of the record that it takes to tell what came since."""

    options: Options
    part: Workspace


def earlier_point(workspace: Workspace, said: str, *, reader: str) -> Point:
    """Return the earlier point; the later point must hold all that was on record then.

    It is what was said, or the newest paper that a reader has seen.
    """
    if bool(said) is bool(reader):
        raise UsageProblem("since when?", hint="--since PAPER, DATE, TIME or DIGEST, or --for READER; one of them")
    note = _seen_by(workspace, reader) if reader else _issued(workspace, said)
    if note is not None:
        return _behind(workspace, note.issued.heads, amends=note.digest)
    if _names_events(workspace, said):
        return _behind(workspace, _heads(workspace, said))
    from briefing.lineage import added_from
    from briefing.store.log import Log, basis_of

    at = workspace.time(said, begin=True)
    added, part = part_since(workspace, lambda record: added_from(record, at), lambda record, one: one.slice(record))
    if added is not None:
        basis = basis_of(sorted(added.heads)) if added.heads else ""
    else:
        earlier = tuple(one for one in workspace.log.recorded if one.at < at)
        basis = Log(recorded=earlier, findings=()).basis if earlier else ""
    return Point(_point(workspace.printed(at), basis, "since_time", at.isoformat()), part)


def _names_events(workspace: Workspace, said: str) -> bool:
    """Tell whether a point is a paper, or digests; eight digits of an event that is here are not read as a day."""
    if Path(said).is_file() or "@" in said:
        return True
    words = said.casefold().replace(",", " ").split()
    if not all(map(is_digest, words)):
        return False
    return len(said) != 8 or bool(_beginning(workspace, words[0]))


def _beginning(workspace: Workspace, digits: str) -> Collection[str]:
    """Return the events whose digests begin with these digits."""
    part = workspace.needing(lambda record: record.begin(digits))
    log = workspace.everything if part.part is None else part.part
    return {one.digest for one in log.recorded if one.digest.startswith(digits)}


def _heads(workspace: Workspace, said: str) -> Sequence[str]:
    """Return the heads that a paper's file, REF@EDITION, or digests name."""
    from briefing.store.moment import words_of

    words = [] if Path(said).is_file() or "@" in said else words_of(said)
    found = [_beginning(workspace, word) for word in words]
    if found and all(len(one) == 1 for one in found):
        return sorted({one for (one,) in found})
    return workspace.heads_of(said)  # all of the record knows of heads that were joined, and of what is gone


def _with_papers(workspace: Workspace) -> Workspace:
    """Return the workspace with the papers that were issued, and what became of them."""
    from briefing.slices import LISTED

    return workspace.needing(LISTED["notes"])


def _seen_by(workspace: Workspace, reader: str) -> IssuedNote:
    found = _with_papers(workspace).state.note_last_seen(reader)
    if found is None:
        raise NotOnRecord("paper seen by", reader, hint="`briefing list notes` shows who has seen which")
    return found


def _issued(workspace: Workspace, said: str) -> IssuedNote | None:
    """Return the edition that REF@EDITION names, or whose file this is; None for any other point."""
    from briefing.codec import digest
    from briefing.issuing import edition_named

    paper = Path(said)
    if paper.is_file():
        own = digest(paper.read_bytes())
        notes = _with_papers(workspace).state.notes.values()
        return next((one for one in notes if own in {file.sha256 for file in one.issued.files}), None)
    return edition_named(_with_papers(workspace).state, said) if "@" in said else None


def _behind(workspace: Workspace, heads: Sequence[str], *, amends: str = "") -> Point:
    """Return a basis as the earlier point; refused when any of it is gone, or the later point has it not."""
    from briefing.lineage import added_since
    from briefing.store.log import basis_of

    others = [amends] if amends else []
    added, part = part_since(workspace, lambda record: added_since(record, frozenset(heads)),
                             lambda record, one: one.slice(record, *others))  # fmt: skip
    newest = _newest_behind(workspace, heads) if added is None else added.newest
    printed = workspace.printed(newest) if newest else "the beginning"
    options = _point(printed, basis_of(heads), "since_heads", " ".join(heads))
    return Point((*options, ("amends", amends)) if amends else options, part)


def _newest_behind(workspace: Workspace, heads: Sequence[str]) -> datetime | None:
    from briefing.store.moment import whole_ancestry

    behind = whole_ancestry(workspace.everything, heads)
    earlier = tuple(one for one in workspace.log.recorded if one.digest in behind)
    redacted = workspace.whole.redactions.keys()
    if ahead := len(behind - redacted - {one.digest for one in earlier}):
        raise UsageProblem(
            f"the earlier point has {ahead} event{'s' if ahead > 1 else ''} that the later one has not",
            hint="--since is to lie before --until, --basis or --known-at",
        )
    return max((one.at for one in earlier), default=None)


def _point(printed: str, basis: str, name: str, value: str) -> Options:
    return (("since", printed), ("since_basis", basis), (name, value))
