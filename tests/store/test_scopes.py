from __future__ import annotations

from types import MappingProxyType

import pytest

from desktop.store.database import Ledger
from desktop.store.operations import operation
from desktop.store.scopes import load_scope
from tests.store.record_builders import A_CHANGE, records


def scope(ledger: Ledger) -> dict[int, str]:
    return dict(ledger.connection.execute("SELECT unit_id, grp FROM temp.scope").fetchall())


def test_the_scope_is_what_was_loaded_last(ledger: Ledger) -> None:
    for units in ({}, {1: "县级", 7: "市级"}, {1: "市级"}, {}, {7: "县级"}):
        load_scope(ledger, MappingProxyType(units))
        assert scope(ledger) == units


def test_a_scope_that_is_loaded_is_not_loaded_again(ledger: Ledger) -> None:
    load_scope(ledger, {1: "县级"})
    before = ledger.connection.total_changes
    load_scope(ledger, {1: "县级"})
    assert ledger.connection.total_changes == before


def test_a_scope_changed_by_its_maker_afterwards_is_loaded_again(ledger: Ledger) -> None:
    units = {1: "县级"}
    load_scope(ledger, units)
    units[2] = "市级"
    load_scope(ledger, units)
    assert scope(ledger) == {1: "县级", 2: "市级"}


def test_loading_a_scope_changes_no_record(ledger: Ledger) -> None:
    before = records(ledger)
    load_scope(ledger, {1: "县级"})
    assert records(ledger) == before


def test_a_scope_loaded_in_an_operation_that_failed_is_loaded_again(ledger: Ledger) -> None:
    def fail() -> None:
        load_scope(ledger, {2: "市级"})
        raise ZeroDivisionError

    load_scope(ledger, {1: "县级"})
    with pytest.raises(ZeroDivisionError), operation(ledger, A_CHANGE):
        fail()
    load_scope(ledger, {2: "市级"})
    assert scope(ledger) == {2: "市级"}
