from __future__ import annotations

from enum import StrEnum

import pytest

from desktop.core.text import match_key
from desktop.intake.cell_readers import reader
from desktop.intake.cells import Problem
from desktop.intake.spellings import PERPETUAL, RANKS, SPELLINGS

ALL = [(kind, spelling, word) for kind, (_, known) in SPELLINGS.items() for spelling, word in known.items()]


@pytest.mark.parametrize(("kind", "spelling", "word"), ALL)
def test_every_spelling_leads_to_its_word(kind: str, spelling: str, word: StrEnum) -> None:
    for typed in (spelling, f" {spelling}\u3000", spelling.upper()):
        assert reader(kind)(typed) == word.value


@pytest.mark.parametrize("kind", SPELLINGS)
def test_every_word_leads_to_itself(kind: str) -> None:
    words, _ = SPELLINGS[kind]
    assert [reader(kind)(word.value) for word in words] == [word.value for word in words]


@pytest.mark.parametrize("kind", SPELLINGS)
def test_other_words_are_refused_with_the_choices(kind: str) -> None:
    words, _ = SPELLINGS[kind]
    for cell in ("看不懂", 7, False if kind != "claim" else "7"):
        parsed = reader(kind)(cell)
        assert isinstance(parsed, Problem)
        assert all(word.value in parsed.remedy for word in words)


@pytest.mark.parametrize("kind", SPELLINGS)
def test_spellings_are_written_as_they_compare(kind: str) -> None:
    assert all(match_key(spelling) == spelling for spelling in SPELLINGS[kind][1])


def test_a_rank_says_nothing_of_the_level() -> None:
    assert [reader("level")(rank) for rank in RANKS] == [None] * len(RANKS)


def test_a_term_without_end_says_nothing_of_the_method() -> None:
    assert [reader("method")(word) for word in PERPETUAL] == [None] * len(PERPETUAL)
