"""Every command by name, with the line that `briefing --help` prints of it.

The module of a command is imported when the command runs or its own help is asked for. Naming all of
them costs nothing, so that `briefing --help` and completion stay quick however many there are.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

import typer
from typer.core import TyperGroup

COMMANDS: dict[str, tuple[str, str]] = {
    "init": ("briefing.cli.workspace_commands:init", "Make a workspace."),
    "new": ("briefing.cli.workspace_commands:new", "Print a commented draft to fill in."),
    "append": ("briefing.cli.append:append", "Put drafts on record."),
    "draft": ("briefing.cli.draft:draft", "Draft events from a text, by rules and by what is on record."),
    "review": ("briefing.cli.review:review", "Decide on the proposals of a draft, one by one."),
    "accept": ("briefing.cli.accept:accept", "Put reviewed drafts on record."),
    "note": ("briefing.cli.note:app", "Write a paper: report, brief, card, book, record or handover note."),
    "agency": ("briefing.cli.notes:agency", "Write one page on each agency."),
    "commitments": ("briefing.cli.commitments:commitments", "Write the commitments tracker, the most pressing first."),
    "list": ("briefing.cli.record:list_", "List what is on record."),
    "show": ("briefing.cli.record:show", "Show one thing on record: what kind, when, what it says, and on what."),
    "people": ("briefing.cli.register:people", "List people, or tell all that the record says of one."),
    "agencies": ("briefing.cli.register:agencies", "List agencies, or tell all that the record says of one."),
    "topics": ("briefing.cli.register:topics", "List topics, or tell all that the record says of one."),
    "changes": ("briefing.cli.changes:changes", "Tell what changed since a paper, a day or an event."),
    "why": ("briefing.cli.why:why", "Show what words of a paper rest on."),
    "search": ("briefing.cli.search:search", "Find sentences, titles, names and paragraphs of texts on record."),
    "import": ("briefing.cli.import_:app", "Take in what comes from elsewhere: meetings, lists, and events."),
    "export": ("briefing.cli.export:export", "Write what is on record for other programs."),
    "correct": ("briefing.cli.revise:correct", "Correct what an earlier event says."),
    "retract": ("briefing.cli.revise:retract", "Withdraw an earlier event."),
    "redact": ("briefing.cli.revise:redact", "Take an event's content out of the record for good."),
    "done": ("briefing.cli.revise:done", "Close a commitment, or record other news of it."),
    "settle": ("briefing.cli.revise:settle", "Choose the text to follow where texts differ."),
    "clear": ("briefing.cli.returns:clear", "Clear the next edition of a paper."),
    "seen": ("briefing.cli.returns:seen", "Record that a reader has seen a paper."),
    "return": ("briefing.cli.returns:return_", "Record what a reader decided on a paper."),
    "verify": ("briefing.cli.verify:verify", "Read every byte of the record anew and say what is wrong."),
    "checkpoint": ("briefing.cli.checkpoint:checkpoint", "Sign a list of the record's heads, or check one."),
    "sync": ("briefing.cli.sync:sync", "Join two copies of a record, both ways."),
    "templates": ("briefing.cli.templates:app", "List, copy and check the templates of papers."),
    "schema": ("briefing.cli.workspace_commands:schema", "Print the JSON Schema of the events."),
    "doctor": ("briefing.cli.workspace_commands:doctor", "Check that nothing is missing here."),
}
"""Name → (module:function or group, first line of its help)."""


class Commands(TyperGroup):
    """A group that loads a command when it is first asked for."""

    def list_commands(self, ctx: Any) -> list[str]:  # typer keeps the types of its contexts private
        """Return the names, in the order in which they are printed."""
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Return a command, loaded; or None for a name that there is not, with all loaded to suggest from."""
        for name in [cmd_name] if cmd_name in COMMANDS else COMMANDS:
            if name not in self.commands:
                self.commands[name] = _load(name)
        return self.commands.get(cmd_name)

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Print names and lines without loading a command."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])


def _load(name: str) -> Any:
    """Import a command and return what typer makes of it."""
    path, line = COMMANDS[name]
    module, _, attribute = path.partition(":")
    found = getattr(import_module(module), attribute)
    if not isinstance(found, typer.Typer):
        function, found = found, typer.Typer(rich_markup_mode=None, add_completion=False)
        found.command(name)(function)
    command = typer.main.get_command(found)
    command.name, command.short_help = name, line
    return command
