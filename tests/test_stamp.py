"""When an event is recorded: never before what its writer saw, and never far from the writer's clock in silence."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given as over
from hypothesis import strategies as st

from briefing.errors import ClockBehind
from briefing.stamp import check_clock, next_time

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
TICK = timedelta(microseconds=1)
TIMES = st.datetimes(datetime(1970, 1, 1), datetime(2099, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - made aware


@over(TIMES, st.none() | TIMES)
def test_an_event_is_recorded_now_or_just_behind_the_newest(now: datetime, newest: datetime | None) -> None:
    at = next_time(now, newest)

    assert at >= now
    assert newest is None or at > newest
    assert at in (now, (newest or now) + TICK)


@pytest.mark.parametrize("ahead", [timedelta(days=-9000), timedelta(0), timedelta(minutes=5)])
def test_a_newest_event_up_to_five_minutes_ahead_is_followed_in_silence(ahead: timedelta) -> None:
    assert check_clock(NOW, NOW + ahead, "abc") is None


@pytest.mark.parametrize("ahead", [timedelta(minutes=5) + TICK, timedelta(hours=24)])
def test_a_newest_event_up_to_a_day_ahead_is_followed_with_a_warning(ahead: timedelta) -> None:
    warning = check_clock(NOW, NOW + ahead, "abc")

    assert warning is not None
    assert "2026-03-01 12:00:00 UTC" in warning


@pytest.mark.parametrize(("now", "newest"), [(NOW, NOW + timedelta(hours=24) + TICK), (datetime(1970, 1, 1, tzinfo=UTC), NOW)])
def test_a_newest_event_further_ahead_is_refused_naming_the_file_and_both_times(now: datetime, newest: datetime) -> None:
    with pytest.raises(ClockBehind) as refusal:
        check_clock(now, newest, "2026-03/abc.json")

    said = "\n".join(refusal.value.lines())
    for part in (f"{now:%Y-%m-%d %H:%M:%S} UTC", f"{newest:%Y-%m-%d %H:%M:%S} UTC", "2026-03/abc.json", "--accept-clock"):
        assert part in said
    assert check_clock(now, newest, "2026-03/abc.json", accept=True) is not None
