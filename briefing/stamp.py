"""When an event is recorded, against the newest on record: names in order are causes before effects."""

from __future__ import annotations

from datetime import datetime, timedelta

from briefing.errors import ClockBehind

SILENT = timedelta(minutes=5)
WARNED = timedelta(hours=24)


def next_time(now: datetime, newest: datetime | None) -> datetime:
    """Return the time of the next event: now, or a microsecond behind the newest where that is later."""
    return now if newest is None else max(now, newest + timedelta(microseconds=1))


def check_clock(now: datetime, newest: datetime, name: str, *, accept: bool = False) -> str | None:
    """Return a warning when the newest event is ahead of this clock; raise `ClockBehind` beyond a day.

    Up to five minutes are followed silently.
    """
    ahead = newest - now
    if ahead <= SILENT:
        return None
    shown = (f"{newest:%Y-%m-%d %H:%M:%S} UTC", f"{now:%Y-%m-%d %H:%M:%S} UTC")
    if ahead > WARNED and not accept:
        raise ClockBehind(name=name, newest=shown[0], now=shown[1])
    return f"the newest event is dated {shown[0]}, but this clock says {shown[1]}; following it"
