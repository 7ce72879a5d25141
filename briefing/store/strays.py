"""Files whose name is not that of an event, or not that of their bytes: what they are, and where the bytes belong."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from briefing.codec import EventName, InvalidEvent, UnknownEvent, decode, digest, file_name, parse_name
from briefing.store.findings import Finding
from briefing.store.port import is_temporary

_RESCUE = "`briefing sync --rescue` puts it in its place"


@dataclass(frozen=True, slots=True)
class Stray:
    """A file whose bytes do not go with its name: their digest, and the name of the event that they are.

    `belongs` is empty when the bytes are no event of this format.
    """

    name: str
    digest: str
    belongs: str

    @property
    def vouched(self) -> bool:
        """Whether its own name holds the digest of its bytes: it was an event file once, and is whole."""
        return self.digest in self.name.casefold()


def examine(name: str, data: bytes) -> Stray:
    """Return what the bytes of a file are, whatever its name."""
    own = digest(data)
    try:
        belongs = file_name(decode(data), own)
    except (InvalidEvent, UnknownEvent):
        belongs = ""
    return Stray(name=name, digest=own, belongs=belongs)


def finding(
    stray: Stray, known: Mapping[str, str], named: Collection[str], redacted: Collection[str]
) -> Finding | None:
    """Return what there is to say of a stray; None where `altered` has said it already.

    `known` holds the file names of the events that are here by digest, `named` the digests that events
    name, `redacted` those of which nothing is to be kept. An event that is not here is offered back
    where its own name or another event vouches for it.
    """
    if stray.digest in redacted and stray.digest not in known:
        return Finding("stray", stray.name, "its bytes are an event that was redacted: delete it")
    missing = stray.belongs and stray.digest not in known
    belongs = stray.belongs if missing and (stray.vouched or stray.digest in named) else ""
    place = parse_name(stray.name)
    if place is None:
        return _no_event(stray, known, belongs)
    if place.digest == stray.digest:
        return _wrong_name(stray, place, belongs)
    if belongs:
        return Finding("stray", stray.name, f"its bytes are those of {belongs}, which is not here; {_RESCUE}", belongs)
    return None


def _wrong_name(stray: Stray, place: EventName, belongs: str) -> Finding:
    """Say how a file's name and its event differ; the digest in the name is right."""
    right = parse_name(stray.belongs)
    assert right is not None
    what = f"; {_RESCUE}" if belongs else "; the event is here under its own name too"
    if right.at != place.at:
        said = f"its name says {place.at.isoformat()}, and the event was recorded at {right.at.isoformat()}"
        return Finding("misdated", stray.name, said + what, belongs)
    said = f"its name says {place.slug}, and the event is {right.slug}"
    return Finding("misnamed", stray.name, said + what, belongs)


def _no_event(stray: Stray, known: Mapping[str, str], belongs: str) -> Finding:
    """Say what a file is that no event's name fits, or one in the folder of another month."""
    file = stray.name.rpartition("/")[2]
    place = parse_name(f"{file[:4]}-{file[4:6]}/{file}")
    if place is not None and place.digest not in known:
        if belongs:
            what = f"it stands in another folder than {place.month}; {_RESCUE}"
            return Finding("misdated", stray.name, what, belongs)
        what = "its bytes do not hash to its name, and it stands in the wrong folder: still syncing, or altered"
        return Finding("altered", stray.name, what)
    kind = "a write that was cut off, or goes on now" if is_temporary(stray.name) else "no event by its name"
    if belongs:
        what = f"{kind}; its bytes are those of {belongs}, which is not here; {_RESCUE}"
        return Finding("stray", stray.name, what, belongs)
    if stray.digest in known:
        return Finding("stray", stray.name, f"{kind}; a copy of {known[stray.digest]}")
    if stray.belongs:
        return Finding("stray", stray.name, f"{kind}; its bytes are an event that nothing here names")
    return Finding("stray", stray.name, f"{kind}, and its bytes are no event")
