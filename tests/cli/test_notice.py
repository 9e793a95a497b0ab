"""That the program is not for state secrets is said once where something comes in or goes out, and nowhere else."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.cli.main import main
from desktop.core.secrecy import NOTICE
from tests.builders import Rows, a_workbook

ROOT = Path(__file__).resolve().parents[2]
UNITS: Rows = [["单位名称", "排序号"], ["县公安局", 1]]
REFUSED: Rows = [["单位名称", "资产编号", "类型"], ["没有的局", "1", "台式"]]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    a_workbook(tmp_path / "表.xlsx", {"单位": UNITS})
    a_workbook(tmp_path / "坏.xlsx", {"计算机": REFUSED})
    main(["init", "--ledger", "甲.db"])
    return tmp_path


@pytest.mark.parametrize(
    "command",
    [
        "init --ledger 乙.db",
        "import 表.xlsx --ledger 甲.db",
        "import 坏.xlsx --ledger 甲.db",
        "template 登记表 --filled --ledger 甲.db",
        "journal export 日志.csv --ledger 甲.db",
        "fill T02 --text 表.txt --json 表.json --ledger 甲.db",
        "fill T02 --blank --pdf 空表.pdf --ledger 甲.db",
    ],
)
def test_it_is_said_on_a_line_of_its_own_once(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    main(command.split())
    assert capsys.readouterr().out.splitlines().count(f"{NOTICE}。") == 1


@pytest.mark.parametrize(
    "command",
    [
        "import 表.xlsx --dry-run --ledger 甲.db",
        "template 登记表",
        "forms --ledger 甲.db",
        "fill T02 --ledger 甲.db",
        "check T02 --ledger 甲.db",
        "history --ledger 甲.db",
        "journal verify --ledger 甲.db",
    ],
)
def test_it_is_not_said_where_nothing_comes_in_or_goes_out(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    main(command.split())
    assert NOTICE not in capsys.readouterr().out


def test_the_sentence_stands_in_one_place_of_the_program() -> None:
    files = [*ROOT.glob("desktop/**/*.py"), *ROOT.glob("resources/**/*.toml")]
    holding = [path.name for path in files if "严禁录入" in path.read_text(encoding="utf-8")]
    assert holding == ["secrecy.py"]


def test_words_of_secrecy_in_what_is_typed_are_warned_of(capsys: pytest.CaptureFixture[str]) -> None:
    main(["init", "--ledger", "丙.db", "--office", "县保密局"])
    assert "请确认不涉及国家秘密" not in capsys.readouterr().out
    main(["init", "--ledger", "丁.db", "--office", "某机 密单位"])
    assert "注意：「某机 密单位」中有「机密」，请确认不涉及国家秘密" in capsys.readouterr().out
