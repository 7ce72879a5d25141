"""No text becomes a formula in a cell, and every text comes back from one."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from briefing.formula import armed, disarmed

SIGNS = "=+-@\t\r\uff1d\uff0b\uff0d\uff20"


@given(st.text(alphabet=f"'{SIGNS} a1\n", max_size=6) | st.text(max_size=6))
@example("'=1")
@example(" =1")
def test_a_text_comes_back_from_a_cell_that_begins_with_no_sign_of_a_formula(text: str) -> None:
    assert armed(disarmed(text)) == text
    assert not disarmed(text).lstrip().startswith(tuple(SIGNS))


@pytest.mark.parametrize("text", ["Talks", "'tis", "5 - 3", "''"])
def test_other_texts_stay_as_they_are(text: str) -> None:
    assert disarmed(text) == armed(text) == text
