"""A calendar once more, whole or in other days, from outside or from an own export: nothing is doubled, nothing gone."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from itertools import count

from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.events import MeetingHeld, MeetingPlanned, Recorded
from briefing.export.calendar import calendar as exported
from briefing.incoming import Plan, plan
from briefing.intake.calendar.arrivals import arrivals, wanted_by
from briefing.intake.calendar.occurrence import Window
from briefing.intake.calendar.read import read_calendar
from briefing.pen import Pen
from briefing.projector import project
from tests.given import NOON
from tests.intake.calendar.calendars import calendar, event

KESSLER = "ATTENDEE;CN=Jeffrey Kessler:mailto:jk@x.example"
WEEKLY = "RRULE:FREQ=WEEKLY;COUNT=4"
WHOLE = Window(date(2026, 1, 1), date(2026, 12, 31))
JUNE = Window(date(2026, 6, 1), date(2026, 6, 30))
BEGUN = datetime(2026, 6, 2, 10, 30)  # noqa: DTZ001 - in the zone that the lines name


@dataclass
class Desk:
    """A record to which calendars come, on a day."""

    today: date = date(2026, 5, 1)
    log: list[Recorded] = field(default_factory=list)

    def takes(self, data: bytes, *, window: Window = WHOLE, corrections: bool = True, held: bool = False) -> Plan:
        numbers = count(len(self.log))
        pen = Pen(by="Desk", now=NOON + timedelta(hours=len(self.log)), newest=self.log[-1].at if self.log else None,
                  heads=(self.log[-1].digest,) if self.log else (), nonce=lambda: f"{next(numbers):032x}")  # fmt: skip
        wanted = replace(wanted_by(project(self.log), window, self.today), alone=True, held=held)
        found = plan(arrivals({"a.ics": read_calendar(data, window)}, wanted), tuple(self.log), pen, corrections=corrections)
        self.log += found.events
        return found

    def export(self) -> bytes:
        return exported(project(self.log), self.log)[0]

    def told(self) -> list[tuple[object, ...]]:
        """Return what its meetings say, without how they came here."""
        live = [one.event for one in self.log if isinstance(one.event, MeetingPlanned | MeetingHeld)]
        keys = ("title", "when", "at_time", "duration", "where", "participants", "agencies")
        return sorted((one.id, *(f"{getattr(one, key, None)}" for key in keys)) for one in live)


def nothing(found: Plan) -> bool:
    return not (found.new or found.changed or found.missing or found.events)


def stamp(at: datetime) -> str:
    return f"{at:%Y%m%dT%H%M%S}"


def test_an_export_taken_twice_by_a_second_desk_proposes_to_withdraw_nothing() -> None:
    first, second = Desk(), Desk()
    first.takes(calendar(event(KESSLER, WEEKLY)))
    data = first.export()

    assert len(second.takes(data).new) == 4
    assert nothing(second.takes(data)), "the days of a series are known by the ids under which they were exported"
    assert nothing(first.takes(data))
    assert second.told() == first.told()


def test_a_day_that_was_moved_in_the_first_desk_is_a_change_in_the_second() -> None:
    first, second = Desk(), Desk()
    first.takes(calendar(event(KESSLER, WEEKLY)))
    second.takes(first.export())
    moved = event(KESSLER, "RECURRENCE-ID:20260609T103000Z", "SEQUENCE:1", start=":20260610T110000Z")
    first.takes(calendar(event(KESSLER, WEEKLY), moved))

    found = second.takes(first.export())

    assert [[change.path for change in one.changes] for one in found.changed] == [["when", "at_time"]]
    assert found.new == found.missing == ()


def test_a_day_that_was_moved_out_of_the_days_asked_for_is_not_gone() -> None:
    desk = Desk()
    desk.takes(calendar(event(KESSLER, WEEKLY)))
    moved = event(KESSLER, "RECURRENCE-ID:20260609T103000Z", start=":20260910T110000Z")

    assert nothing(desk.takes(calendar(event(KESSLER, WEEKLY), moved), window=JUNE))


def test_a_day_whose_own_entry_cannot_be_read_is_neither_gone_nor_put_back() -> None:
    desk = Desk()
    moved = event(KESSLER, "RECURRENCE-ID:20260609T103000Z", start=":20260610T110000Z")
    desk.takes(calendar(event(KESSLER, WEEKLY), moved))

    found = desk.takes(calendar(event(KESSLER, WEEKLY), moved.replace("SUMMARY:Talks", "SUMMARY:")))

    assert nothing(found)
    assert [one.why for one in found.left] == ["it has no title"]


def test_a_day_that_is_named_in_another_zone_is_the_same_day() -> None:
    desk = Desk()
    series = event(KESSLER, WEEKLY, start=";TZID=Asia/Kolkata:20260602T103000")
    desk.takes(calendar(series))

    moved = event(KESSLER, "RECURRENCE-ID:20260609T050000Z", start=";TZID=Asia/Kolkata:20260609T113000")
    found = desk.takes(calendar(series, moved))

    assert [[change.path for change in one.changes] for one in found.changed] == [["at_time"]]
    assert found.new == found.missing == ()


def test_a_single_entry_that_becomes_a_series_is_its_day_on_record() -> None:
    desk = Desk()
    desk.takes(calendar(event(KESSLER)))

    found = desk.takes(calendar(event(KESSLER, WEEKLY)))

    assert (len(found.new), len(found.same), found.missing) == (3, 1, ())
    assert nothing(desk.takes(calendar(event(KESSLER, WEEKLY))))
    back = desk.takes(calendar(event(KESSLER)))
    assert (back.new, len(back.same), len(back.missing)) == ((), 1, 3)


def test_what_is_taken_out_or_cancelled_is_told_as_before() -> None:
    """Without this, the others here would hold of a program that never tells anything."""
    desk = Desk()
    desk.takes(calendar(event(KESSLER, WEEKLY)))
    cancelled = event(KESSLER, "RECURRENCE-ID:20260616T103000Z", "STATUS:CANCELLED", start=":20260616T103000Z")

    found = desk.takes(calendar(event(KESSLER, WEEKLY, "EXDATE:20260609T103000Z"), cancelled))

    assert [one.event.origin for one in found.missing] == ["ics:one@x/20260609T103000Z", "ics:one@x/20260616T103000Z"]


# ── over calendars drawn at random ────────────────────────────────────────────────────────────


@st.composite
def series(draw: st.DrawFn) -> tuple[str, ...]:
    """Return a series as its entries: days taken out, moved near and far, cancelled, and named in UTC."""
    uid, zone = draw(st.sampled_from(["one@x", "two@x"])), draw(st.sampled_from(["", ";TZID=Asia/Kolkata", ";TZID=Europe/London"]))
    days = [BEGUN + timedelta(weeks=n) for n in range(draw(st.integers(1, 5)))]
    out = draw(st.lists(st.sampled_from(days), unique=True, max_size=2))
    rule = [f"RRULE:FREQ=WEEKLY;COUNT={len(days)}", *(f"EXDATE{zone}:{stamp(day)}" for day in out)]
    found = [event(KESSLER, "DURATION:PT45M", *rule, uid=uid, start=f"{zone}:{stamp(BEGUN)}")]
    for day in days:
        away = draw(st.sampled_from([None, None, 1, 120]))
        if day not in out and away is not None:
            state = draw(st.sampled_from([[], ["STATUS:CANCELLED"]]))
            own = [f"RECURRENCE-ID{zone}:{stamp(day)}", "SEQUENCE:1", *state]
            found.append(event(KESSLER, *own, uid=uid, title=draw(st.sampled_from(["Talks", "More talks"])),
                               start=f"{zone}:{stamp(day + timedelta(days=away))}"))  # fmt: skip
    return tuple(found)


@st.composite
def calendars(draw: st.DrawFn) -> bytes:
    found = {one[0].partition("\r\nSUMMARY")[0]: one for one in draw(st.lists(series(), min_size=1, max_size=2))}
    whole = event(KESSLER, "DTEND;VALUE=DATE:20260606", uid="days@x", start=";VALUE=DATE:20260603")
    return calendar(*(part for one in found.values() for part in one), *draw(st.sampled_from([[], [whole]])))


@settings(deadline=None, max_examples=25)
@given(calendars(), st.sampled_from([WHOLE, JUNE]), st.booleans())
def test_the_same_calendar_in_whatever_days_and_its_export_double_nothing_and_propose_to_withdraw_nothing(
    data: bytes, window: Window, held: bool
) -> None:
    first = Desk(today=date(2026, 6, 12) if held else date(2026, 5, 1))
    first.takes(data, held=held)
    cancelled = [one for one in first.takes(data, window=window, held=held).missing if one.event.origin not in _cancelled(data)]
    assert cancelled == []
    assert not first.takes(data, window=window, held=held).events

    if not project(first.log).planned and not project(first.log).meetings:
        return
    second, out = Desk(today=first.today), first.export()
    second.takes(out, held=held)
    assert nothing(second.takes(out, held=held))
    assert nothing(second.takes(out, held=held, window=window))
    assert nothing(first.takes(out, held=held))
    assert second.told() == first.told()


def _cancelled(data: bytes) -> set[str]:
    return {f"{one.key}" for one in read_calendar(data, WHOLE).occurrences if one.state == "cancelled"}
