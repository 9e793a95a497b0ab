"""What an auditor asks of the journal: does it hold, and what was changed from what to what."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from desktop.actions.auditing import HEADINGS, export_journal, verify
from desktop.actions.filling import Request
from desktop.actions.issuing import issue
from desktop.actions.ledgers import new_ledger
from desktop.actions.papers import Sealing, seal
from desktop.actions.proving import verify_code
from desktop.actions.undoing import undo_operation
from desktop.cli.main import main
from desktop.errors import AppError
from desktop.store.database import Ledger
from desktop.store.documents import documents_folder
from tests.builders import Rows, imported

UNITS: Rows = [["单位名称", "备注"], ["甲局", "@甲"], ["乙局", None]]
COMPUTERS: Rows = [["单位名称", "资产编号", "类型"], ["甲局", "001", "台式"]]
LICENCES: Rows = [
    ["单位名称", "软件编号", "软件名称", "套数", "许可数", "金额（元）"],
    ["甲局", "W1", "WPS Office", 1, 5, 760],
]


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with closing(new_ledger(tmp_path / "台账.db", "甲局")) as ledger:
        imported(ledger, tmp_path, {"单位": UNITS, "计算机": COMPUTERS, "许可": LICENCES})
        imported(ledger, tmp_path, {"计算机": [COMPUTERS[0], ["甲局", "001", "便携"]]})
        yield ledger


def lines(ledger: Ledger, path: Path) -> list[dict[str, str]]:
    export_journal(ledger, path)
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_every_change_is_a_line_with_what_was_before_and_after(ledger: Ledger, tmp_path: Path) -> None:
    found = lines(ledger, tmp_path / "日志.csv")
    assert tuple(found[0]) == HEADINGS
    (changed,) = [line for line in found if line["操作号"] == "3"]
    assert {name: changed[name] for name in ("记录", "编号或名称", "变化", "栏目", "原值", "现值")} == {
        "记录": "计算机", "编号或名称": "001", "变化": "改动", "栏目": "类型", "原值": "台式", "现值": "便携",
    }  # fmt: skip
    added = {(line["记录"], line["栏目"]): line["现值"] for line in found if line["操作号"] == "2"}
    assert added["计算机", "类型"] == "台式"
    assert added["计算机", "单位名称"] == "甲局"
    assert added["购买", "金额"] == "760.00"
    assert [line["操作号"] for line in found] == sorted((line["操作号"] for line in found), reverse=True)


def test_a_text_that_looks_like_a_formula_stays_text(ledger: Ledger, tmp_path: Path) -> None:
    assert "'@甲" in [line["现值"] for line in lines(ledger, tmp_path / "日志.csv")]


def test_what_an_undo_takes_away_is_a_line_too(ledger: Ledger, tmp_path: Path) -> None:
    undo_operation(ledger, 3)
    undo_operation(ledger, 2)
    found = lines(ledger, tmp_path / "日志.csv")
    gone = [line for line in found if line["变化"] == "删除" and line["栏目"] == "类型"]
    assert [(line["原值"], line["现值"]) for line in gone] == [("台式", "")]


def test_an_export_replaces_only_an_export(ledger: Ledger, tmp_path: Path) -> None:
    assert lines(ledger, tmp_path / "日志.csv") == lines(ledger, tmp_path / "日志.csv")
    (tmp_path / "别的.csv").write_text("甲,乙", encoding="utf-8")
    for name in ("别的.csv", "台账.db", "没有/日志.csv"):
        with pytest.raises(AppError):
            export_journal(ledger, tmp_path / name)
    assert (tmp_path / "别的.csv").read_text(encoding="utf-8") == "甲,乙"


def test_a_trail_that_holds_says_so_and_one_that_does_not_says_where(ledger: Ledger) -> None:
    holds, said = verify(ledger)
    assert (holds, said[:18]) == (True, "共 3 项操作，操作日志完整，链头 ")
    ledger.connection.execute("UPDATE operation SET label = '别的' WHERE id = 2")
    assert verify(ledger) == (False, "操作 2「别的」以后，台账在程序之外被改动过。请用备份核对。")


def test_a_record_of_no_operation_is_found(ledger: Ledger) -> None:
    for (trigger,) in ledger.connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    ).fetchall():
        ledger.connection.execute(f"DROP TRIGGER {trigger}")
    ledger.connection.execute("INSERT INTO product (uid, natural_key, name) VALUES ('x', 'x', '甲')")
    assert "\n有记录不属于任何操作" in verify(ledger)[1]


def test_documents_and_frozen_parts_are_looked_at(ledger: Ledger, tmp_path: Path) -> None:
    (tmp_path / "扫描.pdf").write_bytes(b"scan")
    imported(
        ledger,
        tmp_path,
        {"人员": [["单位名称", "姓名", "职责", "手机"], ["甲局", "张三", "填表人", "13900000001"]]},
    )
    form = issue(ledger, Request("T02", unit="甲局"))
    seal(ledger, form.number, Sealing(ledger.today, "李局", 1, tmp_path / "扫描.pdf"))
    assert verify(ledger)[0]
    (kept,) = (path for path in documents_folder(ledger.path).rglob("*") if path.is_file())
    kept.write_bytes(b"other")
    holds, said = verify(ledger)
    assert (holds, "证明材料有 1 份缺失或被改动：扫描.pdf。" in said) == (False, True)
    assert any("用印的扫描件缺失或被改动" in line for line in verify_code(ledger, form.check_code).lines)
    kept.write_bytes(b"scan")
    ledger.connection.execute("DROP TRIGGER frozen_update")
    ledger.connection.execute("UPDATE frozen SET packed = x'00' WHERE sha256 = ?", (form.hashes.xlsx,))
    assert "缺少触发器 frozen_update" in verify(ledger)[1]
    trigger = "CREATE TRIGGER frozen_update BEFORE UPDATE ON frozen BEGIN SELECT RAISE(ABORT, 'frozen'); END"
    ledger.connection.execute(trigger)
    assert "定稿冻结的内容有 1 份缺失或被改动" in verify(ledger)[1]


def test_the_command_says_both(ledger: Ledger, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = str(ledger.path)
    ledger.close()
    assert main(["journal", "verify", "--ledger", path]) == 0
    assert "操作日志完整" in capsys.readouterr().out
    assert main(["journal", "export", str(tmp_path / "日志.csv"), "--ledger", path]) == 0
    assert "已导出" in capsys.readouterr().out
