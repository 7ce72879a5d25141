"""Short forms of given names."""

from __future__ import annotations

import pytest

from briefing.given_names import short_form


@pytest.mark.parametrize(("one", "other"), [("mike", "michael"), ("michael", "mike"), ("bill", "william"), ("bob", "rob"), ("steve", "stephen")])
def test_a_short_form_and_the_whole_or_another_short_form_of_it_may_be_one_name(one: str, other: str) -> None:
    assert short_form(one, other)


@pytest.mark.parametrize(("one", "other"), [("mike", "mark"), ("michael", "william"), ("asha", "vikram"), ("", "michael")])
def test_other_names_are_no_short_forms(one: str, other: str) -> None:
    assert not short_form(one, other)
