"""What an event says in words: its titles, names and sentences, and the paragraphs of a text. Pure.

Quotations are left out: the text that they are of has them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from briefing.events import Event, EventCorrected, SourceRegistered
from briefing.passages import paragraphs
from briefing.payload import Citation, Model

_SAID = frozenset((
    "title", "say", "short", "name", "expansion", "aliases", "publisher", "dateline", "biography", "where", "form",
    "host", "unnamed", "role", "public_line", "not_known", "press", "agenda", "decision_asked", "what", "line",
    "press_line", "evidence", "because", "bottom_line", "state_of_play", "sensitivity", "next_steps", "comment",
))  # fmt: skip
"""The fields of an event, or of a part of one, that hold words to be found."""


def sentences(event: Event) -> Iterator[str]:
    """Yield what an event says, one title, name, sentence or paragraph after the other; of a correction its values.

    What an event says as it is corrected, it or one of its corrections yields, word for word.
    """
    if isinstance(event, SourceRegistered):
        yield from _of_text(event.text, event.body_start)
    if isinstance(event, EventCorrected):
        for change in event.changes:
            *above, last = change.path.split("/")
            if "citations" not in above:
                yield from _of_plain(last, change.value)
    else:
        yield from _of_model(event)


def _of_text(text: str, body_start: int) -> Iterator[str]:
    yield from (one for one in text[:body_start].splitlines() if one.strip())
    yield from (text[start:end] for start, end in paragraphs(text, body_start))


def _of_model(part: Model) -> Iterator[str]:
    for name, value in vars(part).items():
        for one in value if isinstance(value, tuple) else (value,):
            if isinstance(one, str):
                if name in _SAID:
                    yield one
            elif isinstance(one, Model) and not isinstance(one, Citation):
                yield from _of_model(one)


def _of_plain(name: str, value: Any) -> Iterator[str]:
    """Yield what plain JSON under a field says."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _of_plain(key, inner)
    elif isinstance(value, list | tuple):
        if name != "citations":
            for one in value:
                yield from _of_plain(name, one)
    elif isinstance(value, str):
        if name == "text":
            yield from _of_text(value, 0)
        elif name in _SAID:
            yield value
