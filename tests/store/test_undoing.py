"""An undo keeps what the ledger promises; what undoing does to records is tried in `test_operations`."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.errors import AppError
from desktop.store.database import Ledger
from desktop.store.undoing import undo
from tests.builders import a_ledger
from tests.intake.looking import Row
from tests.intake.planning.plans import A_UNIT, import_of
from tests.store.record_builders import everything

WPS: Row = {"软件名称": "WPS Office 2019", "软件编号": "L1", "许可数": 10}


def refused(ledger: Ledger, number: int) -> str:
    before = everything(ledger)
    with pytest.raises(AppError) as caught:
        undo(ledger, number)
    assert everything(ledger) == before
    return caught.value.message


def test_no_undo_closes_a_circle_of_units(tmp_path: Path) -> None:
    ledger = a_ledger()
    units: list[Row] = [{"单位名称": "甲局"}, {"单位名称": "乙所"}, {"单位名称": "丙所", "上级单位": "乙所"}]
    import_of(ledger, tmp_path, 单位=units)
    import_of(ledger, tmp_path, 单位=[{"单位名称": "丙所", "上级单位": "甲局"}])
    import_of(ledger, tmp_path, 单位=[{"单位名称": "乙所", "上级单位": "丙所"}])
    assert "的上级单位转回自己" in refused(ledger, 3)


def test_no_undo_closes_a_circle_of_upgrades(tmp_path: Path) -> None:
    ledger = a_ledger()
    upgrade: Row = {**WPS, "软件编号": "L2", "原许可编号": "L1"}
    import_of(ledger, tmp_path, 单位=[A_UNIT], 许可=[WPS, upgrade])
    import_of(ledger, tmp_path, 许可=[{**upgrade, "原许可编号": "无"}])
    import_of(ledger, tmp_path, 许可=[{**WPS, "原许可编号": "L2"}])
    assert "的原许可编号转回自己" in refused(ledger, 3)


def test_no_undo_overdraws_a_pool(tmp_path: Path) -> None:
    ledger = a_ledger()
    pool: Row = {**WPS, "单位名称": "县办", "购买日期": "2022-01-01"}
    more: Row = {**pool, "购买日期": "2023-01-01"}
    import_of(ledger, tmp_path, 单位=[A_UNIT, {"单位名称": "县办"}], 许可=[pool])
    import_of(ledger, tmp_path, 许可=[pool, more])
    share: Row = {"单位名称": "甲局", "软件名称": "WPS Office 2019", "上级许可编号": "L1", "许可数": 15}
    import_of(ledger, tmp_path, 许可=[share])
    assert "「L1」配发的多于购买的" in refused(ledger, 3)
    undo(ledger, 4)
    undo(ledger, 3)


def test_software_that_a_later_import_uses_stays(tmp_path: Path) -> None:
    ledger = a_ledger()
    units: list[Row] = [A_UNIT, {"单位名称": "乙局"}]
    import_of(ledger, tmp_path, 单位=units)
    import_of(
        ledger,
        tmp_path,
        许可=[
            {**WPS, "单位名称": "甲局"},
            {**WPS, "单位名称": "甲局", "软件编号": "L9", "软件名称": "永中Office 2019"},
        ],
    )
    import_of(ledger, tmp_path, 许可=[{**WPS, "单位名称": "乙局"}])
    whole = {name: rows for name, rows in everything(ledger).items() if name in ("product", "licence")}
    undoing = undo(ledger, 3)
    names = ledger.connection.execute("SELECT name FROM product").fetchall()
    assert [tuple(row) for row in names] == [("WPS Office",)]
    assert ledger.connection.execute("SELECT count(*) FROM licence").fetchone()[0] == 1
    undo(ledger, undoing)
    assert whole.items() <= everything(ledger).items()
