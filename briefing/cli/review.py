"""`briefing review`: the proposals of a draft on a terminal, one key each; what was decided is in the file at once."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from briefing.cli.workspace import Workspace, open_workspace

if TYPE_CHECKING:
    from briefing.cli.screen import Screen
    from briefing.errors import Problem
    from briefing.intake.review import Review, Waiting


HELP = (
    "a  accept it, as it stands",
    "e  edit one of its values; it is thereby accepted",
    "r  reject it, and with it what stands inside; with a text, what rests on it",
    "m  merge: it is somebody or something on record, or adds to a meeting or says again what was said there",
    "g  group: move a point or a commitment to another meeting",
    "s  skip it; it stays pending",
    "u  undo the last step",
    "A  accept all of this kind",
    "E  open the file in your editor, at this line",
    "q  quit; what was decided is in the file",
)


def review(
    draft: Annotated[str, typer.Argument(metavar="DRAFT", help="The draft, as `briefing draft` wrote it.")],
    edit: Annotated[
        bool, typer.Option("--edit", help="Open the draft in your editor, and check it when it closes.")
    ] = False,
) -> None:
    """Decide on the proposals of a draft, one by one.

    Each is shown with its words lit in the text. A key decides: accept, edit, reject, merge with somebody
    on record, group into another meeting, skip, undo. The file is rewritten after each, only where it was
    decided, so that you may quit at any time. `briefing accept` then puts it on record.
    """
    workspace = open_workspace()
    path = Path(draft)
    found = _read(path)
    if edit:
        _edit(workspace, path)
    elif not (sys.stdin.isatty() and sys.stderr.isatty()):
        from briefing.errors import UsageProblem

        raise UsageProblem("a review needs a terminal", hint="--edit opens the draft; or change each `decision:` in it")
    else:
        found = _Desk(workspace, path).review(found)
    _say_what_is_left(_read(path), draft)


def _read(path: Path) -> Review:
    """Return the review of a file; refused with every problem of its form."""
    from briefing.cli.drafts import read_files
    from briefing.errors import InvalidDraft
    from briefing.intake.drafts import gather_drafts
    from briefing.intake.review import Review
    from briefing.intake.splicing import Sheet
    from briefing.items import Problems

    (file,) = read_files([str(path)])
    problems = Problems()
    gather_drafts(file.data, file.name, problems, undecided=True)
    if problems:
        raise InvalidDraft(problems)
    return Review(Sheet(file.data), file.name)


def _say_what_is_left(found: Review, draft: str) -> None:
    left = len(found.pending)
    print(f"{left} pending: `briefing review {draft}` goes on" if left else
          f"nothing is pending: `briefing accept {draft}` puts it on record", file=sys.stderr)  # fmt: skip


def _edit(workspace: Workspace, path: Path, *, line: int = 1) -> None:
    """Open the file in an editor, at a line, until it is right, or the officer leaves it."""
    from briefing.cli.edit import run_editor
    from briefing.errors import InvalidDraft

    while True:
        run_editor(str(path), line=line)
        problems = _checked(workspace, path)
        if not problems:
            return
        fault = InvalidDraft(problems)
        if not sys.stdin.isatty():
            raise fault
        print(*fault.lines(), sep="\n", file=sys.stderr)
        if not typer.confirm("Edit again?", default=True, err=True):
            raise fault


def _checked(workspace: Workspace, path: Path) -> list[Problem]:
    """Return what is wrong with a draft, quotations included; that something is pending is not."""
    from datetime import UTC, datetime

    from briefing.cli.drafts import gather, read_files
    from briefing.decide import decide
    from briefing.errors import InvalidDraft
    from briefing.items import Problems
    from briefing.pen import Pen

    problems = Problems()
    items, texts = gather(read_files([str(path)]), problems, undecided=True)
    log = workspace.log
    trial = Pen(by="a review", now=datetime.now(UTC), newest=log.newest, heads=log.heads, nonce=lambda: "0" * 32)
    try:
        decide(items, log.recorded, trial, texts, problems)
    except InvalidDraft as fault:
        return list(fault.problems)
    return []


class _Desk:
    """A review on a terminal: what is shown, which key was pressed, and the file that keeps what was decided."""

    def __init__(self, workspace: Workspace, path: Path) -> None:
        self.workspace = workspace
        self.path = path
        self.screen = self._screen()
        self.steps: dict[str, Callable[[Review, Waiting], Review | None]] = {
            "a": lambda found, _: found.accept(),
            "r": lambda found, _: found.reject(),
            "s": lambda found, _: found.skip(),
            "u": lambda found, _: found.undo(),
            "A": lambda found, one: found.accept_all(one.kind),
            "e": _edited,
            "m": self._merged,
            "g": _grouped,
            "E": lambda _, one: self._in_editor(one),
        }

    def review(self, found: Review) -> Review:
        """Return the review as it was left: everything decided or passed over, or the officer quit."""
        from briefing.intake.splicing import NotSpliced

        while (one := found.current) is not None:
            _say(self.screen.shown(found, one))
            _say(self.screen.keys(one, undo=bool(found.before)))
            if (key := typer.getchar()) in ("q", "\x04"):
                break
            if (step := self.steps.get(key)) is None:
                unknown = f"“{key}” is no key here" if key.isprintable() else "this is no key here"
                _say(*(HELP if key == "?" else [f"{unknown}; ? says what each does"]))
                continue
            try:
                after = step(found, one)
            except NotSpliced as fault:
                _say(*fault.lines())
                continue
            if after is not None:
                found = self._kept(found, after)
        return found

    def _kept(self, before: Review, after: Review) -> Review:
        from briefing.cli.output import write_whole
        from briefing.errors import Refused

        if self.path.read_bytes() != before.sheet.data:
            raise Refused(f"{self.path} was changed meanwhile", hint="begin again; what was decided before is in it")
        if after.sheet != before.sheet:
            write_whole(self.path, after.sheet.data)
        return after

    def _screen(self) -> Screen:
        from briefing.cli.drafts import gather, read_files
        from briefing.cli.screen import Screen
        from briefing.items import Problems

        state = self.workspace.state
        _, loaded = gather(read_files([str(self.path)]), Problems(), undecided=True)
        texts = {one.original_name: one.text for one in state.sources.values()}
        texts |= {id_: one.text for id_, one in state.sources.items()}
        texts |= {name: one.text for name, one in loaded.items()}
        width = min(shutil.get_terminal_size().columns, 100)
        return Screen(width, not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb", texts, state)

    def _in_editor(self, one: Waiting) -> Review:
        """Let the officer change the whole file; what can be undone is what is decided from here on."""
        _edit(self.workspace, self.path, line=one.node.place.line or 1)
        self.screen = self._screen()
        return _read(self.path)

    def _merged(self, found: Review, one: Waiting) -> Review | None:
        """Let the officer choose somebody or something on record; other words look for others."""
        from briefing.cli.screen import register_of, said_there, title
        from briefing.intake.review import ADDED, MOVABLE
        from briefing.names import likest_names

        if one.kind in MOVABLE and (said := said_there(one, self.workspace.state)):
            chosen = _chosen("says the same as", [*(f"{id_}: {words}" for id_, words in said), "nothing there"])
            return found.add_to([*(id_ for id_, _ in said), None][chosen]) if isinstance(chosen, int) else None
        added = one.kind in ADDED
        if one.name is None and not added:
            return found.merge("")  # says why not
        words = one.name.text if one.name else title(one.draft)
        while words:
            near = likest_names(self.workspace.state, register_of(one), words)
            if not near:
                _say(f"nothing on record is like “{words}”")
            lines = [f"{name} ({id_})" for id_, name in near] + [f"none: a {one.kind} of its own"] * added
            chosen = _chosen("adds to" if added else "merge with", lines, other="or other words to look for")
            if isinstance(chosen, int) and added:
                return found.add_to(near[chosen][0] if chosen < len(near) else None)
            if isinstance(chosen, int):
                return found.merge(near[chosen][1])
            words = chosen
        return None


def _edited(found: Review, one: Waiting) -> Review | None:
    """Let the officer type another value in the place of one."""
    values = list(one.values)
    n = 0 if len(values) == 1 else _chosen("edit", [f"{key}: {said.text}" for key, said in values])
    if not isinstance(n, int):
        return None
    key, said = values[n]
    typed = _changed(key, said.text)
    return found.edit(key, typed) if typed and typed != said.text else None


def _changed(key: str, text: str) -> str:
    """Return a text as the officer leaves it, who finds it typed already where the terminal can do that."""
    try:
        import readline
    except ImportError:  # Windows
        return str(typer.prompt(f"{key} (empty: as it is)", default="", show_default=False, err=True)).strip()
    _say(f"{key} (change it; empty: as it is):")
    readline.set_startup_hook(lambda: readline.insert_text(text))
    try:
        return input("> ").strip()
    finally:
        readline.set_startup_hook()


def _grouped(found: Review, one: Waiting) -> Review | None:
    """Let the officer choose another meeting of the draft, or begin one."""
    from briefing.cli.screen import title

    meetings = [draft for draft in found.drafts if draft.entries[0][0].text in ("meeting", "report")]
    others = [draft for draft in meetings if draft.place != one.draft.place]
    chosen = _chosen("move to", [title(draft) for draft in others], other="or the title of a new meeting")
    if isinstance(chosen, int):
        return found.move(others[chosen])
    if not chosen:
        return None
    agency = typer.prompt("agency met (empty: not known)", default="", show_default=False, err=True).strip()
    return found.begin_with(chosen, agency)


def _chosen(what: str, lines: list[str], *, other: str = "") -> int | str:
    """Return which line was chosen by its number, or the words that were typed instead; empty is neither."""
    _say(*(f"  {n}  {line}" for n, line in enumerate(lines, 1)))
    typed = typer.prompt(f"{what}: number{', ' + other if other else ''} (empty: back)", default="", show_default=False,
                         err=True).strip()  # fmt: skip
    if typed.isdecimal() and 1 <= int(typed) <= len(lines):
        return int(typed) - 1
    return str(typed) if other else ""


def _say(*lines: str) -> None:
    print(*lines, sep="\n", file=sys.stderr, flush=True)
