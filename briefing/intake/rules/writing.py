"""From what was read to items of drafts: the visit, its meetings, and what was said in each or of the whole."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from briefing.additions import KEY as ADDS_TO
from briefing.dates import sort_key
from briefing.intake.proposed import Proposed, Values
from briefing.intake.rules import entries
from briefing.intake.rules.dates import Dated, due_in
from briefing.intake.rules.meetings import Meeting
from briefing.intake.rules.outside import outside
from briefing.intake.rules.people import Someone
from briefing.intake.rules.sides import OURS
from briefing.intake.rules.statements import Statement
from briefing.state import Visit as VisitOnRecord

if TYPE_CHECKING:
    from briefing.intake.rules.propose import Reader

_NOUNS = (
    "talks luncheon lunch dinner breakfast roundtable summit dialogue consultations discussions conversation briefing "
    "call"
).split()

_BY_ORDER = 40
"""How sure it is, in 100, that something was said in a meeting which its paragraph does not name."""
_SAME_DAY = re.compile(r"\b(?:the|on the) same (?:day|morning|afternoon|evening)\b|\bthat (?:same )?(?:day|evening)\b")
_OF_THE_VISIT = re.compile(r"(?:The|This|His|Her) (?:visit|trip|tour)\b")


class Writing:
    """Makes items of one text; every statement goes to one meeting, or to the visit as a whole."""

    def __init__(self, reader: Reader) -> None:
        """Take what was read, and give each statement its place."""
        self.reader, self.page, self.register = reader, reader.page, reader.register
        self.on_record = self._visit_on_record()
        self.dateless: list[Meeting] = []
        self._last_day: Dated | None = None
        self._titles: set[str] = set()
        self.by_order: set[int] = set()
        self.of_meeting: dict[int, list[Statement]] = {}
        self.of_the_whole: list[Statement] = []
        for one in reader.statements.every:
            meeting = self._place(one)
            if meeting is None:
                self.of_the_whole.append(one)
            else:
                self.of_meeting.setdefault(id(meeting), []).append(one)

    def _place(self, one: Statement) -> Meeting | None:
        """Return the meeting a statement is of: the last before it in its paragraph, or the only one of the text.

        Where there are several, and no visit that it could be of, it is of the last before it: noted as `by_order`.
        """
        before = [meeting for meeting in self.reader.meetings if meeting.extent[0] <= one.extent[0]]
        of_the_visit = self.reader.visit is not None and _OF_THE_VISIT.match(self.page.flat, *one.extent)
        if not before or (of_the_visit and all(meeting.extent != one.extent for meeting in before)):
            return None
        paragraph = self.page.paragraph_of
        same = [meeting for meeting in before if paragraph(meeting.extent[0]) == paragraph(one.extent[0])]
        if same:
            return same[-1]
        if len(self.reader.meetings) > 1 and self.reader.visit is None:
            self.by_order.add(id(one))
        return before[-1] if len(self.reader.meetings) == 1 or self.reader.visit is None else None

    # ── the visit ─────────────────────────────────────────────────────────────────────────────

    def _visit_on_record(self) -> VisitOnRecord | None:
        """Return the visit on record that the text is of: of the same principal, on days that do not differ."""
        visit = self.reader.visit
        if visit is None or not visit.principal.known:
            return None
        when = visit.when.span if visit.when else None
        found = [
            one
            for one in self.register.visits.values()
            if one.principal == visit.principal.known and one.country in (None, visit.country or one.country)
            and (when is None or one.when is None or sort_key(when) == sort_key(one.when) or when.start is None)
        ]  # fmt: skip
        return found[-1] if found else None

    def _visit_named(self) -> str:
        if self.on_record is not None:
            return self.on_record.id
        visit = self.reader.visit
        if visit is None:
            return ""
        article = "the " if visit.country.startswith(("United", "Philippines", "Netherlands")) else ""
        to = f" to {article}{visit.country}" if visit.country else ""
        return f"{entries.name_of(visit.principal, self.register)}’s visit{to}"

    def visit(self) -> Proposed | None:
        """Return the visit; of one that is on record, what the record does not say of it yet."""
        visit = self.reader.visit
        if visit is None:
            return None
        values: dict[str, str | tuple[str, ...]] = {"visit": self._visit_named()}
        if visit.when:
            values["when"] = visit.when.span.words
        given = {
            "where": visit.where,
            "country": visit.country,
            "principal": entries.name_of(visit.principal, self.register),
        }
        values |= {key: value for key, value in given.items() if value}
        delegation = [self._participant(one, visit.extent) for one in visit.delegation]
        remark = visit.when.remark if visit.when else "no day with a year: add `when:`"
        if self.on_record is not None and not (values := self._lacking(self.on_record, values)):
            return None
        if self.on_record is not None:
            there = {one.person for one in self.on_record.delegation}
            delegation = [
                one for one in delegation if self.register.find("person", str(one.values["name"])) not in there
            ]
        inferred = visit.when is not None and visit.when.span.year_inferred and self.reader.dates.year_from
        return Proposed("visit", values, visit.extent, visit.when.sure if visit.when else 50, remark=remark,
                        year_from=inferred.extent if inferred else None,
                        parts={"delegation": delegation} if delegation else {})  # fmt: skip

    @staticmethod
    def _lacking(known: VisitOnRecord, values: Mapping[str, str | tuple[str, ...]]) -> dict[str, str | tuple[str, ...]]:
        """Return what a text says of a visit on record that the record does not; nothing where there is none."""
        more = {key: value for key, value in values.items() if key != "visit" and getattr(known, key) is None}
        return {"visit": known.title, ADDS_TO: known.id, **more} if more else {}

    def report(self) -> Proposed | None:
        """Return what the text says of the visit as a whole; without a visit there is nothing that it could be of."""
        statements, visit = self.of_the_whole, self._visit_named()
        if not statements or not visit:
            return None
        values: dict[str, str | tuple[str, ...]] = {
            "report": f"The visit as a whole, by {self.reader.called}",
            "visit": visit,
        }
        parts = self._said(statements, self.reader.sides.travelling)
        return Proposed("report", values, None, 60, parts=parts)

    # ── meetings ──────────────────────────────────────────────────────────────────────────────

    def meeting(self, one: Meeting) -> Proposed:
        """Return a meeting with its people, agencies, points and commitments."""
        ours, theirs = self._two_sides(one)
        values: dict[str, str | tuple[str, ...]] = {"meeting": self._title_of_its_own(one, ours, theirs)}
        when = next((day for at in (one.extent, *one.again) if (day := self.reader.dates.within(at)) is not None), None)
        when = self._last_day = when or self._same_day(one)
        visit = self._visit_named()
        if visit:
            values["visit"] = visit
        if when is not None and (not visit or when.span.precision == "day"):
            values["when"] = when.span.words
        elif not visit:
            self.dateless.append(one)
        values |= {key: value for key, value in (("form", one.form), ("mode", one.mode)) if value}
        if outside(self.page, one, theirs):
            values["setting"] = "outside government"
        if bodies := [body.name for body in self.reader.bodies.within(one.extent) if not self._of_a_person(body.name)]:
            values["agency"] = tuple(bodies)
        parts: dict[str, Sequence[Proposed]] = {}
        if ours:
            parts["ours"] = [self._participant(someone, one.extent) for someone in ours]
        met = [self._participant(someone, one.extent) for someone in theirs]
        met += [Proposed("with", {"name": f"“{self.page.said(at)}”"}, at, 60) for at in one.unnamed]
        parts["with"] = met
        parts |= self._said(self.of_meeting.get(id(one), []), [*ours, *theirs])
        if not parts.keys() & {"points", "commitments"}:
            values["content"] = "not known"
        own = self.reader.dates.published
        known = f"; the text is of {own.words}" if own else ""
        remark = when.remark if when else "" if visit else f"no day in the sentence: add `when:`, or `visit:`{known}"
        remark = "\n".join(filter(None, [remark, self._order(one)]))
        return Proposed("meeting", values, one.extent, one.sure, remark=remark, parts=parts)

    def _order(self, one: Meeting) -> str:
        """Return what to look at where statements are of a meeting by their order alone."""
        below = sum(id(said) in self.by_order for said in self.of_meeting.get(id(one), ()))
        look = "see whether what they say ({}) was said in this one"
        return f"paragraphs that name no meeting: {look.format(below)}" if below else ""

    def _same_day(self, one: Meeting) -> Dated | None:
        """Return the day of the meeting before, where a sentence counts from it: “later the same day”."""
        match = _SAME_DAY.search(self.page.flat, *one.extent)
        if match is None or self._last_day is None or self._last_day.span.precision != "day":
            return None
        return replace(self._last_day, remark=f"“{match[0]}”: as the meeting before")

    def _two_sides(self, one: Meeting) -> tuple[list[Someone], list[Someone]]:
        """Return our people and theirs; where nobody of ours is named, who travels was there."""
        ours = [someone for someone in one.everyone if self.reader.sides.of(someone, one) == OURS]
        theirs = [someone for someone in one.everyone if someone not in ours]
        if not ours and self.reader.visit is not None and self.reader.sides.of(self.reader.visit.principal) == OURS:
            ours = [self.reader.visit.principal]
        if not theirs and not one.unnamed:
            ours, theirs = one.lead, one.met  # colleagues: who leads, and whom they met
        return ours, theirs

    def _of_a_person(self, body: str) -> bool:
        """Tell whether an agency stands only in the titles of people, who bring it with them."""
        return any(of.name == body for of in self.reader.bodies.of.values()) and not any(
            at not in self.reader.people.at
            for one in self.reader.bodies.every
            if one.name == body
            for at in one.mentions
        )

    def _title_of_its_own(self, one: Meeting, ours: Sequence[Someone], theirs: Sequence[Someone]) -> str:
        """Return what to call a meeting; where an earlier one is called so, with who met them."""
        title = self._title(one, theirs)
        again = title in self._titles and ours and ours[0].name
        self._titles.add(title)
        return f"{entries.name_of(ours[0], self.register)}’s {title[0].lower()}{title[1:]}" if again else title

    def _title(self, one: Meeting, theirs: Sequence[Someone]) -> str:
        words = one.verb.lower()
        noun = next(
            (noun for noun in _NOUNS if noun in words or noun == one.form),
            "call" if one.mode == "telephone" else "meeting",
        )
        names = [entries.name_of(someone, self.register) for someone in theirs]
        names += [f"“{self.page.said(at)}”" for at in one.unnamed]
        shown = names if len(names) <= 3 else [*names[:2], f"{len(names) - 2} others"]
        joined = " and ".join((", ".join(shown[:-1]), shown[-1]) if len(shown) > 1 else shown) or "others"
        return f"{noun.capitalize()} with {joined}"

    def _participant(self, someone: Someone, within: tuple[int, int]) -> Proposed:
        return entries.participant(self.page, self.register, self.reader.bodies, someone, within)

    # ── what was said ─────────────────────────────────────────────────────────────────────────

    def _said(self, statements: Sequence[Statement], there: Sequence[Someone]) -> dict[str, Sequence[Proposed]]:
        points = [self._point(one, there) for one in statements if not one.strength]
        promised = [self._commitment(one, there) for one in statements if one.strength]
        return {key: found for key, found in (("points", points), ("commitments", promised)) if found}

    def _speaker(self, one: Statement, there: Sequence[Someone]) -> Values:
        """Return who says something, where that is someone who is there or on record."""
        if one.by:
            return {"by": one.by}
        speaker = one.speaker
        if speaker is not None and speaker.name and (speaker in there or speaker.known):
            return {"by": entries.name_of(speaker, self.register)}
        return {}

    def _point(self, one: Statement, there: Sequence[Someone]) -> Proposed:
        values = {"say": self.page.said(one.extent), **self._speaker(one, there)}
        if one.kind:
            values["kind"] = one.kind
        return Proposed("point", values, one.extent, self._sure(one))

    def _sure(self, one: Statement) -> int:
        return min(one.sure, _BY_ORDER) if id(one) in self.by_order else one.sure

    def _commitment(self, one: Statement, there: Sequence[Someone]) -> Proposed:
        start, end = one.what or one.extent
        due = due_in(self.page, one.extent, self.reader.dates)
        if due is not None and start < due.extent[0]:
            behind = self.page.flat[due.extent[1] : end].strip(" .;,")
            end = end if behind else due.extent[0]  # said once: as when it is due
        said = self.page.said((start, end))
        ended = said if said.endswith(('."', ".”")) else said.rstrip(".;, ") + "."
        values = {"say": ended[0].upper() + ended[1:], **self._speaker(one, there)}
        if due is not None:
            values["due"] = due.words
        return Proposed("commitment", values, one.extent, self._sure(one), word=one.strength)
