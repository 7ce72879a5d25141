"""The proposer `openai`: a model behind an OpenAI-compatible endpoint on this machine. Off unless it is asked for.

`openai_url` (http://127.0.0.1:8080/v1) and `openai_model` in briefing.toml name it. The text goes nowhere
else: another machine needs `--allow-remote`, redirections are not followed, proxies not used. What comes
back is believed in nothing: a proposal whose quotation, or whose name, does not stand in the text word
for word is dropped with all that is inside it, and how many is said.
"""

from __future__ import annotations

import ipaddress
import json
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from typing import get_args
from urllib.parse import SplitResult, urlsplit

from briefing.dates import DateProblem, Span, parse_due, parse_span
from briefing.errors import Refused, TryAgain, UsageProblem
from briefing.intake.drafts import GRAMMAR
from briefing.intake.on_record import matched
from briefing.intake.proposed import Proposed, SourceText
from briefing.passages import find_quote
from briefing.payload import Kind, Strength
from briefing.state import BriefingState, RegisterKind

MAX_TEXT = 60_000
"""Signs of a text that is sent: some twenty pages."""
MAX_ANSWER = 2_000_000
MAX_VALUE = 2_000
TIMEOUT = 60.0
"""Seconds for the whole of an answer, unless `openai_timeout` says otherwise."""
_CHUNK = 65_536
_DEEPEST = 3
_NAMES = {"with": "name", "person": "person", "agency": "agency", "topic": "topic"}
"""The key of each kind that holds a name; it must stand in the text."""
_PARTS = {"ours": "with", "with": "with", "points": "point", "commitments": "commitment", "delegation": "with"}
_KINDS = ("agency", "topic", "person", "visit", "meeting")

_ASKED = """\
You read a text for a foreign ministry and answer with JSON only: {"items": [...]}. An item is
{"kind": KIND, "values": {KEY: TEXT}, "quote": WORDS, "confidence": 0-100, "parts": {KEY: [ITEM, ...]}}.
KIND is agency, topic, person, visit or meeting. "quote" holds words of the text, copied exactly. Keys of values:
agency: agency; topic: topic, full name; person: person, title; visit: visit, country, principal;
meeting: meeting (a title), when (a day with its year, only if the text gives it), form.
Parts of a meeting: ours, with (values: name, title), points (values: say, by, kind), commitments (values: say, by,
due; "strength": agreed, will consider, expected or intends). What was reviewed, explored or reaffirmed is a point.
Leave out what the text does not say.
"""


def propose(text: SourceText, register: BriefingState, tell: Callable[[str], None]) -> Sequence[Proposed]:
    """Return what the model proposes and the text bears out; `TryAgain` where it gives no answer that can be read."""
    url = _address(text.settings)
    if len(text.text) > MAX_TEXT:
        raise UsageProblem(
            f"the text has {len(text.text)} signs; {MAX_TEXT} may be sent", hint="leave out --with openai"
        )
    model = text.settings.get("openai_model", "")
    asked = {"model": model, "temperature": 0, "response_format": {"type": "json_object"},
             "messages": [{"role": "system", "content": _ASKED}, {"role": "user", "content": text.text}]}  # fmt: skip
    items = _items(_answer(url, json.dumps(asked).encode(), text.settings))
    judge = _Judge(text, register, by=f"openai {model}".strip())
    kept = [one for item in items if (one := judge.borne_out(item, _KINDS, 0)) is not None]
    if judge.dropped:
        tell(f"openai: {judge.dropped} proposals were dropped: their words are not in the text, or they are no drafts")
    return kept


def _address(settings: Mapping[str, str]) -> SplitResult:
    """Return the endpoint's address; one on another machine is refused unless that is allowed."""
    hint = 'set openai_url = "http://127.0.0.1:8080/v1" in briefing.toml'
    try:
        url = urlsplit(settings.get("openai_url", ""))
        host, _ = url.hostname, url.port
    except ValueError as fault:
        raise UsageProblem(f"openai_url is no address: {fault}", hint=hint) from fault
    if url.scheme not in ("http", "https") or not host:
        raise UsageProblem("openai_url names no endpoint", hint=hint)
    if not _on_this_machine(host) and settings.get("allow_remote", "").lower() not in ("true", "yes", "1"):
        raise Refused(f"{host} is another machine, and the text would be sent there", hint="--allow-remote lets it")
    return url


def _on_this_machine(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _answer(url: SplitResult, body: bytes, settings: Mapping[str, str]) -> bytes:
    """Return the bytes of an answer, within its bounds of time and size."""
    given = settings.get("openai_timeout", "")
    timeout = float(given) if given.replace(".", "", 1).isdecimal() else TIMEOUT
    until = time.monotonic() + timeout
    kind = HTTPSConnection if url.scheme == "https" else HTTPConnection
    host = "127.0.0.1" if url.hostname == "localhost" else str(url.hostname)
    connection = kind(host, url.port, timeout=timeout)
    headers = {"Content-Type": "application/json"}
    if key := settings.get("openai_key", ""):
        headers["Authorization"] = f"Bearer {key}"
    try:
        connection.request("POST", f"{url.path.rstrip('/')}/chat/completions", body, headers)
        response = connection.getresponse()
        if response.status != 200:
            raise _no_answer(f"it answered with status {response.status}")
        return b"".join(_chunks(connection, response, until))
    except (OSError, HTTPException) as fault:
        raise _no_answer(str(fault) or type(fault).__name__) from fault
    finally:
        connection.close()


def _chunks(connection: HTTPConnection, response: HTTPResponse, until: float) -> Iterator[bytes]:
    """Yield an answer piece by piece; one that is too large, or comes too slowly, is given up."""
    size = 0
    while True:
        left = until - time.monotonic()
        if left <= 0:
            raise _no_answer("its answer took too long")
        if connection.sock is not None:
            connection.sock.settimeout(left)
        chunk = response.read1(_CHUNK)
        if not chunk:
            return
        size += len(chunk)
        if size > MAX_ANSWER:
            raise _no_answer(f"its answer is longer than {MAX_ANSWER} bytes")
        yield chunk


def _no_answer(why: str) -> TryAgain:
    return TryAgain(f"openai gave no answer: {why}", hint="see whether it runs, or leave out --with openai")


def _items(answer: bytes) -> list[object]:
    """Return the items of an answer: the JSON of a message inside the JSON of a response."""
    try:
        message = json.loads(answer)["choices"][0]["message"]["content"]
        found = json.loads(message)["items"]
    except (ValueError, KeyError, IndexError, TypeError, RecursionError) as fault:
        raise _no_answer("its answer is not what was asked for") from fault
    if not isinstance(found, list):
        raise _no_answer("its answer is not what was asked for")
    return found


class _Judge:
    """Holds what a model says against the text."""

    def __init__(self, text: SourceText, register: BriefingState, *, by: str) -> None:
        self.text, self.register, self.by, self.dropped = text.text, register, by, 0

    def borne_out(self, item: object, kinds: Sequence[str], depth: int, kind: str = "") -> Proposed | None:
        """Return an item whose words stand in the text; else none, and it is counted with what is inside it."""
        one = self._read(item, kinds, kind) if depth < _DEEPEST else None
        if one is None or not isinstance(item, dict):
            self.dropped += _many(item)
            return None
        parts = item.get("parts")
        kept = {
            key: [good for part in inner if (good := self.borne_out(part, (), depth + 1, _PARTS[key])) is not None]
            for key, inner in (parts.items() if isinstance(parts, dict) else ())
            if key in _PARTS and key in GRAMMAR[one.kind] and isinstance(inner, list)
        }
        values = dict(one.values)
        if one.kind == "meeting" and not kept.get("points") and not kept.get("commitments"):
            values["content"] = "not known"
        return Proposed(one.kind, values, one.extent, one.confidence, word=one.word, by=self.by,
                        parts={key: found for key, found in kept.items() if found})  # fmt: skip

    def _read(self, item: object, kinds: Sequence[str], kind: str) -> Proposed | None:
        if not isinstance(item, dict):
            return None
        kind = kind or str(item.get("kind", ""))
        values, quote = _values(item.get("values"), kind), item.get("quote")
        named = values.get(_NAMES.get(kind, ""), None)
        extent = find_quote(self.text, quote) if isinstance(quote, str) and len(quote) <= MAX_VALUE else None
        if (kinds and kind not in kinds) or extent is None or not values:
            return None
        if named is not None and find_quote(self.text, named) is None:
            return None
        sure, strength = item.get("confidence"), item.get("strength")
        confidence = sure if isinstance(sure, int) and 0 <= sure <= 100 else 50
        word = strength if kind == "commitment" and strength in get_args(Strength) else ""
        register: RegisterKind | None = {"with": "person"}.get(kind, kind) if named else None  # type: ignore[assignment]
        match = matched(self.register, register, named) if register and named else ""
        return Proposed(kind, values, extent, confidence, match, str(word))


def _values(given: object, kind: str) -> dict[str, str]:
    """Return the keys that drafts of a kind have, as plain text; the first is the one that says what it is."""
    keys = GRAMMAR.get(kind, {})
    plain = {
        str(key): " ".join("".join(sign for sign in value if sign.isprintable() or sign == " ").split())[:MAX_VALUE]
        for key, value in (given.items() if isinstance(given, dict) else ())
        if key in keys and isinstance(value, str) and value.strip()
    }
    for key in {*plain} & {"when", "due"}:
        if not _a_date(plain[key], parse_due if key == "due" else parse_span):
            del plain[key]
    if plain.get("kind") not in (None, *get_args(Kind)):
        del plain["kind"]
    first = _NAMES.get(kind, "say" if kind in ("point", "commitment") else kind)
    return {first: plain.pop(first), **plain} if first in plain else {}


def _a_date(words: str, read: Callable[[str], Span]) -> bool:
    try:
        return bool(read(words))
    except DateProblem:
        return False


def _many(item: object) -> int:
    """Return how many proposals an item is, with those inside it."""
    many, waiting = 0, [item]
    while waiting:
        one = waiting.pop()
        many += 1
        parts = one.get("parts") if isinstance(one, dict) else None
        for inner in parts.values() if isinstance(parts, dict) else ():
            waiting += inner if isinstance(inner, list) else []
    return many
