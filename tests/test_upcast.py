"""Older payloads are lifted step by step; the plain JSON they came from stays as it was."""

from __future__ import annotations

import json
from copy import deepcopy
from typing import Any

import pytest

from briefing import codec, upcast
from briefing.codec import InvalidEvent, decode, encode
from briefing.events import EVENT_TYPES, FactStated
from briefing.upcast import STEPS, NoWayUp, Plain
from tests.given import fact_stated, history


def renamed(old: str, new: str) -> Any:
    def step(plain: Plain) -> Plain:
        lifted = dict(plain)
        lifted[new] = lifted.pop(old)
        return lifted

    return step


TWO_STEPS = {("fact.stated", 1): renamed("fact", "words"), ("fact.stated", 2): renamed("words", "say")}


def test_an_event_at_the_newest_schema_is_as_it_was() -> None:
    plain = {"type": "fact.stated", "schema": 1, "say": "x"}

    assert upcast.upcast(plain, newest=1) == plain


def test_an_older_event_climbs_every_step_and_the_stored_one_is_not_touched() -> None:
    plain = {"type": "fact.stated", "schema": 1, "fact": "x"}
    before = deepcopy(plain)

    assert upcast.upcast(plain, newest=3, steps=TWO_STEPS) == {"type": "fact.stated", "schema": 3, "say": "x"}
    assert plain == before


def test_an_event_from_the_middle_climbs_the_rest() -> None:
    plain = {"type": "fact.stated", "schema": 2, "words": "x"}

    assert upcast.upcast(plain, newest=3, steps=TWO_STEPS)["say"] == "x"


def test_a_schema_from_which_no_step_leads_on_is_named() -> None:
    with pytest.raises(NoWayUp, match=r"schema 1 of fact\.stated cannot be lifted to 2"):
        upcast.upcast({"type": "fact.stated", "schema": 1}, newest=2)


def test_every_older_schema_of_every_type_has_its_step() -> None:
    needed = {(kind.model_fields["type"].default, n) for kind in EVENT_TYPES for n in range(1, kind.newest_schema)}

    assert set(STEPS) == needed


def test_a_file_of_an_older_schema_is_read_as_the_newest_class(monkeypatch: pytest.MonkeyPatch) -> None:
    (recorded,) = history(fact_stated("f", "Steel is dear."))
    old = json.loads(encode(recorded.event))
    old["fact"] = old.pop("say")
    monkeypatch.setattr(FactStated, "newest_schema", 2)
    with pytest.raises(InvalidEvent, match="cannot be lifted"):
        decode(json.dumps(old).encode())

    monkeypatch.setattr(
        codec, "upcast", lambda plain, newest: upcast.upcast(plain, newest=newest, steps={("fact.stated", 1): renamed("fact", "say")})
    )
    event = decode(json.dumps(old).encode())

    assert isinstance(event, FactStated)
    assert (event.schema_, event.say) == (2, "Steel is dear.")
    assert decode(json.dumps(old).encode(), proven=True) == event
