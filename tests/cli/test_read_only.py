"""What an auditor may do with a ledger opened read-only, and what every command says that would change it."""

from __future__ import annotations

import ast
import datetime
import os
import shutil
import sys
from pathlib import Path

import pytest

from desktop.cli.main import main
from tests.builders import Rows, a_workbook
from tests.store.test_read_only import state_of

CLI = Path(__file__).resolve().parents[2] / "desktop" / "cli"
UNITS: Rows = [["单位名称", "排序号"], ["县委宣传部", 1], ["县公安局", 2]]
PEOPLE: Rows = [["单位名称", "姓名", "职责", "手机"], ["县公安局", "王强", "填表人", "13900000001"]]
LICENCES: Rows = [
    ["单位名称", "软件编号", "软件名称", "软件类别", "国内/国外", "套数", "许可数", "金额（万元）"],
    ["县公安局", "A1", "某办公软件", "办公软件", "国内", 1, 50, "1.23"],
]
NUMBER = f"0002-{datetime.date.today().year}-0001"  # noqa: DTZ011  # the program's own clock
CELL = "县级机关/软件情况/国内/办公软件/许可数（个）"
LOOKS = [
    "history",
    "forms",
    "fill T02",
    "fill T02 --blank",
    "fill T02 --unit 县公安局 --pdf {out}/表.pdf --xlsx {out}/填好.xlsx --text {out}/表.txt --json {out}/表.json",
    "fill 软件购买登记册",
    "check T02",
    f"explain T02 {CELL}",
    "journal verify",
    "journal export {out}/日志.csv",
    "typed",
    "campaign list",
    "campaign show 日常台账",
    "template {out} --filled",
    "mapping {out}/表.xlsx",
    "import {out}/表.xlsx --dry-run",
    "issued list",
    "worksheet T02 --xlsx {out}/底稿.xlsx",
    "notes T02 --pdf {out}/说明.pdf",
    "booklet {out}/整套.pdf T02 --consolidate",
    f"issued show {NUMBER}",
    f"issued compare {NUMBER}",
    f"issued print {NUMBER} --pdf {{out}}/重印.pdf",
    f"verify {NUMBER}",
    "paper show T02 --unit 县公安局",
]
CHANGES = [
    "init",
    "import {out}/表.xlsx",
    "import 没有.xlsx --partial",
    "undo",
    "undo 1",
    "withdraw 县公安局 摸查 --reason 错",
    "mapping {out}/表.xlsx --as 单位",
    "mapping {out}/表.xlsx --forget",
    "campaign new 整改 --total 套数",
    "campaign set 日常台账 --switch 小数=4",
    "campaign group 日常台账 县级 --units 县公安局",
    "campaign text 日常台账 T02 标题 新",
    f"type T02 {CELL} 60 --reason 依据合同核对",
    f"type T02 {CELL} --clear",
    "justify T02 V11 与合同原件逐条核对",
    "issue T02 --unit 县公安局",
    f"issued void {NUMBER} --reason 印错单位",
    f"issued seal {NUMBER} --on 2024-01-01 --approved-by 李局",
    f"issued accept {NUMBER}",
    f"issued return {NUMBER} --reason 合计不符",
    "paper enter T02 {out}/表.xlsx --unit 县公安局",
    "paper drop T02 --unit 县公安局",
]


@pytest.fixture
def ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Path:
    """A ledger with some records and a typed cell, alone in its folder."""
    work, alone, out = tmp_path / "做", tmp_path / "审", tmp_path / "出"
    for folder in (work, alone, out):
        folder.mkdir()
    monkeypatch.chdir(out)
    a_workbook(out / "表.xlsx", {"单位": UNITS, "人员": PEOPLE, "许可": LICENCES})
    path = work / "台账.db"
    for command in (
        "init --office 县委宣传部",
        "import 表.xlsx",
        f"type T02 {CELL} 60 --reason 依据合同核对",
        "issue T21 --unit 县公安局",
    ):
        assert main([*command.split(), "--ledger", str(path)]) == 0
    capsys.readouterr()
    return Path(shutil.copyfile(path, alone / "台账.db"))


def run(command: str, ledger: Path, out: Path) -> int:
    return main([*command.format(out=out).split(), "--read-only", "--ledger", str(ledger)])


@pytest.mark.parametrize("command", LOOKS)
def test_looking_leaves_the_ledger_and_its_folder_as_they_were(
    ledger: Path, command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for mode in (0o644, 0o444):
        ledger.chmod(mode)
        before = state_of(ledger.parent)
        assert run(command, ledger, tmp_path / "出") in (0, 1)
        assert state_of(ledger.parent) == before
        captured = capsys.readouterr()
        assert (bool(captured.out), captured.err) == (True, "")


@pytest.mark.skipif(sys.platform == "win32", reason="a folder is read-only by other means there")
@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="nothing is read-only to root")
@pytest.mark.parametrize("command", LOOKS)
def test_a_ledger_on_a_read_only_medium_is_looked_at(ledger: Path, command: str, tmp_path: Path) -> None:
    ledger.chmod(0o444)
    ledger.parent.chmod(0o500)
    try:
        before = state_of(ledger.parent)
        assert run(command, ledger, tmp_path / "出") in (0, 1)
        assert state_of(ledger.parent) == before
    finally:
        ledger.parent.chmod(0o700)


@pytest.mark.parametrize("command", LOOKS)
def test_what_is_shown_is_what_is_shown_otherwise(
    ledger: Path, command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = run(command, ledger, tmp_path / "出")
    shown = capsys.readouterr().out
    arguments = [*command.format(out=tmp_path / "出").split(), "--ledger", str(ledger)]
    assert (main(arguments), capsys.readouterr().out) == (code, shown)


@pytest.mark.parametrize("command", CHANGES)
def test_changing_is_refused_before_anything_else(
    ledger: Path, command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = state_of(ledger.parent)
    for path in (ledger, ledger.with_name("没有.db")):
        assert run(command, path, tmp_path / "出") == 2
        said = capsys.readouterr()
        assert said.err == (
            "没有改动：台账以只读方式打开，不能改动。确要改动的，请去掉 --read-only 再执行一次。\n"
        )
        assert said.out == ""
    assert state_of(ledger.parent) == before


def test_it_may_be_said_before_the_command(ledger: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--read-only", "--ledger", str(ledger), "undo"]) == 2
    assert "不能改动" in capsys.readouterr().err


def test_no_command_opens_a_ledger_without_saying_whether_to_look_only() -> None:
    """A command that forgets it would write into a ledger that an auditor asked for read-only."""
    openers = {"opened", "opened_to_change", "existing_ledger"}
    forgetful = [
        f"{path.name}:{call.lineno}"
        for path in sorted(CLI.glob("*.py"))
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id in openers
        and "is_read_only" not in [keyword.arg for keyword in call.keywords]
    ]
    assert not forgetful
