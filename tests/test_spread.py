"""Spread work gives what the same work gives in turn, and holds little at once."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import CancelledError, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from threading import Event
from time import sleep

import pytest

from briefing.errors import WorkersLost
from briefing.spread import UNDER_WAY, portions, spread


def slow_if_even(number: int) -> int:
    sleep(0.002 if number % 2 == 0 else 0)
    return number * number


def test_results_come_in_the_order_of_the_things_with_an_executor_and_without() -> None:
    with ThreadPoolExecutor(4) as executor:
        spread_out = list(spread(slow_if_even, range(50), executor))

    assert spread_out == list(spread(slow_if_even, range(50), None)) == [one * one for one in range(50)]


def test_things_are_asked_for_as_results_are_taken() -> None:
    asked: list[int] = []

    def things() -> Iterator[int]:
        for one in range(1000):
            asked.append(one)
            yield one

    with ThreadPoolExecutor(2) as executor:
        results = spread(slow_if_even, things(), executor)
        next(results)

        assert len(asked) == UNDER_WAY
        results.close()  # type: ignore[attr-defined]


def test_when_one_fails_its_error_is_raised_and_those_that_wait_are_not_begun() -> None:
    begun: list[int] = []
    told = Event()

    def work(number: int) -> int:
        begun.append(number)
        if number == 0:
            raise ValueError("the first")
        told.wait()
        return number

    with ThreadPoolExecutor(1) as executor:
        with pytest.raises(ValueError, match="the first"):
            list(spread(work, range(100), executor))
        told.set()

    assert begun in ([0], [0, 1])


@pytest.mark.parametrize("lost", [BrokenProcessPool, CancelledError])
def test_processes_that_are_lost_for_good_are_an_error_to_try_again(lost: type[Exception]) -> None:
    def work(_: int) -> int:
        raise lost("gone")

    with ThreadPoolExecutor(1) as executor, pytest.raises(WorkersLost, match="stopped from outside"):
        list(spread(work, range(3), executor))


def test_portions_hold_all_in_order_and_the_last_what_is_left() -> None:
    assert list(portions(iter(range(7)), 3)) == [[0, 1, 2], [3, 4, 5], [6]]
    assert list(portions([], 3)) == []
