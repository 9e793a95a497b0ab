from __future__ import annotations

import json

from desktop.store.database import Ledger
from desktop.store.triggers import columns_of, image_of, journalled_tables, remake_triggers
from tests.store.record_builders import add, changed

Line = tuple[str, int, dict[str, object] | None]


def lines(ledger: Ledger, operation: int) -> list[Line]:
    sql = "SELECT subject, row_id, before FROM change WHERE operation_id = ? ORDER BY id"
    rows = ledger.connection.execute(sql, (operation,))
    return [(subject, row_id, json.loads(before) if before else None) for subject, row_id, before in rows]


def test_every_table_is_journalled_but_the_journal_itself(ledger: Ledger) -> None:
    tables = [
        row[0] for row in ledger.connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
    ]
    assert set(tables) - set(journalled_tables(ledger.connection)) == {
        "operation",
        "change",
        "running",
        "frozen",
    }
    triggers = "SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'journal%'"
    assert ledger.connection.execute(triggers).fetchone()[0] == 3 * len(journalled_tables(ledger.connection))


def test_a_line_holds_what_was_there_before_and_nothing_of_what_was_empty(ledger: Ledger) -> None:
    first = changed(
        ledger, "新", lambda: add(ledger, "product", uid="u", natural_key="k", name="䶮\0", note="")
    )
    second = changed(ledger, "改", lambda: ledger.connection.execute("UPDATE product SET name = NULL"))
    third = changed(ledger, "删", lambda: ledger.connection.execute("DELETE FROM product"))
    held = {
        "id": 1,
        "uid": "u",
        "natural_key": "k",
        "class": "办公",
        "origin": "国内",
        "kind": "商业",
        "note": "",
    }
    assert lines(ledger, first) == [("product", 1, None)]
    assert lines(ledger, second) == [("product", 1, {**held, "name": "䶮\0"})]
    assert lines(ledger, third) == [("product", 1, held)]


def test_a_record_dropped_by_replace_has_its_line_too(ledger: Ledger) -> None:
    changed(ledger, "新", lambda: add(ledger, "product", uid="u", natural_key="k", name="旧"))
    replace = "INSERT OR REPLACE INTO product (id, uid, natural_key) VALUES (2, 'u', 'k')"
    number = changed(ledger, "换", lambda: ledger.connection.execute(replace))
    found = {(row_id, before["name"] if before else None) for _, row_id, before in lines(ledger, number)}
    assert found == {(1, "旧"), (2, None)}


def test_an_image_stays_true_when_a_later_step_adds_a_column(ledger: Ledger) -> None:
    changed(ledger, "新", lambda: add(ledger, "product", name="甲"))

    def image() -> str:
        sql = image_of(columns_of(ledger.connection, "product"), "t")
        return str(ledger.connection.execute(f"SELECT {sql} FROM product t").fetchone()[0])

    before = image()
    ledger.connection.execute("ALTER TABLE product ADD COLUMN aardvark TEXT")
    assert image() == before
    remake_triggers(ledger.connection)
    number = changed(ledger, "填", lambda: ledger.connection.execute("UPDATE product SET aardvark = '有'"))
    assert json.loads(before) in [image for _, _, image in lines(ledger, number)]
    number = changed(ledger, "空", lambda: ledger.connection.execute("UPDATE product SET aardvark = NULL"))
    assert "aardvark" in (lines(ledger, number)[0][2] or {})
