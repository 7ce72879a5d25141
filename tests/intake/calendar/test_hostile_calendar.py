"""A calendar made to go on for ever is stopped, and says so."""

from __future__ import annotations

from unicodedata import normalize

import pytest

from briefing.confined import Bounds
from briefing.errors import InvalidDraft
from briefing.intake.calendar.arrivals import read_files
from briefing.intake.opening import apart
from tests.hostile import NAUGHTY
from tests.intake.calendar.calendars import WINDOW, calendar, event, read


def every(number: int) -> str:
    return ",".join(map(str, range(number)))


def test_a_rule_that_has_every_second_of_the_year_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    (found,) = read_files([("a.ics", calendar(event("RRULE:FREQ=DAILY;COUNT=3")))], WINDOW).values()
    assert len(found.occurrences) == 3, "the same, three times"
    monkeypatch.setattr(apart, "BOUNDS", Bounds(seconds=1))

    endless = event(f"RRULE:FREQ=DAILY;BYHOUR={every(24)};BYMINUTE={every(60)};BYSECOND={every(60)}")
    with pytest.raises(InvalidDraft, match="it takes more than 1 seconds and was stopped") as refused:
        read_files([("a.ics", calendar(endless))], WINDOW)

    assert str(refused.value.problems[0].place) == "a.ics"


def test_what_is_wrong_with_several_files_is_told_at_once() -> None:
    with pytest.raises(InvalidDraft) as refused:
        read_files([("a.ics", b"Dear"), ("b.ics", calendar(event())), ("c.ics", b"")], WINDOW)

    assert [problem.place.file for problem in refused.value.problems] == ["a.ics", "c.ics"]


def test_naughty_strings_are_titles_places_and_names_like_others() -> None:
    for text in NAUGHTY:
        line = "".join(sign for sign in text if sign.isprintable()).replace("\\", "").replace(";", "").replace(",", "")[:60]
        if not line.strip():
            continue
        found = read(event(f"LOCATION:{line}", title=f"Talks {line}"))
        assert [one.title for one in found.occurrences] == [normalize("NFC", f"Talks {' '.join(line.split())}")]
