"""The pen puts events into envelopes: each behind the one before, nothing from the air."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
from pydantic import ValidationError

from briefing.codec import digest, encode
from briefing.events import FactStated
from briefing.pen import Pen

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def pen(*, newest: datetime | None = None, heads: tuple[str, ...] = ()) -> Pen:
    numbers = count(1)
    return Pen(by="Third Secretary", now=NOW, newest=newest, heads=heads, nonce=lambda: f"{next(numbers):032x}")


def test_the_same_ink_writes_the_same_events() -> None:
    one, other = (pen().write(FactStated, origin="x", id="f", say="Steel is dear.") for _ in range(2))

    assert one == other
    assert one.digest == digest(encode(one.event))
    assert (one.event.recorded_by, one.event.recorded_at, one.event.schema_) == ("Third Secretary", NOW, 1)


def test_the_first_event_follows_all_heads_sorted_and_each_next_the_one_before() -> None:
    ink = pen(heads=("b" * 64, "a" * 64))
    first, second = (ink.write(FactStated, origin="x", id="f", say=say) for say in ("One.", "Two."))

    assert first.event.parents == ("a" * 64, "b" * 64)
    assert second.event.parents == (first.digest,)
    assert second.at == first.at + timedelta(microseconds=1)
    assert first.event.nonce != second.event.nonce
    assert ink.written == [first, second]


def test_an_event_stands_behind_a_newest_that_is_ahead_of_the_clock() -> None:
    newest = NOW + timedelta(hours=1)

    assert pen(newest=newest).write(FactStated, origin="x", id="f", say="x").at == newest + timedelta(microseconds=1)


def test_a_value_that_does_not_fit_writes_nothing() -> None:
    ink = pen()
    with pytest.raises(ValidationError):
        ink.write(FactStated, origin="x", id="No Id", say="x")

    assert ink.written == []
    assert ink.write(FactStated, origin="x", id="f", say="x").event.parents == ()
