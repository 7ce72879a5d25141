"""The exception tree: a problem in a request, said in one sentence with what to do next.

Problems in the *data* are values (`briefing.state.Finding`); these classes are for requests.
Each takes facts and builds its own sentence and hint.

====================  ====  ==============================================================
class                 exit  when
====================  ====  ==============================================================
UsageProblem             2  an option or argument that cannot be meant
InvalidDraft             3  a draft or an event that breaks a rule; holds every `Problem`
CannotOpen               3  a file of others that is damaged, locked, of no known kind, or made to harm
NotOnRecord              4  a reference that names nothing, with the nearest names
Refused                  5  possible, but would break a promise of the record
NoInput                 66  no workspace, no events folder, no such file
MissingSystemPart       69  a system library or font that rendering needs
OutputFailed            73  the output cannot be created or written
StoreFailed             74  reading or writing the record failed
TryAgain                75  another process is in the way, a bucket or a cluster does not answer
====================  ====  ==============================================================

0 is success, 1 a check that found problems, 70 a bug, 130 an interruption.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar


class BriefingError(Exception):
    """A request that cannot be carried out: `message`, `hint`, and the exit code of its class."""

    exit_code: ClassVar[int] = 70

    def __init__(self, message: str, *, hint: str = "") -> None:
        """Keep the sentence and the hint apart, so that each prints on a line of its own."""
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __reduce__(self) -> tuple[Any, ...]:
        """Travel whole between processes: each class has arguments of its own, so that none is made again from them."""
        return _again, (type(self), self.args, self.__dict__)

    def lines(self) -> list[str]:
        """Return what is printed on stderr, one string a line."""
        return [f"error: {self.message}", *([f"hint:  {self.hint}"] if self.hint else [])]


def _again(kind: type[BriefingError], arguments: tuple[Any, ...], facts: dict[str, Any]) -> BriefingError:
    one = kind.__new__(kind, *arguments)
    one.__dict__.update(facts)
    return one


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: a file's name and, when known, line and column from 1."""

    file: str
    line: int | None = None
    column: int | None = None

    def __str__(self) -> str:
        """Return FILE:LINE:COL, as far as it is known."""
        return ":".join(str(part) for part in (self.file, self.line, self.column) if part is not None)


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong in a draft: where, what, and what to do."""

    place: Place
    what: str
    hint: str = ""


class UsageProblem(BriefingError):
    """An option or argument that cannot be meant."""

    exit_code = 2


class InvalidDraft(BriefingError):
    """A draft that breaks rules; every problem is reported at once."""

    exit_code = 3

    def __init__(self, problems: list[Problem]) -> None:
        """Take the problems in the order in which they stand in the file."""
        super().__init__("; ".join(problem.what for problem in problems))
        self.problems = problems

    def lines(self) -> list[str]:
        """Return an error line, and a hint line where there is one, for each problem."""
        out: list[str] = []
        for problem in self.problems:
            out.append(f"error: {problem.place}: {problem.what}")
            if problem.hint:
                out.append(f"hint:  {problem.hint}")
        return out


class CannotOpen(InvalidDraft):
    """A file of others that cannot be opened: damaged, locked, of no known kind, or beyond its bounds."""

    def __init__(self, place: Place, what: str, hint: str = "") -> None:
        """Name the file and what is wrong with it."""
        super().__init__([Problem(place, what, hint)])


class NotOnRecord(BriefingError):
    """A reference that names nothing on record."""

    exit_code = 4

    def __init__(self, kind: str, reference: str = "", *, nearest: tuple[str, ...] = (), hint: str = "") -> None:
        """Name the kind of thing, what was asked for if one was, and the nearest names on record."""
        nearby = "nearest on record: " + ", ".join(nearest) if nearest else hint
        what = f"{kind} “{reference}”" if reference else kind
        super().__init__(f"no {what} is on record", hint=nearby or "`briefing list` shows what is on record")
        self.nearest = nearest


class Refused(BriefingError):
    """Something that would break a promise of the record."""

    exit_code = 5


class RecordNotWhole(Refused):
    """A paper was asked for on a record that has altered, missing or unknown events."""

    def __init__(self, what: list[str]) -> None:
        """Name each file and what is wrong with it."""
        super().__init__(
            "the record is not whole: " + "; ".join(what),
            hint="bring the files back from a copy or a backup, and run the command again",
        )
        self.what = what


class ClockBehind(Refused):
    """The newest event is dated so far ahead of this clock that one of them must be wrong."""

    def __init__(self, *, name: str, newest: str, now: str) -> None:
        """Name the file of the newest event and both times."""
        super().__init__(
            f"the newest event is dated {newest}, but this clock says {now} ({name})",
            hint="correct the clock, or pass --accept-clock",
        )


class NoInput(BriefingError):
    """There is nothing to read: no workspace, no events folder, no such file."""

    exit_code = 66


class MissingSystemPart(BriefingError):
    """A system library or font that rendering needs is not on this machine."""

    exit_code = 69


class OutputFailed(BriefingError):
    """The output cannot be created or written."""

    exit_code = 73


class StoreFailed(BriefingError):
    """Reading or writing the record failed."""

    exit_code = 74


class TryAgain(BriefingError):
    """Another process is in the way, or a bucket does not answer; the same command will do later."""

    exit_code = 75


class WorkersLost(TryAgain):
    """The processes that did the work were stopped from outside, or their machines are gone; there are no others."""

    def __init__(
        self,
        what: str = "a process that did a part of the work was stopped from outside",
        *,
        hint: str = "where memory is short, workers = 1 does all in this process",
    ) -> None:
        """Say what is lost, and what may be done."""
        super().__init__(what, hint=f"nothing was written; {hint}")
