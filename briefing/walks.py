"""Functions written out for a kind of model, that go through its fields and the parts in it at any depth. Pure.

What a model is made of is known before the first one is read. A function that asks each part anew takes twice as
long as one in which the fields stand by name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple, TypeVar

from pydantic import BaseModel

Kind = TypeVar("Kind", bound=type[BaseModel])


class Held(NamedTuple):
    """A field that holds parts: its name, whether it holds many, and their kind."""

    name: str
    many: bool
    kind: type[BaseModel]


def walk(
    kind: type[BaseModel], said: Callable[[Any], Iterable[str]], held: Callable[[Any], Iterable[Held]],
    names: Mapping[str, object],
) -> Callable[[Any, Any], None]:  # fmt: skip
    """Return a function of a model, or of what stands in for one, and of `found`, which does what is said of each part.

    `said` gives the lines for a kind of part, which stands in them as `{0}`; `names` is what they may use besides.
    """
    lines = [*_lines(kind, said, held, 0)] or ["pass"]
    given: dict[str, Any] = dict(names)
    exec("\n ".join(["def walk(part0, found):", *lines]), given)  # noqa: S102 - written by us, of names of fields
    written: Callable[[Any, Any], None] = given["walk"]
    return written


def _lines(kind: type[BaseModel], said: Callable[[Any], Iterable[str]], held: Callable[[Any], Iterable[Held]],
           depth: int) -> Iterator[str]:  # fmt: skip
    part, inner = f"part{depth}", f"part{depth + 1}"
    for line in said(kind):
        yield line.format(part)
    for name, many, of in held(kind):
        if lines := [*_lines(of, said, held, depth + 1)]:
            yield f"for {inner} in {part}.{name}:" if many else f"if ({inner} := {part}.{name}) is not None:"
            yield from (f" {line}" for line in lines)
