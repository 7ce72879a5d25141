"""Flags on what has aged: a review that is past its day, and people who no longer hold their post.

A flag is a shape and a word. Both are counted from `BriefingState.today`; without it nothing has aged.
"""

from __future__ import annotations

from briefing.dates import Span, sort_key
from briefing.differences import bare_title
from briefing.notes.language import format_span, say
from briefing.notes.note import Run, Runs
from briefing.payload import Post
from briefing.state import BriefingState


def past(span: Span | None, state: BriefingState) -> bool:
    """Tell whether the last day of a date is over; an undated one never is."""
    return bool(span and span.end and state.today and span.end < state.today)


def stale(review_by: Span | None, state: BriefingState) -> Runs:
    """Return "▽ stale" with the day by which it was to be looked at again; nothing where that is still to come."""
    if review_by is None or not past(review_by, state):
        return ()
    return (Run(" "), Run("▽ stale", "flag"), Run(say(", review was due {day}", day=format_span(review_by)), "muted"))


def former(state: BriefingState, person: str) -> Runs:
    """Return "▽ former holder" for someone whose post has ended, or is held by somebody else since; else nothing."""
    posts = state.people[person].posts if person in state.people else ()
    if not posts or not all(past(post.until, state) or _newer(state, person, post) for post in posts):
        return ()
    last = max(posts, key=lambda post: sort_key(post.until))
    since = next((told for post in posts if (told := _newer(state, person, post))), "")
    ended = last.until if past(last.until, state) else None
    why = say("until {day}", day=format_span(ended)) if ended else say("since then: {name}", name=since)
    return (Run(" "), Run("▽ former holder", "flag"), Run(f", {why}", "muted"))


def _newer(state: BriefingState, person: str, post: Post) -> str:
    """Return who is on record in the same post at a later time; of a post without dates nothing is concluded."""
    own = post.until or post.at or post.start
    found = [
        (sort_key(other.start or other.at), one.name)
        for one in state.people.values()
        for other in one.posts
        if own
        and one.id != person
        and other.agency == post.agency
        and bare_title(other.title) == bare_title(post.title)
        and sort_key(other.start or other.at) > sort_key(own)
        and not (other.start and state.today and other.start.start and other.start.start > state.today)
    ]
    return max(found)[1] if found else ""
