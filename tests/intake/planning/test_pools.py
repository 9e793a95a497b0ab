from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from desktop.core.subjects import SUBJECTS, Values
from desktop.intake.planning.pools import Amounts, Pool, amounts_of, whole


def record(subject: str, **values: int | None) -> Values:
    return tuple(values.get(field.name) for field in SUBJECTS[subject].fields)


def bought(seats: int | None, packs: int = 0, fen: int = 0) -> Values:
    return record("purchase", seats=seats, packs=packs, amount_fen=fen)


def given_away(seats: int, packs: int = 0, fen: int = 0) -> Values:
    return record("allocation", seats=seats, packs=packs, amount_fen=fen)


def test_what_is_not_said_is_nothing() -> None:
    assert (whole(None), whole(7), whole("7")) == (0, 7, 0)
    assert amounts_of("purchase", bought(None)) == Amounts(0, 0, 0)


def test_what_is_left_is_what_was_bought_less_what_is_given() -> None:
    pool = Pool()
    pool.buy("a", bought(10, 5, 100))
    pool.buy("b", bought(1, 1, 1))
    pool.give("x", given_away(4, 2, 40))
    assert (pool.left(), pool.left("x")) == (Amounts(7, 4, 61), Amounts(11, 6, 101))


def test_a_purchase_or_an_allocation_takes_its_own_place() -> None:
    pool = Pool()
    for seats in (None, 10, 20):
        pool.buy("a", bought(seats))
    for seats in (3, 5):
        pool.give("x", given_away(seats))
    assert (pool.bought.seats, pool.given.seats, pool.is_unlimited) == (20, 5, False)


def test_what_an_allocation_lacks_is_what_it_takes_beyond_the_rest() -> None:
    pool = Pool()
    pool.buy("a", bought(10, 5, 100))
    pool.give("x", given_away(4, 4, 40))
    assert pool.lacks("y", Amounts(6, 1, 60)) == Amounts()
    assert pool.lacks("y", Amounts(7, 3, 61)) == Amounts(1, 2, 1)
    assert pool.lacks("x", Amounts(10, 5, 101)) == Amounts(0, 0, 1)


def test_what_does_not_grow_lacks_nothing_even_where_too_much_was_given() -> None:
    pool = Pool()
    pool.buy("a", bought(10, 10, 100))
    pool.give("x", given_away(30, 10, 0))
    assert pool.shortage == Amounts(20, 0, 0)
    assert pool.lacks("x", Amounts(30, 10, 0)) == pool.lacks("x", Amounts(25, 0, 0)) == Amounts()
    assert pool.lacks("y", Amounts()) == Amounts()
    assert pool.lacks("x", Amounts(31, 10, 0)) == Amounts(1, 0, 0)


def test_a_site_licence_lacks_only_money() -> None:
    pool = Pool(is_site=True)
    pool.buy("a", bought(None))
    pool.give("x", given_away(9, 9, 9))
    assert pool.is_unlimited
    assert pool.shortage == Amounts(0, 0, 9)
    assert pool.lacks("y", Amounts(5, 5, 5)) == Amounts(0, 0, 5)


NUMBERS = st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 9), st.integers(0, 9)))


@given(NUMBERS, NUMBERS)
def test_sums_are_those_of_the_last_of_each(
    purchases: list[tuple[str, int, int]], gifts: list[tuple[str, int, int]]
) -> None:
    pool = Pool()
    for key, seats, fen in purchases:
        pool.buy(key, bought(seats, 0, fen))
    for key, seats, fen in gifts:
        pool.give(key, given_away(seats, 0, fen))
    for found, listed in ((pool.bought, purchases), (pool.given, gifts)):
        last = {key: (seats, fen) for key, seats, fen in listed}
        assert found == Amounts(sum(s for s, _ in last.values()), 0, sum(f for _, f in last.values()))
