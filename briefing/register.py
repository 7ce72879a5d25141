"""Drafts of sources and of register entries: agencies, topics and people become events, or update those there are."""

from __future__ import annotations

from typing import Any

from briefing.dates import Span
from briefing.events import AgencyDescribed, PersonDescribed, TopicDescribed
from briefing.items import Item, Said
from briefing.names import person_slug, slug
from briefing.parts import furniture, visit_of
from briefing.passages import find_quote
from briefing.payload import Citation, Post
from briefing.resolve import Desk
from briefing.state import RegisterKind


def decide_source(desk: Desk, item: Item, origin: str) -> None:
    """Put a text on record with what is known of it; one that is there, with the same known of it, adds nothing."""
    said = item.said("source")
    loaded = desk.texts.get(said.text) if said else None
    if said is None or loaded is None:
        desk.problems.note(
            item.where("source"),
            f"there is no file “{said.text if said else ''}”",
            "give a path from the draft's folder",
        )
        return
    if (drawn := item.said("sha256")) is not None and drawn.text != loaded.sha256:
        what = f"{said.text} is not the text it was: its SHA-256 is {loaded.sha256}"
        desk.problems.note(drawn.place, what, "draft it again, or bring the text back that was drafted")
        return
    start: int | None = None
    if (body := item.said("body")) is not None:
        found = find_quote(loaded.text, body.text)
        if found is None:
            desk.problems.note(
                body.place, f"the body cannot begin with “{body.text}”: the text does not hold these words"
            )
            return
        start = found[0]
    keys = ("id", "title", "publisher", "dateline", "rights", "language", "marking")
    details = {**{key: item.text(key) for key in keys}, "published": desk.span(item, "published"), "body_start": start}
    if (known := desk.text_on_record(loaded.sha256)) is None:
        desk.register_source(loaded, **details)
        return
    there = vars(desk.state.sources[known])
    other = [key.replace("_", " ") for key, value in details.items() if value is not None and value != there[key]]
    if other:
        what = f"this text is on record already, as {known}, with another {', '.join(other)}"
        desk.problems.note(said.place, what, f"to change what is said of it: `briefing correct {known} --edit`")


def decide_agency(desk: Desk, item: Item, origin: str) -> None:
    """Put a body on the register, or add to what is known of it."""
    _register(
        desk,
        item,
        origin,
        "agency",
        AgencyDescribed,
        expansion=item.text("full name"),
        short=item.text("short"),
        country=item.text("country"),
        side=item.text("side"),
        rank=desk.rank(item),
    )


def decide_topic(desk: Desk, item: Item, origin: str) -> None:
    """Put a topic on the register, or add to what is known of it."""
    theme = item.said("theme")
    _register(
        desk,
        item,
        origin,
        "topic",
        TopicDescribed,
        expansion=item.text("full name"),
        rank=desk.rank(item),
        theme=desk.topic(theme) if theme else None,
    )


def decide_person(desk: Desk, item: Item, origin: str) -> None:
    """Put a person on the register with each title that each text gives."""
    agency = desk.agency(said) if (said := item.said("agency")) else None
    visit = desk.state.visits.get(visit_of(desk, item) or "")
    at = desk.span(item, "at") or (visit.when if visit else None)
    name = item.text("person") or ""
    posts = [
        post
        for cited in item.cited
        if (post := _titled(desk, item, cited.letter, cited.quote, name, agency, at)) is not None
    ]
    if (title := item.text("title")) is not None:
        posts.append(
            Post(
                title=title,
                agency=agency,
                start=desk.span(item, "since"),
                until=desk.span(item, "until"),
                at=at,
                rank=desk.rank(item),
                citations=desk.title_citations(title, name),
            )
        )
    elif not posts and agency:
        desk.problems.note(
            item.where("agency"), "an agency without a title", "add `title:`, or the title beside a letter"
        )
    _register(
        desk,
        Item(item.kind, item.place, item.values),
        origin,
        "person",
        PersonDescribed,
        side=item.text("side"),
        posts=tuple(posts),
        say_name=item.text("say name"),
        biography=item.text("biography"),
    )


def _titled(
    desk: Desk, item: Item, letter: str, title: Said, name: str, agency: str | None, at: Span | None
) -> Post | None:
    """Return a post whose title stands before the name, or near it, in the letter's text."""
    source = desk.letters.get(letter)
    if source is None:
        desk.problems.note(title.place, f"the letter {letter} has no text", "name it under `sources:`")
        return None
    text = desk.state.sources[source].text
    last = name.rsplit(maxsplit=1)[-1]
    for wanted in (f"{title.text} {name}", f"{title.text} {last}", title.text):
        if (extent := find_quote(text, wanted)) is not None:
            quote = text[extent[0] : extent[1]]
            cited = Citation(source=source, quote=quote, start=extent[0], end=extent[1], title=title.text)
            return Post(title=title.text, agency=agency, at=at, rank=desk.rank(item), citations=(cited,))
    desk.problems.note(title.place, f"the title “{title.text}” is not in text {letter}")
    return None


def _register(desk: Desk, item: Item, origin: str, kind: RegisterKind, event: type[Any], **payload: Any) -> None:
    """Write a register entry; one that is known already is updated by an event that replaces the one before."""
    said = item.said(kind)
    if said is None:
        return
    known = desk.state.find(kind, item.text("id") or said.text)
    id_ = known or item.text("id") or desk.new_id(person_slug(said.text) if kind == "person" else slug(said.text))
    replaces = (desk.state.digests[known],) if known else ()
    aliases = tuple(one.text for one in item.texts("also"))
    payload.setdefault("citations", desk.citations(item))
    desk.write(
        event, origin=origin, id=id_, name=said.text, aliases=aliases, replaces=replaces, **payload, **furniture(item)
    )
