"""How values are told to people, where nothing else tests it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hmis_standards.tabular import visible


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Plain, with é, 漢字, עברית and 😀.", "Plain, with é, 漢字, עברית and 😀."),
        ("two\nlines\tand a tab", "two\nlines\tand a tab"),
        ("Windows\r\nand old\rends", "Windows\nand old\nends"),
        ("nothing\x00here\x1b[31m\x7f", "nothing␀here␛[31m␡"),
        ("abc\u202egnp.exe\u2066", "abc⟨U+202E⟩gnp.exe⟨U+2066⟩"),
        ("\x85next", "⟨U+0085⟩next"),
        ("half \ud83d of one\uffff", "half � of one�"),
        ("marks\u200f that only help\u200d stay", "marks\u200f that only help\u200d stay"),
    ],
)
def test_what_cannot_be_seen_is_named(text: str, shown: str) -> None:
    assert visible(text) == shown


@given(st.text())
def test_all_that_is_shown_can_be_written_and_is_stable(text: str) -> None:
    shown = visible(text)
    shown.encode("utf-8")
    assert visible(shown) == shown
    assert not [one for one in shown if ord(one) < 32 and one not in "\n\t"]
