"""Drafts as an officer types them → items. The table of keys below is the whole grammar.

A draft is one map; its kind is its first key. Texts are cited by letters of the draft's own
(`sources: {A: FILE}`), in any item: `A: words`, or with a word beside the letter, `B agreed: words`.
What is proposed in it, and by whom, is `briefing.intake.proposals`; here it has been decided already.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from briefing.codec import item_digest
from briefing.errors import InvalidDraft, Place
from briefing.intake.proposals import decided
from briefing.intake.reader import ListNode, MapNode, Node, read_documents
from briefing.items import Cited, Item, Problems, Said

TEXT, TEXTS, WORDS = "text", "texts", "words"
"""A key's value: one text; one or several; or a map of the draft's own letters to texts."""

_STATEMENT = {"say": TEXT, "adds to": TEXT, "by": TEXT, "kind": TEXT, "topic": TEXTS, "short": TEXT, "about": TEXTS,
              "marking": TEXT}  # fmt: skip
_COMMON = {
    "id": TEXT,
    "sources": WORDS,
    "notes": TEXT,
    "marking": TEXT,
    "recorded for": TEXT,
    "file": TEXT,
    "retention": TEXT,
}
_PERSON = {"name": TEXT, "title": TEXT, "agency": TEXT, "side": TEXT, "role": TEXT}

GRAMMAR: dict[str, dict[str, str]] = {
    "source": {"id": TEXT, "source": TEXT, "title": TEXT, "publisher": TEXT, "published": TEXT, "dateline": TEXT,
               "rights": TEXT, "language": TEXT, "body": TEXT, "sha256": TEXT, "marking": TEXT},
    "agency": {**_COMMON, "agency": TEXT, "full name": TEXT, "short": TEXT, "also": TEXTS, "country": TEXT,
               "side": TEXT, "rank": TEXT},
    "person": {**_COMMON, "person": TEXT, "also": TEXTS, "agency": TEXT, "title": TEXT, "side": TEXT, "rank": TEXT,
               "since": TEXT, "until": TEXT, "at": TEXT, "visit": TEXT, "say name": TEXT, "biography": TEXT},
    "topic": {**_COMMON, "topic": TEXT, "full name": TEXT, "also": TEXTS, "theme": TEXT, "rank": TEXT},
    "meeting": {**_COMMON, "meeting": TEXT, "adds to": TEXT, "visit": TEXT, "when": TEXT, "where": TEXT,
                "form": TEXT, "mode": TEXT, "setting": TEXT, "host": TEXT, "language": TEXT, "note taker": TEXT,
                "attendance": TEXT, "with": "person", "ours": "person", "agency": TEXTS, "content": TEXT,
                "points": "point", "plan": TEXT, "commitments": "commitment", "not agreed": "point",
                "public line": TEXT, "papers": TEXTS, "next contact": TEXT, "not known": TEXTS},
    "planned": {**_COMMON, "planned": TEXT, "visit": TEXT, "when": TEXT, "at": TEXT, "duration": TEXT, "where": TEXT,
                "form": TEXT, "mode": TEXT, "host": TEXT, "language": TEXT, "press": TEXT, "agency": TEXTS,
                "with": "person", "ours": "person", "agenda": TEXTS, "objectives": TEXTS, "points": "to make",
                "expected": "expected", "decision asked": TEXT, "programme": "programme", "not known": TEXTS},
    "score": {**_COMMON, "score": TEXT, "as": TEXT, "evidence": TEXT, "when": TEXT},
    "line": {**_COMMON, "line": TEXT, "say": TEXT, "to the press": TEXT, "from": TEXT, "until": TEXT,
             "review by": TEXT, "approved by": TEXT},
    "report": {**_COMMON, "report": TEXT, "adds to": TEXT, "visit": TEXT, "agency": TEXTS, "points": "point",
               "commitments": "commitment", "not known": TEXTS},
    "fact": {**_COMMON, "fact": TEXT, "when": TEXT, "topic": TEXTS, "about": TEXTS, "visit": TEXT, "review by": TEXT},
    "assessment": {"id": TEXT, "assessment": TEXT, "bottom line": TEXTS, "state of play": TEXT, "sensitivity": TEXT,
                   "next steps": TEXTS, "decision asked": TEXT, "comment": TEXT, "by": TEXT,
                   "as at": TEXT, "marking": TEXT},
    "visit": {**_COMMON, "visit": TEXT, "adds to": TEXT, "when": TEXT, "year from": WORDS, "where": TEXT,
              "country": TEXT, "principal": TEXT, "visitor": TEXT, "delegation": "person", "follows": TEXT,
              "objectives": TEXTS, "not known": TEXTS},
    "point": _STATEMENT,
    "commitment": {"say": TEXT, "adds to": TEXT, "by": TEXT, "to": TEXT, "due": TEXT, "status": TEXT, "strength": TEXT,
                   "topic": TEXTS, "marking": TEXT},
    "to make": {"say": TEXT, "to": TEXT, "topic": TEXTS, "marking": TEXT},
    "expected": {"say": TEXT, "likely": TEXT, "line": TEXT, "topic": TEXTS, "marking": TEXT},
    "programme": {"say": TEXT, "at": TEXT, "marking": TEXT},
    "with": _PERSON,
}  # fmt: skip
DRAFTS = ("source", "meeting", "planned", "report", "fact", "assessment", "line", "score", "person", "agency", "topic",
          "visit")  # fmt: skip
"""The kinds of drafts, in the order in which a key decides: a meeting may name a visit."""

CITED_OPTIONS = ("quote", "when", "by", "kind", "strength", "title")
_LETTER = re.compile(r"([A-Z])(?:\s+(.+))?")


def read_drafts(data: bytes, file: str) -> tuple[Item, ...]:
    """Return the drafts of a file, checked against the grammar; raise `InvalidDraft` with all problems at once."""
    problems = Problems()
    items = gather_drafts(data, file, problems)
    if problems:
        raise InvalidDraft(problems)
    return items


def gather_drafts(data: bytes, file: str, problems: Problems, *, undecided: bool = False) -> tuple[Item, ...]:
    """Return what can be read of the drafts of a file, noting what is wrong, so that the rest can be checked too.

    A key whose value cannot be taken has an empty one. There are none where every proposal was rejected.
    What is pending is a problem unless it may be `undecided`.
    Raises `InvalidDraft` where nothing can be read.
    """
    documents = read_documents(data, file, problems)
    nodes = [node for one in documents for node in (one.entries if isinstance(one, ListNode) else (one,))]
    typed = decided(nodes, problems, undecided=undecided)
    items = [item for node in typed if (item := _draft(node, problems)) is not None]
    if not nodes and not problems:
        problems.note(Place(file), "the file holds no draft", "`briefing new meeting` prints one to fill in")
    return tuple(items)


def _draft(node: Node, problems: Problems) -> Item | None:
    if not isinstance(node, MapNode):
        problems.note(
            node.place, "a draft is a list of keys and values", "`briefing new meeting` prints one to fill in"
        )
        return None
    keys = {key.text for key, _ in node.entries}
    kind = next((one for one in DRAFTS if one in keys), None)
    if kind is None or (kind == "agency" and "with" in keys):
        problems.note(
            node.place,
            "a draft says what it is by one of the keys " + ", ".join(DRAFTS),
            "for a meeting, begin with `meeting: TITLE`",
        )
        return None
    return _item(kind, node, problems, digest=item_digest(_plain(node)))


def _plain(node: Node) -> object:
    """Return a node without places: what a draft's digest is made of."""
    if isinstance(node, Said):
        return node.text
    if isinstance(node, ListNode):
        return [_plain(one) for one in node.entries]
    return {key.text: _plain(value) for key, value in node.entries}


def _item(kind: str, node: MapNode, problems: Problems, *, digest: str = "") -> Item:
    keys = GRAMMAR[kind]
    values: dict[str, Said | tuple[Said | Item, ...] | Item] = {}
    cited: list[Cited] = []
    for key, value in node.entries:
        form = keys.get(key.text)
        letter = _LETTER.fullmatch(key.text)
        if form is not None:
            values[key.text] = _value(form, key, value, problems) or ()
        elif letter:
            cited.extend(_cited(letter[1], letter[2] or "", value, problems))
        else:
            _unknown_key(key, kind, keys, problems)
    return Item(kind=kind, place=node.place, values=values, cited=tuple(cited), digest=digest)


_NOUNS = {"planned": "planned meeting"}


def _unknown_key(key: Said, kind: str, keys: Iterable[str], problems: Problems) -> None:
    from rapidfuzz import fuzz, process

    nearest = process.extractOne(key.text, list(keys), scorer=fuzz.ratio, score_cutoff=65)
    hint = (
        f"did you mean “{nearest[0]}”?"
        if nearest
        else "known here: " + ", ".join(keys) + ", and a letter for each text"
    )
    problems.note(key.place, f"unknown key “{key.text}” in a {_NOUNS.get(kind, kind)}", hint)


def _value(form: str, key: Said, value: Node, problems: Problems) -> Said | tuple[Said | Item, ...] | Item | None:
    if form == TEXT:
        if isinstance(value, Said) and value.text:
            return value
        what = "is empty" if isinstance(value, Said) else f"takes one text, not a {_form(value)}"
        hint = "leave out what you do not know" if isinstance(value, Said) else "write it on one line, behind the colon"
        problems.note(value.place, f"“{key.text}” {what}", hint)
        return None
    if form == WORDS:
        return _letters(key, value, problems)
    return _several(form, key, value, problems)


def _form(node: Node) -> str:
    return "list" if isinstance(node, ListNode) else "map"


def _letters(key: Said, value: Node, problems: Problems) -> Item | None:
    """Read a map of the draft's own letters: sources (A: FILE), or citations (B: words)."""
    if not isinstance(value, MapNode):
        problems.note(value.place, f"“{key.text}” takes a letter for each text", f"{key.text}:\n         A: …")
        return None
    cited: list[Cited] = []
    for letter, words in value.entries:
        if not re.fullmatch("[A-Z]", letter.text):
            problems.note(letter.place, f"“{letter.text}” is not a letter from A to Z")
        else:
            cited.extend(_cited(letter.text, "", words, problems))
    return Item(kind=key.text, place=value.place, values={}, cited=tuple(cited))


def _several(form: str, key: Said, value: Node, problems: Problems) -> tuple[Said | Item, ...] | None:
    entries = value.entries if isinstance(value, ListNode) else (value,)
    found: list[Said | Item] = []
    for one in entries:
        if isinstance(one, Said) and form in (TEXTS, "person") and one.text:
            found.append(one)
        elif isinstance(one, MapNode) and form != TEXTS:
            found.append(_item("with" if form == "person" else form, one, problems))
        else:
            wanted = (
                "texts" if form == TEXTS else "names" if form == "person" else f"{form}s, each beginning with `- say:`"
            )
            empty = isinstance(one, Said) and not one.text
            problems.note(
                one.place,
                f"“{key.text}” " + ("is empty" if empty else f"takes a list of {wanted}"),
                "leave out what you do not know" if empty else "",
            )
    return tuple(found)


def _cited(letter: str, word: str, value: Node, problems: Problems) -> list[Cited]:
    entries = value.entries if isinstance(value, ListNode) else (value,)
    found: list[Cited] = []
    for one in entries:
        if isinstance(one, Said) and one.text:
            found.append(Cited(letter, word, one))
        elif isinstance(one, MapNode):
            options = {k.text: v for k, v in one.entries if isinstance(v, Said)}
            for key, _ in one.entries:
                if key.text not in CITED_OPTIONS:
                    problems.note(
                        key.place, f"unknown key “{key.text}” beside a quotation", "known: " + ", ".join(CITED_OPTIONS)
                    )
            if "quote" in options:
                found.append(Cited(letter, word, options.pop("quote"), options))
            else:
                problems.note(one.place, "a quotation with options needs the key “quote”")
        else:
            problems.note(
                one.place, f"no words beside the letter {letter}", "paste the words of the text, or take the letter out"
            )
    return found
