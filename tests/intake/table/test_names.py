"""Who a register's cells name: a post and its holder, one organisation or several."""

from __future__ import annotations

import pytest

from briefing.intake.table.bodies import Met, alone, met
from briefing.intake.table.posts import holder


@pytest.mark.parametrize(
    ("cell", "name", "post"),
    [
        ("Prime Minister, The Rt Hon David Cameron MP", "David Cameron", "Prime Minister"),
        ("Minister for the Cabinet Office, Paymaster General, The Rt Hon Francis Maude MP ", "Francis Maude",
         "Minister for the Cabinet Office, Paymaster General"),
        ("Lord Strathclyde, Leader of the House of Lords", "Lord Strathclyde", "Leader of the House of Lords"),
        ("Leader of the House of Lords, Chancellor of the Duchy of Lancaster, The Rt Hon The Lord Strathclyde",
         "Lord Strathclyde", "Leader of the House of Lords, Chancellor of the Duchy of Lancaster"),
        ("Parliamentary Secretary, Deputy Leader of the House of Commons The Rt Hon Tom Brake MP", "Tom Brake",
         "Parliamentary Secretary, Deputy Leader of the House of Commons"),
        ("Commons Government Whip, The Rt Hon Mark Francois, Vice-Chamberlain of HM Household", "Mark Francois",
         "Commons Government Whip, Vice-Chamberlain of HM Household"),
        ("Government Whip, Lord de Mauley", "Lord de Mauley", "Government Whip"),
        ("Lords Commissioner of HM Treasury, Rt Hon Desmond Swayne TD MP", "Desmond Swayne",
         "Lords Commissioner of HM Treasury"),
        ("Leader of the House of Commons, Lord Privy Seal, The Rt Hon George Young MP", "George Young",
         "Leader of the House of Commons, Lord Privy Seal"),
        ("Minister for Civil Society, Nick Hurd", "Nick Hurd", "Minister for Civil Society"),
        ("Jeffrey Kessler, Under Secretary of Commerce", "Jeffrey Kessler", "Under Secretary of Commerce"),
        ("Dean Gooderham Acheson", "Dean Gooderham Acheson", ""),
        ("President Xi Jinping", "Xi Jinping", "President"),
        ("Prime Minister Sir Winston Churchill", "Sir Winston Churchill", "Prime Minister"),
    ],
)  # fmt: skip
def test_a_name_and_its_post_are_told_apart_in_either_order(cell: str, name: str, post: str) -> None:
    assert (holder(cell).name, holder(cell).post) == (name, post)


@pytest.mark.parametrize("cell", ["President Barrios", "Minister of State", "Whips (Lords)", "Other Whips (Commons)", "Secretary of State", "officials"])
def test_a_post_alone_names_nobody(cell: str) -> None:
    assert holder(cell).name == ""
    assert holder(cell).post == cell


KNOWN = alone(["BT", "CBI", "Shell", "Marks & Spencer", "GLA, LGA, ICE", "Atos "])


def test_a_list_is_split_at_semicolons_and_at_lines() -> None:
    assert met("Guide Dogs; Prostate Cancer UK; Campaign for Better Transport", KNOWN).bodies == (
        "Guide Dogs", "Prostate Cancer UK", "Campaign for Better Transport",
    )  # fmt: skip
    assert met("Arup\nAtos", KNOWN).bodies == ("Arup", "Atos")


def test_a_list_is_split_at_commas_only_where_each_part_is_known() -> None:
    assert met("BT, CBI and Shell", KNOWN) == Met(("BT", "CBI", "Shell"), notes=("3 known names",))
    assert met("BT/CBI", KNOWN).bodies == ("BT", "CBI")
    assert met("BT, CBI and Nobody", KNOWN).words == ("BT, CBI and Nobody",)
    assert met("Country, Land and Business Association", KNOWN).bodies == ()


@pytest.mark.parametrize("name", ["Free and Fair Election Network", "CDU/CSU Bundestag Group", "DC Thomson & Co"])
def test_one_name_with_and_or_a_slash_stays_one(name: str) -> None:
    assert met(name, KNOWN) == Met((name,))


@pytest.mark.parametrize(
    "words", ["Sir V S and Lady Naipaul, Geordie Greig (Mail on Sunday)", "Roundtable: BT, CBI and others", "x" * 121]
)
def test_where_it_is_not_certain_there_is_one_counterpart_in_the_words_as_written(words: str) -> None:
    assert (met(words, KNOWN).bodies, met(words, KNOWN).words) == ((), (words,))


def test_people_with_their_papers_in_a_list_are_each_in_their_own_words() -> None:
    cell = "Hugh Whittow, Daily Express; Martin Townsend, Sunday Express; and Dawn Neesom, Daily Star"

    assert met(cell, KNOWN).words == (
        "Hugh Whittow, Daily Express", "Martin Townsend, Sunday Express", "Dawn Neesom, Daily Star",
    )  # fmt: skip
