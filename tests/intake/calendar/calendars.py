"""Calendar files for tests, as lines."""

from __future__ import annotations

from datetime import date

from briefing.intake.calendar.occurrence import CalendarRead, Occurrence, Window
from briefing.intake.calendar.read import read_calendar

WINDOW = Window(date(2020, 1, 1), date(2029, 12, 31))


def event(*lines: str, uid: str = "one@x", title: str = "Talks", start: str = ":20260602T103000Z") -> str:
    head = [f"UID:{uid}"] if uid else []
    told = [f"SUMMARY:{title}"] if title else []
    begun = [f"DTSTART{start}"] if start else []
    return "\r\n".join(["BEGIN:VEVENT", *head, *told, *begun, *lines, "END:VEVENT", ""])


def calendar(*events: str, head: str = "") -> bytes:
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{head}{''.join(events)}END:VCALENDAR\r\n".encode()


def read(*events: str, head: str = "", window: Window = WINDOW) -> CalendarRead:
    return read_calendar(calendar(*events, head=head), window)


def only(*events: str, head: str = "") -> Occurrence:
    (found,) = read(*events, head=head).occurrences
    return found
