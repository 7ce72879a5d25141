"""Marks: read from words, added up, compared with what a reader may see, printed; an unknown one is refused."""

from __future__ import annotations

import pytest
from hypothesis import given as over
from hypothesis import strategies as st

from briefing.errors import UsageProblem
from briefing.markings.marking import Marking, UnknownMark, parse, portion, printed, roll_up
from briefing.markings.profile import Profile, read_profile
from briefing.markings.reader import reader_for
from briefing.resources import marking_profile, marking_profiles

PROFILES = {name: marking_profile(name) for name in marking_profiles()}
US, UK, INDIA, PLAIN = (PROFILES[name] for name in ("us", "uk", "india", "plain"))
AUSTRALIA, CANADA, NZ = (PROFILES[name] for name in ("australia", "canada", "nz"))


@st.composite
def marks(draw: st.DrawFn, profile: Profile) -> Marking:
    level = draw(st.sampled_from([one.name for one in profile.levels]))
    fitting = [one.name for one in profile.caveats if not one.only and (not one.levels or level in one.levels)]
    caveats = draw(st.frozensets(st.sampled_from(fitting))) if fitting else frozenset[str]()
    return Marking(level, caveats, draw(st.none() | st.frozensets(st.sampled_from(["USA", "GBR", "AUS"]), min_size=1)))


@pytest.mark.parametrize(
    ("profile", "words", "mark"),
    [
        (US, "SECRET//NOFORN", Marking("SECRET", release=frozenset({"USA"}))),
        (US, "secret // rel to USA, GBR // orcon", Marking("SECRET", frozenset({"ORCON"}), frozenset({"USA", "GBR"}))),
        (US, "Top Secret", Marking("TOP SECRET")),
        (UK, "OFFICIAL-SENSITIVE", Marking("OFFICIAL", frozenset({"SENSITIVE"}))),
        (UK, "Official – Sensitive", Marking("OFFICIAL", frozenset({"SENSITIVE"}))),
        (UK, "SECRET - UK EYES ONLY", Marking("SECRET", release=frozenset({"UK"}))),
        (INDIA, "Confidential", Marking("CONFIDENTIAL")),
        (AUSTRALIA, "Official: Sensitive", Marking("OFFICIAL: SENSITIVE")),
        (AUSTRALIA, "SECRET//REL AUS/GBR", Marking("SECRET", release=frozenset({"AUS", "GBR"}))),
        (CANADA, "Protected B", Marking("PROTECTED B")),
        (NZ, "SECRET//NZEO", Marking("SECRET", release=frozenset({"NZL"}))),
        (PLAIN, "public", Marking("PUBLIC")),
    ],
)
def test_a_mark_is_read_in_any_of_its_usual_forms(profile: Profile, words: str, mark: Marking) -> None:
    assert parse(profile, words) == mark


@pytest.mark.parametrize("words", ["", "SECRETLY", "VERY SECRET", "SECRET//NOFORM", "UNCLASSIFIED//NOFORN", "SECRET//REL", "S"])
def test_an_unknown_mark_is_refused_and_never_taken_for_a_lower_one(words: str) -> None:
    with pytest.raises(UnknownMark):
        parse(US, words)


@pytest.mark.parametrize(
    ("profile", "words", "band", "before"),
    [
        (US, "SECRET//NOFORN", "SECRET//NOFORN", "(S//NF)"),
        (US, "SECRET//REL TO GBR, USA", "SECRET//REL TO USA, GBR", "(S//REL TO USA, GBR)"),
        (UK, "Official - Sensitive", "OFFICIAL-SENSITIVE", "(O//SENSITIVE)"),
        (INDIA, "secret", "SECRET", "(S)"),
        (PLAIN, "INTERNAL", "", "(I)"),
        (PLAIN, "confidential", "CONFIDENTIAL", "(C)"),
    ],
)
def test_a_mark_is_printed_in_the_form_of_its_profile(profile: Profile, words: str, band: str, before: str) -> None:
    assert (printed(profile, parse(profile, words)), portion(profile, parse(profile, words))) == (band, before)


@pytest.mark.parametrize("name", PROFILES)
@over(data=st.data())
def test_what_is_printed_reads_as_what_it_was(name: str, data: st.DataObject) -> None:
    profile = PROFILES[name]
    mark = data.draw(marks(profile))

    assert parse(profile, printed(profile, mark) or mark.level) == mark


@pytest.mark.parametrize("name", PROFILES)
@over(data=st.data())
def test_marks_add_up_in_any_order_and_never_below_a_part(name: str, data: st.DataObject) -> None:
    profile = PROFILES[name]
    parts = data.draw(st.lists(marks(profile), min_size=1, max_size=5))
    whole = roll_up(profile, parts)

    assert whole == roll_up(profile, reversed(parts)) == roll_up(profile, [*parts, parts[0]])
    assert whole == roll_up(profile, [roll_up(profile, parts[:2]), roll_up(profile, parts[2:])])
    for part in parts:
        assert profile.rank(whole.level) >= profile.rank(part.level)
        assert whole.caveats | profile.contained_in(whole.level) >= part.caveats
        assert part.release is None or (whole.release is not None and whole.release <= part.release)


@pytest.mark.parametrize("name", PROFILES)
@over(data=st.data())
def test_whoever_may_see_the_whole_may_see_each_part(name: str, data: st.DataObject) -> None:
    profile = PROFILES[name]
    parts = data.draw(st.lists(marks(profile), min_size=1, max_size=4))
    whole, ceiling = roll_up(profile, parts), data.draw(marks(profile))
    reader = reader_for(profile, ceiling=printed(profile, ceiling) or ceiling.level)
    assert reader is not None

    if reader.may_see(printed(profile, whole) or whole.level):
        assert all(reader.may_see(printed(profile, part) or part.level) for part in parts)


@pytest.mark.parametrize(
    ("ceiling", "release", "mark", "seen"),
    [
        ("SECRET", "", "CONFIDENTIAL", True),
        ("SECRET", "", "TOP SECRET", False),
        ("SECRET", "", "SECRET//ORCON", False),
        ("SECRET//ORCON", "", "SECRET//ORCON", True),
        ("SECRET", "", "SECRET//NOFORN", False),
        ("SECRET//REL TO GBR", "", "SECRET//REL TO USA, GBR", True),
        ("SECRET//REL TO GBR", "", "SECRET//NOFORN", False),
        ("", "GBR", "SECRET//REL TO USA, GBR", True),
        ("", "GBR", "SECRET", False),
        ("", "GBR", "UNCLASSIFIED", True),
        ("", "GBR, AUS", "SECRET//REL TO USA, GBR", False),
        ("", "public", "UNCLASSIFIED", True),
        ("", "public", "UNCLASSIFIED//FOUO", False),
        ("", "public", None, False),
        ("CONFIDENTIAL", "GBR", "SECRET//REL TO USA, GBR", False),
    ],
)
def test_a_reader_sees_what_is_at_most_so_high_and_released_to_all_of_them(ceiling: str, release: str, mark: str | None, seen: bool) -> None:
    reader = reader_for(US, ceiling=ceiling, release=release)

    assert reader is not None
    assert reader.may_see(mark) is seen


def test_without_a_ceiling_or_a_release_the_paper_is_for_whoever_may_read_the_record() -> None:
    assert reader_for(US) is None


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("title = ", "expected"), ('title = "X"', "Field required"), ("colour = 1", "colour"),
        ('title="X"\ndefault="A"\npublic="B"\n[[levels]]\nname="A"\nshort="a"', "levels that are not there"),
    ],
)  # fmt: skip
def test_a_profile_that_is_wrong_is_refused_with_what_is_wrong(text: str, what: str) -> None:
    with pytest.raises(UsageProblem) as refusal:
        read_profile(text, "house")
    assert "the marking profile house" in refusal.value.message
    if what != "expected":
        assert what in refusal.value.message
