"""`briefing init`, `new`, `schema` and `doctor`: the workspace itself."""

from __future__ import annotations

import json as json_
import sys
from pathlib import Path
from typing import Annotated

import typer

from briefing.cli.house import SETTINGS_FILE
from briefing.cli.workspace import Json, open_workspace

SETTINGS = """\
# Settings of this workspace; every line may go. An option or BRIEFING_… in the environment wins.

# who puts events on record, when --by does not say: a post rather than a name
recorded_by = ""
# where the record is when it is not in events/ here: s3://BUCKET/PREFIX, az://, gs:// or file:///FOLDER
store = ""

# our country, as texts name it: `draft` tells by it whose side people are on
country = ""

# printed at the head of every paper
ministry = ""
unit = ""

# printed in the title block where given
to = ""
from = ""
copy = ""

# what marks mean here: plain, uk, india, us, canada, australia, nz, or a file of templates/markings/
profile = "plain"
# the mark of every paper where its words ask for a lower one, and why; without it each bears what its words ask for
# marking = "CONFIDENTIAL"
# marking_reason = ""

# the contacts that an agency's page tells when --period does not say: 12 months, 2 years, all …
# period = "12 months"

# the zone in which times are printed: Asia/Kolkata, Europe/London …
zone = "UTC"
# the language of papers: en, hi (Hindi) or fr (French)
lang = "en"
"""


def init(
    folder: Annotated[str, typer.Argument(metavar="DIR", help="The folder; without it the one you are in.")] = "",
    by: Annotated[
        str,
        typer.Option("--by", metavar="POST", help="Who puts things on record here: a post, kept in briefing.toml."),
    ] = "",
    country: Annotated[
        str,
        typer.Option(metavar="NAME", help="Our country, as texts name it: by it `draft` tells sides apart."),
    ] = "",
) -> None:
    """Make a workspace.

    That is a folder with settings (briefing.toml) and a record (events/). What is there already stays. With
    --store the record is there, the settings say so, and it is tried whether it may be written to.
    """
    import os

    from briefing.errors import OutputFailed

    root = Path(folder or os.environ.get("BRIEFING_DIR", "") or ".")
    address = os.environ.get("BRIEFING_STORE", "")
    if address:
        _try(address)
    settings = SETTINGS
    for name, value in (("recorded_by", by), ("store", address), ("country", country)):
        settings = settings.replace(f'\n{name} = ""', f"\n{name} = {json_.dumps(value, ensure_ascii=False)}")
    files = {SETTINGS_FILE: settings} if address else {SETTINGS_FILE: settings, ".gitattributes": "events/** -text\n"}
    try:
        (root if address else root / "events").mkdir(parents=True, exist_ok=True)
        for name, text in files.items():
            if not (root / name).exists():
                (root / name).write_text(text, encoding="utf-8")
                print(root / name)
    except OSError as fault:
        raise OutputFailed(
            f"{root} cannot become a workspace: {fault.strerror or fault}", hint="choose another folder"
        ) from fault
    if missing := [what for what, said in ((_BY, by), (_COUNTRY, country)) if not said]:
        print(f"first: say in {root / SETTINGS_FILE} {' and '.join(missing)}", file=sys.stderr)
    print(_NEXT, file=sys.stderr)


_BY, _COUNTRY = "who records here (recorded_by)", "which country is ours (country)"
_NEXT = """\
next: a text leads to a paper soonest: `briefing draft FILE`, then what it prints;
      without one: `briefing new meeting -o draft.yaml`, fill it in, `briefing append draft.yaml --new`"""


def _try(address: str) -> None:
    """Refuse an address that leads nowhere, and a bucket that may not be written to or writes over what is there."""
    from briefing.cli.remote import open_address
    from briefing.store.folder import FolderStore

    store = open_address(address)
    if not isinstance(store, FolderStore):
        store.prove()


def new(
    kind: Annotated[
        str,
        typer.Argument(
            metavar="KIND",
            help="meeting, planned, visit, report, source, fact, assessment, line, score, person, agency or topic.",
        ),
    ],
    output: Annotated[
        str,
        typer.Option("-o", "--output", metavar="FILE|-", help="Write here; - is standard output.", show_default=False),
    ] = "-",
) -> None:
    """Print a commented draft to fill in.

    Fill it in with any editor, then put it on record with `briefing append FILE`.
    """
    from briefing.errors import OutputFailed, UsageProblem
    from briefing.intake.drafts import DRAFTS
    from briefing.resources import templates_dir

    if kind not in DRAFTS:
        raise UsageProblem(f"“{kind}” is no kind of draft", hint="one of: " + ", ".join(DRAFTS))
    text = (templates_dir() / "drafts" / f"{kind}.yaml").read_text(encoding="utf-8")
    if output == "-":
        print(text, end="")
        return
    try:
        with Path(output).open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError as fault:
        raise OutputFailed(
            f"{output} is there already", hint="name another file; drafts are not written over"
        ) from fault
    except OSError as fault:
        raise OutputFailed(
            f"{output} cannot be written: {fault.strerror or fault}", hint="choose another place"
        ) from fault
    print(output, file=sys.stderr)


def schema(
    event_type: Annotated[
        str, typer.Argument(metavar="TYPE", help="One type of event, such as meeting.held; without it all of them.")
    ] = "",
) -> None:
    """Print the JSON Schema of the events.

    For those who write or read event files with a program of their own; docs/record-format.md has the rest.
    """
    from briefing.errors import NotOnRecord
    from briefing.events import BY_TYPE

    if event_type and event_type not in BY_TYPE:
        raise NotOnRecord("event type", event_type, hint="one of: " + ", ".join(BY_TYPE))
    wanted = {name: cls.model_json_schema() for name, cls in BY_TYPE.items() if event_type in ("", name)}
    print(json_.dumps(wanted[event_type] if event_type else wanted, ensure_ascii=False, indent=2))


def doctor(json: Json = False) -> None:
    """Check that nothing is missing here.

    Looks for the system libraries that PDF needs, reads the record and checks every file against its
    name. Exit code 69 when a system part is missing, 1 when something else is.
    """
    from briefing.errors import BriefingError, MissingSystemPart
    from briefing.render.house import overtaken
    from briefing.render.system import missing_parts

    checks = [
        {
            "check": "system parts for PDF",
            "ok": not (missing := missing_parts()),
            "detail": "; ".join(str(one) for one in missing),
        }
    ]
    try:
        workspace = open_workspace()
        log = workspace.log
        wrong = [f"{one.name}: {one.message}" for one in log.findings]
        checks.append(
            {
                "check": f"record: {len(log.recorded)} events in {workspace.place}",
                "ok": not wrong,
                "detail": "; ".join(wrong),
            }
        )
        name = workspace.setting("recorded_by")
        checks.append(
            {
                "check": "recorded_by",
                "ok": bool(name),
                "detail": "" if name else f"not set in {SETTINGS_FILE}; append needs --by",
            }
        )
        late = [f"{one.place}: {one.what}" for one in overtaken(workspace.house_templates)]
        checks.append({"check": "templates", "ok": not late, "detail": "; ".join(late)})
    except BriefingError as fault:
        checks.append({"check": "workspace", "ok": False, "detail": f"{fault.message}; {fault.hint}"})
    if json:
        print(json_.dumps(checks, ensure_ascii=False, indent=2))
    else:
        for check in checks:
            print(
                f"{'ok     ' if check['ok'] else 'MISSING'}  {check['check']}"
                + (f": {check['detail']}" if check["detail"] else "")
            )
    if not checks[0]["ok"]:
        raise typer.Exit(MissingSystemPart.exit_code)
    if not all(check["ok"] for check in checks):
        raise typer.Exit(1)
