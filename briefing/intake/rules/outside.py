"""Whether a meeting is one outside government: with scholars, firms or students, and nobody who holds an office."""

from __future__ import annotations

import re
from collections.abc import Sequence

from briefing.intake.rules.meetings import Meeting
from briefing.intake.rules.people import Someone
from briefing.intake.rules.reading import Page

_GROUPS = re.compile(
    r"\b(?:think tanks?|scholars|academics|students|industry|industries|business(?:es)?|companies|firms|investors|"
    r"journalists|editors|activists|civil society|diaspora|universit(?:y|ies)|executives|CEOs|workers|farmers|"
    r"entrepreneurs|researchers)\b"
)
_POSTS = re.compile(r"\b(?:CEO|Chief Executive|Founder|Professor|Editor)\b")


def outside(page: Page, meeting: Meeting, theirs: Sequence[Someone]) -> bool:
    """Tell whether everyone who was met is of a group or a post outside government, as far as the text says."""
    if not theirs and not meeting.unnamed:
        return False
    groups = all(_GROUPS.search(page.flat, *at) for at in meeting.unnamed)
    return groups and all(_POSTS.search(one.title) for one in theirs)
