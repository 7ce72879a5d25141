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

READ, REFUSED = b"r", b"x"


def read_apart(kind: str, data: bytes) -> Reading:
    """Return what a process of its own reads; raise `CannotRead` for what it refuses, and when it is stopped."""
    try:
        answer = confined(answered, kind, data, loading=__name__, bounds=BOUNDS, guest=GUEST)
    except OutputFailed as fault:
        raise CannotRead(fault.message, fault.hint) from fault
    if answer[:1] != READ:
        raise unpacked_refusal(answer[1:])
    return unpacked(answer[1:])


def answered(kind: str, data: bytes) -> bytes:
    """Return a reading, or a refusal, as bytes: what is run in a process of its own."""
    try:
        return READ + packed(reader(kind)(data))
    except CannotRead as fault:
        return REFUSED + packed_refusal(fault)


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
