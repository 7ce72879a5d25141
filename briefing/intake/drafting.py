"""Proposals as a draft file: YAML with a block beside each, for an officer to decide on; remarks are comments."""

from __future__ import annotations

from collections.abc import Sequence
from io import StringIO
from typing import Any

from briefing.intake.drafts import DRAFTS
from briefing.intake.proposals import BLOCK, PENDING
from briefing.intake.proposed import Proposed, SourceText
from briefing.passages import Extent

LETTER = "A"


def draft_of(text: SourceText, found: Sequence[Proposed], *, cited: str, remarks: Sequence[str] = ()) -> str:
    """Return a draft file of proposals from one text; `cited` is what the file is called under its letter."""
    head = [f"# {line}\n" for line in remarks]
    return "".join(head) + "---\n".join(_document(text, one, cited) for one in found)


def _document(text: SourceText, one: Proposed, cited: str) -> str:
    from ruamel.yaml import YAML

    out = StringIO()
    yaml = YAML()
    yaml.default_flow_style, yaml.width, yaml.allow_unicode = False, 100_000, True
    yaml.indent(mapping=2, sequence=4, offset=2)
    yaml.dump(_item(text, one, cited=cited), out)
    return "".join(f"# {line}\n" for line in one.remark.splitlines()) + out.getvalue()


def _item(text: SourceText, one: Proposed, *, cited: str = "", by: str = "") -> Any:
    from ruamel.yaml.comments import CommentedMap

    by = one.by or by
    first, *rest = one.values.items()
    item = CommentedMap([(first[0], _plain(first[1]))])
    item[BLOCK] = _block(one, by)
    if one.kind in DRAFTS and one.kind != "source":
        item["sources"] = CommentedMap({LETTER: cited})
    item.update((key, _plain(value)) for key, value in rest)
    if one.extent is not None and one.kind != "person":  # beside a letter, a person's words are a title
        item[f"{LETTER} {one.word}".strip()] = _words(text, one.extent)
    if one.year_from is not None:
        item["year from"] = CommentedMap({LETTER: _words(text, one.year_from)})
    for key, parts in one.parts.items():
        item[key] = [_item(text, part, by=by) for part in parts]
    if one.kind not in DRAFTS:
        item.move_to_end(BLOCK)
    return item


def _words(text: SourceText, extent: Extent) -> str:
    return " ".join(text.text[slice(*extent)].split())


def _plain(value: str | tuple[str, ...]) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _block(one: Proposed, by: str) -> Any:
    from ruamel.yaml.comments import CommentedMap

    block = CommentedMap({"by": by, "confidence": one.confidence})
    if one.extent is not None:
        block["span"] = f"{one.extent[0]}-{one.extent[1]}"
    if one.match:
        block["match"] = one.match
    block["decision"] = PENDING
    block.fa.set_flow_style()
    return block
