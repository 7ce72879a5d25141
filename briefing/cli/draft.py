"""`briefing draft`: a text becomes a draft of proposals, for an officer to decide on."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from briefing.cli.workspace import Workspace, open_workspace

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefing.dates import Span
    from briefing.intake.opening.opened import Opened
    from briefing.intake.proposed import Proposed, SourceText


def draft(
    file: Annotated[str, typer.Argument(metavar="FILE|-", help="Text, HTML, Word, PDF or mail; - is standard input.")],
    output: Annotated[
        str, typer.Option("-o", "--output", metavar="FILE", help="Write the draft here; without it, drafts/NAME.yaml.")
    ] = "",
    name: Annotated[
        str, typer.Option(metavar="NAME", help="What to call the text and its draft; without it, as the file.")
    ] = "",
    published: Annotated[
        str, typer.Option(metavar="DATE", help="The text’s own date, where it gives none: days in it are of its year.")
    ] = "",
    with_: Annotated[
        list[str] | None,
        typer.Option("--with", metavar="NAME", help="Ask besides the rules: openai, or a plug-in; may be repeated."),
    ] = None,
    allow_remote: Annotated[
        bool, typer.Option("--allow-remote", help="Let a proposer send the text to another machine.")
    ] = False,
    force: Annotated[
        bool, typer.Option("--force", help="Make the draft anew where one is there; what was decided in it is lost.")
    ] = False,
) -> None:
    """Draft events from a text, by rules and by what is on record.

    Each person, agency, topic, meeting, point and commitment is proposed with the words that it rests on,
    and is pending until somebody decides: nothing comes on record by itself. The text is kept beside the
    draft. Nothing is sent anywhere, unless --with names a proposer that does.
    """
    from briefing.intake.drafting import draft_of
    from briefing.intake.on_record import compared
    from briefing.intake.proposers import RULES, proposals_of

    workspace = open_workspace()
    opened = _opened(file, name)
    kept = _kept(workspace, opened, file=file, name=name, output=output)
    text = _text(workspace, opened, kept, _published(opened, published), allow_remote=allow_remote)
    found = proposals_of([RULES, *(with_ or [])], text, workspace.state, _tell)
    found = compared(_source_as_kept(workspace, found, kept), workspace.state)
    kept.put(draft_of(text, found, cited=kept.text.name, remarks=_heading(opened, kept)), force=force)
    _told(found, kept)


@dataclass(frozen=True)
class Kept:
    """Where a draft and its text are kept, and the bytes of the text; its digest is what goes on record."""

    draft: Path
    text: Path
    data: bytes

    @property
    def shown(self) -> Path:
        """The draft as it is named to people."""
        from briefing.cli.output import shown

        return shown(self.draft)

    def put(self, draft: str, *, force: bool) -> None:
        """Write the text and then the draft; what is there is not written over, but for a draft by `force`."""
        from briefing.cli.output import shown, write_whole
        from briefing.errors import Refused

        for path, data in ((self.text, self.data), (self.draft, draft.encode())):
            if path.is_file() and path.read_bytes() == data:
                continue
            if path.exists() and not (force and path == self.draft):
                other = "--name NAME or -o FILE makes another"
                hint = f"{_what_is_there(path, self.shown)}; {other}" if path == self.draft else other
                raise Refused(f"{shown(path)} is there already, with other content", hint=hint)
            write_whole(path, data)


def _what_is_there(path: Path, name: Path) -> str:
    """Return what to do with a draft that is there, by what was decided in it."""
    decided = sum(len(re.findall(rb"\bdecision: %s\b" % one, path.read_bytes())) for one in (b"accepted", b"rejected"))
    if not decided:
        return "nothing in it is decided: --force makes it anew"
    many = f"the {decided} decisions" if decided > 1 else "the decision"
    return f"`briefing review {name}` goes on with it; --force makes it anew, without {many} in it"


def _opened(file: str, name: str) -> Opened:
    from briefing.errors import CannotOpen, Place
    from briefing.intake.opening import open_file, open_path

    if file == "-":
        return open_file(sys.stdin.buffer.read(), name or "standard input")
    if Path(file).is_file() and Path(file).suffix.lower() in (".csv", ".tsv"):
        raise CannotOpen(Place(file), "it is a table", "`briefing import table` takes its rows as meetings")
    return open_path(Path(file))


def _kept(workspace: Workspace, opened: Opened, *, file: str, name: str, output: str) -> Kept:
    """Return where the draft and its text go; a file of plain UTF-8 is kept byte for byte."""
    from briefing.names import slug

    stem = Path(name).stem if name else Path(file).stem if file != "-" else slug(opened.text.split("\n", 1)[0])[:40]
    target = Path(output) if output else workspace.root / "drafts" / f"{stem}.yaml"
    data = opened.text.encode()
    if opened.kind == "text" and file != "-":
        own = Path(file).read_bytes()
        data = own if _reads_so(own, opened.text) else data
    return Kept(target, target.with_name(f"{stem}.txt"), data)


def _reads_so(data: bytes, text: str) -> bool:
    """Tell whether bytes are the UTF-8 of a text, cleaned as it is stored."""
    from briefing.passages import clean

    try:
        return clean(data.decode("utf-8-sig")) == text
    except UnicodeDecodeError:
        return False


def _published(opened: Opened, said: str) -> Span | None:
    """Return the text's own date: as said, else as a page or a mail says it; other files tell when they were made."""
    from briefing.cli.writing import span_said

    dated = opened.facts.get("date", "")[:10]
    if dated and not said and opened.kind not in ("html", "eml"):
        _tell(f"the file says it was made on {dated}; if that is the text’s own date, say --published {dated}")
        dated = ""
    return span_said(said or dated)


def _text(
    workspace: Workspace, opened: Opened, kept: Kept, published: Span | None, *, allow_remote: bool
) -> SourceText:
    from briefing.intake.proposed import SourceText

    keys = {*workspace.settings, "openai_url", "openai_model", "openai_key", "openai_timeout", "allow_remote"}
    settings = {key: workspace.setting(key, "true" if allow_remote and key == "allow_remote" else "") for key in keys}
    return SourceText(opened.text, kept.text.name, published, workspace.setting("country"),
                      title=opened.facts.get("title", "") or opened.facts.get("subject", ""),
                      sender=_sender(opened), settings=settings)  # fmt: skip


def _sender(opened: Opened) -> str:
    """Return who sent a mail, by name where it gives one; empty for a text of another kind."""
    from email.utils import parseaddr

    name, address = parseaddr(opened.facts.get("from", ""))
    return (name or address) if opened.kind == "eml" else ""


def _source_as_kept(workspace: Workspace, found: Sequence[Proposed], kept: Kept) -> list[Proposed]:
    """Return proposals with the digest of the text beside the source; without the source, where it is on record."""
    from dataclasses import replace
    from hashlib import sha256

    digest = sha256(kept.data).hexdigest()
    known = next((one for one in workspace.state.sources.values() if one.original_sha256 == digest), None)
    if known is not None:
        _tell(f"this text is on record already: {known.id}")
        return [one for one in found if one.kind != "source"]
    return [replace(one, values={**one.values, "sha256": digest}) if one.kind == "source" else one for one in found]


def _heading(opened: Opened, kept: Kept) -> list[str]:
    from hashlib import sha256

    lines = [f"Proposals from {opened.name}, to be decided on: `briefing review {kept.draft.name}`.",
             f"The text is {kept.text.name}, SHA-256 {sha256(kept.data).hexdigest()}."]  # fmt: skip
    if opened.sha256 != sha256(kept.data).hexdigest():
        lines.append(f"It was opened from {opened.name} ({opened.kind}), SHA-256 {opened.sha256}.")
    if opened.facts.get("program") == "briefing":
        lines.append(f"{opened.name} is a paper of this program, no source: draft from the texts that it names.")
        _tell(lines[-1])
    return [*lines, *opened.remarks]


def _tell(line: str) -> None:
    print(line, file=sys.stderr)


def _told(found: Sequence[Proposed], kept: Kept) -> None:
    """Say what is proposed, and what of it differs from the record."""
    from collections import Counter

    from briefing.intake.proposers import every

    named = {("person" if one.kind == "with" else one.kind, one.extent, str(one.values)) for one in every(found)}
    many = Counter(kind for kind, _, _ in sorted(named, key=str))
    plural = {"person": "people", "agency": "agencies"}
    told = ", ".join(f"{n} {kind if n == 1 else plural.get(kind, kind + 's')}" for kind, n in many.items())
    for one in found:
        if "on record already" in one.remark:
            _tell(f"{next(iter(one.values.values()))}: " + "; ".join(line.strip() for line in one.remark.splitlines()))
    if not many["meeting"]:
        _tell("no meeting was found in the text")
    _tell(f"{kept.shown}: {told}; `briefing review {kept.shown}` decides on each")
