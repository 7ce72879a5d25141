"""`briefing verify NOTE`: the four answers on a paper's file."""

from __future__ import annotations

import json as json_
import shlex
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from briefing.cli.workspace import Workspace, open_workspace
from briefing.errors import NoInput

if TYPE_CHECKING:
    from briefing.proof.answers import Answer, Here, Verified
    from briefing.proof.apart import Apart
    from briefing.proof.content import Changed, Offer

ANSWERS = ("known", "genuine", "content", "bytes")


def verify_note(
    name: str, checkpoints: Sequence[str], allowed_signers: str, *, take: bool, json: bool, sample: bool
) -> None:
    """Print what a paper proves, held against the record of the workspace where there is one."""
    from briefing.proof.answers import verified
    from briefing.proof.apart import take_apart
    from briefing.proof.content import offers

    file = take_apart(Path(name))
    found = verified(file, _here(file, checkpoints, allowed_signers, sample=sample))
    offered = offers(found.content.changed) if take else ()
    if json:
        print(json_.dumps(_as_json(name, found, offered), ensure_ascii=False, indent=2))
    else:
        _print(found, offered, take=take)
    if found.wrong:
        raise typer.Exit(1)


def _here(file: Apart, checkpoints: Sequence[str], allowed_signers: str, *, sample: bool) -> Here:
    from briefing.cli.issue import made_here
    from briefing.proof.answers import Here
    from briefing.render import RENDERERS

    try:
        workspace = open_workspace(sample=sample)
        log = workspace.everything
    except NoInput:
        return Here(None, vouched=_vouched(None, checkpoints, allowed_signers))
    made = made_here(workspace, file.format) if file.format in RENDERERS else None
    vouched = _vouched(workspace, checkpoints, allowed_signers)
    return Here(log, made, workspace.house_templates, workspace.words, workspace.profiles, vouched)


def _vouched(workspace: Workspace | None, checkpoints: Sequence[str], allowed_signers: str) -> tuple[str, ...]:
    """Return the heads of the checkpoints that an allowed signer vouches for."""
    from briefing.store.checkpoint import examine, files
    from briefing.store.ledger import Ledger
    from briefing.store.survey import Survey

    allowed = workspace.path_setting("allowed_signers", allowed_signers) if workspace else None
    signers = allowed or (Path(allowed_signers) if allowed_signers else None)
    nothing = Survey(known=Ledger(), redactions=(), findings=())
    read = (examine(file, nothing, signers) for one in checkpoints for file in files(Path(one)))
    return tuple(head for one in read if one.checkpoint and one.signed.by for head in one.checkpoint.heads)


def _print(found: Verified, offered: Sequence[Offer], *, take: bool) -> None:
    for name in ANSWERS:
        answer: Answer = getattr(found, name)
        print(f"{name + ':':9}{answer.verdict}: {answer.says}")
        for line in answer.shown:
            print(f"         {line}")
        for one in answer.changed:
            _print_change(one)
    for line in found.since:
        print(f"since:   {line}")
    for offer in offered:
        change = shlex.quote(f"{offer.path}={offer.value}")
        print(f"briefing correct {offer.digest[:8]} --set {change} --reason 'As changed on the paper.'")
    if take and not offered:
        print("no change of the paper is that of a field of an event")


def _print_change(one: Changed) -> None:
    print(f"         {one.place}:")
    print(f"           record: {one.was or '–'}")
    print(f"           paper:  {one.now or '–'}")
    for ground in one.statement.grounds if one.statement else ():
        print(f"           rests on {ground.digest[:8]} {ground.event.type} {getattr(ground.event, 'id', '')}".rstrip())


def _as_json(name: str, found: Verified, offered: Sequence[Offer]) -> dict[str, Any]:
    answers = {one: _answer(getattr(found, one)) for one in ANSWERS}
    corrections = [{"event": one.digest, "path": one.path, "value": one.value} for one in offered]
    return {"file": name, **answers, "since": list(found.since), "corrections": corrections, "wrong": found.wrong}


def _answer(answer: Answer) -> dict[str, Any]:
    changed = [
        {"place": one.place, "record": one.was, "paper": one.now,
         "events": [ground.digest for ground in one.statement.grounds] if one.statement else []}
        for one in answer.changed
    ]  # fmt: skip
    return {"verdict": answer.verdict, "says": answer.says, "shown": list(answer.shown), "changed": changed}
