"""The text files that drafts name, read once and cleaned as they are stored."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path

from briefing.errors import InvalidDraft
from briefing.items import Item, LoadedText, Problems, Said
from briefing.passages import clean

MAX_BYTES = 16_000_000


def load_texts(items: Sequence[Item], folder: Path) -> dict[str, LoadedText]:
    """Return the texts that drafts name and that stand as files beside them, by the name as typed.

    A name without a file is left out: it may be a source on record. Raises `InvalidDraft` for a
    file that is not UTF-8 text, or too large.
    """
    problems = Problems()
    texts: dict[str, LoadedText] = {}
    for said in _named(items):
        path = folder / said.text
        if said.text in texts or not path.is_file():
            continue
        data = path.read_bytes()
        try:
            text = clean(data.decode("utf-8-sig"))
        except UnicodeDecodeError as fault:
            problems.note(
                said.place,
                f"{path.name} is not UTF-8 text: byte 0x{data[fault.start]:02x} at {fault.start}",
                "save it as UTF-8",
            )
            continue
        if len(data) > MAX_BYTES or not text.strip():
            problems.note(
                said.place, f"{path.name} is empty" if not text.strip() else f"{path.name} is over {MAX_BYTES} bytes"
            )
            continue
        texts[said.text] = LoadedText(name=path.name, sha256=sha256(data).hexdigest(), text=text)
    if problems:
        raise InvalidDraft(problems)
    return texts


def _named(items: Sequence[Item]) -> Iterator[Said]:
    for item in items:
        if item.kind == "source" and (said := item.said("source")) is not None:
            yield said
        sources = item.values.get("sources")
        if isinstance(sources, Item):
            yield from (cited.quote for cited in sources.cited)
