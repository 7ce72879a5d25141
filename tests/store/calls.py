"""System calls as Python makes them: listed by name, and one of them made to fail or to end the process."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

WATCHED = ("open", "write", "fsync", "close", "link", "rename", "unlink", "mkdir")


@dataclass(frozen=True)
class Fault:
    """What befalls call number `at`: an error or the end, before the call is done, after it, or half-way."""

    at: int
    moment: str
    error: int | None


@dataclass
class Calls:
    """Watches the calls by which files are written; `made` lists each with what it was for, like "fsync events".

    With `log`, each is also written to that file as it ends, for a process that does not live to tell.
    """

    monkeypatch: pytest.MonkeyPatch
    fault: Fault | None = None
    log: Path | None = None
    made: list[str] = field(default_factory=list)
    open_files: dict[int, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name in WATCHED:
            self.monkeypatch.setattr(os, name, self._watched(name, getattr(os, name)))

    def first(self, beginning: str) -> int:
        return next(n for n, one in enumerate(self.made) if one.startswith(beginning))

    def _watched(self, name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(first: Any, *rest: Any, **options: Any) -> Any:
            subject = self.open_files.get(first, "?") if isinstance(first, int) else Path(first).name
            number = len(self.made)
            self.made.append(f"{name} {subject}")
            fault = self.fault if self.fault and self.fault.at == number else None
            if fault and fault.moment == "before":
                self._note("failed", self.made[-1])
                self._strike(fault)
            if fault and name == "write":
                real(first, rest[0][: len(rest[0]) // 2])
                self._strike(fault)
            try:
                result = real(first, *rest, **options)
            except OSError:
                self._note("failed", self.made[-1])
                raise
            self._note("done", f"{name} {subject}")
            if name == "open":
                self.open_files[result] = subject
            if fault:
                if name == "open":
                    self.open_files.pop(result)
                    CLOSE(result)
                self._strike(fault)
            return result

        return call

    def _note(self, how: str, made: str) -> None:
        if self.log is not None:
            with self.log.open("a", encoding="utf-8") as log:
                log.write(f"{how} {made}\n")

    @staticmethod
    def _strike(fault: Fault) -> None:
        if fault.error is None:
            os._exit(99)
        raise OSError(fault.error, os.strerror(fault.error))


CLOSE = os.close
