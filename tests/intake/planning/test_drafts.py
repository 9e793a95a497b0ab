from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from desktop.core.subjects import Value, Values
from desktop.intake.planning.drafts import NOTHING_FOLLOWS, Completion, Draft, merged
from tests.intake.looking import a_row

A_ROW = a_row()


def filled(values: list[Value]) -> list[Value]:
    """Fill (number, double, half of the double) from each other."""
    number, double, half = values
    if double is None and isinstance(number, int):
        double = number * 2
    if half is None and isinstance(double, int):
        half = double // 2
    return [number, double, half]


DOUBLES = Completion((1, 2), filled)


def after(held: Values, *said: Value, emptied: tuple[int, ...] = ()) -> Values:
    return merged(Draft("k", said, A_ROW, emptied), held, DOUBLES)


def test_a_silent_row_changes_nothing() -> None:
    assert after((1, 9, None), None, None, None) == (1, 9, None)
    assert merged(Draft("k", (None, 2), A_ROW), (1, 1), NOTHING_FOLLOWS) == (1, 2)


def test_what_followed_follows_again() -> None:
    assert DOUBLES.of((4, None, None)) == (4, 8, 4)
    assert after((4, 8, 4), 5, None, None) == (5, 10, 5)


def test_what_was_set_otherwise_stays() -> None:
    assert after((4, 7, 3), 5, None, None) == (5, 7, 3)
    assert after((4, 8, 1), 5, None, None) == (5, 10, 1)


def test_what_a_row_says_counts() -> None:
    assert after((4, 8, 4), 5, 6, None) == (5, 6, 3)


def test_what_a_row_empties_is_empty_or_follows() -> None:
    assert merged(Draft("k", (None, None), A_ROW, (1,)), (1, 2), NOTHING_FOLLOWS) == (1, None)
    assert after((4, 7, 3), None, None, None, emptied=(0,)) == (None, 7, 3)


NUMBERS = st.none() | st.integers(0, 9)
RECORDS = st.tuples(NUMBERS, NUMBERS, NUMBERS)


@given(RECORDS, RECORDS)
def test_the_same_row_again_changes_nothing(held: Values, said: Values) -> None:
    once = after(held, *said)
    assert after(once, *said) == once


@given(RECORDS, RECORDS)
def test_nothing_that_is_held_is_lost(held: Values, said: Values) -> None:
    now = after(held, *said)
    assert all(new is not None for new, old in zip(now, held, strict=True) if old is not None)
    assert all(new == told for new, told in zip(now, said, strict=True) if told is not None)
