"""Buckets for tests: moto's S3 server on this machine, and a proxy before it that lets requests fail in flight."""

from __future__ import annotations

import atexit
import http.client
import re
import socket
import struct
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from typing import Any

import pytest

_NUMBERS = count()
SERVER = """
import sys
from moto.server import ThreadedMotoServer
server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
server.start()
print(server.get_host_and_port()[1], flush=True)
sys.stdin.read()
"""
"""Takes a port that is free, says which, and goes on until its input ends."""
PATIENCE = 600
"""Seconds that a test waits for moto: it answers, or the test is broken."""


@cache
def moto() -> str:
    """Start moto's server, once for all tests of this process, and return HOST:PORT."""
    server = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-c", SERVER],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    )  # fmt: skip
    atexit.register(server.communicate)
    assert server.stdout is not None
    port = server.stdout.readline().strip()
    assert port, f"moto's server ended with {server.wait()}"
    return f"127.0.0.1:{port}"


def request(method: str, path: str, body: bytes | None = None) -> tuple[int, bytes]:
    """Ask moto for something, past everything that is tested."""
    connection = http.client.HTTPConnection(moto(), timeout=PATIENCE)
    try:
        connection.request(method, path, body, {"Content-Type": "application/octet-stream"})
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


def environment(endpoint: str) -> dict[str, str]:
    """Return what obstore reads from the environment of a process that uses an endpoint."""
    return {
        "AWS_ENDPOINT": f"http://{endpoint}", "AWS_ALLOW_HTTP": "true", "AWS_REGION": "us-east-1",
        "AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test",
        "NO_PROXY": "127.0.0.1",
    }  # fmt: skip


def new_bucket(patch: pytest.MonkeyPatch, *, endpoint: str = "") -> str:
    """Make an empty bucket, point this process at it, and return the address of a record in it."""
    for name, value in environment(endpoint or moto()).items():
        patch.setenv(name, value)
    return empty_bucket()


def empty_bucket() -> str:
    """Make an empty bucket and return the address of a record in it."""
    name = f"records-{next(_NUMBERS)}"
    assert request("PUT", f"/{name}")[0] == 200
    return f"s3://{name}/desk"


def path_of(address: str, name: str = "") -> str:
    """Return the path under which the server has an object."""
    return f"/{address.removeprefix('s3://')}/{name}"


@dataclass(frozen=True)
class Fault:
    """What befalls some requests: which (by number from 0, and how many on end), and what.

    `503` and other codes are answered in the server's place; `reset` and `stall` do not reach it;
    `lost` and `late` reach it and their answer does not come back; `half` breaks its answer off.
    With `stall` and `late` whoever asked waits until he gives up.
    """

    what: str
    at: int = 0
    times: int = 1
    method: str = ""

    def strikes(self, number: int, method: str) -> bool:
        return self.at <= number < self.at + self.times and self.method in ("", method)


@dataclass
class Proxy:
    """Stands before moto; `seen` are the requests that came, `struck` those that something befell.

    `drop_condition` makes of it a server that writes over what is there; `page_size` makes listings of many pages,
    `drop_token` ends each after its first page, and `before` is called before every request, with its number from 1.
    """

    fault: Fault | None = None
    drop_condition: bool = False
    page_size: int = 0
    drop_token: bool = False
    before: Callable[[int], None] = lambda _: None
    seen: list[str] = field(default_factory=list)
    struck: list[str] = field(default_factory=list)
    server: ThreadingHTTPServer | None = None
    lock: threading.Lock = field(default_factory=threading.Lock)

    def start(self) -> str:
        """Begin to listen, where it does not yet; return HOST:PORT."""
        if self.server is not None:
            return f"127.0.0.1:{self.server.server_address[1]}"
        self.server = _Server(("127.0.0.1", 0), type("Handler", (_Handler,), {"proxy": self}))
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        self.thread.start()
        return self.start()

    def stop(self) -> None:
        """Listen no more."""
        if self.server is None:
            return
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()

    def due(self, method: str, path: str) -> str:
        """Return what befalls the request that came now; nothing for most."""
        with self.lock:
            of_method = [one for one in self.seen if self.fault is not None and self.fault.method in ("", one.split()[0])]
            self.seen.append(f"{method} {path}")
            self.before(len(self.seen))
            if self.fault is None or not self.fault.strikes(len(of_method), method):
                return ""
            self.struck.append(f"{method} {path}")
            return self.fault.what


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128  # of five, some of many that come at once would wait a second

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of whoever went away before the answer came: a process that was interrupted or killed."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    proxy: Proxy
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # else each answer waits 40 ms for the other side

    def log_message(self, *_: Any) -> None:
        """Say nothing."""

    def _serve(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        what = self.proxy.due(self.command, self.path)
        if what.isdigit():
            self._answer(int(what), b"<Error><Code>Injected</Code></Error>")
        elif what == "reset":
            self._reset()
        elif what == "stall":
            self._wait()
        else:
            status, answer, headers = self._forward(body)
            if what == "late":
                self._wait()
            elif what == "lost":
                self._reset()
            elif what == "half":
                self._answer(status, answer[: len(answer) // 2], headers, length=len(answer))
                self._reset()
            else:
                self._answer(status, answer, headers)

    do_GET = do_PUT = do_HEAD = do_POST = do_DELETE = _serve  # noqa: N815

    def _forward(self, body: bytes) -> tuple[int, bytes, dict[str, str]]:
        dropped = {"connection", *(["if-none-match"] if self.proxy.drop_condition else [])}
        headers = {name: value for name, value in self.headers.items() if name.lower() not in dropped}
        connection = http.client.HTTPConnection(moto(), timeout=PATIENCE)
        try:
            few = f"&max-keys={self.proxy.page_size}" if self.proxy.page_size and "list-type=2" in self.path else ""
            connection.request(self.command, self.path + few, body, headers)
            answer = connection.getresponse()
            data = answer.read()
            if self.proxy.drop_token:
                data = re.sub(rb"<NextContinuationToken>.*?</NextContinuationToken>", b"", data)
            return answer.status, data, dict(answer.getheaders())
        finally:
            connection.close()

    def _answer(self, status: int, body: bytes, headers: dict[str, str] | None = None, *, length: int | None = None) -> None:
        self.send_response_only(status)
        for name, value in (headers or {}).items():
            if name.lower() not in ("content-length", "connection", "transfer-encoding"):
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(body) if length is None else length))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)
        self.wfile.flush()

    def _wait(self) -> None:
        """Wait until whoever asked has closed the connection."""
        with suppress(ConnectionError):
            self.rfile.read(1)
        self.close_connection = True

    def _reset(self) -> None:
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.close_connection = True
        self.connection.close()
