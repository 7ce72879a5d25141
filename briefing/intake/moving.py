"""A point or a commitment in another meeting: its letters mean there the texts that they mean here."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from briefing.intake.reader import MapNode
from briefing.intake.splicing import NotSpliced, plain
from briefing.items import Said

_LETTER = re.compile(r"([A-Z])(\s+.+)?")


def sources(draft: MapNode) -> dict[str, str]:
    """Return the texts that a draft names, by letter."""
    found = next((value for key, value in draft.entries if key.text == "sources"), None)
    entries = found.entries if isinstance(found, MapNode) else ()
    return {key.text: value.text for key, value in entries if isinstance(value, Said)}


def letters_there(home: MapNode, goal: MapNode, node: MapNode) -> dict[str, str]:
    """Return which letter of the other meeting means the text that a letter means here."""
    mine, theirs = sources(home), {text: letter for letter, text in sources(goal).items()}
    used = {found[1] for key, _ in node.entries if (found := _LETTER.fullmatch(key.text))}
    if missing := [letter for letter in sorted(used) if mine.get(letter) not in theirs]:
        raise NotSpliced(f"the other meeting does not name the text {missing[0]} under `sources:`")
    return {letter: theirs[mine[letter]] for letter in used}


def with_letters(text: str, letters: dict[str, str]) -> str:
    """Return what stands in an entry with other letters before its quotations."""
    def renamed(found: re.Match[str]) -> str:
        return letters.get(found[1], found[1]) + found[2]

    return re.sub(r"(?m)^([A-Z])((?:\s+[^:\n]+)?:)", renamed, text)


def require_moved(
    before: Sequence[MapNode], after: Sequence[MapNode], key: str, home: int, goal: int, node: MapNode,
    letters: dict[str, str],
) -> None:  # fmt: skip
    """Hold a file in which an entry was moved against what was meant."""
    wanted: list[Any] = [plain(one) for one in before]
    entry: Any = plain(node)
    wanted[home][key].remove(entry)
    if not wanted[home][key]:
        del wanted[home][key]
    wanted[goal].setdefault(key, []).append(with_letter_names(node, letters))
    if [plain(one) for one in after] != wanted:
        raise NotSpliced("the file is laid out in another way than drafts are")


def with_letter_names(node: MapNode, letters: dict[str, str]) -> dict[str, object]:
    """Return an entry as it is to read with other letters, without places."""
    return {_renamed_letter(key.text, letters): plain(value) for key, value in node.entries}


def _renamed_letter(name: str, letters: dict[str, str]) -> str:
    found = _LETTER.fullmatch(name)
    return letters.get(found[1], found[1]) + (found[2] or "") if found else name
