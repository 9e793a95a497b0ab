"""Rows that correct what the ledger holds although their natural key is another."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.store.database import Ledger
from tests.builders import a_ledger
from tests.intake.looking import Row
from tests.intake.planning.plans import A_UNIT, acts, changed, codes, import_of, plan_of, sentences

WPS: Row = {"软件名称": "WPS Office 2019", "软件编号": "L1", "许可数": 10, "金额（元）": 100}
BOUGHT: Row = {**WPS, "购买日期": "2022-01-01"}
POOL: Row = {"单位名称": "县办", "软件名称": "WPS Office 2019", "软件编号": "P1", "许可数": 50}
SHARE: Row = {"单位名称": "甲局", "软件名称": "WPS Office 2019", "上级许可编号": "P1", "许可数": 5}


def bought(folder: Path, *rows: Row) -> Ledger:
    ledger = a_ledger()
    import_of(ledger, folder, 单位=[A_UNIT, {"单位名称": "县办"}], 许可=[*rows])
    return ledger


def test_a_date_filled_in_makes_no_second_purchase(tmp_path: Path) -> None:
    ledger = bought(tmp_path, {**WPS, "单位名称": "甲局"})
    plan = import_of(ledger, tmp_path, 许可=[{**BOUGHT, "单位名称": "甲局"}])
    assert changed(plan) == [("purchase", "purchased_on", None, "2022-01-01")]
    assert codes(plan) == []
    again = plan_of(ledger, tmp_path, 许可=[{**BOUGHT, "单位名称": "甲局"}])
    assert (codes(again), again.steps) == ([], [])


def test_a_date_put_right_makes_no_second_purchase_and_is_said(tmp_path: Path) -> None:
    ledger = bought(tmp_path, {**BOUGHT, "单位名称": "甲局"})
    put_right: Row = {**BOUGHT, "单位名称": "甲局", "购买日期": "2022-03-05"}
    plan = import_of(ledger, tmp_path, 许可=[put_right])
    assert changed(plan) == [("purchase", "purchased_on", "2022-01-01", "2022-03-05")]
    assert codes(plan) == ["I14C"]
    assert "按更正计。如是又一笔购买，请连同原来那一行一起导入。" in sentences(plan)
    assert not plan_of(ledger, tmp_path, 许可=[put_right]).steps


def test_with_the_earlier_row_beside_it_a_row_is_another_purchase(tmp_path: Path) -> None:
    first: Row = {**BOUGHT, "单位名称": "甲局"}
    ledger = bought(tmp_path, first)
    plan = plan_of(ledger, tmp_path, 许可=[first, {**first, "购买日期": "2023-01-01"}])
    assert acts(plan, "purchase") == {"新增": 1, "不变": 1}
    assert codes(plan) == ["I14C"]


def test_a_short_row_is_about_the_one_purchase_there_is(tmp_path: Path) -> None:
    ledger = bought(tmp_path, {**BOUGHT, "单位名称": "甲局"})
    short: Row = {"单位名称": "甲局", "软件名称": "WPS Office 2019", "软件编号": "L1", "金额（元）": 176}
    plan = plan_of(ledger, tmp_path, 许可=[short])
    assert changed(plan) == [("purchase", "amount_fen", 100_00, 176_00)]
    assert codes(plan) == []


def test_a_short_row_among_several_purchases_is_refused(tmp_path: Path) -> None:
    rows: list[Row] = [
        {**BOUGHT, "单位名称": "甲局", "购买日期": day} for day in ("2022-01-01", "2023-01-01")
    ]
    ledger = bought(tmp_path, *rows)
    plan = plan_of(ledger, tmp_path, 许可=[{**WPS, "单位名称": "甲局", "金额（元）": 176}])
    assert codes(plan) == ["I36A"]
    assert acts(plan, "purchase") == {"拒收": 1}


@pytest.mark.parametrize("other", [{"许可数": 12}, {"金额（元）": 101}])
def test_what_differs_in_its_date_and_more_is_not_guessed(tmp_path: Path, other: Row) -> None:
    first: Row = {**BOUGHT, "单位名称": "甲局"}
    ledger = bought(tmp_path, first)
    row: Row = {**first, "购买日期": "2023-01-01", **other}
    plan = plan_of(ledger, tmp_path, 许可=[row])
    assert (acts(plan, "purchase"), codes(plan)) == ({"拒收": 1}, ["I36A"])
    assert "不知道是更正，还是又一笔购买" in sentences(plan)
    assert acts(plan_of(ledger, tmp_path, 许可=[first, row]), "purchase") == {"不变": 1, "新增": 1}


@pytest.mark.parametrize(
    ("telling", "old", "new"), [("合同编号", "甲", "乙"), ("有效期至", "2023-12-31", "2024-12-31")]
)
def test_another_contract_or_term_tells_another_purchase(
    tmp_path: Path, telling: str, old: str, new: str
) -> None:
    first: Row = {**BOUGHT, "单位名称": "甲局", telling: old}
    ledger = bought(tmp_path, first)
    renewal: Row = {**first, "购买日期": "2024-01-01", "金额（元）": 90, telling: new}
    plan = plan_of(ledger, tmp_path, 许可=[renewal])
    assert (acts(plan, "purchase"), codes(plan)) == ({"新增": 1}, ["I14C"])


def test_two_dates_put_right_at_once_are_not_guessed(tmp_path: Path) -> None:
    rows: list[Row] = [{**BOUGHT, "单位名称": "甲局", "购买日期": f"{year}-01-01"} for year in (2021, 2022)]
    ledger = bought(tmp_path, *rows)
    turned: list[Row] = [{**row, "购买日期": f"{2021 + n}-02-02"} for n, row in enumerate(rows)]
    assert codes(plan_of(ledger, tmp_path, 许可=turned)) == ["I36A", "I36A"]


def test_two_dates_put_right_at_once_are_told_by_what_else_was_bought(tmp_path: Path) -> None:
    first: Row = {**BOUGHT, "单位名称": "甲局"}
    second: Row = {**first, "许可数": 4, "金额（元）": 48, "购买日期": "2023-01-01"}
    ledger = bought(tmp_path, first, second)
    put_right: list[Row] = [{**second, "购买日期": "2023-01-11"}, {**first, "购买日期": "2022-01-11"}]
    plan = import_of(ledger, tmp_path, 许可=put_right)
    assert sorted(str(after) for *_, after in changed(plan)) == ["2022-01-11", "2023-01-11"]
    assert codes(plan) == ["I14C", "I14C"]
    assert not plan_of(ledger, tmp_path, 许可=put_right).steps


def test_an_allocation_changed_in_date_and_number_is_not_guessed(tmp_path: Path) -> None:
    ledger = bought(tmp_path, POOL, {**SHARE, "购买日期": "2024-03-15"})
    plan = plan_of(ledger, tmp_path, 许可=[{**SHARE, "购买日期": "2024-04-15", "许可数": 6}])
    assert (acts(plan, "allocation"), codes(plan)) == ({"拒收": 1}, ["I36A"])


def test_what_is_given_back_may_be_taken_by_another_in_any_order(tmp_path: Path) -> None:
    one: Row = {**SHARE, "许可数": 20}
    other: Row = {**SHARE, "单位名称": "乙局", "许可数": 30}
    ledger = a_ledger()
    units: list[Row] = [A_UNIT, {"单位名称": "县办"}, {"单位名称": "乙局"}]
    import_of(ledger, tmp_path, 单位=units, 许可=[POOL, one, other])
    turned: list[Row] = [{**one, "许可数": 45}, {**other, "许可数": 5}]
    for rows in (turned, turned[::-1]):
        assert plan_of(ledger, tmp_path, 许可=rows).is_clean


def test_the_date_of_an_allocation_is_put_right_and_its_pool_still_adds_up(tmp_path: Path) -> None:
    ledger = bought(tmp_path, POOL, {**SHARE, "购买日期": "2024-03-15", "许可数": 30})
    moved: Row = {**SHARE, "购买日期": "2024-04-15", "许可数": 30}
    plan = import_of(ledger, tmp_path, 许可=[moved])
    assert changed(plan) == [("allocation", "allocated_on", "2024-03-15", "2024-04-15")]
    assert codes(plan) == ["I14C"]
    assert not plan_of(ledger, tmp_path, 许可=[moved]).steps


def test_a_second_allocation_is_said(tmp_path: Path) -> None:
    first: Row = {**SHARE, "购买日期": "2024-03-15"}
    ledger = bought(tmp_path, POOL, first)
    plan = plan_of(ledger, tmp_path, 许可=[first, {**SHARE, "购买日期": "2024-05-15", "许可数": 7}])
    assert (acts(plan, "allocation"), codes(plan)) == ({"新增": 1, "不变": 1}, ["I14C"])


def test_a_short_row_is_about_the_one_allocation_there_is(tmp_path: Path) -> None:
    ledger = bought(tmp_path, POOL, {**SHARE, "购买日期": "2024-03-15"})
    plan = plan_of(ledger, tmp_path, 许可=[{**SHARE, "许可数": 6}])
    assert ("allocation", "seats", 5, 6) in changed(plan)
    assert acts(plan, "allocation") == {"变更": 1}
