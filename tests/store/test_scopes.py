from __future__ import annotations

from types import MappingProxyType

import pytest

from desktop.store.database import Ledger
from desktop.store.operations import operation
from desktop.store.scopes import load_scope
from tests.store.record_builders import A_CHANGE, add, changed, records


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


def reporters(ledger: Ledger) -> dict[int, int]:
    return dict(ledger.connection.execute("SELECT unit_id, reporter FROM temp.scope").fetchall())


def test_who_does_not_report_alone_stands_on_the_form_of_the_one_above(ledger: Ledger) -> None:
    def register() -> None:
        for above, alone in ((None, 1), (1, 0), (2, 0), (1, 1)):
            add(ledger, "unit", name=f"{above}{alone}", parent_id=above, reports_alone=alone)

    changed(ledger, "单位", register)
    scope_of_all = dict.fromkeys((1, 2, 3, 4), "县级")
    load_scope(ledger, scope_of_all)
    assert reporters(ledger) == {1: 1, 2: 1, 3: 1, 4: 4}
    changed(
        ledger, "独立", lambda: ledger.connection.execute("UPDATE unit SET reports_alone = 1 WHERE id = 2")
    )
    load_scope(ledger, scope_of_all)
    assert reporters(ledger) == {1: 1, 2: 2, 3: 2, 4: 4}
    load_scope(ledger, {3: "县级"})
    assert reporters(ledger) == {3: 3}


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
