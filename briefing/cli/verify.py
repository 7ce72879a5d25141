"""`briefing verify`: the record, read anew and checked."""

from __future__ import annotations

import json as json_
import sys
from collections import Counter
from collections.abc import Callable
from typing import TYPE_CHECKING

import typer

from briefing.cli.workspace import Json, Sample, open_workspace

if TYPE_CHECKING:
    from briefing.store.findings import Finding
    from briefing.store.survey import Survey


def verify(json: Json = False, sample: Sample = False) -> None:
    """Read every byte of the record anew and say what is wrong.

    Every file is hashed and compared with its name; no index is used and nothing is changed. One line
    for each finding: its level, the file, what was found. Redactions are listed with their authority.
    Exit code 1 when there is any finding.
    """
    from datetime import UTC, datetime

    from briefing.store.verify import verify as verify_store

    workspace = open_workspace(sample=sample)
    survey = verify_store(workspace.store, now=datetime.now(UTC), progress=progress())
    findings = survey.findings
    if json:
        print(json_.dumps(_as_json(survey, findings), ensure_ascii=False, indent=2))
    else:
        _print(survey, findings)
    if findings:
        raise typer.Exit(1)


def progress() -> Callable[[int, int], None]:
    """Return what shows how far it is: on a terminal, for work over a second, and nowhere else."""
    from time import monotonic

    if not sys.stderr.isatty():
        return lambda _done, _of: None
    begun = shown = monotonic()

    def show(done: int, of: int) -> None:
        nonlocal shown
        now = monotonic()
        if done == of and shown > begun:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)
        elif now - max(shown, begun + 0.8) > 0.2:
            print(f"\r{done:,} of {of:,} files", end="", file=sys.stderr, flush=True)
            shown = now

    return show


def _print(survey: Survey, findings: tuple[Finding, ...]) -> None:
    for finding in findings:
        print(finding)
    for one in survey.redactions:
        event = one.event
        print(f"redacted: {event.target}: {event.target_type} of {event.target_recorded_at:%Y-%m-%d}"
              f"{'' if one.away else ', its file still here'}; authority: {event.authority}; reason: {event.reason}; "
              f"by {event.recorded_by}, {event.recorded_at:%Y-%m-%d} ({one.digest[:8]})")  # fmt: skip
    counts = Counter(one.level for one in findings)
    told = ", ".join(f"{counts[level]} {level}{'s' if counts[level] > 1 else ''}" for level in counts)
    print(f"{len(survey.known)} events read: {told or 'nothing found'}")


def _as_json(survey: Survey, findings: tuple[Finding, ...]) -> dict[str, object]:
    return {
        "events": len(survey.known),
        "heads": survey.heads,
        "findings": [one.as_json() for one in findings],
        "redactions": [
            {
                "digest": one.digest,
                "target": one.event.target,
                "target_type": one.event.target_type,
                "away": one.away,
                "authority": one.event.authority,
                "reason": one.event.reason,
                "recorded_by": one.event.recorded_by,
                "recorded_at": one.event.recorded_at.isoformat(),
            }
            for one in survey.redactions
        ],
    }
