"""What events are made of: ids, citations, participants, points, commitments, posts.

Lists are tuples, absence is None or (). docs/record-format.md is the specification.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Annotated, Any, Literal, get_args

from pydantic import ConfigDict, Field, StringConstraints, model_validator

from briefing.dates import Span
from briefing.frozen import Frozen

Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
ItemId = Annotated[str, StringConstraints(pattern=r"^[a-z]+[0-9]+$", max_length=12)]
ItemRef = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*/[a-z]+[0-9]+$", max_length=93)]
Hex64 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Hex32 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$")]
Text = Annotated[str, StringConstraints(min_length=1)]

Side = Literal["ours", "theirs", "both"]
Kind = Literal[
    "raised", "asked", "replied", "discussed", "reviewed", "explored", "reaffirmed", "proposed", "declined", "agreed"
]
Strength = Literal["agreed", "will consider", "expected", "intends"]
Mode = Literal["in person", "telephone", "video"]
Likelihood = Literal["certain", "may", "unlikely"]
Status = Literal["open", "in hand", "done", "lapsed", "withdrawn", "disputed"]


class Model(Frozen):
    """The base of every part of an event: strict, frozen, closed."""

    model_config = ConfigDict(populate_by_name=True)


class Citation(Model):
    """What a statement rests on: words of a stored text, or a person's own record without a text.

    `source` is the id of a registered source and `quote == text[start:end]`, counted in code
    points; else `record` says whose record it is. Strength, kind, speaker, title and date belong
    to the quotation, since two texts may differ on each. `words` are the parts of the quotation in
    which this text's characterisation lies; they are printed where texts differ.
    """

    source: Id | None = None
    quote: Text | None = None
    start: int | None = Field(default=None, ge=0)
    end: int | None = Field(default=None, ge=0)
    record: Text | None = None
    strength: Strength | None = None
    kind: Kind | None = None
    by: Text | None = None
    title: Text | None = None
    when: Span | None = None
    words: tuple[Text, ...] = ()

    @model_validator(mode="after")
    def _text_or_record(self) -> Citation:
        of_text = self.source, self.quote, self.start, self.end
        if None in of_text if self.record is None else of_text != (None, None, None, None):
            raise ValueError("a citation has source, quote, start and end, or else a record")
        if self.quote is not None and (self.end or 0) - (self.start or 0) != len(self.quote):
            raise ValueError("the span is not as long as the quotation")
        return self


class Participant(Model):
    """Someone who took part: a person on the register, or words for people who were not named.

    `title` is the title borne at the occasion; `role` is host, chair, note-taker and the like.
    """

    person: Id | None = None
    unnamed: Text | None = None
    side: Side | None = None
    agency: Id | None = None
    title: Text | None = None
    role: Text | None = None

    @model_validator(mode="after")
    def _one_of_two(self) -> Participant:
        if (self.person is None) is (self.unnamed is None):
            raise ValueError("a participant is a person on the register, or words for someone not named")
        return self


class Point(Model):
    """One thing said or done, in one sentence. An undertaking is a `Commitment` instead.

    `by` is ours, theirs, both, the id of a person or an agency, or None: not stated.
    `short` is the name under which a table lists it; the topics' names do where it is absent.
    """

    id: ItemId
    say: Text
    by: Text | None = None
    kind: Kind | None = None
    topics: tuple[Id, ...] = ()
    short: Text | None = None
    about: tuple[Id, ...] = ()
    marking: Text | None = None
    citations: tuple[Citation, ...] = ()


class Commitment(Model):
    """One undertaking: what, owed by and to whom, due when. Its strength stands in its citations."""

    id: ItemId
    say: Text
    owed_by: Text | None = None
    owed_to: Text | None = None
    due: Span | None = None
    status: Status = "open"
    topics: tuple[Id, ...] = ()
    marking: Text | None = None
    citations: tuple[Citation, ...] = ()


class Objective(Model):
    """What we want from a visit or meeting, so put that it can be scored afterwards."""

    id: ItemId
    say: Text
    marking: Text | None = None


class PointToMake(Model):
    """One thing we mean to say in a planned meeting, and to whom: a person or an agency on the register, or words."""

    id: ItemId
    say: Text
    to: Text | None = None
    topics: tuple[Id, ...] = ()
    marking: Text | None = None
    citations: tuple[Citation, ...] = ()


class Expected(Model):
    """One thing the other side will raise, may raise, or is unlikely to; `line` is what we then say."""

    id: ItemId
    say: Text
    likelihood: Likelihood
    line: Text | None = None
    topics: tuple[Id, ...] = ()
    marking: Text | None = None
    citations: tuple[Citation, ...] = ()


class ProgrammeItem(Model):
    """One line of a programme: a time as given, and what happens then."""

    at: Text
    what: Text
    marking: Text | None = None


class Paper(Model):
    """A paper handed over in a meeting."""

    title: Text
    by: Text | None = None
    file_ref: Text | None = None


class Post(Model):
    """A post held by a person: title as recorded, agency, since and until when, and the evidence.

    `rank` orders precedence within an agency (1 first).
    """

    title: Text
    agency: Id | None = None
    start: Span | None = None
    until: Span | None = None
    at: Span | None = None
    rank: int | None = Field(default=None, ge=1)
    citations: tuple[Citation, ...] = ()


class Change(Model):
    """One field of an earlier event and its new value; items of a list are named by their id: points/p2/say."""

    path: Text
    value: Any = None


def citations(part: Model) -> Iterator[Citation]:
    """Yield every citation, of a stored text or of somebody's record, wherever it stands in an event."""
    for one in within(part):
        if isinstance(one, Citation):
            yield one
        else:
            yield from citations(one)


def within(part: Model) -> Iterator[Model]:
    """Yield the parts that stand directly in a part of an event."""
    values = part.__dict__
    for field in _fields_of_parts(type(part)):
        if value := values[field]:
            yield from value if isinstance(value, tuple) else (value,)


@cache
def _fields_of_parts(kind: type[Model]) -> tuple[str, ...]:
    return tuple(name for name, _ in parts_of(kind))


@cache
def model_of(kind: type[Model]) -> type[Any]:
    """Return the model of a kind of part: itself, or of what stands in for one the model that it names; see `swift`."""
    model: type[Any] = vars(kind).get("model", kind)
    return model


def parts_of(kind: type[Model]) -> Iterator[tuple[str, tuple[type[Model], ...]]]:
    """Yield the fields of a kind of part that hold parts, each with their kinds."""
    for name, about in kind.model_fields.items():
        if parts := tuple(_parts_in(about.annotation)):
            yield name, parts


def _parts_in(annotation: object) -> Iterator[type[Model]]:
    if isinstance(annotation, type) and issubclass(annotation, Model):
        yield annotation
    for one in get_args(annotation):
        yield from _parts_in(one)
