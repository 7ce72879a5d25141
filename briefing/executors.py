"""What work is spread over: processes of this machine, or a Dask cluster's. Both are an `Executor`."""

from __future__ import annotations

import hashlib
import logging
import re
import signal
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, Executor, Future
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import partial
from pathlib import Path
from typing import Any, TypeAlias

from briefing.errors import MissingSystemPart, Refused, TryAgain, UsageProblem, WorkersLost

Crew: TypeAlias = Callable[[int], AbstractContextManager[Executor | None]]
"""Given how many things there are to do, opens what does them; None where this process does them sooner."""

_PATIENCE = 10
"""Seconds in which a scheduler has to answer."""
_ADDRESS = re.compile(r"(tcp|tls|wss?)://([^\s:/?#@\[\]]+|\[[0-9A-Fa-f:.]+\]):[0-9]{1,5}/?")


def alone(_things: int) -> AbstractContextManager[Executor | None]:
    """Leave everything to this process: the `Crew` of one."""
    return nullcontext()


def processes(count: int, *, afresh: bool = False) -> Executor:
    """Return an executor of so many processes of this machine; what is loaded here is loaded there.

    `afresh` begins them with nothing: a client of buckets has threads of its own, and stands still when it is forked.
    """
    from concurrent.futures.process import ProcessPoolExecutor  # not loaded by a command that has no use for it
    from multiprocessing import get_context

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
    if not _ADDRESS.fullmatch(address):
        raise UsageProblem(f"“{address}” is no address of a scheduler", hint="one is like tcp://scheduler:8786")
    address = address.removesuffix("/")
    try:
        from distributed import Client
    except ImportError as fault:
        raise MissingSystemPart(
            f"{address} needs a library that is not installed here", hint="pip install 'briefing-notes[cluster]'"
        ) from fault
    for name in ("distributed", "distributed.client"):  # what fails is said by an error of ours
        logging.getLogger(name).setLevel(logging.CRITICAL)
    try:
        _require_scheduler(address)
        client: Any = Client(address, timeout=_PATIENCE, set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, TimeoutError) as fault:
        raise TryAgain(f"no scheduler answers at {address}", hint="start it, or leave --cluster out") from fault
    with client:
        _require_alike(address, _asked(client, program), program(), _OTHER_PROGRAM)
        _require_alike(address, _asked(client, sight), sight(), _OTHER_SIGHT)
        yield _Loadable(address, client)


def _require_scheduler(address: str) -> None:
    """Refuse an address at which something else answers, or that needs certificates which are not named here.

    The client itself would wait for ever for the first word of what is no scheduler.
    """
    import asyncio

    from distributed import Security

    try:
        secured = Security().get_connection_args("client")  # type: ignore[no-untyped-call]
    except OSError as fault:
        raise UsageProblem(f"the certificates for {address} cannot be used: {fault}", hint=_CERTIFICATES) from fault
    if address.startswith(("tls:", "wss:")) and not secured.get("ssl_context"):
        raise UsageProblem(f"{address} needs certificates, and none are named", hint=_CERTIFICATES)
    kind = asyncio.run(asyncio.wait_for(_kind(address, secured), _PATIENCE))
    if kind != "Scheduler":
        what = f"at {address} there is a {kind.lower()} and no scheduler"
        raise UsageProblem(what, hint="a scheduler says its address when it starts")


async def _kind(address: str, secured: dict[str, Any]) -> str:
    """Return what of Dask answers at an address."""
    from distributed.core import rpc

    async with rpc(address, connection_args=secured) as there:  # type: ignore[no-untyped-call]
        return str((await there.identity())["type"])


_CERTIFICATES = "Dask is told of them in its settings: distributed.comm.tls, its ca-file, cert and key of its client"


class _Sent(Future[Any]):
    """What a worker is to answer, asked of the client itself.

    The client's own executor takes an answer first and looks afterwards whether it came: where the worker is lost in
    between it fails, though it has the answer.
    """

    def __init__(self, theirs: Any, address: str, client: Any) -> None:
        super().__init__()
        self._theirs = theirs
        self._address = address
        self._client = client

    def result(self, timeout: float | None = None) -> Any:
        """Return the answer, or raise what the work raised; `WorkersLost` where nobody is left who could answer."""
        from distributed import KilledWorker

        try:
            while timeout is None and not self._came(_PATIENCE):
                if not self._anybody() and not self._came(_PATIENCE) and not self._anybody():
                    what = f"no worker of {self._address} is left"
                    raise WorkersLost(what, hint=f"`dask worker {self._address}` starts one")
            return self._theirs.result(timeout)
        except CancelledError as fault:
            raise WorkersLost(f"the scheduler at {self._address} was lost", hint="start it again") from fault
        except KilledWorker as fault:
            what = f"{fault.allowed_failures + 1} workers of {self._address} were lost to one piece of work"
            raise WorkersLost(what, hint="what they said last tells why; they may be short of memory") from fault

    def _came(self, seconds: float) -> bool:
        """Wait for the end of the work, for so long."""
        try:
            self._theirs.exception(seconds)
        except TimeoutError:
            return False
        return True

    def _anybody(self) -> bool:
        """Tell whether there is a worker; one that was lost may be on its way again."""
        return bool(self._client.scheduler_info()["workers"])

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
        return _Sent(self._client.submit(work, *given, pure=False, **named), self._address, self._client)

    def _require_loaded(self, work: Callable[..., Any], name: str) -> None:
        """Refuse work that a worker cannot load, or the scheduler, through whose hands it goes."""
        from distributed.protocol import pickle

        dumps: Any = pickle.dumps
        data = dumps(work)
        try:
            passed = self._client.run_on_scheduler(not_loaded, data)
        except Exception as fault:  # noqa: BLE001 - without the program it cannot even ask itself
            passed = _told(fault)
        said = _asked(self._client, not_loaded, data)
        for where, why in (("scheduler", passed), *((f"worker {one}", said[one]) for one in sorted(said))):
            if why:
                raise Refused(
                    f"the {where} of {self._address} cannot load {name}: {why}",
                    hint="install there what is installed here, with the same extras, and give it the same environment",
                )


def _asked(client: Any, work: Callable[..., object], *given: object) -> dict[str, object]:
    """Return what each worker answers, or raises, but for those that are lost before they can."""
    from distributed.comm.core import CommClosedError

    said: dict[str, object] = client.run(work, *given, on_error="return")
    return {worker: one for worker, one in said.items() if not isinstance(one, CommClosedError)}


def not_loaded(work: bytes) -> str:
    """Return why this process cannot load some work; nothing where it can."""
    from distributed.protocol import pickle

    loads: Any = pickle.loads
    try:
        loads(work)
    except Exception as fault:  # noqa: BLE001 - of whatever kind, it is said
        return _told(fault)
    return ""


def _told(fault: Exception) -> str:
    return f"{type(fault).__name__}: {fault}"


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
