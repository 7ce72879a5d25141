"""Who proposes: the rules, and plug-ins by name. A plug-in is an entry point of the group `briefing.proposers`.

What a plug-in proposes is held against the grammar and the text: an entry with a key that drafts do not
have, or with a place that is none of the text, is dropped and counted, whoever proposes it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from importlib import import_module
from importlib.metadata import entry_points

from briefing.errors import InvalidDraft, Place, Problem, UsageProblem
from briefing.intake.drafts import DRAFTS, GRAMMAR
from briefing.intake.proposed import Proposed, Proposer, SourceText
from briefing.spelling import fold_name
from briefing.state import BriefingState

MAX_TEXT = 1_000_000
"""Signs of a text that is drafted: some three hundred pages."""
GROUP = "briefing.proposers"
RULES = "rules"
_OWN = {RULES: "briefing.intake.rules.propose", "openai": "briefing.intake.endpoint"}


def proposer(name: str) -> Proposer:
    """Return a proposer by name: one of the program's own, or a plug-in; `UsageProblem` with the known names."""
    if name in _OWN:
        return import_module(_OWN[name]).propose  # type: ignore[no-any-return]
    found = {one.name: one for one in entry_points(group=GROUP)}
    if name not in found:
        known = ", ".join(sorted({*_OWN, *found}))
        raise UsageProblem(f"there is no proposer “{name}”", hint=f"known here: {known}")
    return found[name].load()  # type: ignore[no-any-return]


def proposals_of(
    names: Sequence[str], text: SourceText, register: BriefingState, tell: Callable[[str], None]
) -> list[Proposed]:
    """Return what proposers propose, in their order; what one before has proposed is not proposed again."""
    if len(text.text) > MAX_TEXT:
        what = f"the text has {len(text.text)} signs; {MAX_TEXT} is the limit"
        raise InvalidDraft([Problem(Place(text.name), what, "save the part that is to be drafted as a file")])
    found: list[Proposed] = []
    for name in names:
        offered = list(proposer(name)(text, register, tell))
        kept = [one for each in offered if (one := _sound(each, text, top=True)) is not None]
        if lost := sum(1 for _ in every(offered)) - sum(1 for _ in every(kept)):
            tell(f"{name}: {lost} proposals were dropped, which are no drafts, or not of this text")
        taken = {_same(one) for one in found}
        found += [one if one.by else replace(one, by=name) for one in kept if _same(one) not in taken]
    return found


def every(found: Sequence[Proposed]) -> Iterator[Proposed]:
    """Yield all proposals, those inside others too."""
    for one in found:
        yield one
        for parts in one.parts.values():
            yield from every(parts)


def _same(one: Proposed) -> tuple[str, str]:
    """Return what tells an item apart: its kind, and its first value."""
    return one.kind, fold_name(str(next(iter(one.values.values()), "")))


def _sound(one: Proposed, text: SourceText, *, top: bool = False) -> Proposed | None:
    """Return a proposal with the parts of it that drafts can have; None for one that drafts cannot."""
    keys = GRAMMAR.get(one.kind, {})
    start, end = one.extent or (0, 1)
    fits = bool(one.values) and set(one.values) <= set(keys) and (one.kind in DRAFTS or not top)
    if not fits or not 0 <= start < end <= len(text.text) or not 0 <= one.confidence <= 100:
        return None
    wanted = {key: {"person": "with"}.get(keys[key], keys[key]) for key in one.parts if key in keys}
    parts = {
        key: kept
        for key, kind in wanted.items()
        if (kept := [good for part in one.parts[key] if part.kind == kind and (good := _sound(part, text)) is not None])
    }
    return replace(one, parts=parts)
