"""Every paper by its kind: what was asked for, made from a state. A new paper is one line here.

What a paper was asked for is kept with it, in its file and in its `note.issued`, as text; from that
and the same events the same paper is made again.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime
from functools import cached_property
from types import MappingProxyType

from briefing.ancestry import Lineage, ancestry
from briefing.changes import changes
from briefing.errors import Refused, UsageProblem
from briefing.events import NoteIssued, Recorded
from briefing.markings.marking import parse, printed, roll_up
from briefing.markings.profile import Profile
from briefing.markings.reader import Reader, reader_for
from briefing.notes import brief as brief_pages
from briefing.notes import card as card_pages
from briefing.notes.agency import agency_summary
from briefing.notes.book import visit_book
from briefing.notes.brief import meeting_brief
from briefing.notes.budget import Measure, to_move
from briefing.notes.card import points_card
from briefing.notes.changes import Since, change_sheet
from briefing.notes.evidence import evidence
from briefing.notes.frame import Frame, band
from briefing.notes.handover import handover_note
from briefing.notes.language import ENGLISH, Language, speaking, translated
from briefing.notes.marks import Without, apart, marks, stated_mark, with_portions, words_in
from briefing.notes.matrix import matrix
from briefing.notes.news import last_seen, shown
from briefing.notes.note import Note
from briefing.notes.owed import owed_by
from briefing.notes.public import meeting_public
from briefing.notes.record import meeting_record
from briefing.notes.tracker import action_sheet, sheet_rows, tracker
from briefing.notes.visit import visit_report
from briefing.projector import project
from briefing.release import extracts_of, released
from briefing.state import BriefingState, OpenItem

Options = tuple[tuple[str, str], ...]
"""Names and values, as text."""

MOVED, BETWEEN = "moved", "; "
"""The option that names what has no room in the body of a paper, and what stands between the names."""

ATTACH = "attach"
"""The option that has a file carry the events it prints."""

PERIOD = "period"
"""The option that says in words which period an agency's page covers; without it, all that is on record."""

READERS = "; "
"""Stands between the readers of a paper."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper as it is asked for: its kind, the id of what it is about, and the options that are its own."""

    kind: str
    subject: str = ""
    options: Options = ()

    def option(self, name: str) -> str:
        """Return the value of an option; empty where it was not given."""
        return dict(self.options).get(name, "")

    @property
    def moved(self) -> tuple[str, ...]:
        """The names of the parts that have no room in the body."""
        return tuple(one for one in self.option(MOVED).split(BETWEEN) if one)

    def moving(self, names: Sequence[str]) -> Paper:
        """Return the paper with these parts moved out of its body."""
        others = {name: value for name, value in self.options if name != MOVED}
        moved = {MOVED: BETWEEN.join(names)} if names else {}
        return replace(self, options=tuple(sorted((others | moved).items())))


Words = Callable[[str], Mapping[str, str]]
"""Language → what each English sentence of a paper is in it."""


def no_words(_lang: str) -> Mapping[str, str]:
    """Return no translation: papers are in English."""
    return {}


Profiles = Callable[[str], Profile]
"""What marks mean, by the name of a profile."""


def no_profiles(name: str) -> Profile:
    """Return no profile: whoever asks for one says where they are."""
    raise UsageProblem(f"“{name}” is no marking profile", hint="profile in briefing.toml names one")


@dataclass(frozen=True)
class Material:
    """What papers are made from: the folded record, its events for those that say what is new, and the house's words.

    `words` are by language, `profiles` what marks mean by the name of a profile, `lineage` who follows whom where these
    are a part of a record. `cut` says of which material these are extracts, for a paper that tells what came since.
    """

    state: BriefingState
    recorded: Sequence[Recorded]
    words: Words = no_words
    profiles: Profiles = no_profiles
    lineage: Lineage = field(default_factory=dict)
    cut: Cut | None = None

    @cached_property
    def marks(self) -> frozenset[str]:
        """Every mark that is given anywhere in the events: looked for once for all papers."""
        return words_in(self.recorded)


@dataclass(frozen=True, slots=True)
class Cut:
    """Of which material extracts were made, which marks may be seen in them, and the digests that events have there."""

    of: Material
    may_see: Callable[[str | None], bool]
    now: Mapping[str, str]


def brief(material: Material, paper: Paper, frame: Frame) -> Note:
    """Return the brief for a meeting; it is written for the first of its readers."""
    reader = frame.to.partition(READERS)[0]
    as_of = date.fromisoformat(frame.today) if frame.as_of and frame.today else None
    cut = material.cut
    told = cut.of if cut else material
    seen = last_seen(told.state, told.recorded, reader, paper="meeting", subject=paper.subject, as_of=as_of,
                     lineage=told.lineage)  # fmt: skip
    if seen and cut:
        seen = shown(seen, cut.may_see, cut.now)
    return meeting_brief(material.state, paper.subject, frame, seen=seen, moved=paper.moved)


def _public(material: Material, paper: Paper, frame: Frame) -> Note:
    """Return the public cut of a meeting; what is public, the marking profile says where there is one.

    It is made from what bears no mark above those of the record and the meeting: nobody and nothing higher is named.
    """
    if not frame.profile:
        return meeting_public(material.state, paper.subject, frame)
    profile = material.profiles(frame.profile)
    own = material.state.meetings[paper.subject].held.marking or profile.default
    house = Reader(profile, ceiling=roll_up(profile, (parse(profile, profile.default), parse(profile, own))))
    seen = gathered(released(material.recorded, house), replace(frame, ceiling="", release=""))
    if paper.subject not in seen.state.meetings:
        raise Refused(f"something about {paper.subject}, or all that it rests on, is marked above it",
                      hint="nothing of it is for release")  # fmt: skip
    anyone = Reader(profile, public=True)
    return meeting_public(seen.state, paper.subject, frame, may_see=anyone.may_see)


Make = Callable[[Material, Paper, Frame], Note]

SHEETS: dict[str, Callable[[BriefingState, Paper], Iterable[Mapping[str, str | int | None]]]] = {
    "commitments": lambda state, paper: sheet_rows(state, chosen_commitments(state, paper)[0]),
    "actions": lambda state, paper: sheet_rows(state, owed_and_open(state, paper)),
}
"""Kind → its rows, of the papers that are also made as XLSX and CSV; the columns are `tracker.SHEET`."""


def chosen_commitments(state: BriefingState, paper: Paper) -> tuple[Sequence[OpenItem], str]:
    """Return the commitments of an agency, or all, or those overdue, and what the paper is then called."""
    items: Sequence[OpenItem] = state.commitments
    about = "Commitments"
    if paper.subject:
        name = state.agencies[paper.subject].name
        items, about = state.commitments_of_agency(paper.subject), f"Commitments with the {name}"
    if paper.option("overdue"):
        items, about = [one for one in items if one.overdue(state.today)], f"Overdue c{about[1:]}"
    return items, about


def owed_and_open(state: BriefingState, paper: Paper) -> list[OpenItem]:
    """Return what the subject of an action sheet owes and has not closed, of an agency's commitments or of all."""
    narrowed = Paper("commitments", paper.option("agency"), paper.options)
    return [one for one in owed_by(state, chosen_commitments(state, narrowed)[0], paper.subject) if one.is_open]


def _tracker(material: Material, paper: Paper, frame: Frame) -> Note:
    items, about = chosen_commitments(material.state, paper)
    return tracker(material.state, frame, items, about=about)


def _actions(material: Material, paper: Paper, frame: Frame) -> Note:
    return action_sheet(material.state, frame, paper.subject, owed_and_open(material.state, paper))


def earlier(
    events: Sequence[Recorded], paper: Paper, lineage: Lineage = MappingProxyType({})
) -> tuple[Sequence[Recorded], Since]:
    """Return the events before the earlier point of a change sheet, and what is printed of it.

    The point is a time (`since_time`), or the heads of a basis (`since_heads`). That the paper which the
    sheet `amends` was issued, seen and returned is no change since that paper. Of a part of a record, `lineage` says
    who follows whom.
    """
    since = Since(printed=paper.option("since"), basis=paper.option("since_basis"))
    if time := paper.option("since_time"):
        return [one for one in events if one.at < datetime.fromisoformat(time)], since
    behind, _ = ancestry(events, paper.option("since_heads").split(), lineage)
    amended = paper.option("amends")
    for one in events if amended else ():
        if one.digest == amended and isinstance(one.event, NoteIssued):
            addendum = 1 + sum(getattr(each.event, "amends", None) == amended for each in events)
            since = replace(since, amends=f"{one.event.reference}, edition {one.event.edition}", addendum=addendum)
    own = {one.digest for one in events if amended and amended in (one.digest, getattr(one.event, "note", ""))}
    before = behind | own
    return [one for one in events if one.digest in before], since


def _changes(material: Material, paper: Paper, frame: Frame) -> Note:
    before, since = earlier(material.recorded, paper, material.lineage)
    as_of = material.state.today if frame.as_of else None
    found = changes(before, material.recorded, as_of=as_of, lineage=material.lineage)
    return change_sheet(material.state, found, since, frame)

PAPERS: dict[str, Make] = {
    "visit": lambda material, paper, frame: visit_report(material.state, paper.subject, frame),
    "agency": lambda material, paper, frame: agency_summary(material.state, paper.subject, frame,
                                                            period=paper.option(PERIOD)),
    "matrix": lambda material, paper, frame: matrix(material.state, frame, paper.option("agencies").split()),
    "meeting": brief,
    "record": lambda material, paper, frame: meeting_record(material.state, paper.subject, frame),
    "public": _public,
    "card": lambda material, paper, frame: points_card(material.state, paper.subject, frame, left_out=paper.moved),
    "commitments": _tracker,
    "actions": _actions,
    "changes": _changes,
    "handover": lambda material, paper, frame: handover_note(material.state, frame, paper.option("agencies").split()),
    "book": lambda material, paper, frame: visit_book(material.state, frame, visit_id=paper.subject),
}
"""Kind → the function that makes it."""

BUDGETS: dict[str, tuple[int, Sequence[str]]] = {
    "meeting": (brief_pages.PAGES, tuple(brief_pages.YIELDING)),
    "card": (card_pages.PAGES, card_pages.YIELDING),
}
"""Kind → the pages of its body, and what yields where there is no room, the first to go first."""

RELEASES = frozenset({"public"})
"""Kinds that leave the house: they hold what is released, say so themselves, and do not carry what was asked for."""

NOT_KEPT = frozenset({"basis", "heads", "made_at", "missing", "to", "cleared_by", "reference", "edition"})
"""What of a frame is no option: it follows from the record, or has a field of its own in `note.issued`."""

FRAMING = tuple(one.name for one in fields(Frame) if one.name not in NOT_KEPT)
"""What of a frame is kept as an option; each is text."""


def gathered(events: Sequence[Recorded], frame: Frame, words: Words = no_words,
             profiles: Profiles = no_profiles) -> Material:  # fmt: skip
    """Return what a paper is made from: the events that its reader may see, folded as of the days that it says."""
    if frame.ceiling or frame.release:
        reader = reader_for(profiles(frame.profile), ceiling=frame.ceiling, release=frame.release)
        events = released(events, reader) if reader else events
    today = date.fromisoformat(frame.today) if frame.today else None
    return Material(project(events, as_of=today if frame.as_of else None, today=today), events, words, profiles)


def make(material: Material, paper: Paper, frame: Frame) -> Note:
    """Return the paper with its mark; it carries what it was asked for, unless it leaves the house.

    With the option `attach` it also carries the events that it prints.
    """
    if frame.ceiling or frame.release:
        frame = replace(frame, reference="", twice="")
    note = _written(material, paper, frame)
    if frame.profile and paper.kind not in RELEASES:
        note = _marked(note, material, paper, frame)
    if frame.ceiling or frame.release:
        return apart(note)
    if paper.kind in RELEASES:
        return note
    attached = evidence(material.recorded, note) if paper.option(ATTACH) else ""
    return replace(note, request=request(paper, frame), evidence=attached)


def _written(material: Material, paper: Paper, frame: Frame) -> Note:
    with speaking(Language(frame.lang, material.words(frame.lang)) if frame.lang else ENGLISH):
        return translated(PAPERS[paper.kind](material, paper, frame))


def _marked(note: Note, material: Material, paper: Paper, frame: Frame) -> Note:
    """Return the paper with the mark that its words ask for; a higher one that was stated needs its reason."""
    profile = material.profiles(frame.profile)

    def lower(reader: Without) -> Note:
        plain = replace(frame, ceiling="", release="")
        extracts = extracts_of(material.recorded, reader)
        seen = gathered(tuple(extracts.values()), plain, material.words, material.profiles)
        cut = Cut(material, reader.may_see, {old: one.digest for old, one in extracts.items()})
        return _written(replace(seen, cut=cut), paper, plain)

    found = marks(note, profile, material.marks, lower)
    stated = stated_mark(profile, found.whole, frame)
    if profile.portions:
        note = with_portions(note, profile, found)
    with speaking(Language(frame.lang, material.words(frame.lang)) if frame.lang else ENGLISH):
        mark = printed(profile, stated)
        return replace(note, band=band(replace(frame, marking=mark)), marking=mark)


def fitted(material: Material, paper: Paper, frame: Frame, measure: Measure) -> Paper:
    """Return the paper with what has no room in its body as an option, so that it is made again without measuring."""
    if paper.kind not in BUDGETS:
        return paper
    pages, yielding = BUDGETS[paper.kind]
    moved = to_move(pages, lambda names: make(material, paper.moving(names), frame), yielding, measure)
    return paper.moving(moved)


def kept(paper: Paper, frame: Frame) -> Options:
    """Return all that a paper was made with besides the events, reference and readers; what is empty is left out."""
    around = {name: str(getattr(frame, name)) for name in FRAMING}
    if twice := around.keys() & dict(paper.options).keys():
        raise ValueError(f"an option of {paper.kind} has the name of a setting: {twice}")
    return tuple(sorted((name, value) for name, value in {**around, **dict(paper.options)}.items() if value))


def taken_apart(options: Mapping[str, str]) -> tuple[dict[str, str], Options]:
    """Return what `kept` joined: the fields of a frame, and the options of the paper."""
    around = {name: value for name, value in options.items() if name in FRAMING}
    return around, tuple(sorted((name, value) for name, value in options.items() if name not in FRAMING))


def request(paper: Paper, frame: Frame) -> str:
    """Return what a paper was asked for as one line of JSON, for its file."""
    said = {"paper": paper.kind, "subject": paper.subject, "reference": frame.reference, "edition": frame.edition,
            "to": frame.to, "cleared_by": frame.cleared_by, "missing": frame.missing,
            "options": dict(kept(paper, frame))}  # fmt: skip
    return json.dumps({name: value for name, value in said.items() if value}, ensure_ascii=False, sort_keys=True)
