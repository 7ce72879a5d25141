"""Press texts as officers paste them: what is read off two of them, and that nothing false is put into a meeting."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from briefing.intake.proposed import Proposed, SourceText
from briefing.intake.proposers import every
from briefing.intake.rules.countries import _CAPITALS, country_of_capital
from briefing.intake.rules.propose import propose
from briefing.state import EMPTY

OUTGOING = """Deputy Foreign Minister Concludes Visit to Washington

Ministry of Foreign Affairs
Oslo, 14 May 2026

Deputy Minister of Foreign Affairs Ingrid Solheim visited Washington, D.C. from 11 to 13 May 2026 for consultations. \
She was accompanied by Ambassador Lars Henrik Vang and Director General for Security Policy Tone Brekke.

On 11 May, the Deputy Minister met Deputy Secretary of State Daniel Whitcombe at the Department of State. Mr. Whitcombe \
welcomed Norway's role as a supplier of gas. "Norway is an indispensable partner for energy security," he said. The two \
sides agreed to convene the first meeting of the steering group in Bergen by the end of June.

Later the same day, Ms. Solheim held talks with Under Secretary of Defense for Policy Rebecca Tan at the Pentagon. \
They reviewed the Agreement on Supplementary Defense Cooperation (SDCA).

On 12 May, the Deputy Minister had a lunch with Assistant Secretary of Commerce for Global Markets Paul Okafor. They \
reviewed progress on critical minerals.

She also met Senator Carla Reyes, Chair of the Senate Subcommittee on Fisheries, and Representative John Abbott.

At the National Security Council, Ms. Solheim and Ambassador Vang exchanged views with Senior Director for Europe \
Michael Hollis on sanctions.

On 13 May, Ms. Solheim addressed a roundtable at the Center for Strategic and International Studies (CSIS) and met \
representatives of the energy industry, among them Equinor.

"We leave Washington with a clear plan," Deputy Minister Solheim said. "The steering group will meet before the summer."

The United States intends to open a consulate in Bergen.
"""
INCOMING = """From: Press office <press@diplomatie.example>
Subject: Fwd: Visit of the French Minister

Dear colleagues,

please find below the readout of the talks.

PRESS RELEASE
Oslo, 3 June 2026

French Minister for Europe and Foreign Affairs Claire Delmas visited Oslo on 2 June 2026 at the invitation of Foreign
Minister Henrik Aasen. She was received in audience by Crown Prince Haakon at the Royal Palace.

In their talks, the two ministers took stock of cooperation. They agreed to hold a first meeting no later than 15
September. "France and Norway share the same sea," Minister Delmas told reporters. "We shall not leave our cables
unguarded."

Ms Delmas then met Minister of Energy Kari Nordby. France will consider joining the storage project, and Ms Nordby
promised to send the technical terms by the end of June. The French side handed over a non-paper.

The Minister also visited the Research Council of Norway and spoke with students at the University of Oslo.
"""


def read(text: str) -> Sequence[Proposed]:
    return propose(SourceText(text, "press.txt", None, "Norway"), EMPTY, lambda _: None)


def of(kind: str, found: Sequence[Proposed]) -> list[Proposed]:
    return [each for each in every(found) if each.kind == kind]


def met(meeting: Proposed) -> list[str]:
    return [str(part.values["name"]) for part in meeting.parts["with"]]


def ours(meeting: Proposed) -> list[str]:
    return [str(part.values["name"]) for part in meeting.parts.get("ours", ())]


def test_a_visit_is_told_by_its_verb_with_its_place_its_days_and_its_delegation() -> None:
    (visit,) = of("visit", read(OUTGOING))

    assert visit.values == {
        "visit": "Ingrid Solheim’s visit to the United States", "when": "11 to 13 May 2026", "where": "Washington, D.C.",
        "country": "United States", "principal": "Ingrid Solheim",
    }  # fmt: skip
    assert [part.values["name"] for part in visit.parts["delegation"]] == ["Lars Henrik Vang", "Tone Brekke"]


def test_to_visit_a_house_is_no_visit_to_a_country() -> None:
    text = INCOMING.replace("visited Oslo on 2 June 2026", "visited the Research Council on 2 June 2026")

    assert of("visit", read(text)) == []


def test_each_meeting_of_a_visit_has_its_own_people_and_day() -> None:
    meetings = of("meeting", read(OUTGOING))

    assert [(met(one), one.values.get("when")) for one in meetings] == [
        (["Daniel Whitcombe"], "11 May [2026]"),
        (["Rebecca Tan"], "11 May [2026]"),
        (["Paul Okafor"], "12 May [2026]"),
        (["Carla Reyes", "John Abbott"], None),
        (["Michael Hollis"], None),
        (["“representatives of the energy industry”"], "13 May [2026]"),
    ]
    assert all(ours(one)[0] == "Ingrid Solheim" for one in meetings)
    assert meetings[1].remark == "“the same day”: as the meeting before"
    assert [one.values.get("setting") for one in meetings] == [None] * 5 + ["outside government"]


def test_what_follows_the_meetings_is_of_the_visit_and_of_none_of_them() -> None:
    (report,) = of("report", read(OUTGOING))

    assert [(part.values["say"], part.values.get("by")) for part in report.parts["points"]] == [
        ('"We leave Washington with a clear plan," Deputy Minister Solheim said.', "Ingrid Solheim")
    ]
    assert [(part.values["say"], part.values.get("by")) for part in report.parts["commitments"]] == [
        ('"The steering group will meet before the summer."', "Ingrid Solheim"),
        ("The United States intends to open a consulate in Bergen.", "theirs"),
    ]


def test_without_a_visit_what_names_no_meeting_is_less_sure_and_the_officer_is_told() -> None:
    text = OUTGOING.replace("visited Washington, D.C. from 11 to 13 May 2026 for", "had").replace("Visit to", "Talks in")
    found = read(text)
    last = of("meeting", found)[-1]

    assert of("visit", found) == []
    assert "paragraphs that name no meeting: see whether what they say (3) was said in this one" in last.remark
    assert {part.confidence for part in last.parts["commitments"]} == {40}


def test_words_of_a_headline_and_of_a_post_are_no_names() -> None:
    found = [*of("person", read(OUTGOING)), *of("with", read(OUTGOING))]

    assert {str(one.values.get("person") or one.values["name"]) for one in found} == {
        "Ingrid Solheim", "Lars Henrik Vang", "Tone Brekke", "Daniel Whitcombe", "Rebecca Tan", "Paul Okafor",
        "Carla Reyes", "John Abbott", "Michael Hollis", "“representatives of the energy industry”",
    }  # fmt: skip
    titles = {str(one.values["name"]): one.values.get("title") for one in of("with", read(OUTGOING))}
    assert titles["Paul Okafor"] == "Assistant Secretary of Commerce for Global Markets"
    bodies = {str(one.values["name"]): one.values.get("agency") for one in of("with", read(OUTGOING))}
    assert (bodies["Paul Okafor"], bodies["Rebecca Tan"]) == ("Department of Commerce", "Department of Defense")
    assert titles["Carla Reyes"] == "Chair of the Senate Subcommittee on Fisheries"


@pytest.mark.parametrize(
    ("title", "agency"),
    [
        ("Assistant Secretary of State for South and Central Asian Affairs", "Department of State"),
        ("Under Secretary of the Treasury for International Affairs", "Department of the Treasury"),
        ("Parliamentary Under Secretary of State for Defence", None),
        ("British Under Secretary of State for Defence", None),
    ],
)
def test_a_post_for_a_field_is_of_the_department_whose_secretary_is_above_it(title: str, agency: str | None) -> None:
    text = f"Foreign Minister Ann Lee of Norway met {title} Bo Dahl. They reviewed trade. More follows here."

    assert of("with", read(text))[-1].values.get("agency") == agency


def test_a_think_tank_is_no_topic_and_letters_in_another_order_are_an_acronym() -> None:
    topics = {one.values["topic"]: one.values.get("full name") for one in of("topic", read(OUTGOING))}

    assert topics == {"SDCA": "Agreement on Supplementary Defense Cooperation"}


def test_a_mail_that_was_pasted_has_its_subject_and_sender_and_the_date_of_what_it_sends_on() -> None:
    source = of("source", read(INCOMING))[0]

    assert source.values == {
        "source": "press.txt", "title": "Visit of the French Minister", "publisher": "mail from Press office",
        "published": "3 June 2026", "dateline": "Oslo, 3 June 2026",
    }  # fmt: skip


@pytest.mark.parametrize("day", ["Tue, 2 June 2026 18:04", "2 June 2026"])
def test_without_a_dateline_a_pasted_mail_has_the_day_on_which_it_was_sent(day: str) -> None:
    text = INCOMING.replace("Oslo, 3 June 2026\n", "").replace("Dear", "Hello").replace("Subject", f"Date: {day}\nSubject")

    assert of("source", read(text))[0].values["published"] == "2 June 2026"


def test_whom_a_visitor_meets_here_is_ours() -> None:
    meetings = of("meeting", read(INCOMING))

    assert [(ours(one), met(one)) for one in meetings] == [
        (["Henrik Aasen"], ["Claire Delmas"]),
        (["Haakon"], ["Claire Delmas"]),
        (["Kari Nordby"], ["Claire Delmas"]),
        ([], ["Claire Delmas", "“students”"]),
    ]
    assert [one.values["meeting"] for one in meetings][1:3] == [
        "Haakon’s meeting with Claire Delmas", "Kari Nordby’s meeting with Claire Delmas",
    ]  # fmt: skip


def test_two_promises_of_one_sentence_are_two_each_of_whom_it_names() -> None:
    promised = {str(one.values["say"]): (one.word, one.values.get("by"), one.values.get("due"))
                for one in of("commitment", read(INCOMING))}  # fmt: skip

    assert promised == {
        "Hold a first meeting.": ("agreed", "both", "15 September [2026]"),
        "France will consider joining the storage project.": ("will consider", "theirs", None),
        "Send the technical terms.": ("agreed", "Kari Nordby", "June [2026]"),
    }


def test_what_somebody_else_is_reported_to_promise_is_not_cut_off_from_who_reports_it() -> None:
    text = INCOMING.replace("France will consider", "Ms Nordby said that France will join").replace("promised to", "will")

    assert not [one for one in of("commitment", read(text)) if "terms" in str(one.values["say"])]


def test_a_quotation_that_goes_on_and_a_paper_that_was_handed_over_are_not_lost() -> None:
    said = {str(one.values["say"]): one.values.get("by") for one in of("point", read(INCOMING))}

    assert said['"We shall not leave our cables unguarded."'] == "Claire Delmas"
    assert said["The French side handed over a non-paper."] == "theirs"


def test_every_capital_is_one_of_a_country_that_is_known() -> None:
    cities = [" ".join(entry.split()[:n]) for entry in _CAPITALS.replace("\n", "|").split("|") if entry
              for n in range(1, len(entry.split())) if country_of_capital(" ".join(entry.split()[:n]))]  # fmt: skip

    assert len(cities) >= len([entry for entry in _CAPITALS.replace("\n", "|").split("|") if entry.strip()])
    assert country_of_capital("Oslo") == "Norway"
    assert country_of_capital("La Paz") == "Bolivia"
