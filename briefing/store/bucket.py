"""A bucket of event objects (S3, Azure, GCS), through obstore: `PREFIX/2026-11/2026…-meeting-held-<64 hex>.json`.

An object is put only where there is none of its name (a conditional put), so that one of many writers
wins and nothing is written over. A server that takes the condition and ignores it is found by a probe
before the first event is put, and refused.

What fails in flight is tried again within bounds. A put whose answer was lost finds its own bytes when
it is tried again: names hold the hash of the bytes, so the same name twice is the same event.
"""

from __future__ import annotations

import re
import secrets
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING, Final, NamedTuple, TypeVar

from briefing.errors import BriefingError, MissingSystemPart, NoInput, Refused, StoreFailed, TryAgain, UsageProblem
from briefing.store.ahead import ReadAhead

if TYPE_CHECKING:
    from obstore.store import ObjectStore, RetryConfig

PROBE: Final = ".briefing-probe"
"""The object by which a bucket is tried; it stays, so that later probes need one request and nothing is deleted."""

_ATTEMPTS = 4
_PAUSE = 0.1
"""Seconds before the second attempt, doubled each time; within an attempt obstore retries what is safe to repeat."""
_RETRIES = 4
_PATIENCE = 60
"""Seconds after which nothing is tried again."""
_PAGE = 1000
"""Names that a server lists at once."""
_MONTH = re.compile(r"([0-9]{4}-[0-9]{2})?")

T = TypeVar("T")


def open_bucket(address: str) -> BucketStore:
    """Return the store at an address; credentials, endpoint and timeouts are in the environment, as obstore has it."""
    try:
        from obstore.exceptions import BaseError
        from obstore.store import from_url
    except ImportError as fault:
        raise MissingSystemPart(
            f"{address} needs a library that is not installed here", hint="pip install 'briefing-notes[bucket]'"
        ) from fault
    retry: RetryConfig = {"max_retries": _RETRIES, "retry_timeout": timedelta(seconds=_PATIENCE)}
    try:
        return BucketStore(from_url(address, retry_config=retry), address)
    except (BaseError, ValueError) as fault:
        raise UsageProblem(
            f"{address} cannot be used: {_reason(fault)}",
            hint=_ENVIRONMENT,
        ) from fault


class Listed(NamedTuple):
    """An object as a listing has it; the tag is another when its bytes are."""

    name: str
    size: int
    tag: str


class BucketStore:
    """The events under one prefix of a bucket."""

    def __init__(self, objects: ObjectStore, address: str) -> None:
        """Take an object store that is rooted at the prefix, and how people call it."""
        self.address = address
        self._objects = objects
        self._ahead = ReadAhead(self._get)
        self._proven = False

    def __reduce__(self) -> tuple[object, ...]:
        """Return how another process opens it, with the credentials of its own environment."""
        return open_bucket, (self.address,)

    def names(self) -> Iterator[str]:
        """Yield the name of every object but the probe; the markers by which consoles show folders are none."""
        names = [one.name for one in self.listed()]
        self._ahead.follow(names)
        return iter(names)

    @property
    def page(self) -> int:
        """How many names one request lists."""
        return _PAGE

    @property
    def in_ranges(self) -> bool:
        """Whether a listing may begin at a name: with Azure, names before it are listed and thrown away."""
        return not self.address.startswith("az:")

    def months(self) -> list[str]:
        """Return the months, and whatever else objects lie in, sorted."""
        found = self._tried("list", "", self._objects.list_with_delimiter)
        return sorted(found["common_prefixes"])

    def listed(self, *, prefix: str = "", after: str = "", until: str = "") -> list[Listed]:
        """Return the objects as `names` does, in that order; of a month, or those after a name and up to one."""
        return self._tried("list", "", lambda: self._list(prefix, after, until))

    def _list(self, prefix: str, after: str, until: str) -> list[Listed]:
        """List page by page, and go on after the last name until nothing comes: a listing may end before its end."""
        found: dict[str, Listed] = {}
        last, fresh = after, True
        while fresh:
            fresh = False
            for page in self._objects.list(prefix or None, offset=last or None, chunk_size=_PAGE):
                for one in page:
                    name = one["path"]
                    if name <= after:
                        continue  # of Azure's servers, not all know where they are to begin
                    if until and name > until:
                        return _of_record(found)
                    fresh = fresh or name not in found
                    found.setdefault(name, Listed(name, one["size"], one["e_tag"] or str(one["last_modified"])))
                    last = max(last, name)
                if until and last == until:
                    return _of_record(found)
        return _of_record(found)

    def follow(self, names: Iterable[str]) -> None:
        """Read ahead among these names, as one does who was given them and did not list."""
        self._ahead.follow(names)

    def seen(self) -> str:
        """Return the address: every machine sees a bucket, or says why not when it reads."""
        return self.address

    def read(self, name: str) -> bytes:
        """Return an object's bytes; who reads in the order of names is read ahead for."""
        return self._ahead(name)

    def put(self, name: str, data: bytes) -> None:
        """Put an object where there is none of its name; what is there already with the same bytes is success."""
        if self._ahead.kept(name) == data:
            return  # it was read just now, and a bucket has no state between written and lasting
        self.prove()
        for attempt in range(_ATTEMPTS):
            if self._create(name, data):
                return
            present = self._present(name, attempt)
            if present is None:
                continue
            if present != data:
                raise Refused(
                    f"{self._full(name)} is there already, with other bytes",
                    hint="an event is never rewritten; `briefing verify` checks the record",
                )
            return
        raise TryAgain(f"{self._full(name)} can be neither put nor read", hint=_AGAIN)

    def erase(self, name: str) -> None:
        """Remove the object of a redacted event, or find it gone; versions that the bucket keeps are not reached."""
        self._ahead.forget(name)

        def gone() -> None:
            with suppress(FileNotFoundError):  # so say Azure and Google; S3 says nothing
                self._objects.delete(name)

        self._tried("remove", name, gone)

    def prove(self) -> None:
        """Refuse a bucket that ignores the condition of a put: there, one writer would write over another's event.

        Each try has bytes of its own. What counts is that the bytes of an earlier one stay.
        """
        made_one = False
        for attempt in range(0 if self._proven else _ATTEMPTS):
            said = f"briefing tries conditional puts with this object: {secrets.token_hex(16)}\n".encode()
            made = self._create(PROBE, said)
            present = self._present(PROBE, attempt)
            if made and (made_one or present != said):
                raise Refused(
                    f"{self.address} writes over what is there: it ignores the condition of a put",
                    hint="use a server that honours If-None-Match; nothing of the record was written",
                )
            if present not in (said, None):
                self._proven = True
                return
            made_one = made_one or made
        if not self._proven:
            raise TryAgain(f"{self._full(PROBE)} can be neither put nor read", hint=_AGAIN)

    def _create(self, name: str, data: bytes) -> bool:
        """Put an object and return True; False where one of that name is there."""
        from obstore.exceptions import AlreadyExistsError, PreconditionError

        def create() -> bool:
            try:
                self._objects.put(name, data, mode="create", use_multipart=False)
            except (AlreadyExistsError, PreconditionError):
                return False
            return True

        return self._tried("write", name, create)

    def _present(self, name: str, attempt: int) -> bytes | None:
        """Return the bytes under a name that could not be put; None, after a pause, where another puts it just now."""
        try:
            return self._get(name)
        except StoreFailed as fault:
            if not isinstance(fault.__cause__, FileNotFoundError):
                raise
            time.sleep(_PAUSE * 2**attempt)
            return None

    def _get(self, name: str) -> bytes:
        return self._tried("read", name, lambda: bytes(self._objects.get(name).bytes()))

    def _tried(self, what: str, name: str, work: Callable[[], T]) -> T:
        """Return what some work returns, tried again within bounds while it fails in flight."""
        from obstore.exceptions import BaseError

        begun = time.monotonic()
        pauses = [_PAUSE * 2**attempt for attempt in range(_ATTEMPTS - 1)]
        while True:
            try:
                return _interruptible(work)
            except (BaseError, OSError, ValueError) as fault:
                told = self._failure(what, name, fault)
                if not isinstance(told, TryAgain) or not pauses or time.monotonic() - begun > _PATIENCE:
                    raise told from fault
            except BaseException as fault:
                if type(fault).__name__ != "PanicException":
                    raise
                raise StoreFailed(f"cannot {what} {self._full(name)}: {fault}", hint=_ENVIRONMENT) from fault
            time.sleep(pauses.pop(0))

    def _failure(self, what: str, name: str, fault: Exception) -> BriefingError:
        """Return what to say of a failure: a `TryAgain` where it may be another the next time."""
        from obstore.exceptions import InvalidPathError, PermissionDeniedError, UnauthenticatedError

        said = f"cannot {what} {self._full(name)}: {_reason(fault)}"
        status = _status(fault)
        if "NoSuchBucket" in str(fault) or (not name and status == 404):
            return NoInput(f"there is no bucket for {self.address}", hint="make it with your provider's own tools")
        if isinstance(fault, FileNotFoundError):
            return StoreFailed(f"there is no {self._full(name)}", hint=_LOST)
        if isinstance(fault, PermissionDeniedError | UnauthenticatedError) or status in (400, 401, 403):
            return StoreFailed(said, hint="docs/operations.md lists what the credentials must allow")
        if isinstance(fault, InvalidPathError):
            return StoreFailed(said, hint="rename or remove that object: no file could have its name")
        if status == 501:
            return Refused(said, hint="use a server that knows conditional puts")
        return TryAgain(said, hint=_AGAIN)

    def _full(self, name: str) -> str:
        return f"{self.address.rstrip('/')}/{name}" if name else self.address


def _interruptible(work: Callable[[], T]) -> T:
    """Return what some work returns, done by a thread: the library does not heed an interruption while it waits."""
    if threading.current_thread() is not threading.main_thread():
        return work()
    answer: Future[T] = Future()

    def do() -> None:
        try:
            answer.set_result(work())
        except BaseException as fault:  # noqa: BLE001 - it is raised where it is waited for
            answer.set_exception(fault)

    threading.Thread(target=do, name="request", daemon=True).start()
    return answer.result()


def _of_record(found: dict[str, Listed]) -> list[Listed]:
    """Return the objects but for the probe and the markers of folders."""
    return [one for name, one in sorted(found.items()) if name != PROBE and (one.size or not _MONTH.fullmatch(name))]


_AGAIN = "run the same command again; what is on record is not written twice"
_ENVIRONMENT = "its account, region and credentials come from the environment; see docs/operations.md"
_LOST = "`briefing verify` checks the record"


def _status(fault: Exception) -> int:
    """Return the code that the server answered; 0 where it did not."""
    found = re.search(r"status code: ([0-9]{3})", str(fault))
    return int(found[1]) if found else 0


def _reason(fault: Exception) -> str:
    """Return what the server or the library said, on one line, without the body of the answer but for its code."""
    line = str(fault).partition("\n")[0].partition(": <")[0].rpartition(" - ")[2].strip()
    code = re.search(r"<Code>(\w+)</Code>", str(fault))
    return (line or type(fault).__name__) + (f" ({code[1]})" if code else "")
