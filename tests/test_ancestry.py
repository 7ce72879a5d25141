from __future__ import annotations

from briefing.ancestry import added_since, ancestry
from briefing.events import Recorded
from tests.given import event_redacted, fact_stated, history

BASE = history(fact_stated("f1"), fact_stated("f2"))


def digests(events: tuple[Recorded, ...]) -> list[str]:
    return [one.digest for one in events]


def test_what_was_added_since_a_basis_is_neither_its_head_nor_an_ancestor() -> None:
    later = history(fact_stated("f3"), fact_stated("f4"), after=BASE)

    assert digests(added_since((*BASE, *later), [BASE[-1].digest])) == digests(later)


def test_what_was_written_apart_is_new_although_it_was_recorded_before_the_head() -> None:
    ours = history(fact_stated("ours"), after=BASE)
    theirs = history(fact_stated("theirs"), after=BASE[:1], writer="another desk")

    assert digests(added_since(tuple(sorted((*BASE, *ours, *theirs), key=lambda one: one.at)), [ours[-1].digest])) == digests(theirs)


def test_a_basis_of_two_heads_holds_the_ancestors_of_both() -> None:
    ours = history(fact_stated("ours"), after=BASE)
    theirs = history(fact_stated("theirs"), after=BASE, writer="another desk")

    assert added_since((*BASE, *ours, *theirs), [ours[-1].digest, theirs[-1].digest]) == ()


def test_history_goes_on_behind_a_redacted_event_whose_file_is_gone() -> None:
    redaction = history(event_redacted(BASE[-1]), after=BASE)

    found, absent = ancestry((BASE[0], *redaction), [redaction[-1].digest])

    assert found == {BASE[0].digest, BASE[1].digest, redaction[0].digest}
    assert absent == frozenset()


def test_an_ancestor_that_is_not_here_is_named() -> None:
    _, absent = ancestry(BASE[1:], [BASE[1].digest])

    assert absent == {BASE[0].digest}
