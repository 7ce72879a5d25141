"""What work is spread over: processes of this machine, or a Dask cluster's. Both are an `Executor`."""

from __future__ import annotations

import hashlib
import logging
import signal
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from concurrent.futures.process import ProcessPoolExecutor
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any, TypeAlias

from briefing.errors import MissingSystemPart, Refused, TryAgain, UsageProblem

Crew: TypeAlias = Callable[[int], AbstractContextManager[Executor | None]]
"""Given how many things there are to do, opens what does them; None where this process does them sooner."""

_PATIENCE = 10
"""Seconds in which a scheduler has to answer."""
_FORMS = ("tcp", "tls", "ws", "wss")


def alone(_things: int) -> AbstractContextManager[Executor | None]:
    """Leave everything to this process: the `Crew` of one."""
    return nullcontext()


def processes(count: int, *, afresh: bool = False) -> Executor:
    """Return an executor of so many processes of this machine; what is loaded here is loaded there.

    `afresh` begins them with nothing: a client of buckets has threads of its own, and stands still when it is forked.
    """
    method = "spawn" if afresh else "fork" if sys.platform == "linux" else None
    return ProcessPoolExecutor(count, mp_context=get_context(method), initializer=_uninterrupted)


def _uninterrupted() -> None:
    """Leave an interruption to the process that waits: it ends the others."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


@contextmanager
def cluster(address: str, sight: Callable[[], object] = bool) -> Iterator[Executor]:
    """Open the Dask cluster whose scheduler is at an address.

    All of its workers must have this very program, and see by `sight` what this machine sees. What a worker
    had under way when it was lost is done by another.
    """
    if address.partition("://")[0] not in _FORMS:
        raise UsageProblem(f"“{address}” is no address of a scheduler", hint="one is like tcp://scheduler:8786")
    try:
        from distributed import Client
    except ImportError as fault:
        raise MissingSystemPart(
            f"{address} needs a library that is not installed here", hint="pip install 'briefing-notes[cluster]'"
        ) from fault
    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what fails is said by an error of ours
    try:
        client: Any = Client(address, timeout=_PATIENCE, set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, TimeoutError) as fault:
        raise TryAgain(f"no scheduler answers at {address}", hint="start it, or leave --cluster out") from fault
    with client:
        _require_alike(address, client.run(program, on_error="return"), program(), _OTHER_PROGRAM)
        _require_alike(address, client.run(sight, on_error="return"), sight(), _OTHER_SIGHT)
        yield _Loadable(address, client)


class _Sent(Future[Any]):
    """What a worker is to answer, asked of the client itself.

    The client's own executor takes an answer first and looks afterwards whether it came: where the worker is lost in
    between it fails, though it has the answer.
    """

    def __init__(self, theirs: Any) -> None:
        super().__init__()
        self._theirs = theirs

    def result(self, timeout: float | None = None) -> Any:
        """Return the answer, or raise what the work raised."""
        return self._theirs.result(timeout)

    def cancel(self) -> bool:
        """Ask that the work is not begun."""
        self._theirs.cancel()
        return True


class _Loadable(Executor):
    """A cluster's executor that gives no work which a worker cannot load: there it would be tried for ever."""

    def __init__(self, address: str, client: Any) -> None:
        self._address = address
        self._client = client
        self._loaded: set[tuple[str, str]] = set()

    def submit(self, work: Callable[..., Any], /, *given: Any, **named: Any) -> Future[Any]:
        """Give work to a worker; the first of its kind is loaded by all of them beforehand."""
        inner = work
        while isinstance(inner, partial):
            inner = inner.func
        kind = inner.__module__, inner.__qualname__
        if kind not in self._loaded:
            self._require_loaded(work, ".".join(kind))
            self._loaded.add(kind)
        return _Sent(self._client.submit(work, *given, pure=False, **named))

    def _require_loaded(self, work: Callable[..., Any], name: str) -> None:
        from distributed.protocol import pickle

        dumps: Any = pickle.dumps
        said = self._client.run(not_loaded, dumps(work), on_error="return")
        for worker, fault in sorted(said.items()):
            if fault:
                raise Refused(
                    f"the worker {worker} of {self._address} cannot load {name}: {fault}",
                    hint="install there what is installed here, with the same extras, and give it the same environment",
                )


def not_loaded(work: bytes) -> str:
    """Return why this process cannot load some work; nothing where it can."""
    from distributed.protocol import pickle

    loads: Any = pickle.loads
    try:
        loads(work)
    except Exception as fault:  # noqa: BLE001 - of whatever kind, it is said
        return f"{type(fault).__name__}: {fault}"
    return ""


_OTHER_PROGRAM = "do not run this program in this version", "install the same briefing-notes there, under one Python"
_OTHER_SIGHT = (
    "do not see the record that is seen here",
    "a folder must be shared, under one path; `--store s3://…` needs none",
)


def _require_alike(address: str, said: dict[str, object], here: object, otherwise: tuple[str, str]) -> None:
    """Refuse a cluster in which a worker says something else than this machine."""
    if not said:
        raise TryAgain(f"the cluster at {address} has no workers", hint=f"`dask worker {address}` starts one")
    if others := sorted(worker for worker, one in said.items() if one != here):
        what, hint = otherwise
        raise Refused(f"workers of {address} {what}: {', '.join(others)}", hint=hint)


def program() -> str:
    """Return the digest of the program's own modules, and the version of Python that runs them."""
    package = Path(__file__).parent
    modules = (path.read_bytes() for path in sorted(package.rglob("*.py")))
    return hashlib.sha256(b"\0".join((*modules, sys.version.encode()))).hexdigest()
