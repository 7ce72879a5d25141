"""`briefing checkpoint`: the list of heads, signed and kept elsewhere, so that a removed tail is noticed."""

from __future__ import annotations

import json as json_
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from briefing.cli.workspace import By, DryRun, Json, Workspace, open_workspace
from briefing.cli.writing import AcceptClock, author

if TYPE_CHECKING:
    from datetime import datetime

    from briefing.store.checkpoint import Checkpoint, Examined
    from briefing.store.survey import Survey

AllowedSigners = Annotated[
    str,
    typer.Option(
        metavar="FILE",
        help="Whose signatures count, as ssh-keygen reads it. Without it, allowed_signers of the settings.",
    ),
]


def checkpoint(
    check: Annotated[
        list[str] | None, typer.Option(metavar="FILE", help="Make none; check this one, or a folder of them.")
    ] = None,
    allowed_signers: AllowedSigners = "",
    key: Annotated[
        str,
        typer.Option(metavar="FILE", help="The SSH key to sign with. Without it, signing_key of the settings."),
    ] = "",
    unsigned: Annotated[bool, typer.Option("--unsigned", help="Make the list without a signature.")] = False,
    by: By = "",
    output: Annotated[
        str,
        typer.Option(
            "-o", "--output", metavar="FILE", help="Write here, the signature beside it. Without it, in checkpoints/."
        ),
    ] = "",
    dry_run: DryRun = False,
    json: Json = False,
    accept_clock: AcceptClock = False,
) -> None:
    """Sign a list of the record's heads, or check one.

    The record is read anew, and signed only when it is whole. The list is small JSON, its signature
    that of `ssh-keygen -Y sign`; keep both where the record is not, for what they are for is to find
    that the newest events were removed. With --check, exit code 1 when anything is wrong.
    """
    from datetime import UTC, datetime

    from briefing.cli.progress import progress
    from briefing.store.verify import verify

    workspace = open_workspace()
    now = datetime.now(UTC)
    if check:
        survey = verify(workspace.store, now=now, progress=progress("files"))
        _check(survey, examined(workspace, survey, check, allowed_signers), json=json)
        return
    signing = _key(workspace, key, unsigned=unsigned)
    survey = verify(workspace.store, now=now, progress=progress("files"))
    made = _take(workspace, survey, now, by, accept_clock=accept_clock)
    if dry_run:
        print(made.as_bytes().decode(), end="")
        print("nothing was written (--dry-run)", file=sys.stderr)
        return
    written = _write(made, signing, Path(output) if output else workspace.root / "checkpoints" / made.file_name)
    if json:
        print(json_.dumps({"file": str(written), **json_.loads(made.as_bytes())}, ensure_ascii=False, indent=2))
    else:
        print(f"{written}: {made.events} events, basis {made.basis}")


def _key(workspace: Workspace, key: str, *, unsigned: bool) -> Path | None:
    """Return the key to sign with; none where that is what was asked for."""
    from briefing.errors import UsageProblem

    found = None if unsigned else workspace.path_setting("signing_key", key)
    if found is None and not unsigned:
        raise UsageProblem(
            "no key is named to sign with",
            hint="--key FILE, or signing_key in briefing.toml; --unsigned makes the list without a signature",
        )
    return found


def _take(workspace: Workspace, survey: Survey, now: datetime, by: str, *, accept_clock: bool) -> Checkpoint:
    from briefing.stamp import check_clock
    from briefing.store.checkpoint import take

    newest = survey.known.newest()
    if newest and (warning := check_clock(now, newest.at, newest.name, accept=accept_clock)):
        print(f"warning: {warning}", file=sys.stderr)
    return take(survey, now=now, by=author(workspace, by))


def _write(made: Checkpoint, key: Path | None, path: Path) -> Path:
    """Write the signature, then the list, so that a list without one is never a write that was cut off."""
    from briefing.cli.output import write_whole
    from briefing.errors import OutputFailed
    from briefing.store.signature import sign

    if path.exists():
        raise OutputFailed(f"{path} is there already", hint="a checkpoint is not written over: name another with -o")
    data = made.as_bytes()
    if key is not None:
        write_whole(path.with_name(f"{path.name}.sig"), sign(data, key))
    write_whole(path, data)
    return path


def examined(workspace: Workspace, survey: Survey, given: Sequence[str], allowed_signers: str) -> list[Examined]:
    """Return the checkpoints that were named, each read and compared with the record."""
    from briefing.store.checkpoint import examine, files

    allowed = workspace.path_setting("allowed_signers", allowed_signers)
    return [examine(file, survey, allowed) for one in given for file in files(Path(one))]


def print_checkpoint(one: Examined, survey: Survey) -> None:
    """Print what a checkpoint holds and who vouches for it; nothing of a file that is none."""
    if one.checkpoint is None:
        return
    of = len(one.covered & survey.known.keys())
    by = f"signed by {one.signed.by} with {one.signed.key}" if one.signed.by else "signed by nobody who counts"
    print(f"checkpoint: {one.name}: {of} of the {len(survey.known)} events here, "
          f"made {one.checkpoint.made_at:%Y-%m-%d %H:%M} UTC by {one.checkpoint.made_by}; {by}")  # fmt: skip


def _check(survey: Survey, lists: list[Examined], *, json: bool) -> None:
    """Print what is wrong with checkpoints, and what they hold; exit code 1 when anything is."""
    from briefing.store.findings import in_order

    findings = in_order(finding for one in lists for finding in one.findings)
    if json:
        told = {"checkpoints": [one.as_json() for one in lists], "findings": [one.as_json() for one in findings]}
        print(json_.dumps(told, ensure_ascii=False, indent=2))
    else:
        for finding in findings:
            print(finding)
        for one in lists:
            print_checkpoint(one, survey)
    if findings:
        raise typer.Exit(1)
