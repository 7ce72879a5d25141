"""Every paper by its kind: what was asked for, made from a state. A new paper is one line here.

What a paper was asked for is kept with it, in its file and in its `note.issued`, as text; from that
and the same events the same paper is made again.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace

from briefing.notes.agency import agency_summary
from briefing.notes.frame import Frame
from briefing.notes.matrix import matrix
from briefing.notes.note import Note
from briefing.notes.visit import visit_report
from briefing.state import BriefingState

Options = tuple[tuple[str, str], ...]
"""Names and values, as text."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper as it is asked for: its kind, the id of what it is about, and the options that are its own."""

    kind: str
    subject: str = ""
    options: Options = ()

    def option(self, name: str) -> str:
        """Return the value of an option; empty where it was not given."""
        return dict(self.options).get(name, "")


Make = Callable[[BriefingState, Paper, Frame], Note]

PAPERS: dict[str, Make] = {
    "visit": lambda state, paper, frame: visit_report(state, paper.subject, frame),
    "agency": lambda state, paper, frame: agency_summary(state, paper.subject, frame),
    "matrix": lambda state, paper, frame: matrix(state, frame, paper.option("agencies").split()),
}
"""Kind → the function that makes it."""

NOT_KEPT = frozenset({"basis", "heads", "made_at", "missing", "to", "cleared_by", "reference", "edition"})
"""What of a frame is no option: it follows from the record, or has a field of its own in `note.issued`."""

FRAMING = tuple(one.name for one in fields(Frame) if one.name not in NOT_KEPT)
"""What of a frame is kept as an option; each is text."""


def make(state: BriefingState, paper: Paper, frame: Frame) -> Note:
    """Return the paper, which carries what it was asked for."""
    return replace(PAPERS[paper.kind](state, paper, frame), request=request(paper, frame))


def kept(paper: Paper, frame: Frame) -> Options:
    """Return all that a paper was made with besides the events, reference and readers; what is empty is left out."""
    around = {name: str(getattr(frame, name)) for name in FRAMING}
    if twice := around.keys() & dict(paper.options).keys():
        raise ValueError(f"an option of {paper.kind} has the name of a setting: {twice}")
    return tuple(sorted((name, value) for name, value in {**around, **dict(paper.options)}.items() if value))


def taken_apart(options: Mapping[str, str]) -> tuple[dict[str, str], Options]:
    """Return what `kept` joined: the fields of a frame, and the options of the paper."""
    around = {name: value for name, value in options.items() if name in FRAMING}
    return around, tuple(sorted((name, value) for name, value in options.items() if name not in FRAMING))


def request(paper: Paper, frame: Frame) -> str:
    """Return what a paper was asked for as one line of JSON, for its file."""
    said = {"paper": paper.kind, "subject": paper.subject, "reference": frame.reference, "edition": frame.edition,
            "to": frame.to, "cleared_by": frame.cleared_by, "missing": frame.missing,
            "options": dict(kept(paper, frame))}  # fmt: skip
    return json.dumps({name: value for name, value in said.items() if value}, ensure_ascii=False, sort_keys=True)
