"""What the record says of one entry of the register, whole: for `briefing people NAME` and its like."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from briefing.cli.listing import printed
from briefing.cli.workspace import Workspace

if TYPE_CHECKING:
    from briefing.payload import Post
    from briefing.state import BriefingState, Meeting, RegisterKind


def described(workspace: Workspace, kind: RegisterKind, id_: str) -> dict[str, Any]:
    """Return what is on record of an entry: its own words, what hangs on it, and the events it rests on."""
    state = workspace.state
    told = {"person": _person, "agency": _agency, "topic": _topic}[kind](state, id_)
    return {**{name: value for name, value in told.items() if value}, "events": list(_events(workspace, id_))}


def _entry(entry: Any) -> dict[str, Any]:
    said = {"id": entry.id, "name": entry.name, "full_name": getattr(entry, "expansion", None),
            "short": getattr(entry, "short", None), "aliases": list(entry.aliases)}  # fmt: skip
    fields = ("country", "side", "rank", "theme", "say_name", "biography", "marking")
    return said | {name: getattr(entry, name, None) for name in fields}


def _person(state: BriefingState, id_: str) -> dict[str, Any]:
    entry = state.people[id_]
    posts = [_post(one) for one in entry.posts]
    return _entry(entry) | {"posts": posts} | _met(state.meetings_of_person(id_))


def _post(one: Post) -> dict[str, Any]:
    sources = dict.fromkeys(cited.source or cited.record for cited in one.citations)
    said = {"title": one.title, "agency": one.agency, "since": printed(one.start), "until": printed(one.until),
            "at": printed(one.at), "rank": one.rank, "sources": list(sources)}  # fmt: skip
    return {name: value for name, value in said.items() if value}


def _agency(state: BriefingState, id_: str) -> dict[str, Any]:
    people = [{"id": one.id, "name": one.name, "posts": [_post(post) for post in one.posts if post.agency == id_]}
              for one in state.people_of_agency(id_)]  # fmt: skip
    still_open = [one.ref for one in state.commitments_of_agency(id_) if one.is_open]
    return _entry(state.agencies[id_]) | {"people": people} | _met(state.meetings_of_agency(id_)) | {"open": still_open}


def _topic(state: BriefingState, id_: str) -> dict[str, Any]:
    under = [one.id for one in state.topics.values() if one.theme == id_]
    return _entry(state.topics[id_]) | {"under_it": under} | _met(state.meetings_on_topic(id_))


def _met(meetings: tuple[Meeting, ...]) -> dict[str, Any]:
    """Return the meetings that an entry has to do with, the last of them first."""
    from briefing.dates import sort_key

    dated = sorted(meetings, key=lambda one: sort_key(one.when) if one.when else (), reverse=True)
    return {"meetings": [{"id": one.id, "when": printed(one.when), "title": one.held.title} for one in dated]}


def _events(workspace: Workspace, id_: str) -> Iterator[dict[str, Any]]:
    """Yield the events that say what the entry is, and those about them."""
    own: set[str] = set()
    for one in workspace.recorded:
        target = getattr(one.event, "target", "")
        if getattr(one.event, "id", None) == id_.partition("~")[0] or target in own:
            own.add(one.digest)
            yield {"digest": one.digest, "type": one.event.type, "recorded_at": one.at.isoformat(),
                   "redacted": one.digest in workspace.redactions}  # fmt: skip


def lines(found: dict[str, Any]) -> Iterator[str]:
    """Yield the lines in which an entry is told on a terminal."""
    yield f"{found['id']}  {found['name']}"
    for name, value in found.items():
        if name in ("id", "name"):
            continue
        if isinstance(value, list):
            yield from _several(name, value)
        else:
            yield f"{name.replace('_', ' ')}: {value}"


def _several(name: str, values: list[Any]) -> Iterator[str]:
    if all(isinstance(one, str) for one in values):
        yield f"{name.replace('_', ' ')}: {'; '.join(values)}"
        return
    yield f"{name}:"
    for one in values:
        if name == "events":
            told = f"{one['digest'][:8]}  {one['type']}  {one['recorded_at']}" + ("  redacted" * one["redacted"])
        elif "title" in one and "id" not in one:
            told = _told_post(one)
        else:
            posts = "; ".join(_told_post(post) for post in one.get("posts", ()))
            parts = (one["id"], one.get("when"), one.get("title") or one.get("name"), posts)
            told = "  ".join(part for part in parts if part)
        yield f"  {told}"


def _told_post(post: dict[str, Any]) -> str:
    rest = [f"{word} {post[word]}" for word in ("since", "until", "at") if word in post]
    rank = [f"rank {post['rank']}"] if "rank" in post else []
    return ", ".join([post["title"], *([post["agency"]] if "agency" in post else []), *rest, *rank])
