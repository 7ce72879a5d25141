"""What becomes of a paper: cleared, issued to readers, seen by them, returned with a decision.

A paper has a reference (chosen by its office) and editions of it, counted from 1. A later event names
the paper by the digest of its `note.issued`.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from briefing.dates import Span
from briefing.envelope import Event
from briefing.payload import Hex64, Id, Model, Text


class Option(Model):
    """One choice that a paper was made with: a command's option, or a setting, with its value as text."""

    name: Text
    value: str


class Version(Model):
    """One part a paper was made by, such as weasyprint, and its version."""

    name: Text
    version: Text


class NoteFile(Model):
    """One file of a paper: its format, and the SHA-256 of its bytes."""

    format: Literal["pdf", "docx", "html", "md", "xlsx", "csv"]
    sha256: Hex64


class NoteCleared(Event):
    """Someone cleared a paper for its readers; it is printed on the next edition of the reference."""

    type: Literal["note.cleared"] = "note.cleared"
    reference: Text
    cleared_by: Text
    when: Span | None = None
    edition: int | None = Field(default=None, ge=1)
    comment: Text | None = None


class NoteIssued(Event):
    """An edition of a paper was made and given to readers; with what is here the same bytes can be made again.

    `paper` is its kind (visit, agency, meeting, …), `subject` the id of what it is about; `basis` the
    digest of the record it was made from, `heads` the newest events of it; `template` the digest of the
    templates used; `amends` the earlier paper that a change sheet is an addendum to.
    """

    type: Literal["note.issued"] = "note.issued"
    paper: Text
    subject: Id | None = None
    title: Text
    reference: Text
    edition: int = Field(ge=1)
    to: tuple[Text, ...] = Field(min_length=1)
    basis: Hex64
    heads: tuple[Hex64, ...] = Field(min_length=1)
    options: tuple[Option, ...] = ()
    template: Hex64
    versions: tuple[Version, ...] = ()
    files: tuple[NoteFile, ...] = Field(min_length=1)
    cleared_by: Text | None = None
    amends: Hex64 | None = None
    public_reference: Text | None = None


class NoteSeen(Event):
    """A reader has seen a paper."""

    type: Literal["note.seen"] = "note.seen"
    note: Hex64
    reader: Text
    when: Span | None = None


class NoteReturned(Event):
    """A reader gave a paper back: what was decided, in their words, and how useful it was. They have seen it, too."""

    type: Literal["note.returned"] = "note.returned"
    note: Hex64
    reader: Text
    decision: Literal["agree", "disagree", "discuss"] | None = None
    comment: Text | None = None
    useful: Literal["very", "somewhat", "not"] | None = None
    when: Span | None = None
