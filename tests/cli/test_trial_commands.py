from __future__ import annotations

from pathlib import Path

import pytest

from desktop.cli.main import main
from desktop.selftest import Result


def test_the_demo_runs_twice_and_leaves_every_table(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for _ in range(2):
        assert main(["demo", "--out", str(tmp_path / "演示")]) == 0
    said = capsys.readouterr().out
    assert "同样的工作簿再导入一次：没有任何变化" in said
    names = {path.name for path in (tmp_path / "演示" / "表").iterdir()}
    assert {"T01.pdf", "T02.xlsx", "T03.txt", "T02.json", "T02-空表.pdf", "T03-空表.xlsx"} <= names


def test_the_demo_says_when_its_folder_cannot_be_made(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "文件").write_text("", encoding="utf-8")
    assert main(["demo", "--out", str(tmp_path / "文件" / "里面")]) == 2
    assert "不能写入" in capsys.readouterr().err


def test_the_self_test_says_what_came_of_each_part(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    results = [Result("甲", is_good=True, said="好")]
    monkeypatch.setattr("desktop.cli.trial_commands.run_self_test", lambda: results)
    assert main(["self-test"]) == 0
    results.append(Result("乙", is_good=False, said="坏"))
    assert main(["self-test"]) == 1
    assert "✗ 乙：坏" in capsys.readouterr().out
