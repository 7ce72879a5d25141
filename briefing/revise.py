"""Requests about what is on record already: correct, retract, redact, close a commitment, settle a difference. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, get_args, get_origin

from pydantic import ValidationError

from briefing.amend import ABOUT_EVENTS, Amended, amend, set_path
from briefing.dates import DateProblem, Span, parse_due, parse_span
from briefing.errors import NotOnRecord, Refused, UsageProblem
from briefing.events import (
    CommitmentUpdated,
    DifferenceSettled,
    Event,
    EventCorrected,
    EventRedacted,
    EventRetracted,
    Recorded,
)
from briefing.payload import Change, Citation
from briefing.pen import Pen
from briefing.state import BriefingState


@dataclass(frozen=True, slots=True)
class Why:
    """Why an earlier event is changed, and by whose authority (may be empty)."""

    reason: str
    authority: str = ""


def correct(log: Sequence[Recorded], target: Recorded, given: Mapping[str, str], pen: Pen, why: Why) -> Recorded:
    """Return the correction of fields by path (title, points/p2/say), values as an officer types them."""
    changes = []
    for path, text in given.items():
        kind = _kind_at(target.event, path)
        changes.append(Change(path=path, value=_typed(kind, path, text)))
    return corrected(log, target, changes, pen, why)


def corrected(log: Sequence[Recorded], target: Recorded, changes: Sequence[Change], pen: Pen, why: Why) -> Recorded:
    """Return the correction that sets fields to plain values; it replaces the events that supply them now.

    Refused when nothing would change, or when what is left would be no valid event.
    """
    amended = amend(log)
    now = _as_it_reads(amended, target)
    replaces = suppliers(log, amended.withdrawn, target.digest, [change.path for change in changes])
    origin = f"correct:{target.digest}:{pen.now.isoformat()}"
    return write_correction(now, target.digest, changes, pen, why, replaces=replaces, origin=origin)


def write_correction(
    now: Event, target: str, changes: Sequence[Change], pen: Pen, why: Why, *, replaces: tuple[str, ...], origin: str
) -> Recorded:
    """Return the correction of an event that reads as it does `now`; refused as `corrected` refuses."""
    values = now.model_dump(mode="json", by_alias=True)
    before = now.model_dump(mode="json", by_alias=True)
    missed = [change.path for change in changes if not set_path(values, change)]
    if missed:
        raise UsageProblem(f"{now.type} has no field “{missed[0]}”", hint=f"fields: {', '.join(_fields(now))}")
    if values == before:
        raise Refused("nothing would change: these are the values on record", hint="`briefing show` prints them")
    try:
        type(now).model_validate(values, strict=False)
    except ValidationError as fault:
        first = fault.errors()[0]
        where = "/".join(str(step) for step in first["loc"])
        hint = "`briefing show --raw` prints the values on record"
        raise UsageProblem(f"{where}: {first['msg']}", hint=hint) from None
    return pen.write(EventCorrected, origin=origin, target=target, changes=tuple(changes), reason=why.reason,
                     authority=why.authority or None, replaces=replaces)  # fmt: skip


def retract(log: Sequence[Recorded], target: Recorded, pen: Pen, why: Why) -> Recorded:
    """Return the retraction of an event; of a retraction, it restores its target."""
    if target.digest in amend(log).withdrawn:
        raise Refused(f"{target.digest[:8]} is withdrawn already", hint="`briefing show` prints its history")
    if isinstance(target.event, EventRedacted):
        raise Refused("a redaction stays", hint="put on record anew what may be known")
    return pen.write(EventRetracted, origin=f"retract:{target.digest}:{pen.now.isoformat()}", target=target.digest,
                     reason=why.reason, authority=why.authority or None)  # fmt: skip


def redact(log: Sequence[Recorded], target: Recorded, pen: Pen, why: Why) -> Recorded:
    """Return the redaction of an event: its payload is never read again, and its file may be removed."""
    if any(isinstance(one.event, EventRedacted) and one.event.target == target.digest for one in log):
        raise Refused(f"{target.digest[:8]} is redacted already", hint="`briefing verify` lists every redaction")
    if isinstance(target.event, EventRedacted):
        raise Refused("a redaction is not redacted", hint="its reason and authority are what the record owes a reader")
    return pen.write(EventRedacted, origin=f"redact:{target.digest}", target=target.digest,
                     target_type=target.event.type, target_recorded_at=target.event.recorded_at,
                     target_parents=target.event.parents, authority=why.authority, reason=why.reason)  # fmt: skip


def update_commitment(log: Sequence[Recorded], state: BriefingState, ref: str, pen: Pen, **news: Any) -> Recorded:
    """Return the news of a commitment; it replaces the events that supply the same fields now."""
    item = next((one for one in state.commitments if one.ref == ref), None)
    if item is None:
        known = tuple(one.ref for one in state.commitments)[:3]
        raise NotOnRecord("commitment", ref, nearest=known)
    fields = [name for name in ("status", "due") if news.get(name) is not None]
    if not fields and not news.get("evidence"):
        raise UsageProblem("no news of the commitment", hint="give --status, --due or --evidence")
    if item.updates and all(getattr(item.updates[-1].said, name) == value for name, value in news.items()):
        raise Refused(f"this is on record of {ref} already", hint="`briefing list commitments` shows it")
    suppliers = [
        update.digest for update in item.updates if any(getattr(update.said, name) is not None for name in fields)
    ]
    return pen.write(CommitmentUpdated, origin=f"update:{ref}:{pen.now.isoformat()}", commitment=ref,
                     replaces=tuple(sorted(_newest(log, suppliers))), **news)  # fmt: skip


def settle(state: BriefingState, key: str, uses: str, pen: Pen, why: Why) -> Recorded:
    """Return the choice of one text where texts differ; it replaces the choice made before."""
    found = next((one for n, one in enumerate(state.differences, 1) if key in (one.key, f"d{n}")), None)
    if found is None:
        raise NotOnRecord("difference", key, hint="`briefing list differences` shows them")
    told = tuple(dict.fromkeys(reading.source for reading in found.readings))
    if uses not in told:
        raise UsageProblem(f"“{uses}” says nothing on {found.label}", hint=f"texts that do: {', '.join(told)}")
    if found.settled and (found.settled.said.uses, found.settled.said.because) == (uses, why.reason):
        raise Refused(f"{found.label} is settled so already", hint="`briefing list differences` shows it")
    return pen.write(DifferenceSettled, origin=f"settle:{found.key}:{pen.now.isoformat()}", difference=found.key,
                     uses=uses, because=why.reason, authority=why.authority or None,
                     replaces=(found.settled.digest,) if found.settled else ())  # fmt: skip


# ── what supplies a field, and what kind of value it holds ────────────────────────────────────


def _as_it_reads(amended: Amended, target: Recorded) -> Event:
    if isinstance(target.event, ABOUT_EVENTS):
        raise Refused(f"{target.event.type} is not corrected", hint="retract it, and record another")
    for digest, event in amended.live:
        if digest in (target.digest, amended.twins.get(target.digest)):
            return event
    raise Refused(f"{target.digest[:8]} is withdrawn", hint="retract its retraction first")


def suppliers(
    log: Sequence[Recorded], withdrawn: Collection[str], target: str, paths: Sequence[str]
) -> tuple[str, ...]:
    """Return the live corrections that set one of the paths and are not replaced; the event itself where none does."""
    setting = [
        one.digest
        for one in log
        if isinstance(one.event, EventCorrected)
        and one.event.target == target
        and one.digest not in withdrawn
        and any(change.path in paths for change in one.event.changes)
    ]
    return tuple(sorted(_newest(log, setting))) or (target,)


def _newest(log: Sequence[Recorded], digests: Sequence[str]) -> set[str]:
    replaced = {earlier for one in log if one.digest in digests for earlier in one.event.replaces}
    return set(digests) - replaced


def _fields(event: Event) -> list[str]:
    return [name for name in type(event).model_fields if name not in Event.model_fields]


def _kind_at(event: Event, path: str) -> Any:
    """Return the type of the field a path leads to; items of a list are named by their id."""
    model: Any = type(event)
    kind: Any = model
    for step in path.split("/"):
        inner = next((one for one in _parts(kind) if hasattr(one, "model_fields")), None)
        if inner is None or step not in inner.model_fields:
            if _is_list(kind):
                continue  # the id of an item
            raise UsageProblem(f"{event.type} has no field “{path}”", hint=f"fields: {', '.join(_fields(event))}")
        kind = inner.model_fields[step].annotation
    return kind


def _parts(kind: Any) -> tuple[Any, ...]:
    """Return a type and the types it is made of."""
    return (kind, *(inner for one in get_args(kind) for inner in _parts(one)))


def _is_list(kind: Any) -> bool:
    return any(get_origin(one) is tuple for one in _parts(kind))


def _typed(kind: Any, path: str, text: str) -> Any:
    """Return a typed value as plain JSON: a date is parsed, a list split at semicolons, nothing is None."""
    if _is_list(kind):
        if Citation in _parts(kind):
            raise UsageProblem(f"“{path}” holds quotations", hint="--edit opens the draft")
        return [one.strip() for one in text.split(";") if one.strip()]
    if not text:
        return None
    parts = _parts(kind)
    if Span in parts:
        try:
            return (parse_due if path.endswith("due") else parse_span)(text).model_dump(mode="json")
        except DateProblem as problem:
            what, _, hint = str(problem).partition("\n")
            raise UsageProblem(what, hint=hint) from None
    if bool in parts:
        return {"yes": True, "true": True, "no": False, "false": False}.get(text.casefold(), text)
    return int(text) if int in parts and text.isdecimal() else text
