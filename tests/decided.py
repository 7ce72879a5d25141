"""What a draft, as an officer types it, comes to on a record."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from hashlib import sha256
from itertools import count
from textwrap import dedent

import pytest

from briefing.decide import Plan, decide
from briefing.errors import InvalidDraft, Problem
from briefing.events import Recorded
from briefing.intake.drafts import read_drafts
from briefing.items import LoadedText
from briefing.passages import clean
from briefing.pen import Pen
from briefing.projector import project
from briefing.state import BriefingState
from tests.given import NOON

TEXTS = {"north.txt": "Headline\nThe two sides agreed to hold talks soon. US Secretary Scott Bessent spoke of “steel”.\n"}


def decided(draft: str, log: tuple[Recorded, ...] = (), texts: Mapping[str, str] = TEXTS) -> Plan:
    loaded = {name: LoadedText(name, sha256(text.encode()).hexdigest(), clean(text)) for name, text in texts.items()}
    numbers = count(len(log))
    pen = Pen(
        by="Third Secretary", now=NOON + timedelta(hours=1), newest=log[-1].at if log else None,
        heads=(log[-1].digest,) if log else (), nonce=lambda: f"{next(numbers):032x}",
    )  # fmt: skip
    return decide(read_drafts(dedent(draft).encode(), "draft.yaml"), log, pen, loaded)


def state_after(draft: str, log: tuple[Recorded, ...] = (), texts: Mapping[str, str] = TEXTS) -> BriefingState:
    return project((*log, *decided(draft, log, texts).events))


def problems(draft: str, log: tuple[Recorded, ...] = (), texts: Mapping[str, str] = TEXTS) -> list[Problem]:
    with pytest.raises(InvalidDraft) as refusal:
        decided(draft, log, texts)
    return refusal.value.problems


def only_problem(draft: str, log: tuple[Recorded, ...] = (), texts: Mapping[str, str] = TEXTS) -> Problem:
    (problem,) = problems(draft, log, texts)
    return problem
