from __future__ import annotations

import pytest

from desktop.store.database import Ledger
from desktop.store.obstacles import left_dangling_by, named_again_by, taken_back_by, touched_later_by
from desktop.store.undoing import undo
from tests.store.record_builders import add, changed, renamed


@pytest.fixture
def ledger(ledger: Ledger) -> Ledger:
    changed(ledger, "单位", lambda: add(ledger, "unit", uid="u", natural_key="教育局"))
    return ledger


ADDED = 2


def test_an_undo_that_was_itself_undone_does_not_hold(ledger: Ledger) -> None:
    assert taken_back_by(ledger.connection, ADDED) is None
    undoing = undo(ledger, ADDED)
    assert taken_back_by(ledger.connection, ADDED) == undoing
    redoing = undo(ledger, undoing)
    assert taken_back_by(ledger.connection, ADDED) is None
    assert taken_back_by(ledger.connection, undoing) == redoing


def test_the_newest_toucher_of_which_something_is_left_is_named(ledger: Ledger) -> None:
    assert touched_later_by(ledger.connection, ADDED) is None
    first, second = renamed(ledger, 1, "教体局"), renamed(ledger, 1, "教科局")
    assert touched_later_by(ledger.connection, ADDED) == second
    undo(ledger, second)
    assert touched_later_by(ledger.connection, ADDED) == first
    undo(ledger, first)
    assert touched_later_by(ledger.connection, ADDED) is None


def test_an_operation_on_other_records_does_not_touch(ledger: Ledger) -> None:
    changed(ledger, "别的", lambda: add(ledger, "product", name="甲"))
    assert touched_later_by(ledger.connection, ADDED) is None


def test_nothing_dangles_in_a_sound_ledger(ledger: Ledger) -> None:
    assert left_dangling_by(ledger.connection, 99) is None


def test_who_made_a_reference_that_dangles_is_named(ledger: Ledger) -> None:
    using = changed(ledger, "电脑", lambda: add(ledger, "computer", unit_id=1))
    ledger.connection.execute("PRAGMA foreign_keys = OFF")
    removing = changed(ledger, "删除", lambda: ledger.connection.execute("DELETE FROM unit"))
    assert left_dangling_by(ledger.connection, removing) == using
    assert left_dangling_by(ledger.connection, removing + 1) == removing


@pytest.mark.parametrize("image", [{"uid": "u", "natural_key": "?"}, {"uid": "?", "natural_key": "教育局"}])
def test_who_gave_a_name_or_number_away_again_is_named(ledger: Ledger, image: dict[str, object]) -> None:
    assert named_again_by(ledger.connection, "unit", {"id": 7, **image}) == ADDED
