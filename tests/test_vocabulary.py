from __future__ import annotations

import pytest

from hmis_standards import vocabulary
from hmis_standards.vocabulary import Word


@pytest.mark.parametrize("name", vocabulary.__all__)
def test_a_member_can_be_looked_up_by_its_word_and_the_other_way_round(name: str) -> None:
    words: type[Word] = getattr(vocabulary, name)
    for word in words:
        assert (word, hash(word)) == (word.value, hash(word.value))
        assert {word.value: 1}[word] == {word: 1}[word.value] == 1
