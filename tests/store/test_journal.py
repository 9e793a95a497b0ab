"""An auditor's question: was anything changed behind the journal's back? Whatever it was, it must be found."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.store.database import Ledger
from desktop.store.journal import NO_OPERATION, broken_link
from desktop.store.operations import chain_head
from desktop.store.triggers import journalled_tables
from desktop.store.undoing import undo
from tests.store.record_builders import a_quick_ledger, add, changed, copy_of, renamed


def a_history() -> Ledger:
    """Return a ledger with a record in every table that a tampering hand may want, and a history."""
    ledger = a_quick_ledger()

    def register() -> None:
        add(ledger, "unit", name="教育局")
        add(ledger, "unit", name="公安局", parent_id=1)
        add(ledger, "person", unit_id=1, name="龚䶮")
        add(ledger, "computer", unit_id=1, in_use_from="2012-03-15")
        add(ledger, "product", name="WPS")
        add(ledger, "licence", unit_id=1, product_id=1)
        add(ledger, "purchase", licence_id=1, seats=5, amount_fen=100_00)
        add(ledger, "progress_fact", campaign_id=1, unit_id=1, kind="摸查")
        add(ledger, "setting", key="own_office", value="教育局")

    changed(ledger, "登记", register)
    renamed(ledger, 1, "教体局")
    wrong = changed(ledger, "误登", lambda: add(ledger, "computer", unit_id=2))
    undo(ledger, wrong)
    changed(ledger, "删除", lambda: ledger.connection.execute("DELETE FROM setting"))
    return ledger


HISTORY = a_history()


def spoilt(tamper: Callable[[Ledger], object]) -> Ledger:
    """Return a copy of the history after somebody with another program had a hand in it."""
    ledger = copy_of(HISTORY)
    ledger.connection.execute("PRAGMA foreign_keys = OFF")
    for (trigger,) in ledger.connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    ).fetchall():
        ledger.connection.execute(f"DROP TRIGGER {trigger}")
    tamper(ledger)
    return ledger


def by_sql(sql: str) -> Ledger:
    return spoilt(lambda ledger: ledger.connection.executescript(sql))


def cells(ledger: Ledger) -> list[tuple[str, int, str]]:
    """Return every cell that carries meaning; the number of a line only orders it."""
    tables = [*journalled_tables(ledger.connection), "operation", "change"]
    found = []
    for table in tables:
        cursor = ledger.connection.execute(f"SELECT * FROM {table}")
        names = [column[0] for column in cursor.description]
        found += [
            (table, row[0], name) for row in cursor for name in names if (table, name) != ("change", "id")
        ]
    return found


def test_an_honest_history_holds() -> None:
    assert broken_link(HISTORY) is None
    assert broken_link(a_quick_ledger()) is None
    assert broken_link(spoilt(lambda _: None)) is None


@pytest.mark.parametrize("cell", cells(HISTORY), ids=lambda cell: f"{cell[0]}-{cell[1]}-{cell[2]}")
def test_a_changed_cell_of_an_operation_a_line_or_a_record_is_found(cell: tuple[str, int, str]) -> None:
    table, row_id, column = cell
    integers = (
        f"CASE typeof({column}) WHEN 'integer' THEN {column} + 40 WHEN 'text' THEN {column} || 'x' ELSE 7 END"
    )
    ledger = by_sql(f"UPDATE {table} SET {column} = {integers} WHERE id = {row_id}")
    assert broken_link(ledger) is not None
    ledger.close()


@settings(deadline=None, max_examples=300)
@given(st.sampled_from(cells(HISTORY)), st.none() | st.text() | st.integers(-(2**63), 2**63 - 1))
def test_any_other_value_in_any_cell_is_found(cell: tuple[str, int, str], value: str | int | None) -> None:
    table, row_id, column = cell

    def tamper(ledger: Ledger) -> None:
        ledger.connection.execute(f"UPDATE OR IGNORE {table} SET {column} = ? WHERE id = ?", (value, row_id))

    try:
        ledger = spoilt(tamper)
    except (TypeError, UnicodeError, HISTORY.connection.Error):
        return  # the table itself does not take the value
    rows = f"SELECT * FROM {table} ORDER BY id"
    is_changed = ledger.connection.execute(rows).fetchall() != HISTORY.connection.execute(rows).fetchall()
    assert (broken_link(ledger) is not None) is is_changed
    ledger.close()


@pytest.mark.parametrize(
    "table", ["unit", "computer", "purchase", "progress_fact", "campaign", "operation", "change"]
)
def test_a_removed_row_is_found(table: str) -> None:
    last = HISTORY.connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
    for place in range(last):
        ledger = by_sql(
            f"DELETE FROM {table} WHERE id = (SELECT id FROM {table} ORDER BY id LIMIT 1 OFFSET {place})"
        )
        assert broken_link(ledger) is not None
        ledger.close()


@pytest.mark.parametrize(
    "sql",
    [
        "INSERT INTO computer (uid, natural_key, unit_id) VALUES ('x', 'x', 1)",
        "INSERT INTO setting (id, uid, natural_key, key, value) VALUES (1, 'x', 'x', 'own_office', '公安局')",
        "INSERT INTO change (operation_id, subject, row_id) VALUES (2, 'unit', 1)",
        "INSERT INTO change (operation_id, subject, row_id) VALUES (99, 'unit', 1)",
        "INSERT INTO change (operation_id, subject, row_id, before) VALUES (99, 'unit', 99, '{}')",
        "INSERT INTO operation (uid, at, kind, label, previous_hash, hash) SELECT 'x', at, kind, label, hash, hash"
        " FROM operation ORDER BY id DESC LIMIT 1",
        "INSERT INTO operation (id, uid, at, kind, label, previous_hash, hash) VALUES (0, 'x', '', '', '', '', '')",
        "UPDATE change SET subject = 'no_such_table' WHERE id = 3",
        "UPDATE change SET before = '' WHERE id = 1",
        "UPDATE change SET operation_id = operation_id + 1",
        "UPDATE change SET id = 1000 - id",
        "UPDATE purchase SET id = 9",
        "DELETE FROM operation; DELETE FROM change",
        "DELETE FROM operation WHERE id = 1; DELETE FROM change WHERE operation_id = 1; DELETE FROM campaign",
    ],
)
def test_an_added_exchanged_or_forgotten_row_is_found(sql: str) -> None:
    ledger = by_sql(sql)
    assert broken_link(ledger) is not None
    ledger.close()


def test_the_broken_operation_is_named() -> None:
    ledger = by_sql("UPDATE operation SET who = '别人' WHERE label = '更名为教体局'")
    found = broken_link(ledger)
    assert found is not None
    assert found.label == "更名为教体局"
    ledger.close()


def test_of_a_changed_record_the_operation_that_last_wrote_it_is_named() -> None:
    ledger = by_sql("UPDATE unit SET note = '改' WHERE id = 1; UPDATE purchase SET amount_fen = 1")
    found = broken_link(ledger)
    assert found is not None
    assert found.label == "更名为教体局"
    ledger.close()


def test_what_belongs_to_no_operation_is_named_as_such() -> None:
    ledger = by_sql("INSERT INTO computer (id, uid, natural_key) VALUES (50, 'x', 'x')")
    assert broken_link(ledger) is NO_OPERATION
    assert NO_OPERATION.label == "（不属于任何操作的记录）"
    ledger.close()


def test_a_record_slipped_in_before_an_honest_change_is_found_after_it() -> None:
    ledger = copy_of(HISTORY)
    ledger.connection.executescript(
        "DROP TRIGGER journal_unit_insert; INSERT INTO unit (id, uid, natural_key) VALUES (50, 'x', 'x')"
    )
    renamed(ledger, 50, "假局")
    assert broken_link(ledger) is NO_OPERATION
    ledger.close()


def test_a_record_changed_between_two_honest_changes_is_found() -> None:
    ledger = copy_of(HISTORY)
    trigger = "SELECT sql FROM sqlite_master WHERE name = 'journal_unit_update'"
    (sql,) = ledger.connection.execute(trigger).fetchone()
    ledger.connection.executescript(
        f"DROP TRIGGER journal_unit_update; UPDATE unit SET note = '改' WHERE id = 1; {sql};"
    )
    renamed(ledger, 1, "教科局")
    found = broken_link(ledger)
    assert found is not None
    assert found.label == "更名为教体局"
    ledger.close()


def test_the_head_on_paper_tells_when_the_end_of_the_history_was_cut_off() -> None:
    """What is forgotten together with all it changed leaves a whole chain, but not the head printed on the form."""
    ledger = copy_of(HISTORY)
    number = changed(ledger, "空", lambda: None)
    printed = chain_head(ledger)
    ledger.connection.execute("DELETE FROM operation WHERE id = ?", (number,))
    assert broken_link(ledger) is None
    assert chain_head(ledger) != printed
    ledger.close()
