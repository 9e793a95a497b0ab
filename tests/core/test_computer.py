"""The words of a computer are stored in ledgers and printed in tables: they never change."""

from __future__ import annotations

import pytest

from desktop.core.computer import ComputerKind, ComputerState


def test_the_kinds_under_which_tables_count() -> None:
    assert [kind.value for kind in ComputerKind] == ["台式", "便携", "服务器"]


def test_the_states_between_purchase_and_scrapping() -> None:
    assert [state.value for state in ComputerState] == ["在用", "闲置", "报废"]


@pytest.mark.parametrize("word", ["平板", "在用 ", "台式机"])
def test_another_word_is_no_kind_and_no_state(word: str) -> None:
    with pytest.raises(ValueError, match=word):
        ComputerKind(word)
    with pytest.raises(ValueError, match=word):
        ComputerState(word)
