"""Which entries may be one and the same, and why."""

from __future__ import annotations

from briefing.duplicates import likely_duplicates
from briefing.state import RegisterKind
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


def test_bodies_of_two_countries_are_two() -> None:
    one = agency_described("a", "Ministry of Finance", country="India")

    assert pairs("agency", one, agency_described("b", "Finance Ministry of", country="Japan")) == []
    assert pairs("agency", one, agency_described("b", "Finance Ministry of")) == [("a", "b")]
