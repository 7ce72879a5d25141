"""A record full of marked secrets: every text of every type of event, and of every part, is a word found nowhere else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from briefing.events import (
    AgencyDescribed,
    AssessmentRecorded,
    CommitmentUpdated,
    DifferenceSettled,
    Event,
    EventCorrected,
    EventRedacted,
    EventRetracted,
    FactStated,
    LineAgreed,
    MeetingHeld,
    MeetingPlanned,
    NoteCleared,
    NoteIssued,
    NoteReturned,
    NoteSeen,
    ObjectiveScored,
    PersonDescribed,
    Recorded,
    SourceRegistered,
    TopicDescribed,
    VisitDescribed,
    VisitReported,
)
from briefing.paper_events import NoteFile
from briefing.payload import (
    Change,
    Citation,
    Commitment,
    Expected,
    Objective,
    Paper,
    Participant,
    Point,
    PointToMake,
    Post,
    ProgrammeItem,
)
from tests.given import TEXT, cited, day, source_registered, written_at
from tests.leak.canaries import Canaries

OPEN_DAY, SECRET_DAY = datetime(2026, 3, 1, 12, tzinfo=UTC), datetime(2026, 10, 11, 3, 4, 5, tzinfo=UTC)
"""Open events are recorded in the one, a minute apart; secret ones on days of their own after it."""


@dataclass
class Planted:
    """A record with secrets in it, the same as if they had never been, and what must not be found in a release."""

    full: tuple[Recorded, ...]
    without: tuple[Recorded, ...]
    canaries: Canaries
    traces: dict[str, str]


def planted(level: str, open_mark: str | None) -> Planted:
    """Return a record in which secrets bear the one mark and all else the other."""
    canaries = Canaries(level)
    full = _Telling(canaries, open_mark)
    full.tell()
    without = _Telling(None, open_mark)
    without.tell()
    return Planted(tuple(full.written), tuple(without.written), canaries, dict(_traces(full.written)))


def _traces(log: list[Recorded]) -> Iterator[tuple[str, str]]:
    """Yield what names the record or one of its events: in a release there is none of it, of open events neither."""
    for one in log:
        about = one.event.type
        yield one.digest[:8], f"digest of {about}"
        yield one.event.nonce, f"nonce of {about}"
        yield one.event.origin, f"origin of {about}"
        if one.at >= SECRET_DAY:
            for form in ("%Y-%m-%dT%H:%M", "%Y%m%dT%H%M%S", "%Y%m%d%H%M%S", "%-d %B %Y"):
                yield one.at.strftime(form), f"time of {about}"


class _Telling:
    """Writes a record: with secrets where there are canaries, as if they had never been where there are none."""

    def __init__(self, canaries: Canaries | None, open_mark: str | None) -> None:
        self.canaries = canaries
        self.open_mark = open_mark
        self.written: list[Recorded] = []
        self.opened = self.hidden = 0

    def open(self, kind: type[Event], **payload: Any) -> Recorded:
        self.opened += 1
        return self._write(kind, OPEN_DAY + timedelta(minutes=self.opened), {"marking": self.open_mark, **payload})

    def secret(self, kind: type[Event], **fixed: Any) -> Recorded | None:
        """Put a secret event on record, every text of it a canary; nothing where there are no secrets."""
        if self.canaries is None:
            return None
        self.hidden += 1
        furniture = {name: self.canaries.word(f"{kind.__name__}.{name}") for name in ("recorded_for", "file_ref", "retention")}
        payload = self.canaries.of(kind, **fixed)
        at = SECRET_DAY + timedelta(hours=7 * self.hidden)
        return self._write(kind, at, {"marking": self.canaries.level, **furniture, **payload})

    def _write(self, kind: type[Event], at: datetime, payload: dict[str, Any]) -> Recorded:
        writer = self.canaries.word(f"{kind.__name__}.recorded_by") if self.canaries and at >= SECRET_DAY else "desk"
        parents = [one.digest for one in self.written[-1:]]
        self.written.append(written_at(kind, at, writer=writer, parents=parents, **payload))
        return self.written[-1]

    def parts(self, kind: type[Any], **fixed: Any) -> tuple[Any, ...]:
        """Return a secret part; nothing where there are no secrets."""
        return (self.canaries.part(kind, **fixed),) if self.canaries else ()

    def id(self, place: str) -> str:
        return self.canaries.id(place) if self.canaries else "nothing"

    # ── the record ────────────────────────────────────────────────────────────────────────────

    def tell(self) -> None:
        self.names = {one: self.id(one) for one in ("source", "agency", "person", "topic", "visit", "held", "planned")}
        self._register()
        self._visit()
        self._planned()
        self._held()
        self._news()
        self._papers()
        self._withheld_by_what_is_about_them()
        self.written.sort(key=lambda one: (one.at, one.event.type, one.digest))

    def also(self, name: str) -> tuple[str, ...]:
        return (self.names[name],) if self.canaries else ()

    def _register(self) -> None:
        told = source_registered("open-text", title="An open text", publisher="A publisher")
        self.open(SourceRegistered, **told.payload)
        self.secret(SourceRegistered, id=self.names["source"], text=f"{self.canaries.word('text')} {TEXT}" if self.canaries else "",
                    original_sha256="ab" * 32, body_start=0, language="en")  # fmt: skip
        self.open(AgencyDescribed, id="us-open", name="Open Department", country="United States", side="theirs")
        self.open(AgencyDescribed, id="in-mea", name="Ministry", country="India", side="ours")
        self.secret(AgencyDescribed, id=self.names["agency"], side="theirs", rank=7)
        quoted = (cited("open-text", title="Under Secretary"),)
        secret_post = self.parts(Post, agency=self.names["agency"], rank=1)
        self.open(PersonDescribed, id="jo", name="Jo Smith", side="theirs",
                  posts=(*secret_post, Post(title="Under Secretary", agency="us-open", citations=quoted)))  # fmt: skip
        self.secret(PersonDescribed, id=self.names["person"], side="theirs",
                    posts=self.parts(Post, agency="us-open", rank=3))  # fmt: skip
        self.open(TopicDescribed, id="steel", name="Steel")
        self.secret(TopicDescribed, id=self.names["topic"], theme="steel", rank=2)

    def quoted(self) -> tuple[Citation, ...]:
        """Return an open quotation, with a secret one beside it."""
        start = TEXT.index("soon")
        secret = Citation(source=self.names["source"], quote="soon", start=start, end=start + 4,
                          **({"title": self.canaries.word("Citation.title"), "words": ("soon",)} if self.canaries else {}))  # fmt: skip
        return (*((secret,) if self.canaries else ()), cited("open-text"))

    def _visit(self) -> None:
        self.open(VisitDescribed, id="v", title="The visit", when=day(2026, 2, 20), where="Washington", principal="jo",
                  delegation=(*self.parts(Participant, person=self.names["person"], unnamed=None), Participant(person="jo")),
                  objectives=(*self.parts(Objective, id="o1"), Objective(id=self.no("o", 1), say="An open objective.")))  # fmt: skip
        self.secret(VisitDescribed, id=self.names["visit"], follows="v", objectives=self.parts(Objective, id="o1"))
        self.open(VisitReported, id="whole", visit="v", title="On the whole",
                  points=(*self.parts(Point, id="p1", topics=("steel",)), self.point("p", "An open report.")))  # fmt: skip
        self.secret(VisitReported, id=self.id("VisitReported.id"), visit="v", points=self.parts(Point, id="p1", by="theirs"))

    def no(self, letter: str, before: int) -> str:
        """Return the number of an open item that stands behind so many secret ones."""
        return f"{letter}{1 + (before if self.canaries else 0)}"

    def point(self, letter: str, say: str) -> Point:
        return Point(id=self.no(letter, 1), say=say, by="theirs", topics=("steel", *self.also("topic")), citations=self.quoted())

    def _planned(self) -> None:
        whose = {"agencies": ("us-open", *self.also("agency")), "visit": "v", "when": day(2026, 4, 2)}
        self.open(
            MeetingPlanned, id="next", title="The next meeting", press="No press", agenda=("Steel",), **whose,
            participants=(*self.parts(Participant, person=self.names["person"], unnamed=None), Participant(person="jo", agency="us-open")),
            objectives=(*self.parts(Objective, id="o1"), Objective(id=self.no("o", 1), say="Fix a day.")),
            points=(*self.parts(PointToMake, id="t1", topics=("steel",)), PointToMake(id=self.no("t", 1), say="Ask for a day.")),
            expected=(*self.parts(Expected, id="e1", likelihood="certain"), Expected(id=self.no("e", 1), say="Prices.", likelihood="may")),
            programme=(*self.parts(ProgrammeItem), ProgrammeItem(at="10:00", what="Talks")),
        )  # fmt: skip
        self.secret(MeetingPlanned, id=self.names["planned"], **whose, points=self.parts(PointToMake, id="t1"),
                    objectives=self.parts(Objective, id="o1"), expected=self.parts(Expected, id="e1", likelihood="may"),
                    programme=self.parts(ProgrammeItem))  # fmt: skip

    def _held(self) -> None:
        whose = {"agencies": ("us-open", "in-mea", *self.also("agency")), "visit": "v", "when": day(2026, 2, 20)}
        self.open(
            MeetingHeld, id="talks", title="The talks", **whose, attendance="complete", citations=self.quoted(),
            participants=(*self.parts(Participant, person=self.names["person"], unnamed=None), Participant(person="jo", agency="us-open", side="theirs")),
            points=(*self.parts(Point, id="p1", topics=("steel",), by="theirs"), self.point("p", "Steel was discussed.")),
            not_agreed=(*self.parts(Point, id="n1", by="ours"), self.point("n", "A day was not agreed.")),
            commitments=(
                *self.parts(Commitment, id="c1", status="open"), *self.hidden_by_news(),
                Commitment(id=self.no("c", 2), say="To hold talks.", owed_by="theirs", citations=self.quoted()),
            ),
            papers=(Paper(title="An open paper"),),
        )  # fmt: skip
        self.secret(MeetingHeld, id=self.names["held"], **whose, points=self.parts(Point, id="p1"), not_agreed=self.parts(Point, id="n1"),
                    commitments=self.parts(Commitment, id="c1", status="open"), papers=self.parts(Paper))  # fmt: skip

    def hidden_by_news(self) -> tuple[Commitment, ...]:
        """Return a commitment that bears no mark, of which there is secret news."""
        return (Commitment(id="c2", say=self.canaries.word("Commitment.say, by its news")),) if self.canaries else ()

    def _news(self) -> None:
        self.open(CommitmentUpdated, commitment=f"talks/{self.no('c', 2)}", status="in hand", evidence="A letter came.")
        self.secret(CommitmentUpdated, commitment="talks/c2", status="done")
        self.open(ObjectiveScored, objective=f"v/{self.no('o', 1)}", score="partly", evidence="It was half met.")
        self.secret(ObjectiveScored, objective="v/o1", score="met")
        self.secret(ObjectiveScored, objective="next/o1", score="not")
        self.open(LineAgreed, id="open-line", about="steel", line="We favour open markets.")
        self.secret(LineAgreed, id=self.id("LineAgreed.id"), about="steel")
        self.open(FactStated, id="open-fact", say="Steel is dear.", topics=("steel",), about=("us-open",), when=day(2026, 1, 5))
        self.secret(FactStated, id=self.id("FactStated.id"), topics=("steel",), about=("us-open",), visit="v")
        for about in ("v", "talks", "next", "us-open", "steel"):
            self.open(AssessmentRecorded, id=f"open-{about}", about=about, by="Desk officer", bottom_line=(f"All is well with {about}.",))
            self.secret(AssessmentRecorded, id=self.id("AssessmentRecorded.id"), about=about)

    def _papers(self) -> None:
        if self.canaries is None:
            return
        basis = self.written[-1].digest
        rest = {"basis": basis, "heads": (basis,), "template": "0" * 64, "files": ({"format": "pdf", "sha256": "cd" * 32},)}
        issued = self.secret(NoteIssued, paper="meeting", subject="next", edition=7, to=("Minister",), **{
            **rest, "files": _files(), "reference": self.canaries.word("NoteIssued.reference")})  # fmt: skip
        assert issued is not None
        self.secret(NoteSeen, note=issued.digest, reader="Minister")
        self.secret(NoteReturned, note=issued.digest, reader="Minister")
        self.secret(NoteCleared)

    def _withheld_by_what_is_about_them(self) -> None:
        """Put things without a mark on record that a secret correction, withdrawal, redaction or settlement withholds."""
        if self.canaries is None:
            return
        say = self.canaries.word
        things = [
            self._write(FactStated, SECRET_DAY + timedelta(hours=n), {"id": self.id("FactStated.id"), "say": say("FactStated.say, by what is about it")})
            for n in range(1, 4)
        ]  # fmt: skip
        corrected, retracted, redacted = things
        self.secret(EventCorrected, target=corrected.digest, changes=(Change(path="say", value=say("Change.value")),))
        self.secret(EventRetracted, target=retracted.digest)
        self.secret(EventRedacted, target=redacted.digest, target_type=redacted.event.type, target_recorded_at=redacted.at, target_parents=())
        settled = self._write(FactStated, SECRET_DAY + timedelta(hours=4), {
            "id": self.id("FactStated.id"), "say": say("FactStated.say, by its settlement"), "citations": self.quoted()})  # fmt: skip
        assert isinstance(settled.event, FactStated)
        self.secret(DifferenceSettled, difference=settled.event.id, uses="open-text")


def _files() -> tuple[Any, ...]:
    return (NoteFile(format="pdf", sha256="cd" * 32),)
