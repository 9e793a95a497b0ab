"""The schema is what the program makes, or what differs is named."""

from __future__ import annotations

import shutil
from contextlib import closing
from pathlib import Path

import pytest

from desktop.store.database import Ledger, connect
from desktop.store.migrations import migrate
from desktop.store.shape import Unlike, is_left_running, unlike_schema
from tests.store.test_migrations import KEPT


def test_a_new_ledger_is_as_the_program_makes_it(ledger: Ledger) -> None:
    assert unlike_schema(ledger.connection) == []
    ledger.connection.execute("ANALYZE")  # SQLite's own tables do not count
    assert unlike_schema(ledger.connection) == []


def test_a_ledger_brought_up_to_date_is_as_a_new_one(tmp_path: Path) -> None:
    with closing(connect(shutil.copy(KEPT, tmp_path / KEPT.name))) as connection:
        migrate(connection)
        assert unlike_schema(connection) == []


@pytest.mark.parametrize(
    ("statement", "unlike"),
    [
        (
            "CREATE TRIGGER evil AFTER INSERT ON form_event BEGIN UPDATE computer SET state = '闲置'; END",
            Unlike("trigger", "evil", "added"),
        ),
        ("DROP TRIGGER journal_unit_update", Unlike("trigger", "journal_unit_update", "missing")),
        ("DROP TRIGGER frozen_delete", Unlike("trigger", "frozen_delete", "missing")),
        ("CREATE VIEW sums AS SELECT 1", Unlike("view", "sums", "added")),
        ("CREATE TABLE more (x)", Unlike("table", "more", "added")),
        ("ALTER TABLE unit ADD COLUMN x TEXT", Unlike("table", "unit", "changed")),
        ("DROP INDEX idx_unit_uid", Unlike("index", "idx_unit_uid", "missing")),
    ],
)
def test_what_is_not_of_the_program_is_named(ledger: Ledger, statement: str, unlike: Unlike) -> None:
    ledger.connection.execute(statement)
    assert unlike_schema(ledger.connection) == [unlike]


def test_a_trigger_of_the_same_name_that_does_something_else_is_named(ledger: Ledger) -> None:
    ledger.connection.execute("DROP TRIGGER frozen_delete")
    ledger.connection.execute("CREATE TRIGGER frozen_delete BEFORE DELETE ON frozen BEGIN SELECT 1; END")
    assert unlike_schema(ledger.connection) == [Unlike("trigger", "frozen_delete", "changed")]


def test_a_mark_of_a_running_operation_is_seen(ledger: Ledger) -> None:
    assert not is_left_running(ledger.connection)
    ledger.connection.execute("INSERT INTO running VALUES (7, 1)")
    assert is_left_running(ledger.connection)
