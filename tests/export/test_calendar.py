"""Meetings as a calendar: days stay days, and no time is made up."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from briefing.export.calendar import calendar
from briefing.projector import project
from tests.given import (
    Told,
    agency_described,
    history,
    meeting_held,
    meeting_planned,
    met,
    person_described,
    visit_described,
)


def entries(*told: Told) -> dict[str, Any]:
    from icalendar import Calendar

    log = history(*told)
    data, _ = calendar(project(log), log)
    return {str(one["UID"]): one for one in Calendar.from_ical(data).walk("VEVENT")}


def test_days_and_ranges_stay_so_and_a_time_is_given_only_where_it_is_on_record() -> None:
    found = entries(
        meeting_held("one", on="28 May 2025"), meeting_held("range", on="27-29 May 2025"), meeting_held("month", on="May 2025"),
        meeting_planned("two", on="3 June 2026", at_time="10:30"), meeting_planned("three", on="3-4 June 2026", at_time="10:30"),
        meeting_planned("four", on="3 June 2026", at_time="in the morning"),
    )  # fmt: skip

    when = {uid.partition("@")[0]: (one["DTSTART"].dt, one["DTEND"].dt if "DTEND" in one else None) for uid, one in found.items()}
    assert when == {
        "one": (date(2025, 5, 28), date(2025, 5, 29)), "range": (date(2025, 5, 27), date(2025, 5, 30)),
        "month": (date(2025, 5, 1), date(2025, 6, 1)), "two": (datetime(2026, 6, 3, 10, 30), None),  # noqa: DTZ001 - no zone is known
        "three": (date(2026, 6, 3), date(2026, 6, 5)), "four": (date(2026, 6, 3), date(2026, 6, 4)),
    }  # fmt: skip


def test_a_meeting_says_who_and_where_and_what_is_marked_is_confidential() -> None:
    (one,) = entries(
        agency_described("us-treasury", "US Treasury"), person_described("p", "Ann, the; Novak"),
        meeting_held("m", on="28 May 2025", title="Talks; on\ntrade, now", where="Room 5", participants=(met("p"),), agencies=("us-treasury",), marking="SECRET"),
    ).values()  # fmt: skip

    assert (one["SUMMARY"], one["LOCATION"], one["CLASS"], one["X-BRIEFING-MARKING"]) == ("Talks; on\ntrade, now", "Room 5", "CONFIDENTIAL", "SECRET")
    assert [(who.params["CN"], who.params.get("CUTYPE")) for who in one["ATTENDEE"]] == [("Ann, the; Novak", None), ("US Treasury", "GROUP")]
    assert one["DESCRIPTION"] == "US Treasury\n28 May 2025"


def test_a_uid_is_that_of_the_calendar_it_came_from_and_the_same_in_every_export() -> None:
    told = (meeting_planned("m", on="28 May 2026", origin="ics:abc@example.org"), meeting_planned("n", on="28 May 2026"))

    assert set(entries(*told)) == {"abc@example.org", "n@meetings.briefing"}
    assert set(entries(*told, meeting_held("m", on="28 May 2026"))) == {"abc@example.org", "n@meetings.briefing"}, "held, it keeps that of its plan"
    log = history(*told)
    assert calendar(project(log), log) == calendar(project(log), log)


def test_a_plan_that_was_held_stands_once_and_what_has_no_date_in_no_calendar() -> None:
    log = history(visit_described("v", on=None), meeting_planned("m", on="28 May 2026"), meeting_held("m", on="28 May 2026"), meeting_held("n", visit="v"))

    data, undated = calendar(project(log), log)

    assert data.count(b"BEGIN:VEVENT") == 1
    assert undated == ("n",)
