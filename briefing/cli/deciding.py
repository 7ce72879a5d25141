"""One key at a time: a proposal on the screen, the step that was asked for, and the file that keeps it."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from briefing.cli.screen import Screen, register_of, said_there, title
from briefing.intake import joining
from briefing.intake.waiting import ADDED, MOVABLE, kind_of

if TYPE_CHECKING:
    from briefing.cli.workspace import Workspace
    from briefing.intake.review import Review
    from briefing.intake.waiting import Waiting

HELP = (
    "  a  accept it, as it stands; somebody, wherever the draft has them with this title",
    "  e  edit one of its values; it is thereby accepted",
    "  r  reject it, and with it what stands inside; with a text, what rests on it",
    "  m  merge: it is somebody or something on record, or adds to a meeting or says again what was said there;",
    "     a meeting may also be another of this draft",
    "  g  group: move a point or a commitment to another meeting",
    "  s  skip it; it stays pending",
    "  u  undo the last step",
    "  A  accept all of this kind",
    "  E  open the file in your editor, at this line",
    "  q  quit; what was decided is in the file",
)


class Deciding:
    """A review on a terminal: what is shown, which key was pressed, and the file that keeps what was decided."""

    def __init__(self, workspace: Workspace, path: Path, in_editor: Callable[[int], Review]) -> None:
        """Take the draft's file, and what lets the officer change it at a line and reads it anew."""
        self.workspace = workspace
        self.path = path
        self.in_editor = in_editor
        self.screen = self._screen()
        self.notice: tuple[str, ...] = ()
        self.words = ""
        self.steps: dict[str, Callable[[Review, Waiting], Review | None]] = {
            "a": self._accepted,
            "r": self._rejected,
            "s": lambda found, _: found.skip(),
            "u": lambda found, _: found.undo(),
            "A": lambda found, one: found.accept_all(one.kind),
            "e": _edited,
            "m": self._merged,
            "g": _grouped,
            "E": self._in_editor,
            "?": lambda _, __: self._say_next(*HELP),
        }

    def review(self, found: Review) -> Review:
        """Return the review as it was left: everything decided or passed over, or the officer quit."""
        from briefing.intake.splicing import NotSpliced

        while (one := found.current) is not None or found.before:
            if one is None:
                _say(*self.notice)
                self.notice = ()
                if not _undoes(found):
                    break
                found = self._kept(found, found.undo())
                continue
            _say(self.screen.shown(found, one), *self.notice)
            _say(self.screen.keys(one, undo=bool(found.before)))
            self.notice = ()
            if (key := typer.getchar()) in ("q", "\x04"):
                break
            try:
                after = self.steps.get(key, self._unknown(key))(found, one)
            except NotSpliced as fault:
                self._say_next(*fault.lines())
                continue
            if after is not None:
                found = self._kept(found, after)
        return found

    def _say_next(self, *lines: str) -> Review | None:
        """Say something below the proposal that is shown next, where it is seen; no step."""
        self.notice = lines
        return None

    def _unknown(self, key: str) -> Callable[[Review, Waiting], Review | None]:
        what = f"“{key}” is no key here" if key.isprintable() else "this is no key here"
        return lambda _, __: self._say_next(f"{what}; ? says what each does")

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
        from briefing.items import Problems

        state = self.workspace.state
        _, loaded = gather(read_files([str(self.path)]), Problems(), undecided=True)
        texts = {one.original_name: one.text for one in state.sources.values()}
        texts |= {id_: one.text for id_, one in state.sources.items()}
        texts |= {name: one.text for name, one in loaded.items()}
        width = min(shutil.get_terminal_size().columns, 100)
        return Screen(width, not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb", texts, state)

    # ── what keys do ──────────────────────────────────────────────────────────────────────────

    def _accepted(self, found: Review, one: Waiting) -> Review:
        if same := found.the_same:
            lines = ", ".join(str(other.node.place.line) for other in same)
            self._say_next(f"accepted too: {one.name.text if one.name else ''} in line {lines}; u takes it back")
        return found.accept()

    def _rejected(self, found: Review, _: Waiting) -> Review | None:
        """Reject; a text, with what rests on it, only where that is wanted."""
        many = len(found.resting)
        question = f"Reject the text, and the {many} draft{'s' * (many > 1)} that rest{'s' * (many == 1)} on it?"
        return None if many and not typer.confirm(question, default=False, err=True) else found.reject()

    def _in_editor(self, _: Review, one: Waiting) -> Review:
        """Let the officer change the whole file; what can be undone is what is decided from here on."""
        found = self.in_editor(one.node.place.line or 1)
        self.screen = self._screen()
        return found

    # ── merging ───────────────────────────────────────────────────────────────────────────────

    def _merged(self, found: Review, one: Waiting) -> Review | None:
        """Let the officer choose somebody or something on record; other words look for others."""
        if one.kind in MOVABLE and (said := said_there(one, self.workspace.state)):
            chosen = _chosen("says the same as", [*(f"{id_}: {words}" for id_, words in said), "nothing there"])
            return found.add_to([*(id_ for id_, _ in said), None][chosen]) if isinstance(chosen, int) else None
        if one.kind in ADDED:
            return self._joined(found, one)
        if one.name is None:
            return found.merge("")  # says why not
        for near in self._sought(one, one.name.text):
            chosen = _chosen("merge with", [f"{name} ({id_})" for id_, name in near], other=_OTHER)
            if isinstance(chosen, int):
                return found.merge(near[chosen][1], also=self._is_a_name(one, *near[chosen]))
            self.words = chosen
        return None

    def _joined(self, found: Review, one: Waiting) -> Review | None:
        """Let the officer choose a meeting on record to which the current one adds, or another of this draft."""
        others = [draft for draft in found.standing(one.kind) if draft.place != one.draft.place]
        others = [] if one.kind == "visit" else others
        for near in self._sought(one, title(one.draft)):
            lines = [f"on record: {self._dated(id_, name)} ({id_})" for id_, name in near]
            lines += [f"in line {draft.place.line}: {title(draft)}" for draft in others]
            chosen = _chosen("adds to", [*lines, f"none: a {one.kind} of its own"], other=_OTHER)
            if not isinstance(chosen, int):
                self.words = chosen
            elif chosen < len(near):
                meeting = self.workspace.state.meetings.get(near[chosen][0])
                return joining.onto_record(found, meeting.held) if meeting else found.add_to(near[chosen][0])
            else:
                goal = others[chosen - len(near)] if chosen < len(lines) else None
                return joining.into(found, goal) if goal else found.add_to(None)
        return None

    def _sought(self, one: Waiting, words: str) -> Iterator[tuple[tuple[str, str], ...]]:
        """Yield what on record is most like some words, id and name, until no others are typed."""
        from briefing.names import likest_names

        self.words = words
        while self.words:
            near = likest_names(self.workspace.state, register_of(one), self.words)
            if not near:
                _say(f"nothing on record is like “{self.words}”")
            yield near

    def _dated(self, id_: str, name: str) -> str:
        from briefing.dates import format_span

        state = self.workspace.state
        held = state.meetings.get(id_) or state.visits.get(id_)
        return f"{name}, {format_span(held.when)}" if held and held.when else name

    def _is_a_name(self, one: Waiting, id_: str, name: str) -> bool:
        """Let the officer say whether what the text calls somebody or something is a name of theirs everywhere."""
        said = one.name.text if one.name else ""
        if not said[:1].isupper() or self.workspace.state.find(register_of(one), said):
            return False  # “senior officials” are others elsewhere, and what is a name already stays so
        question = f"Is “{said}” a name of {name} ({id_}) in every text from now on?"
        return typer.confirm(question, default=" " in said, err=True)


def _undoes(found: Review) -> bool:
    """Tell whether the officer takes the last step back, behind which nothing is left to be shown."""
    left = len(found.pending)
    _say("", f"{left} passed over, still pending" if left else "everything is decided")
    while True:
        _say("u undo the last step · q quit")
        if (key := typer.getchar()) in ("u", "q", "\r", "\n", "\x04"):
            return key == "u"
        _say(f"“{key}” is no key here" if key.isprintable() else "this is no key here")


_OTHER = "or other words to look for"


def _edited(found: Review, one: Waiting) -> Review | None:
    """Let the officer change one of the values."""
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
    except EOFError:
        return text
    finally:
        readline.set_startup_hook()


def _grouped(found: Review, one: Waiting) -> Review | None:
    """Let the officer choose another meeting of the draft, or begin one."""
    meetings = [draft for draft in found.drafts if kind_of(draft) in ("meeting", "report")]
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
