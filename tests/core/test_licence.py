from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core.licence import Method, Source, share_of

contracts = st.tuples(st.integers(0, 10**12), st.lists(st.integers(0, 5000), min_size=1, max_size=30))


def test_the_words_are_those_of_the_ledger() -> None:
    assert [source.value for source in Source] == ["自行采购", "上级配发", "预装", "免费"]
    assert [method.value for method in Method][:4] == ["OEM", "零售", "批量许可", "场地授权"]
    assert [method.value for method in Method][4:] == ["网络授权", "用户授权", "订阅", "免费使用"]


@given(contracts)
def test_the_parts_of_a_pool_and_the_owners_rest_are_the_contract(contract: tuple[int, list[int]]) -> None:
    """上级配发: the sum over all units equals the contract to the 分."""
    amount, given_away = contract
    seats = sum(given_away) + 7
    parts = [share_of(amount, part, seats) for part in given_away]
    rest = amount - sum(parts)
    assert share_of(amount, 7, seats) <= rest <= share_of(amount, 7, seats) + len(parts) + 1
    assert all(part >= 0 for part in parts)


@pytest.mark.parametrize(
    ("amount", "seats", "total", "share"), [(100, 1, 3, 33), (100, 3, 3, 100), (100, 0, 3, 0)]
)
def test_a_share_is_rounded_down_to_whole_fen(amount: int, seats: int, total: int, share: int) -> None:
    assert share_of(amount, seats, total) == share


def test_a_contract_without_a_number_of_seats_has_no_shares() -> None:
    assert share_of(100, 5, 0) == 0
