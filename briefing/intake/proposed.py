"""What a proposer is given, and what it gives back: items and entries of drafts, each with the words it rests on."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from briefing.dates import Span
from briefing.passages import Extent
from briefing.state import BriefingState

Values = Mapping[str, str | tuple[str, ...]]
"""Keys of the grammar of drafts and their plain values."""


@dataclass(frozen=True, slots=True)
class SourceText:
    """A text that came in: cleaned as it is stored, with what is known of it besides.

    `published` is its own date, `title` what its file calls it, `sender` who sent it, where it is a mail, `country` the
    reader's own, `settings` what the workspace says for a proposer.
    """

    text: str
    name: str = ""
    published: Span | None = None
    country: str = ""
    title: str = ""
    sender: str = ""
    settings: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Proposed:
    """One item or entry that is proposed: its keys, the words it rests on, and how sure the proposer is.

    `word` stands beside the letter of the quotation ("agreed"); `parts` are entries inside, by key;
    `match` is what on record it is like; `year_from` is where the text gives a year that a date lacks;
    `remark` is a comment for the officer.
    """

    kind: str
    values: Values
    extent: Extent | None = None
    confidence: int = 50
    match: str = ""
    word: str = ""
    by: str = ""
    year_from: Extent | None = None
    remark: str = ""
    parts: Mapping[str, Sequence[Proposed]] = field(default_factory=dict)


class Proposer(Protocol):
    """What an entry point of the group `briefing.proposers` names."""

    def __call__(self, text: SourceText, register: BriefingState, tell: Callable[[str], None]) -> Sequence[Proposed]:
        """Return what a text proposes for the record; `tell` takes a line for the officer to read."""
        ...
