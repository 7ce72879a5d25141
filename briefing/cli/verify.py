"""`briefing verify`: the record, read anew and checked."""

from __future__ import annotations

import json as json_
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from briefing.cli.checkpoint import AllowedSigners, examined, print_checkpoint
from briefing.cli.crew import crew
from briefing.cli.progress import progress
from briefing.cli.workspace import Json, Sample, open_workspace
from briefing.errors import NoInput, UsageProblem

if TYPE_CHECKING:
    from briefing.store.checkpoint import Examined
    from briefing.store.findings import Finding
    from briefing.store.survey import Redaction, Survey


def verify(
    note: Annotated[
        str, typer.Argument(metavar="NOTE", help="A paper’s file: what it proves. Without it the whole record is read.")
    ] = "",
    take: Annotated[
        bool, typer.Option("--take", help="Of an edited paper, print the corrections that its changes would be.")
    ] = False,
    checkpoint: Annotated[
        list[str] | None,
        typer.Option(metavar="FILE", help="A list of heads that was kept elsewhere, or a folder of them."),
    ] = None,
    allowed_signers: AllowedSigners = "",
    basis: Annotated[
        list[str] | None,
        typer.Option(metavar="PAPER|DIGEST", help="A paper, or digests, of what was on record once."),
    ] = None,
    json: Json = False,
    sample: Sample = False,
) -> None:
    """Read every byte of the record anew and say what is wrong.

    Every file is hashed and compared with its name; no index is used and nothing is changed. One line
    for each finding: its level, the file, what was found. Redactions are listed with their authority,
    apart those that stand under no signed checkpoint. With --checkpoint or --basis it is also seen
    when the newest events were removed. Exit code 1 when there is any finding.

    Of a paper there are four answers: whether it is known here, whether the events it carries are genuine,
    whether its words are those that its events fold to, and whether making it again gives its bytes. Exit
    code 1 when one of them speaks against it.
    """
    from datetime import UTC, datetime

    from briefing.store.findings import in_order
    from briefing.store.verify import verify as verify_store

    if note:
        from briefing.cli.verify_note import verify_note

        verify_note(note, checkpoint or [], allowed_signers, take=take, json=json, sample=sample)
        return
    if take:
        raise UsageProblem("--take goes with a paper", hint="`briefing verify NOTE --take`")
    workspace = open_workspace(sample=sample)
    survey = verify_store(workspace.store, now=datetime.now(UTC), profile=workspace.profiles(workspace.profile),
                          progress=progress("files"), crew=crew(workspace, workspace.store))  # fmt: skip
    lists = examined(workspace, survey, checkpoint or [], allowed_signers)
    found = [finding for one in lists for finding in one.findings]
    findings = in_order(dict.fromkeys((*survey.findings, *found, *_of_bases(survey, basis or []))))
    if workspace.address and not survey.known and not findings:
        raise NoInput(f"no event is on record in {workspace.place}", hint="look to its prefix: a bucket has any")
    if json:
        print(json_.dumps(_as_json(survey, findings, lists), ensure_ascii=False, indent=2))
    else:
        _print(survey, findings, lists)
    if findings:
        raise typer.Exit(1)


def _of_bases(survey: Survey, given: list[str]) -> list[Finding]:
    """Return what the record lacks of what papers, or digests, name."""
    from briefing.proof.apart import basis_in
    from briefing.store.checkpoint import of_basis
    from briefing.store.moment import words_of

    found: list[Finding] = []
    for one in given:
        paper = Path(one)
        words = basis_in(paper) if paper.is_file() else " ".join(words_of(one))
        found += of_basis(survey, words, f"{paper.name if paper.is_file() else 'the basis'} was made from it")
    return found


def _print(survey: Survey, findings: tuple[Finding, ...], lists: list[Examined]) -> None:
    for finding in findings:
        print(finding)
    for examined_ in lists:
        print_checkpoint(examined_, survey)
    for one in sorted(survey.redactions, key=lambda one: _voucher(one, lists) is None):
        event, voucher = one.event, _voucher(one, lists)
        under = f"under {voucher.name}" if voucher else "under no signed checkpoint"
        print(f"redacted, {under}: {event.target}: {event.target_type} of {event.target_recorded_at:%Y-%m-%d}"
              f"{'' if one.away else ', its file still here'}; authority: {event.authority}; reason: {event.reason}; "
              f"by {event.recorded_by}, {event.recorded_at:%Y-%m-%d} ({one.digest[:8]})")  # fmt: skip
    counts = Counter(one.level for one in findings)
    told = ", ".join(f"{counts[level]} {level}{'s' if counts[level] > 1 else ''}" for level in counts)
    print(f"{len(survey.known)} events read: {told or 'nothing found'}")


def _voucher(redaction: Redaction, lists: list[Examined]) -> Examined | None:
    """Return the first signed checkpoint that a redaction stands under."""
    return next((one for one in lists if one.vouched and redaction.digest in one.covered), None)


def _as_json(survey: Survey, findings: tuple[Finding, ...], lists: list[Examined]) -> dict[str, object]:
    return {
        "events": len(survey.known),
        "heads": survey.heads,
        "findings": [one.as_json() for one in findings],
        "checkpoints": [one.as_json() for one in lists],
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
                "checkpoint": voucher.name if (voucher := _voucher(one, lists)) else None,
            }
            for one in survey.redactions
        ],
    }
