from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.intake.planning.tree import Tree
from tests.intake.planning.circles import cycle_of


def test_what_hangs_well_is_left_alone() -> None:
    tree = Tree({"a": None, "b": "a"})
    tree.hang("c", "b", "a")
    tree.fell(())
    assert (tree.circles, tree.felled) == ({}, {})


@pytest.mark.parametrize("length", [1, 2, 3, 10])
def test_circles_are_found_from_each_of_their_members(length: int) -> None:
    tree = Tree({})
    for n in range(length):
        tree.hang(str(n), str((n + 1) % length))
    tree.fell(())
    assert tree.circles.keys() == {str(n) for n in range(length)}
    assert all(way[0] == way[-1] == uid and len(way) == length + 1 for uid, way in tree.circles.items())


def test_a_circle_may_close_through_what_the_ledger_has() -> None:
    tree = Tree({"a": "b", "b": "c", "c": None})
    tree.hang("c", "a")
    tree.fell(())
    assert tree.circles == {"c": ["c", "a", "b", "c"]}


def test_what_hangs_on_the_lost_falls_however_far_down() -> None:
    tree = Tree({})
    for uid, upper in (("b", "a"), ("c", "b"), ("d", "c"), ("e", None)):
        tree.hang(uid, upper)
    tree.fell({"a"})
    assert tree.felled == {"b": "a", "c": "b", "d": "c"}


def test_what_hangs_below_a_circle_falls() -> None:
    tree = Tree({})
    for uid, upper in (("a", "b"), ("b", "a"), ("c", "b")):
        tree.hang(uid, upper)
    tree.fell(())
    assert (set(tree.circles), tree.felled) == ({"a", "b"}, {"c": "b"})


def test_others_above_make_things_fall_but_no_circles() -> None:
    tree = Tree({})
    tree.hang("a", None, "b")
    tree.hang("b", "a")
    tree.hang("c", None, "lost")
    tree.fell({"lost"})
    assert (tree.circles, tree.felled) == ({}, {"c": "lost"})


def test_of_several_rows_the_first_that_names_a_parent_counts() -> None:
    tree = Tree({"a": "x"})
    tree.hang("a", None)
    tree.hang("a", "b")
    tree.hang("a", "a")
    tree.fell({"x"})
    assert (tree.circles, tree.felled) == ({}, {})
    tree = Tree({})
    tree.hang("a", None)
    tree.hang("a", "a")
    tree.fell(())
    assert tree.circles == {"a": ["a", "a"]}


UIDS = st.sampled_from("abcdef")


@given(st.dictionaries(UIDS, st.none() | UIDS))
def test_circles_are_those_of_walking_up_from_each(parents: dict[str, str | None]) -> None:
    tree = Tree(dict.fromkeys(parents))
    for uid, parent in parents.items():
        tree.hang(uid, parent)
    tree.fell(())
    assert tree.circles.keys() == {uid for uid in parents if cycle_of(uid, parents)}


def test_a_hundred_thousand_in_one_line_are_followed_quickly() -> None:
    begun = time.monotonic()
    tree = Tree({})
    for n in range(100_000):
        tree.hang(str(n), str(n + 1))
    tree.fell({"100000"})
    assert len(tree.felled) == 100_000
    assert time.monotonic() - begun < 3
