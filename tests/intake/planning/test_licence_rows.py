from __future__ import annotations

from pathlib import Path

from desktop.intake.planning.licence_rows import LicenceRow, licence_key
from tests.builders import a_ledger
from tests.intake.looking import Row, read, table
from tests.intake.planning.plans import A_UNIT, acts, codes, plan_of, sentences

WPS: Row = {"软件名称": "WPS Office 2019", "软件编号": "L1", "许可数": 10}


def test_a_row_knows_whether_it_is_part_of_a_pool() -> None:
    own, received = read("许可", table(WPS, {**WPS, "上级许可编号": "P1"}))
    assert not LicenceRow(own, "u", "p", "").is_allocation
    assert LicenceRow(received, "u", "p", "").is_allocation


def test_a_licence_number_is_unique_within_its_unit() -> None:
    assert licence_key("u", "1") == licence_key("u", "1") != licence_key("v", "1")


def test_rows_of_unknown_units_are_refused(tmp_path: Path) -> None:
    plan = plan_of(a_ledger(), tmp_path, 单位=[A_UNIT], 许可=[{**WPS, "单位名称": "乙局"}])
    assert acts(plan, "licence") == {"拒收": 1}
    assert codes(plan) == ["I03A"]


def test_a_term_cannot_end_before_it_begins(tmp_path: Path) -> None:
    rows: list[Row] = [
        {**WPS, "有效期起": "2024-01-02", "有效期至": last}
        for last in ("2024-01-01", "2024-01-02", "永久", None)
    ]
    plan = plan_of(a_ledger(), tmp_path, 单位=[A_UNIT], 许可=rows)
    assert codes(plan) == ["I08A", "I04A"]
    assert "第 2 行「有效期至」栏：有效期至早于有效期起" in sentences(plan)
