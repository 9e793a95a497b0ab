from __future__ import annotations

from pathlib import Path

import pytest

from desktop.store.operations import Act, operation
from tests.builders import a_ledger
from tests.intake.looking import Row
from tests.intake.planning.plans import (
    A_UNIT,
    TWO_UNITS,
    acts,
    changed,
    codes,
    fields,
    import_of,
    plan_of,
    sentences,
)

ALL: Row = {
    "单位名称": "甲局",
    "摸查": "2024-01-01",
    "经费": "是",
    "采购": "否",
    "制度": None,
    "整改": "√",
    "无需采购": "是",
    "依据": "批文",
}


def test_what_is_done_is_a_fact_with_its_day(tmp_path: Path) -> None:
    plan = plan_of(a_ledger(), tmp_path, 单位=[A_UNIT], 进度=[ALL])
    assert fields(plan, "progress_fact", "kind", "happened_on", "evidence") == [
        ("摸查", "2024-01-01", "批文"),
        ("经费", None, "批文"),
        ("整改", None, "批文"),
        ("无需采购", None, "批文"),
    ]


def test_facts_are_those_of_the_default_campaign(tmp_path: Path) -> None:
    ledger = a_ledger()
    plan = plan_of(ledger, tmp_path, 单位=[A_UNIT], 进度=[ALL])
    (campaign,) = ledger.connection.execute("SELECT uid FROM campaign").fetchone()
    assert {found for (found,) in fields(plan, "progress_fact", "campaign")} == {campaign}


def test_a_fact_is_never_taken_back_by_an_import(tmp_path: Path) -> None:
    ledger = a_ledger()
    import_of(ledger, tmp_path, 单位=[A_UNIT], 进度=[ALL])
    plan = plan_of(
        ledger,
        tmp_path,
        进度=[{"单位名称": "甲局", "摸查": "否", "经费": "", "采购": "否", "无需采购": "否"}],
    )
    assert not plan.steps
    assert codes(plan) == ["I18C", "I18C"]
    assert "台账中「摸查」已经确认，仍按已确认计。确需撤回的，请用 withdraw 命令并写明理由。" in sentences(
        plan
    )
    assert plan.is_clean


def test_a_day_may_be_added_but_is_not_lost(tmp_path: Path) -> None:
    ledger = a_ledger()
    import_of(ledger, tmp_path, 单位=[A_UNIT], 进度=[ALL])
    plan = plan_of(ledger, tmp_path, 进度=[{"单位名称": "甲局", "摸查": "是", "经费": "2024-02-02"}])
    assert changed(plan) == [("progress_fact", "happened_on", None, "2024-02-02")]


@pytest.mark.parametrize(
    ("said", "found", "holds"),
    [("是", ["I27C"], False), ("2024-01-01", ["I27C"], False), ("2024-03-02", [], True), ("否", [], False)],
)
def test_a_fact_taken_back_holds_again_when_done_after_that(
    tmp_path: Path, said: str, found: list[str], *, holds: bool
) -> None:
    ledger = a_ledger()
    import_of(ledger, tmp_path, 单位=[A_UNIT], 进度=[{"单位名称": "甲局", "摸查": "2024-01-01"}])
    with operation(ledger, Act("撤回", "撤回", reason="查得不全")):
        ledger.connection.execute(
            "UPDATE progress_fact SET withdrawn_on = '2024-03-01', withdrawn_reason = '查得不全'"
        )
    plan = plan_of(ledger, tmp_path, 进度=[{"单位名称": "甲局", "摸查": said}])
    assert codes(plan) == found
    assert ("progress_fact", "withdrawn_on", "2024-03-01", None) in changed(plan) or not holds


def test_two_rows_of_one_unit_agree_or_conflict(tmp_path: Path) -> None:
    rows: list[Row] = [ALL, ALL, {"单位名称": "甲", "摸查": "2024-01-02"}]
    plan = plan_of(a_ledger(), tmp_path, 单位=[A_UNIT], 进度=rows)
    assert acts(plan, "progress_fact") == {"新增": 4, "不变": 4, "冲突": 1}


def test_rows_of_unknown_units_and_bad_days_are_refused_as_facts(tmp_path: Path) -> None:
    rows: list[Row] = [{"单位名称": "丙局", "摸查": "是"}, {"单位名称": "甲局", "摸查": "2月30日"}]
    plan = plan_of(a_ledger(), tmp_path, 单位=TWO_UNITS, 进度=rows)
    assert acts(plan, "progress_fact") == {"拒收": 2}
    assert codes(plan) == ["I03A", "I01A"]
