"""The files that drafts name as sources, opened once and cleaned as they are stored."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from briefing.errors import CannotOpen, InvalidDraft
from briefing.items import Item, LoadedText, Problems, Said


def load_texts(items: Sequence[Item], folder: Path) -> dict[str, LoadedText]:
    """Return the texts that drafts name and that stand as files beside them, by the name as typed.

    A name without a file is left out: it may be a source on record. Raises `InvalidDraft` for a
    file that cannot be opened as text, HTML, Word, PDF or mail.
    """
    from briefing.intake.opening import open_path

    problems = Problems()
    texts: dict[str, LoadedText] = {}
    for said in _named(items):
        path = folder / said.text
        if said.text in texts or not path.is_file():
            continue
        try:
            one = open_path(path)
        except CannotOpen as fault:
            for problem in fault.problems:
                problems.note(said.place, f"{problem.place}: {problem.what}", problem.hint)
            continue
        encoding = "" if one.encoding == "UTF-8" else one.encoding
        texts[said.text] = LoadedText(name=one.name, sha256=one.sha256, text=one.text, encoding=encoding)
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
