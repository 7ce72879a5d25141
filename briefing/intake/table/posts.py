"""A cell that names a post and who holds it → title and name: "Minister for Civil Society, Nick Hurd MP"."""

from __future__ import annotations

import re
from dataclasses import dataclass

_HONOURABLE = re.compile(r"(?:\b[Tt]he )?\bR(?:igh)?t\.? Hon(?:ourable)?\.? (?:[Tt]he )?")
_STYLED = re.compile(
    r"(?:The )?(?:Lord|Lady|Baron|Baroness|Earl|Countess|Viscount|Viscountess|Sir|Dame|Mr|Mrs|Ms|Miss|Dr|Professor)"
    r"\.? "
    r"(?!Privy|Chancellor|President|Commissioner|Advocate|Mayor|Government|in )(?:de |of )?[A-Z]"
)
_AFTER = re.compile(r"(?:,? (?:MP|MSP|MEP|AM|QC|KC|TD|[CDKMO]BE|K?CB|CH|[KD]?CMG|K?CVO|PC|FRS))+$")
_PLAIN_STYLE = re.compile(r"^(?:The )?(?:Mr|Mrs|Ms|Miss)\.? ")
_OFFICE = re.compile(
    r"\b(?:minister|secretary|whips?|leader|chancellor|office|chief|chair(?:man)?|director|head|commissioner|treasurer"
    r"|president|speaker|government|parliamentary|department|board|general|deputy|assistant|advis[eo]r|ambassador)\b",
    re.IGNORECASE,
)
_LEADING = re.compile(
    r"((?:Prime|Foreign|Defen[cs]e|Finance) Minister|(?:Vice )?President|(?:Federal )?Chancellor|(?:Foreign )?Secretary"
    r"|Ambassador|Minister|Premier|Secretary General) (?!of |for |to |the )(.+)"
)
_WORD = re.compile(r"[A-Z][\w’'\-]*\.?|de|van|von|da|di|al|bin|of")


@dataclass(frozen=True, slots=True)
class Holder:
    """Who is named, and the post; an empty name: nobody could be made out, and `post` holds the words."""

    name: str
    post: str


def holder(cell: str) -> Holder:
    """Return the name and the post of a cell, in whichever order they stand."""
    text = " ".join(cell.split()).strip(" ,;")
    if found := _HONOURABLE.search(text):
        name, _, after = text[found.end() :].partition(",")
        if _AFTER.fullmatch(f" {after.strip()}"):
            after = ""
        return _held(name, text[: found.start()], after)
    parts = _parts(text)
    for n, part in enumerate(parts):
        if _STYLED.match(part) or (_AFTER.search(part) and _is_name(_AFTER.sub("", part))):
            return _held(part, *parts[:n], *parts[n + 1 :])
    if len(parts) == 1 and (found := _LEADING.fullmatch(text)) and _is_name(found[2]):
        return _held(found[2], found[1])
    last = parts[-1] if parts else ""
    if _is_name(last) and (len(parts) == 1 or any(_OFFICE.search(part) for part in parts[:-1])):
        return _held(last, *parts[:-1])
    if parts and _is_name(parts[0]) and all(_OFFICE.search(part) for part in parts[1:]):
        return _held(parts[0], *parts[1:])
    return Holder("", text)


def _parts(text: str) -> list[str]:
    """Return what commas set apart, but for those in brackets; letters behind a name stay with it."""
    parts = [part.strip() for part in re.split(r",(?![^()]*\))", text) if part.strip()]
    joined: list[str] = []
    for part in parts:
        if joined and _AFTER.fullmatch(f" {part}"):
            joined[-1] += f" {part}"
        else:
            joined.append(part)
    return joined


def _is_name(text: str) -> bool:
    words = text.split()
    capitals = [word for word in words if word[:1].isupper()]
    return len(capitals) >= 2 and len(words) <= 5 and all(map(_WORD.fullmatch, words)) and not _OFFICE.search(text)


def _held(name: str, *posts: str) -> Holder:
    bare = _PLAIN_STYLE.sub("", _AFTER.sub("", name.strip(" ,")))
    bare = re.sub(r"^[Tt]he (?=Lord|Lady|Baroness|Earl|Viscount)", "", bare)
    post = ", ".join(part.strip(" ,;:") for part in posts if part.strip(" ,;:"))
    return Holder(bare.strip(" ,"), post + ")" * (post.count("(") - post.count(")")))
