"""What a command opens by an address: a record elsewhere, where the environment names a server that can be meant."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

from briefing.errors import UsageProblem

if TYPE_CHECKING:
    from briefing.store.address import EventStore

_ENDPOINTS = ("AWS_ENDPOINT", "AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_S3")
_ENDPOINT = re.compile(r"(https?)://([\w.~-]+|\[[0-9a-f:.]+\])(:[0-9]{1,5})?(/[!-~]*)?", re.ASCII | re.IGNORECASE)
_YES = ("true", "1", "yes", "on", "y")
"""What the library of buckets takes for yes."""


def open_address(address: str) -> EventStore:
    """Return the store at an address; `UsageProblem` where the environment leads to no server of buckets."""
    from briefing.store.address import open_store

    if address.lower().startswith("s3:"):
        _require_endpoints()
    return open_store(address)


def _require_endpoints() -> None:
    """Refuse an endpoint that is no address of a server: over `minio:9000` the library that reads it breaks down."""
    for name in _ENDPOINTS:
        if not (said := os.environ.get(name, "")):
            continue
        if not (read := _ENDPOINT.fullmatch(said)):
            raise UsageProblem(f"{name}={said} is no address of a server", hint="one is like https://s3.example.org")
        if read[1].lower() == "http" and os.environ.get("AWS_ALLOW_HTTP", "").lower() not in _YES:
            raise UsageProblem(f"{name}={said} is plain HTTP", hint="AWS_ALLOW_HTTP=true allows it; better use https://")
