"""`briefing`: the commands, and the one place where an error becomes a line and an exit code.

Nothing of the domain is imported here, so that `--help` stays quick: see `commands.py`.
"""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from briefing.cli.commands import Commands
from briefing.errors import BriefingError

INTERRUPTED = 130

app = typer.Typer(
    name="briefing",
    cls=Commands,
    help="Put meetings on record once, and make the papers a minister reads from the record.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    epilog="Exit codes: 0 ok, 1 a check found problems, 2 usage, 3 invalid draft or event, 4 not found, 5 refused, "
    "66 no input, 69 a system part is missing, 70 bug, 73 cannot write the output, 74 read or write failed, "
    "75 try again later, 130 interrupted.",
)


@app.callback()
def root(
    context: typer.Context,
    directory: Annotated[str, typer.Option("-C", metavar="DIR", help="Work in the workspace in this folder.")] = "",
    store: Annotated[
        str,
        typer.Option(
            "--store", metavar="URL", help="Read and write the record there: s3://BUCKET/PREFIX, az://, gs://, file://."
        ),
    ] = "",
    cluster: Annotated[
        str,
        typer.Option("--cluster", metavar="URL", help="Spread long work over a Dask cluster: tcp://SCHEDULER:8786."),
    ] = "",
) -> None:
    """Take what holds for all commands."""
    said = {"BRIEFING_DIR": directory, "BRIEFING_STORE": store, "BRIEFING_CLUSTER": cluster}
    chosen = {name: given for name, given in said.items() if given}
    before = {name: os.environ.get(name, "") for name in chosen}
    context.call_on_close(lambda: os.environ.update(before))
    os.environ.update(chosen)


def run() -> None:
    """Run a command line; print one clear error and exit with its documented code."""
    # a plug-in of another program is not to change what an event is, nor every start to search for one
    os.environ["PYDANTIC_DISABLE_PLUGINS"] = "__all__"
    code = _flushed(call(sys.argv[1:]))
    if code == INTERRUPTED:
        os._exit(code)  # threads that ask a bucket are not waited for: it may not answer
    sys.exit(code)


def call(arguments: list[str]) -> int:
    """Return the exit code of a command line, errors printed on stderr."""
    try:
        result = app(arguments, standalone_mode=False, prog_name="briefing")
    except BriefingError as error:
        return _say(error.lines(), error.exit_code)
    except KeyboardInterrupt:
        return _interrupted()
    except SystemExit as left:  # Typer answers that with 1, which would mean that a check found problems
        if isinstance(left.__context__, BrokenPipeError):
            return 74
        raise
    except Exception as error:  # noqa: BLE001 - whatever it is, no traceback; the exit code says that it is ours
        return _other(error)
    if result == INTERRUPTED:  # Typer's own answer, which says nothing
        return _interrupted()
    return result if isinstance(result, int) else 0


def _interrupted() -> int:
    return _say(["error: interrupted"], INTERRUPTED)


def _flushed(code: int) -> int:
    """Return the exit code when all that was printed is written; what cannot be written is thrown away."""
    try:
        sys.stdout.flush()
    except OSError as fault:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # else Python tries again as it ends
        if isinstance(fault, BrokenPipeError):
            return 74
        return code or _say([f"error: standard output cannot be written: {fault.strerror}"], 74)
    return code


def _other(error: Exception) -> int:
    """Turn what the parser, the system or a bug raised into a line and a code."""
    if isinstance(error, typer.Exit):
        return error.exit_code
    if type(error).__name__ == "Abort":
        return _interrupted()
    if type(error).__name__ == "NoArgsIsHelpError":  # nothing was asked for, which is no error: the help is the answer
        return _say([error.format_message()], 2)  # type: ignore[attr-defined]
    if hasattr(error, "format_message"):
        return _say([f"error: {error.format_message()}", "hint:  `briefing COMMAND --help` shows what it takes"], 2)
    if os.environ.get("BRIEFING_DEBUG") == "1":
        raise error
    if isinstance(error, OSError):
        where = f" ({error.filename})" if error.filename else ""
        return _say([f"error: {error.strerror or error}{where}"], 74)
    what = f"{type(error).__name__}: {error}"
    return _say(
        [f"error: this is a bug in briefing: {what}", "hint:  BRIEFING_DEBUG=1 shows where; please report it"], 70
    )


def _say(lines: list[str], code: int) -> int:
    for line in lines:
        print(line, file=sys.stderr)
    return code
