"""What an officer asked to put on record, as plain text with its place: the one grammar of all drafts.

An `Item` is one draft: a kind ("meeting") and its keys. Values are `Said` (text), lists, or further
`Item`s. A key that is a letter, or a letter and a word ("B agreed"), is a `Cited`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from briefing.errors import Place, Problem


@dataclass(frozen=True, slots=True)
class Said:
    """A piece of text and where it stands."""

    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class Cited:
    """Words under a letter: the letter, the word beside it ("agreed"; may be empty), and the quotation.

    `options` holds what else a text says of its own: when, by, kind, strength, title.
    """

    letter: str
    word: str
    quote: Said
    options: Mapping[str, Said] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Item:
    """One draft, or one point, commitment or person inside it."""

    kind: str
    place: Place
    values: Mapping[str, Said | tuple[Said | Item, ...] | Item]
    cited: tuple[Cited, ...] = ()
    digest: str = ""

    def said(self, key: str) -> Said | None:
        """Return a single text, None where the key is absent."""
        value = self.values.get(key)
        return value if isinstance(value, Said) else None

    def text(self, key: str) -> str | None:
        """Return a single text without its place."""
        said = self.said(key)
        return said.text if said else None

    def texts(self, key: str) -> tuple[Said, ...]:
        """Return one or several texts."""
        value = self.values.get(key, ())
        if isinstance(value, Said):
            return (value,)
        return tuple(one for one in value if isinstance(one, Said)) if isinstance(value, tuple) else ()

    def items(self, key: str) -> tuple[Item, ...]:
        """Return the items of a list."""
        value = self.values.get(key, ())
        return tuple(one for one in value if isinstance(one, Item)) if isinstance(value, tuple) else ()

    def each(self, key: str) -> Iterator[Said | Item]:
        """Yield texts and items of a list in their order."""
        value = self.values.get(key, ())
        if isinstance(value, tuple):
            yield from value
        else:
            yield value

    def where(self, key: str) -> Place:
        """Return the place of a key's value, or the item's own."""
        value = self.values.get(key)
        if isinstance(value, tuple):
            return value[0].place if value else self.place
        return value.place if value is not None else self.place


class Problems(list[Problem]):
    """Everything that is wrong with a draft, gathered so that it is reported at once."""

    def note(self, place: Place, what: str, hint: str = "") -> None:
        """Add a problem."""
        self.append(Problem(place, what, hint))


@dataclass(frozen=True, slots=True)
class LoadedText:
    """A file as it came: its name, the SHA-256 of its bytes, and what it says, cleaned as it is stored.

    `encoding` is how it was decoded, where that is not UTF-8.
    """

    name: str
    sha256: str
    text: str
    encoding: str = ""
