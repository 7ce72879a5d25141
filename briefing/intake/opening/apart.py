"""A file is read by a process of its own, which answers with bytes: what was read, or why it was refused."""

from __future__ import annotations

from collections.abc import Callable

from briefing.confined import Bounds, Guest, confined
from briefing.errors import OutputFailed
from briefing.intake.opening.opened import (
    CannotRead,
    Reading,
    packed,
    packed_refusal,
    unpacked,
    unpacked_refusal,
)

BOUNDS = Bounds(seconds=20, memory=1 << 30)
GUEST = Guest(
    what="it",
    process_for="a file of others",
    failed="it cannot be read",
    hint="save what is needed of it as plain text",
    elsewhere="save it as plain text, or open it on Linux or macOS",
)

LIBRARIES = {"html": "lxml.etree", "docx": "lxml.etree", "pdf": "pypdf", "eml": "email.message"}
READ, REFUSED = b"r", b"x"


def read_apart(kind: str, data: bytes) -> Reading:
    """Return what a process of its own reads; raise `CannotRead` for what it refuses, and when it is stopped."""
    return unpacked(apart(read_packed, kind, data, loading=(LIBRARIES[kind],)))


def apart(job: Callable[..., bytes], *arguments: object, loading: tuple[str, ...]) -> bytes:
    """Return what a function of a module answers in a process of its own; its `CannotRead` is raised here.

    `loading` are the libraries that it needs: loaded once, however many files are read.
    """
    try:
        answer = confined(_answered, job, *arguments, loading=(__name__, *loading), bounds=BOUNDS, guest=GUEST)
    except OutputFailed as fault:
        raise CannotRead(fault.message, fault.hint) from fault
    if answer[:1] != READ:
        raise unpacked_refusal(answer[1:])
    return answer[1:]


def _answered(job: Callable[..., bytes], *arguments: object) -> bytes:
    try:
        return READ + job(*arguments)
    except CannotRead as fault:
        return REFUSED + packed_refusal(fault)


def read_packed(kind: str, data: bytes) -> bytes:
    """Return a reading as bytes."""
    return packed(reader(kind)(data))


def reader(kind: str) -> Callable[[bytes], Reading]:
    """Return what reads a kind; its library is imported where it is needed."""
    if kind == "html":
        from briefing.intake.opening.page import read_page

        return read_page
    if kind == "docx":
        from briefing.intake.opening.word import read_word

        return read_word
    if kind == "pdf":
        from briefing.intake.opening.printed import read_printed

        return read_printed
    from briefing.intake.opening.mail import read_mail

    return read_mail
