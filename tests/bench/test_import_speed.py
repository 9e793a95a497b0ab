"""100,000 rows × 12 columns of a workbook: read, check, plan, apply, against reading and writing them raw."""

from __future__ import annotations

import datetime
import resource
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import openpyxl
import pytest
from python_calamine import CalamineWorkbook
from sqlcipher3 import dbapi2

from desktop.actions.importing import apply_import, look_at, plan_import
from desktop.actions.ledgers import new_ledger
from desktop.store.database import Ledger

ROWS = 100_000
HEADINGS = (
    "单位名称",
    "资产编号",
    "科室",
    "使用人",
    "存放地点",
    "类型",
    "品牌型号",
    "序列号",
    "MAC地址",
    "购置日期",
    "启用日期",
    "状态",
)


def write_workbook(path: Path) -> None:
    workbook = openpyxl.Workbook(write_only=True)
    units = workbook.create_sheet("单位")
    units.append(["单位名称", "排序号"])
    for n in range(200):
        units.append([f"示例县第{n}局", n])
    computers = workbook.create_sheet("计算机")
    computers.append(HEADINGS)
    for n in range(ROWS):
        computers.append(
            [
                f"示例县第{n % 200}局",
                f"ZC{n:07d}",
                f"第{n % 9}科",
                f"张{n % 977}",
                f"{n % 50}室",
                ("台式机", "笔记本", "服务器")[n % 3],
                f"联想M{n % 40}",
                f"SN{n:08d}",
                f"{n:012X}",
                datetime.date(2015 + n % 9, 1 + n % 12, 1 + n % 28),
                f"20{15 + n % 9}-0{1 + n % 9}-1{n % 9}",
                "在用",
            ]
        )
    workbook.save(path)


def raw(workbook: Path, database: Path) -> None:
    """The bare minimum: read all cells, write all rows into one table."""
    rows = CalamineWorkbook.from_path(workbook).get_sheet_by_name("计算机").to_python(skip_empty_area=False)
    connection = dbapi2.connect(str(database), isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    columns = ", ".join(f"c{n}" for n in range(len(HEADINGS)))
    connection.execute(f"CREATE TABLE raw (id INTEGER PRIMARY KEY, {columns})")
    connection.execute("BEGIN")
    marks = ", ".join("?" * len(HEADINGS))
    connection.executemany(
        f"INSERT INTO raw ({columns}) VALUES ({marks})", [[str(cell) for cell in row] for row in rows]
    )
    connection.execute("COMMIT")
    connection.close()


def whole(workbook: Path, ledger: Ledger) -> None:
    look = look_at([workbook])
    apply_import(ledger, plan_import(ledger, look), "导入", source_hash=look.source_hash)


def seconds(work: Callable[[], None]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


@pytest.mark.bench
def test_import_of_100_000_rows(tmp_path: Path) -> None:
    workbook = tmp_path / "大表.xlsx"
    write_workbook(workbook)
    bare = seconds(lambda: raw(workbook, tmp_path / "raw.db"))
    with closing(new_ledger(tmp_path / "台账.db")) as ledger:
        first = seconds(lambda: whole(workbook, ledger))
        again = seconds(lambda: whole(workbook, ledger))
        held = ledger.connection.execute("SELECT count(*) FROM computer").fetchone()[0]
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"\n导入 100,000 行 × 12 栏：裸读写 {bare:.2f} 秒")
    print(f"  首次 {first:.2f} 秒，为裸读写的 {first / bare:.2f} 倍（上限 5）")
    print(f"  再次 {again:.2f} 秒，为裸读写的 {again / bare:.2f} 倍（上限 4）")
    print(f"  最大内存 {memory} MB（上限 600）")
    assert held == ROWS
