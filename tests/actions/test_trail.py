"""What speaks against the ledger itself is said with a remedy, by `journal verify` and by `verify`."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from desktop.actions.auditing import verify
from desktop.actions.ledgers import new_ledger
from desktop.actions.trail import trail_faults
from desktop.cli.main import main
from desktop.errors import AppError
from desktop.store.database import Ledger
from desktop.store.operations import Act, operation

EVIL = "CREATE TRIGGER evil AFTER INSERT ON form_event BEGIN UPDATE computer SET state = '闲置'; END"


def test_a_whole_ledger_has_no_fault(ledger: Ledger) -> None:
    assert list(trail_faults(ledger)) == []


def test_a_foreign_trigger_and_lost_ones_are_named(ledger: Ledger) -> None:
    ledger.connection.execute(EVIL)
    ledger.connection.execute("DROP TRIGGER journal_unit_update")
    holds, said = verify(ledger)
    assert not holds
    assert "缺少触发器 journal_unit_update，多出触发器 evil。请保留这份台账，从改动以前的备份恢复。" in said


def test_a_lost_table_is_named_and_the_journal_not_read(ledger: Ledger) -> None:
    ledger.connection.execute("DROP TABLE form_event")
    holds, said = verify(ledger)
    assert not holds
    assert "缺少数据表 form_event" in said
    assert said.endswith("没有核对操作日志。")


@pytest.mark.parametrize("number", [1, 2])
def test_a_mark_of_a_running_operation_stops_all_writing(ledger: Ledger, number: int) -> None:
    ledger.connection.execute("INSERT INTO running VALUES (?, 1)", (number,))
    with (
        pytest.raises(AppError, match="正在进行的操作") as refused,
        operation(ledger, Act("填报", "试")),
    ):
        pass
    assert "从改动以前的备份恢复" in refused.value.remedy
    holds, said = verify(ledger)
    assert not holds
    assert "running 表" in said


def test_the_command_line_says_it_in_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "台账.db"
    with closing(new_ledger(path, "甲局")) as ledger:
        ledger.connection.execute("INSERT INTO running VALUES (1, 1)")
    assert main(["campaign", "new", "整改", "--total", "套数", "--ledger", str(path)]) == 2
    assert "没有写入任何内容" in capsys.readouterr().err
    assert main(["journal", "verify", "--ledger", str(path)]) == 1
    assert "running 表" in capsys.readouterr().out
