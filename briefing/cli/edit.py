"""`briefing correct --edit`: the draft in an editor; what changed when it closes becomes the correction."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from briefing.cli.workspace import Workspace
from briefing.errors import Refused, UsageProblem

if TYPE_CHECKING:
    from briefing.events import Recorded
    from briefing.pen import Pen
    from briefing.revise import Why

HEAD = """\
# What is on record, as a draft. Change what is wrong, save and close: what changed becomes a
# correction, and the event stays as it was written. Close it unchanged to leave all as it is.
"""


def edited(workspace: Workspace, target: Recorded, pen: Pen, why: Why, *, new: bool) -> None:
    """Open an event as a draft and write what changed: entries for new names first, then the correction."""
    from briefing.intake.drafts import read_drafts
    from briefing.intake.texts import load_texts
    from briefing.intake.written import FIRST, as_draft
    from briefing.redraft import reads_now, redraft
    from briefing.revise import corrected

    log = workspace.log.recorded
    now = reads_now(log, target)
    if now is None or type(now) not in FIRST:
        raise Refused(f"{target.event.type} {target.digest[:8]} has no draft to open", hint="--set FIELD=VALUE")
    file, data = _in_editor(HEAD + as_draft(now, workspace.state))
    if not (items := read_drafts(data, file)):
        raise Refused("nothing was changed", hint="the record is as it was")
    found = redraft(log, target, items[0], pen.again(), load_texts(items, Path.cwd()))
    if found.fresh and not new:
        names = ", ".join(f"{one.kind} “{one.name}”" for one in found.fresh)
        raise UsageProblem(f"not on record: {names}", hint=f"pass --new to put them on the register; {file} is kept")
    if not found.changes:
        raise Refused("nothing was changed", hint="the record is as it was")
    for entry in found.entries:
        pen.write_again(entry, replaces=entry.event.replaces)
    corrected((*log, *pen.written), target, found.changes, pen, why)
    Path(file).unlink(missing_ok=True)


def _in_editor(text: str) -> tuple[str, bytes]:
    """Return the file and its bytes after the editor closed; the file is kept until its content is on record."""
    handle, name = tempfile.mkstemp(prefix="briefing-", suffix=".yaml")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
    run_editor(name)
    return name, Path(name).read_bytes()


_AT_A_LINE = frozenset(["vi", "vim", "nvim", "nano", "pico", "emacs", "emacsclient", "micro", "joe", "mg", "ne"])
"""Editors that open a file at a line given before it, +12."""
_BEHIND = frozenset(["code", "code-insiders", "codium", "cursor"])
"""Editors that take it behind the file, -g FILE:12."""


def run_editor(name: str, *, line: int = 1) -> None:
    """Open a file in the editor of whoever sits there, at a line where it takes one, and wait until it is closed."""
    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi"
    try:
        command = shlex.split(editor)
        program = Path(command[0]).stem if command and line > 1 else ""
        at = [f"+{line}", name] if program in _AT_A_LINE else ["-g", f"{name}:{line}"] if program in _BEHIND else [name]
        code = subprocess.run([*command, *at], check=False).returncode  # noqa: S603 - their own editor
    except OSError as fault:
        raise UsageProblem(f"the editor {editor} does not start: {fault}", hint="set VISUAL or EDITOR") from fault
    if code != 0:
        raise Refused(f"the editor ended with {code}; nothing was changed", hint=f"what was typed is in {name}")
    print(f"edited {name}", file=sys.stderr)
