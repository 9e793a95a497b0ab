from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.actions.importing import apply_import, plan_import
from tests.builders import a_ledger
from tests.intake.looking import Row, looked
from tests.intake.planning.plans import A_UNIT, acts, changed, codes, fields, import_of, plan_of, sentences

WPS: Row = {"软件名称": "WPS Office 2019", "软件编号": "L1"}


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"套数": 5}, (5, 5, None)),
        ({"许可数": 5}, (5, 5, None)),
        ({"套数": 1, "许可数": 50}, (1, 50, None)),
        ({"许可数": 50, "授权方式": "网络授权"}, (1, 50, None)),
        ({"套数": 1, "授权方式": "网络授权"}, (1, None, None)),
        ({"套数": 3, "单价": "3.33"}, (3, 3, 999)),
        ({"许可数": 3, "单价": "3.33", "金额（元）": 9}, (3, 3, 900)),
        ({"单价": "3.33"}, (None, None, None)),
    ],
)
def test_what_is_missing_follows_from_the_rest(
    tmp_path: Path, cells: Row, expected: tuple[int | None, ...]
) -> None:
    plan = plan_of(a_ledger(), tmp_path, 单位=[A_UNIT], 许可=[{**WPS, **cells}])
    assert fields(plan, "purchase", "packs", "seats", "amount_fen") == [expected]


def test_money_is_kept_to_the_fen_in_yuan_and_in_wan(tmp_path: Path) -> None:
    row: Row = {**WPS, "单价（元）": 33.33, "金额（万元）": 1.234567}
    plan = plan_of(a_ledger(), tmp_path, 单位=[A_UNIT], 许可=[row])
    assert fields(plan, "purchase", "unit_price_fen", "amount_fen") == [(3333, 1_234_567)]


@pytest.mark.parametrize(
    ("cells", "mentioned"),
    [({}, True), ({"套数": 0}, False), ({"授权方式": "场地授权"}, False), ({"来源": "免费"}, False), ({"授权方式": "免费使用"}, False)],
)  # fmt: skip
def test_missing_numbers_are_mentioned_where_one_is_needed(
    tmp_path: Path, cells: Row, *, mentioned: bool
) -> None:
    plan = plan_of(a_ledger(), tmp_path, 单位=[A_UNIT], 许可=[{**WPS, **cells}])
    assert codes(plan) == (["I13C"] if mentioned else [])


def test_numbers_that_the_ledger_knows_are_not_missing(tmp_path: Path) -> None:
    ledger = a_ledger()
    import_of(ledger, tmp_path, 单位=[A_UNIT], 许可=[{**WPS, "许可数": 5}])
    assert codes(plan_of(ledger, tmp_path, 许可=[WPS])) == []


def test_rows_of_one_day_and_contract_are_one_purchase_or_conflict(tmp_path: Path) -> None:
    ledger = a_ledger()
    row: Row = {**WPS, "许可数": 5, "购买日期": "2022-01-01"}
    plan = import_of(ledger, tmp_path, 单位=[A_UNIT], 许可=[row, row, {**row, "金额（元）": 100}])
    assert acts(plan, "purchase") == {"新增": 1, "不变": 2}
    assert fields(plan, "purchase", "seats", "amount_fen") == [(5, 100_00)]
    assert codes(plan) == ["I61C"]
    assert "第 3 行「软件编号」栏：与第 2 行是同一笔购买（软件编号「L1」），只计一次。" in sentences(plan)
    plan = plan_of(ledger, tmp_path, 许可=[row, {**row, "许可数": 9}])
    assert codes(plan) == ["I04A"]
    assert "确是两笔购买的，请分别写明购买日期或合同编号。" in sentences(plan)
    apart = [{**row, "合同编号": number} for number in ("甲", "乙")]
    assert acts(plan_of(a_ledger(), tmp_path, 单位=[A_UNIT], 许可=apart), "purchase") == {"新增": 2}


def test_a_short_row_beside_a_whole_one_is_about_the_same_purchase(tmp_path: Path) -> None:
    row: Row = {**WPS, "许可数": 5, "购买日期": "2022-01-01"}
    for rows in ([row, {**WPS, "金额（元）": 100}], [{**WPS, "金额（元）": 100}, row]):
        plan = plan_of(a_ledger(), tmp_path, 单位=[A_UNIT], 许可=rows)
        assert fields(plan, "purchase", "seats", "amount_fen", "purchased_on") == [(5, 100_00, "2022-01-01")]
        assert codes(plan) == []


def test_more_seats_bring_the_packs_and_money_that_followed_from_them(tmp_path: Path) -> None:
    ledger = a_ledger()
    rows: list[Row] = [
        {**WPS, "许可数": 5, "单价": 2},
        {**WPS, "软件编号": "L2", "套数": 1, "许可数": 5, "单价": 2, "金额（元）": 9},
    ]
    import_of(ledger, tmp_path, 单位=[A_UNIT], 许可=rows)
    plan = plan_of(
        ledger, tmp_path, 许可=[{**WPS, "软件编号": number, "许可数": 6} for number in ("L1", "L2")]
    )
    assert changed(plan) == [
        ("purchase", "packs", 5, 6),
        ("purchase", "seats", 5, 6),
        ("purchase", "amount_fen", 1000, 1200),
        ("purchase", "seats", 5, 6),
    ]


def test_the_method_that_the_ledger_knows_decides_what_follows(tmp_path: Path) -> None:
    ledger = a_ledger()
    import_of(ledger, tmp_path, 单位=[A_UNIT], 许可=[{**WPS, "授权方式": "网络授权", "许可数": 5}])
    plan = plan_of(ledger, tmp_path, 许可=[{**WPS, "许可数": 50}])
    assert changed(plan) == [("purchase", "seats", 5, 50)]


def test_a_price_is_that_of_a_pack_where_packs_are_told(tmp_path: Path) -> None:
    row: Row = {"软件名称": "瑞星杀毒软件", "授权方式": "网络授权", "许可数": 120, "单价（元）": 98}
    plan = plan_of(a_ledger(), tmp_path, 单位=[A_UNIT], 许可=[row, {**row, "套数": 2}, {**row, "套数": 120}])
    assert fields(plan, "purchase", "packs", "amount_fen") == [(1, 11760_00), (2, 196_00), (120, 11760_00)]
    (said,) = (each for each in plan.findings if each.code == "I68")
    assert (said.place.row, said.level.value) == (3, "C")
    assert "按单价乘套数（2 套，不按 120 个许可）计" in said.text


@pytest.mark.parametrize(
    ("heading", "expected", "said"),
    [
        ("数量", (1, 200), "只写了数量 200，没有写许可数，按 1 套、200 个许可计"),
        ("套数", (200, None), "只写了套数 200，没有写许可数，按 200 套计"),
    ],
)
def test_a_number_of_network_licences_is_that_of_seats(
    tmp_path: Path, heading: str, expected: tuple[int, int | None], said: str
) -> None:
    row: Row = {"软件名称": "奇安信天擎", "授权方式": "网络授权", heading: 200}
    plan = plan_of(a_ledger(), tmp_path, 单位=[A_UNIT], 许可=[row])
    assert fields(plan, "purchase", "packs", "seats") == [expected]
    assert said in sentences(plan)


def test_one_site_licence_stays_one_pack(tmp_path: Path) -> None:
    row: Row = {"软件名称": "奇安信天擎", "授权方式": "场地授权", "数量": 1}
    plan = plan_of(a_ledger(), tmp_path, 单位=[A_UNIT], 许可=[row])
    assert fields(plan, "purchase", "packs", "seats") == [(1, None)]
    assert "I69C" not in codes(plan)


def test_a_term_that_becomes_endless_is_a_change(tmp_path: Path) -> None:
    ledger = a_ledger()
    row: Row = {**WPS, "许可数": 5, "有效期至": "2025-12-31"}
    import_of(ledger, tmp_path, 单位=[A_UNIT], 许可=[row])
    assert not plan_of(ledger, tmp_path, 许可=[{**row, "有效期至": None}]).steps
    plan = plan_of(ledger, tmp_path, 许可=[{**row, "有效期至": "永久"}])
    assert changed(plan) == [("purchase", "valid_to", "2025-12-31", None)]
    apply_import(ledger, plan, "表.xlsx")
    assert not plan_of(ledger, tmp_path, 许可=[{**row, "有效期至": "永久"}]).steps


FULL: Row = {
    **WPS, "版本": "专业版", "来源": "免费", "授权方式": "网络授权", "被授权单位": "甲局", "套数": 2, "许可数": 50, "单价": "3.33",
    "金额（元）": 7, "有效期起": "2024-01-01", "有效期至": "2025-01-01", "供货商": "某店", "资金来源": "财政", "授权证明": "有", "备注": "x",
}  # fmt: skip


@given(st.sets(st.sampled_from([*FULL]).filter(lambda heading: heading not in WPS)))
def test_an_empty_cell_never_erases(emptied: set[str]) -> None:
    ledger = a_ledger()
    row: Row = {heading: None if heading in emptied else cell for heading, cell in FULL.items()}
    for line, is_first in ((FULL, True), (row, False)):
        plan = plan_import(ledger, looked({"表.xlsx": {"单位": [A_UNIT], "许可": [line]}}))
        assert bool(plan.steps) == is_first
        apply_import(ledger, plan, "表.xlsx")


def test_a_term_cannot_end_before_it_begins_over_two_imports_either(tmp_path: Path) -> None:
    ledger = a_ledger()
    import_of(ledger, tmp_path, 单位=[A_UNIT], 许可=[{**WPS, "许可数": 5, "有效期起": "2024-01-01"}])
    plan = plan_of(ledger, tmp_path, 许可=[{**WPS, "有效期至": "2023-12-31"}])
    assert codes(plan) == ["I08A"]
    assert acts(plan, "purchase") == {"拒收": 1}
