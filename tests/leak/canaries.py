"""Words, names and days that stand in one secret each, put into every free text of a part of an event."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from pydantic import StringConstraints

from briefing.dates import Span
from briefing.events import Event
from briefing.payload import Model


@dataclass
class Canaries:
    """Words, names and days that stand in one secret each, by what they were put into."""

    level: str
    words: dict[str, str] = field(default_factory=dict)

    def word(self, place: str) -> str:
        word = f"Qz{len(self.words):03d}vex"
        self.words[word] = place
        return word

    def id(self, place: str) -> str:
        return self.word(place).lower()

    def span(self, place: str) -> Span:
        words = self.word(place)
        return Span(start=date(1931, 3, 7), end=date(1931, 3, 7), precision="day", words=words)

    def of(self, kind: type[Model], **fixed: Any) -> dict[str, Any]:
        """Return the payload of a secret: every free text and day that is not fixed is a canary."""
        hints = get_type_hints(kind, include_extras=True)
        names = [name for name in kind.model_fields if name not in fixed and name not in Event.model_fields]
        found = {name: self._value(hints[name], f"{kind.__name__}.{name}") for name in names}
        return {**{name: value for name, value in found.items() if value is not None}, **fixed}

    def part(self, kind: type[Any], **fixed: Any) -> Any:
        marked = {"marking": self.level} if "marking" in kind.model_fields else {}
        return kind(**self.of(kind, **{**marked, **fixed}))

    def _value(self, hint: Any, place: str) -> Any:
        origin, inner = get_origin(hint), get_args(hint)
        if hint is Span:
            return self.span(place)
        if hint is str:
            return self.word(place)
        if origin is Annotated:
            patterns = [one for one in inner[1:] if isinstance(one, StringConstraints) and one.pattern]
            return None if patterns or inner[0] is not str else self.word(place)
        if origin is Literal:
            return inner[0]
        if origin in (Union, UnionType):
            return self._value(next(one for one in inner if one is not type(None)), place)
        if origin is tuple:
            one = self._value(inner[0], place)
            return None if one is None else (one,)
        return None
