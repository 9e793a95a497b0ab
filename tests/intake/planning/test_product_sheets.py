from __future__ import annotations

from pathlib import Path

from tests.builders import a_ledger
from tests.intake.looking import Row
from tests.intake.planning.plans import A_UNIT, acts, changed, codes, fields, import_of, plan_of

OURS: Row = {"软件名称": "本县审批系统", "软件类别": "业务", "国内/国外": "国内", "厂商": "本县信息中心"}
LICENCE: Row = {"软件名称": "本县审批系统", "软件编号": "L1", "许可数": 10}


def test_a_product_of_ones_own_is_described_once_for_all_sheets(tmp_path: Path) -> None:
    plan = plan_of(a_ledger(), tmp_path, 单位=[A_UNIT], 许可=[LICENCE], 软件产品=[OURS])
    assert codes(plan) == []
    assert fields(plan, "product", "name", "class", "origin", "vendor", "kind", "is_server") == [
        ("本县审批系统", "业务", "国内", "本县信息中心", "商业", 0)
    ]


def test_what_was_registered_wrongly_is_put_right(tmp_path: Path) -> None:
    ledger = a_ledger()
    wrong: Row = {**LICENCE, "软件类别": "办公", "国内/国外": "国外"}
    import_of(ledger, tmp_path, 单位=[A_UNIT], 许可=[wrong])
    plan = plan_of(ledger, tmp_path, 软件产品=[{**OURS, "厂商": None}], 许可=[wrong])
    assert changed(plan) == [("product", "class", "办公", "业务"), ("product", "origin", "国外", "国内")]
    assert codes(plan) == ["I09C", "I09C"]


def test_the_same_sheet_again_is_no_change(tmp_path: Path) -> None:
    ledger = a_ledger()
    rows: list[Row] = [OURS, {"软件名称": "WPS Office 2019", "备注": "统一采购"}]
    assert acts(import_of(ledger, tmp_path, 软件产品=rows), "product") == {"新增": 2}
    assert acts(plan_of(ledger, tmp_path, 软件产品=rows), "product") == {"不变": 2}


def test_where_a_row_is_silent_the_catalogue_speaks(tmp_path: Path) -> None:
    plan = plan_of(a_ledger(), tmp_path, 软件产品=[{"软件名称": "WPS Office 2019", "备注": "统一采购"}])
    assert fields(plan, "product", "class", "origin", "note") == [("办公", "国内", "统一采购")]


def test_a_new_product_needs_class_and_origin(tmp_path: Path) -> None:
    plan = plan_of(a_ledger(), tmp_path, 软件产品=[{"软件名称": "某系统", "软件类别": "业务"}])
    assert codes(plan) == ["I10A"]
    assert acts(plan, "product") == {"拒收": 1}


def test_a_product_in_the_ledger_may_be_described_in_part(tmp_path: Path) -> None:
    ledger = a_ledger()
    import_of(ledger, tmp_path, 软件产品=[OURS])
    plan = plan_of(ledger, tmp_path, 软件产品=[{"软件名称": "本县审批系统", "厂商": "无"}])
    assert changed(plan) == [("product", "vendor", "本县信息中心", None)]
