"""Proposals in drafts: nothing pending is taken, what is accepted is as if typed, what is rejected is as if never there."""

from __future__ import annotations

import pytest

from briefing.errors import InvalidDraft, Problem
from briefing.intake.drafts import read_drafts
from briefing.intake.proposals import Proposal, proposals
from briefing.intake.reader import MapNode, read_documents
from briefing.items import Item, Problems

TYPED = """\
meeting: Talks at Commerce
when: 28 May 2025
with:
  - name: Jeffrey Kessler
    title: Under Secretary of Commerce
points:
  - say: Both sides reviewed progress.
"""
PROPOSED = """\
meeting: Talks at Commerce
proposal: {by: rules 1, confidence: 87, decision: accepted}
when: 28 May 2025
with:
  - name: Jeffrey Kessler
    title: Under Secretary of Commerce
    proposal: {by: rules 1, confidence: 95, span: 120-188, match: kessler-jeffrey 100, decision: accepted}
  - name: Under Secretary
    proposal: {by: rules 1, confidence: 40, decision: rejected}
points:
  - say: Both sides reviewed progress.
    proposal: {by: rules 1, decision: accepted}
commitments:
  - say: Nothing was promised.
    proposal: {by: openai, decision: rejected}
---
person: A Person
proposal: {by: rules 1, decision: rejected}
also:
  - {say: what stands inside, proposal: {decision: pending}}
"""


def read(draft: str) -> tuple[Item, ...]:
    return read_drafts(draft.encode(), "draft.yaml")


def refused(draft: str) -> list[Problem]:
    with pytest.raises(InvalidDraft) as refusal:
        read(draft)
    return refusal.value.problems


def test_what_is_accepted_is_the_same_as_typed_and_what_is_rejected_is_left_out_whole() -> None:
    (proposed,), (typed,) = read(PROPOSED), read(TYPED)

    assert proposed.digest == typed.digest
    assert proposed.values.keys() == typed.values.keys()
    assert [one.text("name") for one in proposed.items("with")] == ["Jeffrey Kessler"]


def test_a_decision_is_no_part_of_the_digest_but_what_it_leaves_is() -> None:
    every = PROPOSED.replace("decision: rejected", "decision: accepted", 1)

    assert read(every)[0].digest != read(TYPED)[0].digest


def test_nothing_is_taken_while_anything_is_pending_and_the_lines_are_named() -> None:
    (problem,) = refused(PROPOSED.replace("decision: accepted", "decision: pending"))

    assert problem.what == "3 proposals are pending, lines 2, 7, 12"
    assert str(problem.place).startswith("draft.yaml:2:")
    assert problem.hint == "`briefing review draft.yaml` decides on each"


def test_a_block_without_a_decision_is_pending_and_so_is_one_that_says_nothing() -> None:
    assert refused("topic: T\nproposal: {by: rules 1}\n")[0].what == "a proposal is pending"
    assert refused("topic: T\nproposal: {}\n")[0].what == "a proposal is pending"


def test_of_very_many_that_are_pending_the_first_are_named() -> None:
    (problem,) = refused("".join(f"- {{topic: T{n}, proposal: {{decision: pending}}}}\n" for n in range(40)))

    assert problem.what.startswith("40 proposals are pending, lines 1, 2, 3")
    assert problem.what.endswith("12 and 28 more")


def test_other_faults_are_reported_in_the_same_go() -> None:
    problems = refused("topic: T\ncolour: red\nproposal: {decision: pending}\n")

    assert [one.what for one in problems] == ["a proposal is pending", "unknown key “colour” in a topic"]


def test_a_file_of_which_all_is_rejected_holds_nothing_and_is_not_wrong() -> None:
    assert read("topic: T\nproposal: {decision: rejected}\n") == ()


@pytest.mark.parametrize(
    ("block", "what"),
    [
        ("{decision: maybe}", "“decision” of a proposal is “maybe”"),
        ("{decision: accepted, confidence: 101}", "“confidence” of a proposal is “101”"),
        ("{decision: accepted, span: somewhere}", "“span” of a proposal is “somewhere”"),
        ("{decision: accepted, by: [a, b]}", "“by” of a proposal is a list or a map"),
        ("{decision: accepted, colour: red}", "unknown key “colour” in a proposal"),
        ("accepted", "“proposal” takes keys and values"),
    ],
)
def test_a_block_that_is_wrong_is_refused_with_its_place(block: str, what: str) -> None:
    problem = refused(f"topic: T\nproposal: {block}\n")[0]

    assert problem.what == what
    assert problem.place.line == 2


def test_each_block_is_found_where_it_stands_with_what_it_says() -> None:
    problems = Problems()
    found = list(proposals(read_documents(PROPOSED.encode(), "draft.yaml", problems), problems))

    assert problems == []
    assert [proposal.decision for _, proposal in found] == ["accepted"] * 2 + ["rejected", "accepted"] + [
        "rejected"
    ] * 2
    node, kessler = found[1]
    assert isinstance(node, MapNode)
    assert kessler == Proposal(kessler.place, "accepted", "rules 1", 95, (120, 188), "kessler-jeffrey 100")
