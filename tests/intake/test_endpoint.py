"""A model behind an endpoint: what it invents is dropped, and what is no answer costs neither time nor memory."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from briefing.errors import Refused, TryAgain, UsageProblem
from briefing.intake.endpoint import MAX_ANSWER, MAX_TEXT, propose
from briefing.intake.proposed import Proposed, SourceText
from briefing.intake.proposers import every
from briefing.state import EMPTY

TEXT = "Foreign Secretary Vikram Misri met Jeffrey Kessler on 28 May 2025.\nThey agreed to hold the next round soon."
Reply = Callable[[BaseHTTPRequestHandler], None]


@contextmanager
def served(reply: Reply) -> Iterator[tuple[str, list[bytes]]]:
    """Serve one reply to every request, on this machine; yield the address and the bodies that came."""
    got: list[bytes] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            got.append(self.rfile.read(int(self.headers["Content-Length"])))
            reply(self)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/v1", got
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def send(body: bytes, *, status: int = 200, **headers: str) -> Reply:
    def reply(request: BaseHTTPRequestHandler) -> None:
        request.send_response(status)
        for name, value in headers.items():
            request.send_header(name, value)
        request.end_headers()
        request.wfile.write(body)

    return reply


def saying(content: str) -> Reply:
    return send(json.dumps({"choices": [{"message": {"content": content}}]}).encode())


def asked(url: str, *, text: str = TEXT, told: list[str] | None = None, **settings: str) -> list[Proposed]:
    given = {"openai_url": url, "openai_model": "m", "openai_timeout": "600", **settings}
    lines: list[str] = [] if told is None else told
    return list(propose(SourceText(text, "press.txt", settings=given), EMPTY, lines.append))


MEETING: dict[str, Any] = {
    "kind": "meeting",
    "values": {"meeting": "Talks", "when": "28 May 2025", "colour": "red"},
    "quote": "Foreign Secretary Vikram Misri met Jeffrey Kessler",
    "confidence": 70,
    "parts": {
        "with": [
            {"values": {"name": "Jeffrey Kessler"}, "quote": "met Jeffrey Kessler"},
            {"values": {"name": "Scott Bessent"}, "quote": "Jeffrey Kessler"},
            {"values": {"name": "Howard Lutnick"}, "quote": "met Howard Lutnick"},
        ],
        "commitments": [
            {"values": {"say": "Hold the next round.", "due": "the 41st"}, "quote": "agreed to hold the next round", "strength": "agreed"},
            {"values": {"say": "Lift all tariffs."}, "quote": "agreed to lift all tariffs", "strength": "agreed"},
        ],
    },
}  # fmt: skip


def test_what_stands_in_the_text_is_kept_and_what_was_invented_is_dropped_and_counted() -> None:
    invented = {"kind": "topic", "values": {"topic": "Tariffs"}, "quote": "tariffs were discussed",
                "parts": {"with": [{"values": {"name": "X"}, "quote": "Kessler"}]}}  # fmt: skip
    told: list[str] = []
    with served(saying(json.dumps({"items": [MEETING, invented, "junk", {"kind": "source"}]}))) as (url, _):
        (meeting,) = asked(url, told=told)

    assert meeting.values == {"meeting": "Talks", "when": "28 May 2025"}
    assert [part.values["name"] for part in meeting.parts["with"]] == ["Jeffrey Kessler"]
    (promise,) = meeting.parts["commitments"]
    assert (promise.word, promise.values) == ("agreed", {"say": "Hold the next round."})
    assert all(one.extent and TEXT[slice(*one.extent)] for one in every([meeting]))
    assert {one.by for one in every([meeting])} == {"openai m"}
    assert told == ["openai: 7 proposals were dropped: their words are not in the text, or they are no drafts"]


def test_the_text_is_sent_once_and_the_key_only_where_there_is_one() -> None:
    with served(saying('{"items": []}')) as (url, got):
        assert asked(url) == []
    assert [json.loads(body)["messages"][1]["content"] for body in got] == [TEXT]


@pytest.mark.parametrize(
    "reply",
    [
        send(b"<html>no</html>"),
        saying("Certainly! Here is the JSON:"),
        saying('{"items": 7}'),
        saying("[" * 50_000),
        send(b""),
        send(b"\xff\xfe\x00"),
        send(b"{}", status=500),
        send(b"", status=302, Location="http://127.0.0.1:9/elsewhere"),
        send(b"x" * 1000, **{"Content-Length": "5000"}),
    ],
    ids=["HTML", "talk", "no list", "deep", "nothing", "no UTF-8", "status 500", "a redirection", "cut short"],
)
def test_an_answer_that_cannot_be_read_is_said_to_be_none(reply: Reply) -> None:
    with served(reply) as (url, got), pytest.raises(TryAgain, match="openai gave no answer"):
        asked(url)
    assert len(got) == 1


def test_an_endpoint_that_hangs_or_drips_is_given_up_after_its_time() -> None:
    over, ended = threading.Event(), []

    def hang(request: BaseHTTPRequestHandler) -> None:
        if not over.wait(600):
            ended.append(True)

    def drip(request: BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        request.end_headers()
        for _ in range(12_000):
            if over.wait(0.05):
                return
            request.wfile.write(b" ")
        ended.append(True)

    for reply in (hang, drip):
        with served(reply) as (url, _):
            with pytest.raises(TryAgain):
                asked(url, openai_timeout="0.3")
            assert ended == []  # it would go on for ten minutes
            over.set()
        over.clear()
        ended.clear()


def test_an_answer_without_end_is_given_up_at_its_bound() -> None:
    sent = 0

    def endless(request: BaseHTTPRequestHandler) -> None:
        nonlocal sent
        request.send_response(200)
        request.end_headers()
        try:
            while sent < 40 * MAX_ANSWER:
                sent += request.wfile.write(b"x" * 65_536)
        except OSError:
            pass

    with served(endless) as (url, _), pytest.raises(TryAgain, match="longer than"):
        asked(url)
    assert sent < 20 * MAX_ANSWER


def test_nothing_listens_there() -> None:
    with pytest.raises(TryAgain):
        asked("http://127.0.0.1:9/v1", openai_timeout="1")


@pytest.mark.parametrize(
    "url", ["http://192.0.2.7/v1", "http://models.example/v1", "https://[2001:db8::1]/v1", "http://127.0.0.1.example/"]
)
def test_another_machine_is_refused_before_anything_is_sent(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[str] = []
    monkeypatch.setattr("briefing.intake.endpoint._answer", lambda *_: sent.append("sent") or b"")

    with pytest.raises(Refused, match="another machine"):
        asked(url)
    assert sent == []
    with pytest.raises(TryAgain):
        asked(url, allow_remote="true")
    assert sent == ["sent"]


@pytest.mark.parametrize("url", ["", "ftp://127.0.0.1/", "127.0.0.1:8080", "http://[::1", "http://127.0.0.1:port/"])
def test_an_address_that_is_none_is_refused(url: str) -> None:
    with pytest.raises(UsageProblem):
        asked(url)


def test_a_text_that_is_too_long_is_not_sent() -> None:
    with served(saying('{"items": []}')) as (url, got), pytest.raises(UsageProblem):
        asked(url, text="x" * (MAX_TEXT + 1))
    assert got == []
