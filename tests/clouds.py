"""Stand-ins for Azure and Google: as much of their interfaces as a record in a bucket uses, as their documentation has it.

Written for these tests: they show which requests are sent and that answers of that form are understood, and not what the
services themselves do.
"""

from __future__ import annotations

import json
import re
import threading
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import md5
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit
from xml.sax.saxutils import escape

import pytest

WHEN = "Tue, 03 Mar 2026 12:00:00 GMT"
PAGE = 3
"""Names that are listed at once, so that a listing has pages."""


class Cloud(ThreadingHTTPServer):
    """The objects of one service.

    `ignores` lets it take the condition of a put and write over what is there; `begins` lets Azure know `startFrom`,
    the name that a listing begins with, which not all versions do.
    """

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, handler: type[_Handler]) -> None:
        super().__init__(("127.0.0.1", 0), handler)
        self.objects: dict[str, bytes] = {}
        self.ignores = False
        self.begins = False
        self.lock = threading.Lock()
        self.seen: list[tuple[str, str, dict[str, str]]] = []

    @property
    def endpoint(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class _Handler(BaseHTTPRequestHandler, ABC):
    server: Cloud
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    condition: tuple[str, str]
    taken: int

    def log_message(self, *_: Any) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        key, query = self._asked()
        if not key:
            self._answer(200, self._listing(**{name: said[0] for name, said in query.items()}).encode())
        elif (data := self.server.objects.get(key)) is None:
            self._answer(404)
        else:
            self._answer(200, data)

    def do_PUT(self) -> None:
        key, _ = self._asked()
        data = self._body()
        name, value = self.condition
        with self.server.lock:
            if self.headers.get(name) == value and key in self.server.objects and not self.server.ignores:
                self._answer(self.taken)
                return
            self.server.objects[key] = data
        self._answer(201)

    def _asked(self) -> tuple[str, dict[str, list[str]]]:
        parts = urlsplit(self.path)
        with self.server.lock:
            self.server.seen.append((self.command, self.path, dict(self.headers)))
        return unquote(parts.path).lstrip("/").partition("/")[2], parse_qs(parts.query)

    def _body(self) -> bytes:
        return self.rfile.read(int(self.headers.get("Content-Length") or 0))

    def _found(self, prefix: str, after: str, *, whole: bool, begin: str = "") -> tuple[list[str], str]:
        """Return a page of names, and the last one where there are more; those of one folder are one, unless `whole`."""
        names = sorted(name for name in self.server.objects if name.startswith(prefix) and name > after and name >= begin)
        if not whole:
            names = sorted({f"{prefix}{name[len(prefix) :].partition('/')[0]}/" for name in names} - {after})
        return names[:PAGE], names[PAGE - 1] if len(names) > PAGE else ""

    @abstractmethod
    def _listing(self, **_query: str) -> str:
        """Return a page of what is listed, as this cloud writes it."""

    def _answer(self, code: int, body: bytes = b"", kind: str = "application/xml") -> None:
        self.send_response_only(code)
        for name, value in (("Content-Length", f"{len(body)}"), ("Content-Type", kind), ("Last-Modified", WHEN), ("ETag", _tag(body))):
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)


class Azure(_Handler):
    """Blob storage: `Put Blob`, `Get Blob`, `List Blobs`, `Blob Batch`."""

    condition, taken = ("If-None-Match", "*"), 409

    def do_POST(self) -> None:
        self._asked()
        targets = re.findall(rb"^DELETE (\S+)", self._body(), re.MULTILINE)
        parts = []
        for n, target in enumerate(targets):
            key = unquote(urlsplit(target.decode()).path).lstrip("/").partition("/")[2]
            there = self.server.objects.pop(key, None) is not None
            said = "202 Accepted" if there else "404 The specified blob does not exist."
            parts.append(f"--b\r\nContent-Type: application/http\r\nContent-ID: {n}\r\n\r\nHTTP/1.1 {said}\r\nx-ms-version: 2023-11-03\r\n\r\n")
        self._answer(202, "".join([*parts, "--b--"]).encode(), "multipart/mixed; boundary=b")

    def _listing(self, prefix: str = "", delimiter: str = "", marker: str = "", **more_: str) -> str:
        begin = more_.get("startFrom", "") if self.server.begins else ""
        names, more = self._found(prefix, marker, whole=not delimiter, begin=begin)
        blobs = "".join(
            f"<Blob><Name>{escape(name)}</Name><Properties><Last-Modified>{WHEN}</Last-Modified>"
            f"<Content-Length>{len(data)}</Content-Length><Content-Type>x/y</Content-Type><Etag>{_tag(data)}</Etag></Properties></Blob>"
            if (data := self.server.objects.get(name)) is not None
            else f"<BlobPrefix><Name>{escape(name)}</Name></BlobPrefix>"
            for name in names
        )
        return f"<EnumerationResults><Blobs>{blobs}</Blobs><NextMarker>{escape(more)}</NextMarker></EnumerationResults>"


class Google(_Handler):
    """Cloud Storage, the interface in XML."""

    condition, taken = ("x-goog-if-generation-match", "0"), 412

    def do_DELETE(self) -> None:
        there = self.server.objects.pop(self._asked()[0], None) is not None
        self._answer(204 if there else 404)

    def _listing(self, **query: str) -> str:
        after = query.get("continuation-token", query.get("start-after", ""))
        names, more = self._found(query.get("prefix", ""), after, whole="delimiter" not in query)
        found = "".join(
            f"<Contents><Key>{escape(name)}</Key><Size>{len(data)}</Size><LastModified>2026-03-03T12:00:00.000Z</LastModified>"
            f"<ETag>{_tag(data)}</ETag></Contents>"
            if (data := self.server.objects.get(name)) is not None
            else f"<CommonPrefixes><Prefix>{escape(name)}</Prefix></CommonPrefixes>"
            for name in names
        )
        token = f"<NextContinuationToken>{escape(more)}</NextContinuationToken>" if more else ""
        return f"<ListBucketResult><IsTruncated>{'true' if more else 'false'}</IsTruncated>{found}{token}</ListBucketResult>"


def _tag(data: bytes) -> str:
    return f'"{md5(data, usedforsecurity=False).hexdigest()}"'


@contextmanager
def cloud(scheme: str, folder: Path, patch: pytest.MonkeyPatch) -> Iterator[Cloud]:
    """Start a stand-in and point this process at it: `az` or `gs`."""
    there = Cloud(Azure if scheme == "az" else Google)
    thread = threading.Thread(target=there.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    patch.setenv("NO_PROXY", "127.0.0.1")
    if scheme == "az":
        for name, value in (("ACCOUNT_NAME", "desk"), ("ACCOUNT_KEY", "a2V5"), ("ENDPOINT", there.endpoint)):
            patch.setenv(f"AZURE_STORAGE_{name}", value)
        patch.setenv("AZURE_ALLOW_HTTP", "true")
    else:
        account = {"private_key": "", "private_key_id": "", "client_email": "", "disable_oauth": True, "gcs_base_url": there.endpoint}
        (folder / "account.json").write_text(json.dumps(account), encoding="utf-8")
        patch.setenv("GOOGLE_SERVICE_ACCOUNT", str(folder / "account.json"))
        patch.setenv("GOOGLE_ALLOW_HTTP", "true")
    yield there
    there.shutdown()
    thread.join()
    there.server_close()
