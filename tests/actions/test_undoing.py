from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from desktop.actions.ledgers import new_ledger
from desktop.actions.undoing import last_undoable, undo_operation
from desktop.errors import AppError
from desktop.store.backup import backups_folder
from tests.builders import Sheets, a_ledger, imported

MORE: Sheets = {"单位": [["单位名称", "排序号"], ["县法院", 2]]}
UNITS: Sheets = {"单位": [["单位名称", "排序号"], ["县公安局", 1]]}


def test_the_newest_operation_that_still_holds_is_taken_back(tmp_path: Path) -> None:
    ledger = a_ledger()
    imported(ledger, tmp_path, UNITS)
    imported(ledger, tmp_path, MORE)
    assert last_undoable(ledger) == 3
    undo_operation(ledger, 3)
    assert last_undoable(ledger) == 2


def test_an_operation_brought_back_may_be_taken_back_again(tmp_path: Path) -> None:
    ledger = a_ledger()
    imported(ledger, tmp_path, UNITS)
    _, undoing = undo_operation(ledger, 2)
    undo_operation(ledger, undoing)
    assert last_undoable(ledger) == 2
    undo_operation(ledger, 2)
    assert ledger.connection.execute("SELECT count(*) FROM unit").fetchone()[0] == 0


def test_the_beginning_of_a_ledger_is_not_taken_back(tmp_path: Path) -> None:
    ledger = a_ledger()
    with pytest.raises(AppError, match="没有可撤销的操作"):
        last_undoable(ledger)
    with pytest.raises(AppError, match="建立台账不能撤销"):
        undo_operation(ledger, 1)


def test_a_backup_is_made_before(tmp_path: Path) -> None:
    with closing(new_ledger(tmp_path / "甲.db")) as ledger:
        imported(ledger, tmp_path, UNITS)
        undo_operation(ledger, 2)
    labels = sorted(path.stem.split("-")[2] for path in backups_folder(tmp_path / "甲.db").glob("*.db"))
    assert labels == ["导入前", "撤销前"]


def test_what_cannot_be_taken_back_leaves_no_backup(tmp_path: Path) -> None:
    with closing(new_ledger(tmp_path / "甲.db")) as ledger:
        imported(ledger, tmp_path, UNITS)
        imported(ledger, tmp_path, {"单位": [["单位名称", "排序号"], ["县公安局", 5]]})
        with pytest.raises(AppError, match="改动过"):
            undo_operation(ledger, 2)
    labels = sorted(path.stem.split("-")[2] for path in backups_folder(tmp_path / "甲.db").glob("*.db"))
    assert labels == ["导入前", "导入前"]
