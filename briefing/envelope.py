"""The envelope of every event: who recorded it, when, from what, and what it follows."""

from __future__ import annotations

from typing import ClassVar, NewType

from pydantic import AwareDatetime, Field

from briefing.payload import Hex32, Hex64, Model, Text

Digest = NewType("Digest", str)
"""SHA-256 of the whole file, 64 lower-case hex digits."""


class Event(Model):
    """The envelope of every event; the payload follows it.

    `parents` are the digests of the heads that the writer saw, sorted; `nonce` is 128 random bits,
    so that a redacted text cannot be guessed from its digest; `replaces` names the events that now
    supply what this one changes.
    """

    newest_schema: ClassVar[int] = 1

    type: str
    schema_: int = Field(alias="schema", ge=1)
    recorded_at: AwareDatetime = Field(strict=False)
    recorded_by: Text
    origin: Text
    parents: tuple[Hex64, ...] = ()
    nonce: Hex32
    marking: Text | None = None
    recorded_for: Text | None = None
    file_ref: Text | None = None
    retention: Text | None = None
    replaces: tuple[Hex64, ...] = ()
