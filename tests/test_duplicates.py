"""Which entries may be one and the same, and why."""

from __future__ import annotations

from briefing.duplicates import likely_duplicates, likely_meetings
from briefing.state import RegisterKind
from tests.decided import decided
from tests.given import Told, agency_described, given, person_described, post, topic_described


def pairs(kind: RegisterKind, *told: Told) -> list[tuple[str, str]]:
    return [(one.kept, one.other) for one in likely_duplicates(given(*told), kind)]


def test_names_that_are_nearly_the_same_are_proposed_from_eighty_and_the_first_on_record_is_kept() -> None:
    (found,) = likely_duplicates(given(agency_described("a", "Ministry of Defence"), agency_described("b", "Ministry of Defense")), "agency")

    assert (found.kept, found.other, found.score) == ("a", "b", 95)
    assert found.evidence == ("“Ministry of Defence” and “Ministry of Defense”: 95 in 100 alike",)
    assert pairs("agency", agency_described("a", "Ministry of Defence"), agency_described("b", "Ministry of Finance")) == []


def test_a_name_or_an_acronym_in_common_is_evidence() -> None:
    assert pairs("agency", agency_described("a", "Pentagon", aliases=("DoD",)), agency_described("b", "Defense", short="DOD")) == [("a", "b")]
    assert pairs("topic", topic_described("a", "Trade Policy Forum"), topic_described("b", "TPF")) == [("a", "b")]


def test_one_family_name_is_evidence_where_first_names_and_titles_agree() -> None:
    jeffrey = person_described("a", "Jeffrey Kessler", posts=(post("Under Secretary of Commerce"),))

    assert pairs("person", jeffrey, person_described("b", "J Kessler", posts=(post("Under Secretary"),))) == [("a", "b")]
    assert pairs("person", jeffrey, person_described("b", "Kessler")) == [("a", "b")]
    assert pairs("person", jeffrey, person_described("b", "J Kessler", posts=(post("Ambassador to Japan"),))) == []
    assert pairs("person", jeffrey, person_described("b", "Ann Kessler", posts=(post("Under Secretary of Commerce"),))) == []


def faulkender(id_: str, name: str, title: str, agency: str | None = None) -> Told:
    return person_described(id_, name, posts=(post(title, agency=agency),))


def test_a_short_form_of_a_given_name_is_evidence_with_the_family_name_and_the_post() -> None:
    michael = faulkender("a", "Michael Faulkender", "Deputy Secretary of the Treasury")

    (found,) = likely_duplicates(given(michael, faulkender("b", "Mike Faulkender", "Deputy Treasury Secretary")), "person")
    assert found.evidence == (
        "one family name: Michael Faulkender, Mike Faulkender; “Deputy Secretary of the Treasury” and “Deputy Treasury Secretary”",
    )
    assert pairs("person", michael, faulkender("b", "Mike Faulkender", "Ambassador to Japan")) == []
    assert pairs("person", michael, faulkender("b", "Mark Faulkender", "Deputy Treasury Secretary")) == []
    assert pairs("person", michael, faulkender("b", "Mike Fielding", "Deputy Treasury Secretary")) == []


def test_two_titles_at_one_agency_are_evidence_of_one_person_too() -> None:
    michael = faulkender("a", "Michael Faulkender", "Counsellor", "us-treasury")

    assert pairs("person", michael, faulkender("b", "Mike Faulkender", "Deputy Secretary", "us-treasury")) == [("a", "b")]
    assert pairs("person", michael, faulkender("b", "Mike Faulkender", "Deputy Secretary", "us-state")) == []


def test_a_name_in_another_order_is_the_same_name() -> None:
    assert pairs("person", person_described("a", "Xi Jinping"), person_described("b", "Jinping Xi")) == [("a", "b")]


def test_bodies_of_two_countries_are_two() -> None:
    one = agency_described("a", "Ministry of Finance", country="India")

    assert pairs("agency", one, agency_described("b", "Finance Ministry of", country="Japan")) == []
    assert pairs("agency", one, agency_described("b", "Finance Ministry of")) == [("a", "b")]


def met(new: str) -> list[tuple[str, str]]:
    """Return which meetings of a draft may be which of those on record."""
    on_record = """
        visit: To Washington
        id: v
        when: 27-29 May 2026
        ---
        meeting: Talks
        id: talks
        visit: v
        with: [Scott Bessent]
        agency: Treasury
        notes: Desk
        content: not known
        ---
        meeting: Dinner
        id: dinner
        when: 28 May 2026
        with: [Scott Bessent]
        notes: Desk
        content: not known
    """
    log = decided(on_record).events
    plan = decided(new, log)
    found = likely_meetings(plan.state, [one.event for one in plan.events])
    return [(one.held.title, known.id) for one, known in found]


def test_a_meeting_may_be_one_at_that_time_with_the_same_people_the_one_of_that_day_first() -> None:
    new = "meeting: A call\nwhen: 28 May 2026\nwith: [Scott Bessent]\nnotes: Desk\ncontent: not known\n"

    assert met(new) == [("A call", "dinner")]
    assert met(new.replace("28 May", "29 May")) == [("A call", "talks")]
    assert met(new.replace("28 May", "30 May")) == []
    assert met(new.replace("Scott Bessent", "Ann Novak")) == []


def test_a_meeting_that_names_nobody_may_be_one_with_the_same_body() -> None:
    new = "meeting: A call\nvisit: v\nagency: Treasury\nnotes: Desk\ncontent: not known\n"

    assert met(new) == [("A call", "talks")]
    assert met(new.replace("Treasury", "Commerce")) == []
    assert met(new.replace("Treasury", "[Treasury, Commerce]")) == []
