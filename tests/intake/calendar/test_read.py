"""A calendar file is its occurrences in a window; what is none says why."""

from __future__ import annotations

import random
from datetime import date

import pytest

from briefing.intake.calendar.occurrence import CalendarRead, Window, packed, unpacked
from briefing.intake.calendar.read import MAX_OCCURRENCES, read_calendar
from briefing.intake.opening.opened import CannotRead
from tests.intake.calendar.calendars import WINDOW, calendar, event, only, read

LONDON = ";TZID=Europe/London:20260602T153000"
ZONE = """BEGIN:VTIMEZONE
TZID:Our own zone
BEGIN:STANDARD
DTSTART:19700101T000000
TZOFFSETFROM:+0530
TZOFFSETTO:+0530
TZNAME:OST
END:STANDARD
END:VTIMEZONE
""".replace("\n", "\r\n")


def days(found: CalendarRead) -> list[str]:
    return [one.start for one in found.occurrences]


def why(found: CalendarRead) -> list[str]:
    return [one.why for one in found.left]


# When


@pytest.mark.parametrize(("start", "more", "at", "duration"), [
    (LONDON, "DURATION:PT1H30M", "15:30 Europe/London", "1 hour 30 minutes"),
    (LONDON, "DTEND;TZID=Europe/London:20260602T161500", "15:30 Europe/London", "45 minutes"),
    (":20260602T103000Z", "", "10:30 UTC", ""),
    (":20260602T103000", "", "10:30", ""),
    (";TZID=India Standard Time:20260602T103000", "", "10:30 India Standard Time", ""),
    (";TZID=Our own zone:20260602T103000", "", "10:30 OST", ""),
    (";VALUE=DATE:20260602", "", "", ""),
    (LONDON, "DTEND;TZID=Asia/Kolkata:20260602T210000", "15:30 Europe/London", "1 hour"),
])  # fmt: skip
def test_a_time_is_that_of_its_own_zone(start: str, more: str, at: str, duration: str) -> None:
    found = only(ZONE, event(*([more] if more else []), start=start))

    assert (found.start, found.end, found.duration) == ("2026-06-02", "2026-06-02", duration)
    assert found.at.split(" ")[0] == at.split(" ", maxsplit=1)[0]
    assert found.at == at or start.startswith(";TZID=India")


def test_a_meeting_late_in_the_evening_stays_on_its_day_in_its_own_zone() -> None:
    found = only(event("DURATION:PT2H", start=";TZID=America/Los_Angeles:20260602T233000"))

    assert (found.start, found.end, found.duration) == ("2026-06-02", "2026-06-02", "2 hours")


def test_whole_days_end_on_the_day_before_the_end_that_the_file_names() -> None:
    span = only(event("DTEND;VALUE=DATE:20260605", start=";VALUE=DATE:20260602"))
    long = only(event("DURATION:P2D", start=LONDON))

    assert (span.start, span.end, span.at) == ("2026-06-02", "2026-06-04", "")
    assert (long.start, long.end, long.duration) == ("2026-06-02", "2026-06-04", "")


def test_times_in_utc_are_in_the_zone_that_the_calendar_calls_its_own() -> None:
    found = only(event(start=":20260602T203000Z"), head="X-WR-TIMEZONE:Asia/Kolkata\r\n")

    assert (found.start, found.at) == ("2026-06-03", "02:00 Asia/Kolkata")


# Series


def test_a_series_is_its_days_without_those_taken_out_and_with_those_added_or_moved() -> None:
    master = event("RRULE:FREQ=WEEKLY;COUNT=4", "EXDATE;TZID=Europe/London:20260609T153000",
                   "RDATE;TZID=Europe/London:20260604T090000", start=LONDON)  # fmt: skip
    moved = event("RECURRENCE-ID;TZID=Europe/London:20260616T153000", title="Talks, moved", start=";TZID=Europe/London:20260617T160000")
    found = read(master, moved)

    assert sorted((one.start, one.at[:5], one.title, one.recurrence) for one in found.occurrences) == [
        ("2026-06-02", "15:30", "Talks", "20260602T153000"),
        ("2026-06-04", "09:00", "Talks", "20260604T090000"),
        ("2026-06-17", "16:00", "Talks, moved", "20260616T153000"),
        ("2026-06-23", "15:30", "Talks", "20260623T153000"),
    ]
    assert found.series == ("one@x",)
    assert {one.title: one.line for one in found.occurrences} == {"Talks": 3, "Talks, moved": 11}


def test_a_series_keeps_its_time_of_day_over_a_change_of_clocks() -> None:
    found = read(event("RRULE:FREQ=MONTHLY;COUNT=3", start=";TZID=Europe/London:20260915T100000"))

    assert [(one.start, one.at) for one in found.occurrences] == [
        ("2026-09-15", "10:00 Europe/London"), ("2026-10-15", "10:00 Europe/London"), ("2026-11-15", "10:00 Europe/London"),
    ]  # fmt: skip


def test_a_series_without_end_is_taken_within_the_window() -> None:
    window = Window(date(2026, 6, 10), date(2026, 6, 17))

    assert days(read(event("RRULE:FREQ=WEEKLY", start=LONDON), window=window)) == ["2026-06-16"]
    assert days(read(event("RRULE:FREQ=WEEKLY", start=LONDON), window=Window(date(2026, 6, 9), date(2026, 6, 16)))) == ["2026-06-09", "2026-06-16"]
    outside = read(event(start=LONDON), window=window)
    assert (days(outside), why(outside)) == ([], ["no day of it is in 2026-06-10 to 2026-06-17"])


def test_of_two_copies_of_one_entry_the_newest_holds() -> None:
    found = read(event("SEQUENCE:2", title="New"), event("SEQUENCE:1", title="Old"))

    assert [one.title for one in found.occurrences] == ["New"]
    assert [(one.kind, one.words) for one in found.left] == [("older copies", "Old")]


def test_a_daily_series_loses_no_day_and_has_none_twice() -> None:
    found = read(event("RRULE:FREQ=DAILY", "DURATION:PT18H", start=LONDON), window=Window(date(2026, 7, 1), date(2028, 6, 30)))

    assert len(days(found)) == len(set(days(found))) == 731


# Who and where


def test_people_groups_and_rooms_are_told_apart_and_who_declined_is_left_out() -> None:
    found = only(event(
        "ORGANIZER;CN=Anita Rao:mailto:AR@mea.example", "ATTENDEE;CN=Anita Rao;ROLE=CHAIR:mailto:ar@mea.example",
        'ATTENDEE;CN="Kessler, Jeffrey":mailto:jk@commerce.example', "ATTENDEE;CN=Bob;PARTSTAT=DECLINED:mailto:b@x.example",
        "ATTENDEE;CN=Board Room;CUTYPE=ROOM:mailto:r@x.example", "ATTENDEE;CN=Trade Team;CUTYPE=GROUP:mailto:t@x.example",
        "ATTENDEE;CN=x@x.example:mailto:x@x.example", "ATTENDEE:MAILTO:y@x.example",
    ))  # fmt: skip

    assert [(one.name, one.address, one.kind, one.role) for one in found.people] == [
        ("Anita Rao", "ar@mea.example", "person", "organiser"), ("Jeffrey Kessler", "jk@commerce.example", "person", ""),
        ("Trade Team", "t@x.example", "group", ""), ("", "x@x.example", "person", ""), ("", "y@x.example", "person", ""),
    ]  # fmt: skip
    assert found.where == "Board Room"


def test_an_organiser_who_was_not_invited_is_told_and_is_no_one_met() -> None:
    found = only(event("ORGANIZER;CN=Private Office:mailto:po@mea.example"))

    assert (found.people, found.remarks) == ((), ("organised by Private Office, who is not among those invited",))


@pytest.mark.parametrize(("location", "where", "online"), [
    ("Room 3\\, South Block", "Room 3, South Block", False), ("https://meet.example/secret?pwd=1", "", True),
    ("South Block (https://meet.example/secret)", "South Block", True),
])  # fmt: skip
def test_a_link_that_lets_one_in_is_no_place(location: str, where: str, online: bool) -> None:
    found = only(event(f"LOCATION:{location}", "DESCRIPTION:PIN 1234"))

    assert (found.where, found.online) == (where, online)
    assert b"secret" not in packed(CalendarRead((found,), (), ()))
    assert b"1234" not in packed(CalendarRead((found,), (), ()))


# What is not taken


@pytest.mark.parametrize(("entry", "what"), [
    (event(title=""), "it has no title"),
    (event(start=""), "No DTSTART given"),
    (event(start=":tomorrow"), "its DTSTART cannot be read"),
    (event("DTEND:20260601T103000Z"), "it ends before it begins"),
    (event("DTEND;VALUE=DATE:20260605"), "when it is cannot be told"),
    (event("DTEND:20260602T113000"), "in a time zone"),
    (event("RRULE:FREQ=SOMETIMES"), "its RRULE cannot be read"),
    (event("RRULE:FREQ=SECONDLY"), "it recurs secondly: no meeting does"),
    (event("RRULE:RSCALE=CHINESE;FREQ=YEARLY"), "it recurs by the Chinese calendar"),
    (event("RRULE:FREQ=DAILY"), f"it recurs more than {MAX_OCCURRENCES} times"),
    (event("RRULE:FREQ=DAILY;BYHOUR=1,2,3,4,5,6,7,8,9;BYMINUTE=1,2,3,4,5,6,7,8,9"), f"more than {MAX_OCCURRENCES} times"),
    ("BEGIN:VTODO\r\nUID:t\r\nSUMMARY:Task\r\nEND:VTODO\r\n", "a task, not a meeting"),
    ("BEGIN:VJOURNAL\r\nUID:t\r\nEND:VJOURNAL\r\n", "a journal entry"),
    ("BEGIN:VFREEBUSY\r\nUID:t\r\nEND:VFREEBUSY\r\n", "a list of busy times"),
])  # fmt: skip
def test_an_entry_that_cannot_be_taken_says_why_and_the_others_are_taken(entry: str, what: str) -> None:
    found = read(entry, event(uid="two@x", title="Sound"))

    assert [one.title for one in found.occurrences] == ["Sound"]
    assert len(found.left) == 1
    assert what in found.left[0].why
    assert found.left[0].line == 3


def test_an_answer_to_an_invitation_is_no_meeting_and_a_cancellation_is_told() -> None:
    assert why(read(event(), head="METHOD:REPLY\r\n")) == ["an answer to an invitation, not a meeting"]
    assert only(event(), head="METHOD:CANCEL\r\n").state == only(event("STATUS:CANCELLED")).state == "cancelled"
    assert only(event("CLASS:CONFIDENTIAL")).state == "private"


@pytest.mark.parametrize(("data", "what"), [
    (b"", "it is empty"), (b"Dear colleague,", "it is no calendar"), (calendar(), "it holds no entry"),
    (calendar(event())[:-40], "an entry begins here that does not end"),
    (calendar(event(), event(uid="two"))[:-60], "an entry begins here that does not end"),
    ("SUMMARY:Встреча".encode("cp1251"), "not those of a Western text"),
    (b"BEGIN:VCALENDAR\r\nno colon\r\nEND:VCALENDAR\r\n", "cannot be read as a calendar"),
])  # fmt: skip
def test_a_file_that_is_no_whole_calendar_is_refused(data: bytes, what: str) -> None:
    with pytest.raises(CannotRead, match=what):
        read_calendar(data, WINDOW)


def test_an_entry_without_a_uid_is_known_by_its_title_and_beginning() -> None:
    first, again, other = only(event(uid="")), only(event("LOCATION:There", uid="")), only(event(uid="", title="Others"))

    assert first.uid == again.uid != other.uid
    assert first.remarks == ("without a UID: known by its title and beginning",)


def test_what_was_read_travels_whole_between_processes() -> None:
    found = read(event("ATTENDEE;CN=Anita Rao:mailto:a@x.example"), event("RRULE:FREQ=DAILY", uid="often"))

    assert unpacked(packed(found)) == found


def test_a_calendar_with_bytes_changed_at_random_or_cut_off_is_read_or_refused() -> None:
    whole = calendar(ZONE, event("RRULE:FREQ=WEEKLY;COUNT=3", "ATTENDEE;CN=Anita Rao:mailto:a@x.example", start=";TZID=Our own zone:20260602T103000"))
    assert len(read_calendar(whole, WINDOW).occurrences) == 3
    chance = random.Random(7)
    for n in range(200):
        data = bytearray(whole[: chance.randrange(len(whole))] if n % 4 == 0 else whole)
        for _ in range(chance.randint(1, 5)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        try:
            found = read_calendar(bytes(data), WINDOW)
        except CannotRead:
            continue
        assert found.occurrences or found.left
