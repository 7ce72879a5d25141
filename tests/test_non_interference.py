"""What is withheld has no part in a release: with or without it, the extracts are the same to the byte."""

from __future__ import annotations

from hypothesis import given as over
from hypothesis import settings

from briefing.amend import amend
from briefing.codec import encode
from briefing.events import Recorded
from briefing.release import released
from tests.test_release import reader
from tests.two_records import two_records

Two = tuple[tuple[Recorded, ...], tuple[Recorded, ...]]


def as_bytes(log: tuple[Recorded, ...]) -> list[bytes]:
    return [encode(one.event) for one in released(log, reader())]


@over(two_records())
@settings(max_examples=300, deadline=None)
def test_a_record_with_secrets_and_one_that_never_held_them_release_the_same(two: Two) -> None:
    full, without = two
    if amend(full).twins:
        return  # what says the same as a secret is withheld with it

    assert as_bytes(full) == as_bytes(without)
