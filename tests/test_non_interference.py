"""What is withheld has no part in a release: with or without it, the extracts are the same to the byte."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, find, settings
from hypothesis import given as over

import briefing.extract
from briefing.amend import amend
from briefing.codec import encode
from briefing.events import Recorded
from briefing.projector import project
from briefing.release import released
from tests.given import (
    Told,
    agency_described,
    commitment,
    commitment_updated,
    event_corrected,
    fact_stated,
    history,
    meeting_held,
)
from tests.test_release import HIGH, reader
from tests.two_records import two_records

Two = tuple[tuple[Recorded, ...], tuple[Recorded, ...]]


def as_bytes(log: tuple[Recorded, ...]) -> list[bytes]:
    return [encode(one.event) for one in released(log, reader())]


def interferes(two: Two) -> bool:
    """Tell whether the secrets of the first record make a difference; what says the same as a secret goes with it."""
    full, without = two
    return not amend(full).twins and as_bytes(full) != as_bytes(without)


@over(two_records())
@settings(max_examples=60, deadline=None)
def test_a_record_with_secrets_and_one_that_never_held_them_release_the_same(two: Two) -> None:
    assert not interferes(two)


BROKEN: dict[str, tuple[object, str, Any]] = {
    "names of what is withheld stay": (briefing.extract.Shown, "names", lambda *_: True),
    "a mark of a part is not looked at": (briefing.extract._Cut, "_may_stand", lambda *_: True),
    "envelopes stay": (briefing.extract, "_ENVELOPE", {}),
}  # fmt: skip


@pytest.mark.filterwarnings("ignore::hypothesis.errors.HypothesisWarning")  # the example found is long to print
@pytest.mark.parametrize("broken", BROKEN)
def test_a_release_that_is_broken_is_found_out(broken: str, monkeypatch: pytest.MonkeyPatch) -> None:
    where, name, instead = BROKEN[broken]
    monkeypatch.setattr(where, name, instead)

    hasty = settings(max_examples=300, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
    find(two_records(), interferes, settings=hasty)  # raises where there is no such example


def test_what_withheld_news_says_makes_no_difference() -> None:
    def told(news: Told, change: str) -> tuple[Recorded, ...]:
        held = meeting_held("m1", commitments=(commitment("c1", "One."), commitment("c2", "Two.")))
        secret = event_corrected("f", say=change)
        return history(held, fact_stated("f"), news, secret.__class__(secret.kind, "", {**secret.payload, "marking": HIGH}))

    lapsed = told(commitment_updated("m1/c1", status="lapsed", marking=HIGH), "One thing.")
    done = told(commitment_updated("m1/c1", status="done", evidence="It is done.", marking=HIGH), "Another thing.")

    assert as_bytes(lapsed) == as_bytes(done)
    assert len(as_bytes(done)) == 1


def test_what_replaced_something_withheld_replaces_what_that_had_replaced() -> None:
    first = agency_described("a", "Agency")
    secret = agency_described("a", "Secret name", label="secret", replaces=("a",), marking=HIGH)
    last = agency_described("a", "Agency of today", label="last", replaces=("secret",))
    state = project(released(history(first, secret, last), reader()))

    assert [one.name for one in state.agencies.values()] == ["Agency of today"]
    assert not state.collisions


def test_news_of_a_withheld_commitment_does_not_become_news_of_another() -> None:
    held = meeting_held("m1", commitments=(commitment("c1", "Secret.", marking=HIGH), commitment("c2", "Open.")))
    log = history(held, commitment_updated("m1/c1", status="done"))

    assert [one.event.type for one in released(log, reader())] == ["meeting.held"]
