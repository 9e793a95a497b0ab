"""Steps of the schema. `tests/databases/` keeps one file of every released schema, made once and for all."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database

from desktop.errors import AppError
from desktop.store import migrations
from desktop.store.campaigns import all_campaigns
from desktop.store.database import Ledger, connect, in_memory
from desktop.store.faults import Connection, faults_of
from desktop.store.journal import broken_link
from desktop.store.migrations import SCHEMA, migrate, schema_of
from desktop.store.operations import operations
from desktop.store.triggers import journalled_tables, remake_triggers
from desktop.store.undoing import undo
from tests.builders import NOON, counting_ids
from tests.store.file_builders import by_sql, opened
from tests.store.record_builders import a_ledger_file, add, changed, records, renamed

KEPT = Path(__file__).resolve().parents[1] / "databases" / "schema_1.db"
HELD = {
    "unit": 3,
    "person": 1,
    "responsibility": 1,
    "computer": 2,
    "product": 1,
    "licence": 2,
    "licence_key": 1,
    "purchase": 1,
    "allocation": 1,
    "installation": 1,
    "document": 1,
    "setting": 1,
    "campaign": 1,
    "campaign_group": 1,
    "group_member": 1,
    "campaign_text": 1,
    "progress_fact": 1,
}


def make_schema_1(path: Path = KEPT) -> None:
    """Make the file of schema 1: a record in every table, and a history with an undo.

    To be called by hand while schema 1 is not yet released, and never again after:
    `python -c "from tests.store.test_migrations import make_schema_1; make_schema_1()"`.
    """
    path.unlink(missing_ok=True)
    path.parent.mkdir(exist_ok=True)
    ledger = a_ledger_file(path.parent, path.name)
    changed(ledger, "登记", lambda: _register(ledger))
    renamed(ledger, 1, "教体局")
    undo(ledger, changed(ledger, "误登", lambda: add(ledger, "computer", unit_id=1)))
    ledger.close()
    path.with_name(f"{path.name}.lock").unlink()
    by_sql(path, "PRAGMA journal_mode = DELETE; PRAGMA page_size = 1024; VACUUM; PRAGMA journal_mode = WAL")


def _register(ledger: Ledger) -> None:
    for name, parent in (("教育局", None), ("公安局", None), ("城关派出所", 2)):
        add(ledger, "unit", name=name, natural_key=name, parent_id=parent)
    add(ledger, "person", unit_id=1, name="龚䶮")
    add(ledger, "responsibility", person_id=1, word="填表人")
    for number in (1, 2):
        add(ledger, "computer", unit_id=number, asset_no=f"A{number}", in_use_from="2012-03-15")
    add(ledger, "product", name="WPS Office")
    add(ledger, "licence", unit_id=1, product_id=1, licence_no="R1")
    add(ledger, "licence", unit_id=2, product_id=1, computer_id=2, base_id=1)
    add(ledger, "licence_key", licence_id=1, key_text="密钥")
    add(ledger, "purchase", licence_id=1, packs=1, seats=5, amount_fen=168_050)
    add(ledger, "allocation", licence_id=1, unit_id=2, seats=2, amount_fen=67_220)
    add(ledger, "installation", computer_id=1, product_id=1, licence_id=1, claim="正版")
    add(ledger, "document", sha256="0" * 64, name="授权书.pdf")
    add(ledger, "setting", natural_key="own_office", key="own_office", value="教育局")
    add(ledger, "campaign_group", campaign_id=1, code="县级", caption="县级机关")
    add(ledger, "group_member", campaign_group_id=1, unit_id=1)
    add(ledger, "campaign_text", campaign_id=1, form="T02", text_key="标题", text="统计表")
    add(ledger, "progress_fact", campaign_id=1, unit_id=1, kind="摸查", happened_on="2024-06-01")


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    """The kept ledger of schema 1, opened by the program of today."""
    shutil.copy(KEPT, tmp_path / KEPT.name)
    with closing(opened(tmp_path / KEPT.name)) as ledger:
        yield ledger


def test_a_ledger_of_schema_1_opens_with_all_it_held(ledger: Ledger) -> None:
    assert schema_of(ledger.connection) == SCHEMA
    assert {table: len(rows) for table, rows in records(ledger).items() if rows} == HELD
    assert [campaign.name for campaign in all_campaigns(ledger)] == ["日常台账"]
    assert KEPT.stat().st_size < 200_000


def test_the_history_of_a_ledger_of_schema_1_still_holds_and_can_be_undone(ledger: Ledger) -> None:
    assert broken_link(ledger) is None
    assert [op.label for op in operations(ledger)] == [
        "建立台账",
        "登记",
        "更名为教体局",
        "误登",
        "撤销：误登",
    ]
    undo(ledger, 3)
    assert records(ledger)["unit"][0][3] == "教育局"
    undo(ledger, 2)
    assert {table for table, rows in records(ledger).items() if rows} == {"campaign"}
    assert broken_link(ledger) is None


def schema(connection: Connection) -> list[tuple[str, str]]:
    rows = connection.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name")
    return [(name, " ".join(sql.split())) for name, sql in rows]


def test_step_1_makes_what_it_always_made(tmp_path: Path) -> None:
    """Steps are never edited after release; until then the kept file is made anew."""
    fresh, kept = connect(":memory:"), connect(shutil.copy(KEPT, tmp_path / KEPT.name))
    migrations.STEPS[0](Database(fresh))
    remake_triggers(fresh)
    assert schema(fresh) == schema(kept)
    fresh.close()
    kept.close()


def test_an_empty_file_gets_every_table_and_an_up_to_date_one_is_left_alone() -> None:
    connection = connect(":memory:")
    assert schema_of(connection) == 0
    migrate(connection)
    assert schema_of(connection) == SCHEMA
    assert {
        *HELD,
        "report",
        "report_cell",
        "explanation",
        "issued_form",
        "form_event",
        "unit_succession",
    } == set(journalled_tables(connection))
    before = connection.total_changes
    migrate(connection)
    assert connection.total_changes == before
    connection.close()


def test_every_table_is_strict_and_has_uid_and_natural_key_once() -> None:
    ledger = in_memory(lambda: NOON, counting_ids())
    for table in journalled_tables(ledger.connection):
        (sql,) = ledger.connection.execute(
            "SELECT sql FROM sqlite_master WHERE name = ?", (table,)
        ).fetchone()
        assert sql.rstrip().endswith("STRICT")
        unique = [row[1] for row in ledger.connection.execute(f"PRAGMA index_list({table})") if row[2]]
        columns = {
            row[2] for name in unique for row in ledger.connection.execute(f"PRAGMA index_info({name})")
        }
        assert columns == {"uid", "natural_key"}
    ledger.close()


def add_shelf(database: Database) -> None:
    database.execute("ALTER TABLE computer ADD COLUMN shelf TEXT")


def test_a_later_step_keeps_records_and_history_and_is_journalled(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(migrations, "STEPS", (*migrations.STEPS, add_shelf))
    monkeypatch.setattr(migrations, "SCHEMA", SCHEMA + 1)
    migrate(ledger.connection)
    assert schema_of(ledger.connection) == SCHEMA + 1
    assert broken_link(ledger) is None
    number = changed(ledger, "上架", lambda: ledger.connection.execute("UPDATE computer SET shelf = '三'"))
    undo(ledger, number)
    assert ledger.connection.execute("SELECT DISTINCT shelf FROM computer").fetchall() == [(None,)]
    assert broken_link(ledger) is None


def fail(database: Database) -> None:
    database.execute("DROP TABLE installation")
    raise ZeroDivisionError


def leave_dangling(database: Database) -> None:
    database["shelf"].create({"id": int, "unit_id": int}, foreign_keys=[("unit_id", "unit", "id")])  # type: ignore[union-attr]  # a table, not a view
    database.execute("INSERT INTO shelf VALUES (1, 99)")


def fill_the_disk(database: Database) -> None:
    pages = database.execute("PRAGMA page_count").fetchone()[0]
    database.execute(f"PRAGMA max_page_count = {pages}")
    database.execute("CREATE TABLE big AS SELECT zeroblob(1000000)")


@pytest.mark.parametrize("step", [fail, leave_dangling, fill_the_disk])
def test_a_step_that_fails_leaves_the_ledger_as_before(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch, step: Callable[[Database], None]
) -> None:
    monkeypatch.setattr(migrations, "STEPS", (*migrations.STEPS, step))
    monkeypatch.setattr(migrations, "SCHEMA", SCHEMA + 1)
    before = schema(ledger.connection), records(ledger)
    with pytest.raises((ZeroDivisionError, RuntimeError, AppError)), faults_of(ledger.path):
        migrate(ledger.connection)
    assert not ledger.connection.in_transaction
    assert schema_of(ledger.connection) == SCHEMA
    assert (schema(ledger.connection), records(ledger)) == before
