"""Checkpoints: the list of a record's heads, kept elsewhere and signed, by which a removed tail is noticed.

Each event names its parents, so the heads stand for all that was on record. Nothing in the record
names the heads: a checkpoint does.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal, Self

from pydantic import AwareDatetime, Field, ValidationError, model_validator

from briefing.codec import parse_name
from briefing.errors import NoInput, RecordNotWhole
from briefing.payload import Hex64, Model, Text
from briefing.stamp import next_time
from briefing.store.findings import Finding
from briefing.store.log import basis_of
from briefing.store.signature import Signed, read_signature
from briefing.store.survey import Survey


class Checkpoint(Model):
    """What a signer vouches for: the heads, how many events they stand for, and when that was.

    `basis` is the digest of the heads together, as papers print it.
    """

    checkpoint: Literal[1] = 1
    made_at: AwareDatetime = Field(strict=False)
    made_by: Text
    events: int = Field(ge=1)
    newest: AwareDatetime = Field(strict=False)
    basis: Hex64
    heads: tuple[Hex64, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _is_of_one_piece(self) -> Self:
        if self.basis != basis_of(self.heads):
            raise ValueError("its basis is not that of its heads")
        if self.made_at < self.newest:
            raise ValueError("its newest event was recorded after it was made")
        return self

    def as_bytes(self) -> bytes:
        """Return the file: readable JSON, one LF at the end."""
        return (json.dumps(self.model_dump(mode="json"), ensure_ascii=False, indent=2) + "\n").encode()

    @property
    def file_name(self) -> str:
        """The name it is kept under: when, and of what."""
        return f"{self.made_at.astimezone(UTC):%Y%m%dT%H%M%SZ}-{self.basis[:16]}.json"


@dataclass(frozen=True, slots=True)
class Examined:
    """A checkpoint as it was read: the list where it is one, whose signature it bears, what is wrong with it."""

    name: str
    checkpoint: Checkpoint | None
    signed: Signed
    findings: tuple[Finding, ...]
    covered: frozenset[str] = frozenset()

    @property
    def vouched(self) -> bool:
        """Whether an allowed signer vouches for it, and the record does not belie it; the record may have lost some."""
        return bool(self.signed.by) and all(one.kind == "truncated" for one in self.findings)

    def as_json(self) -> dict[str, Any]:
        """Return it as plain JSON."""
        listed = self.checkpoint.model_dump(mode="json", exclude={"checkpoint"}) if self.checkpoint else {}
        return {"file": self.name, **listed, "signed_by": self.signed.by or None, "key": self.signed.key or None}


def take(survey: Survey, *, now: datetime, by: str) -> Checkpoint:
    """Return the checkpoint of a record that was just read whole; refused when anything of it is gone or altered."""
    if survey.broken:
        raise RecordNotWhole([f"{one.name}: {one.message}" for one in survey.broken])
    if survey.newest is None:
        raise NoInput("no event is on record", hint="`briefing append FILE` puts a meeting on record")
    heads = survey.heads
    return Checkpoint(
        made_at=next_time(now, survey.newest),
        made_by=by,
        events=len(survey.ancestry(heads)),
        newest=survey.newest,
        basis=basis_of(heads),
        heads=tuple(map(str, heads)),
    )


def files(place: Path) -> list[Path]:
    """Return the checkpoint a path names, or all that are in a folder."""
    found = sorted(place.glob("*.json")) if place.is_dir() else [place]
    if not found or not all(one.is_file() for one in found):
        raise NoInput(f"there is no checkpoint {place}", hint="`briefing checkpoint` makes one")
    return found


def examine(file: Path, survey: Survey, allowed: Path | None) -> Examined:
    """Read a checkpoint and its signature, and look for what it names in the record."""
    name = file.name
    try:
        data = file.read_bytes()
        listed = Checkpoint.model_validate_json(data)
    except OSError as fault:
        raise NoInput(f"{file} cannot be read: {fault.strerror or fault}") from fault
    except ValidationError as fault:
        wrong = fault.errors()[0]
        where = "/".join(map(str, wrong["loc"]))
        what = f"it is no list of heads: {where + ': ' if where else ''}{wrong['msg']}"
        return Examined(name, None, Signed(), (Finding("bad checkpoint", name, what),))
    signed, unsigned = _signature(file, data, allowed, listed.made_at)
    found = (*unsigned, *_against(listed, name, survey))
    return Examined(name, listed, signed, found, frozenset(survey.ancestry(listed.heads)))


def _signature(file: Path, data: bytes, allowed: Path | None, at: datetime) -> tuple[Signed, tuple[Finding, ...]]:
    beside = file.with_name(f"{file.name}.sig")
    if not beside.is_file():
        return Signed(), (Finding("unvouched", file.name, f"it bears no signature: there is no {beside.name}"),)
    if allowed is None:
        return Signed(), (Finding("unvouched", file.name, "nobody said whose signatures count: --allowed-signers"),)
    if not allowed.is_file():
        raise NoInput(f"there is no list of signers {allowed}", hint="a line for each: NAME KEYTYPE KEY")
    signed = read_signature(data, beside, allowed, at)
    return signed, (Finding("bad checkpoint", file.name, signed.problem),) if signed.problem else ()


def _against(listed: Checkpoint, name: str, survey: Survey) -> Iterator[Finding]:
    """Yield what the record lacks of what a checkpoint names, and where the two contradict each other."""
    yield from truncated(survey, listed.heads, f"{name} names it among the newest of {listed.events} events")
    here = [survey.known[head].at for head in listed.heads if head in survey.known]
    if here and max(here) > listed.newest:
        yield Finding("bad checkpoint", name, f"it says its newest event is of {listed.newest.isoformat()}, "
                      f"and one of its heads is of {max(here).isoformat()}")  # fmt: skip
    covered = survey.ancestry(listed.heads)
    if covered <= survey.known.keys() | survey.redacted and len(covered) != listed.events:
        what = f"it counts {listed.events} events up to its heads, and here they lead to {len(covered)}"
        yield Finding("truncated" if len(covered) < listed.events else "bad checkpoint", name, what)


def truncated(survey: Survey, heads: Iterable[str], named: str) -> Iterator[Finding]:
    """Yield each head that is not here; `named` says who names it. A file that is not whole has its own finding."""
    told = {parsed.digest for one in survey.findings if (parsed := parse_name(one.name)) is not None}
    for head in heads:
        if head not in survey.known and head not in survey.redacted and head not in told:
            yield Finding("truncated", head, f"{named}; it is not here: removed, or not yet synced")


def of_basis(survey: Survey, words: str, named: str) -> Iterator[Finding]:
    """Yield what the record lacks of a basis, given as digests (8 digits do) with blanks or commas between."""
    for word in words.casefold().replace(",", " ").split():
        here = survey.known.beginning(word) or any(one.startswith(word) for one in survey.redacted)
        if here or survey.heads_of(word):
            continue
        if len(word) == 64:
            yield from truncated(survey, [word], named)
        else:
            yield Finding("truncated", word, f"{named}; nothing here fits it: removed, not yet synced, or mistyped")
