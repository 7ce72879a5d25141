"""What of an agency's contacts its page covers: those in its period, the newest ones where they are many."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from briefing.dates import sort_key
from briefing.notes.language import format_day, say
from briefing.periods import MOST, Period
from briefing.state import Meeting


@dataclass(frozen=True, slots=True)
class Covered:
    """Contacts, newest first; whether the period has `more`; the newest `before` it; and the period as it came out.

    `asked` is the period that was asked for, where it had no contact and the page goes back further.
    """

    meetings: tuple[Meeting, ...]
    more: bool
    before: Meeting | None
    period: Period
    asked: Period | None = None

    def printed(self, today: date | None) -> str:
        """Return the period as a title has it: "1 July 2025 to 30 June 2026"; empty where nothing is left out."""
        first, last = self.period.start, self.period.end or today
        whole = self.period.end is None and not self.more and self.before is None
        if whole or first is None or last is None:
            return ""
        return say("{first} to {last}", first=format_day(first), last=format_day(last))

    def ended(self) -> tuple[str, str]:
        """Return the first and last day of a period that has an end, as printed; of one that has none, nothing."""
        return _printed(self.period.start if self.period.end else None), _printed(self.period.end)

    def since(self) -> str:
        """Return the day from which contacts were asked for and there was none, as printed."""
        return _printed(self.asked.start) if self.asked else ""


def covered(meetings: Iterable[Meeting], period: Period) -> Covered:
    """Return what a page covers of all contacts.

    A contact is in the period when any of its days may be, one without a date too. A period with an end is taken
    as it is; one up to now in which there was none ("6 months") goes back to the last contact. Of more than
    `MOST` the newest are told.
    """
    newest_first = sorted(meetings, key=lambda m: sort_key(m.when), reverse=True)
    if period.is_all:
        return Covered(tuple(newest_first), more=False, before=None, period=period)
    begun = [m for m in newest_first if not period.over_before(m.when)]
    dated = [m for m in begun if sort_key(m.when)[0]]
    asked = None
    if dated and period.end is None and not any(period.holds(m.when) for m in dated):
        asked, period = period, Period(dated[0].when.start if dated[0].when else None)
    inside = [m for m in begun if period.holds(m.when)]
    before = next((m for m in dated if not period.holds(m.when)), None)
    return Covered(tuple(inside[:MOST]), more=len(inside) > MOST, before=before, period=period, asked=asked)


def _printed(day: date | None) -> str:
    return format_day(day) if day else ""
