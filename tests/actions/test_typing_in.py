from __future__ import annotations

from pathlib import Path

import pytest

from desktop.actions.campaigns import Settled, new_campaign
from desktop.actions.explaining import explanation_lines
from desktop.actions.filling import Request, explain, fill
from desktop.actions.printing import as_values, ready_to_print
from desktop.actions.typing_in import clear_cell, explain_finding, type_cell, typed_lines
from desktop.actions.undoing import undo_operation
from desktop.core.findings import Finding
from desktop.errors import AppError
from desktop.forms.filled import FilledForm
from desktop.store.database import Ledger
from tests.builders import Rows, imported

UNITS: Rows = [["单位名称", "级别"], ["县局", "县直"], ["甲镇", "乡镇"]]
LICENCES: Rows = [
    ["单位名称", "软件编号", "软件名称", "软件类别", "国内/国外", "套数", "许可数", "金额（元）"],
    ["县局", "W1", "WPS Office", "办公", "国内", 9, 5, 3000],
]
PEOPLE: Rows = [["单位名称", "姓名", "职责", "手机"], ["县局", "张三", "信息报送人", "13900000001"]]
CELL = "县级机关/软件情况/国内/办公软件/许可数（个）"
T02 = Request("T02")


@pytest.fixture
def ledger(ledger: Ledger, tmp_path: Path) -> Ledger:
    imported(ledger, tmp_path, {"单位": UNITS, "许可": LICENCES, "人员": PEOPLE})
    return ledger


def found(form: FilledForm, code: str) -> list[Finding]:
    return [finding for finding in form.findings if finding.code == code]


def seats(form: FilledForm) -> list[str]:
    return [form.cells[f"县级.{row}.办公许可数"].text for row in ("国内", "国外", "合计")]


def test_totals_follow_what_is_typed_and_the_difference_is_said(ledger: Ledger) -> None:
    type_cell(ledger, T02, CELL, " １,００7 ", reason=" 依据合同核对 ")
    form = fill(ledger, T02)
    assert seats(form) == ["1007", "0", "1007"]
    (finding,) = found(form, "V11")
    assert finding.text == "填报 1007，台账为 5。"
    assert finding.explained == "依据合同核对"
    assert finding.sentence.endswith("台账为 5。（已说明：依据合同核对）")
    assert not found(form, "V01")


def test_a_typed_total_is_held_against_its_parts(ledger: Ledger) -> None:
    type_cell(ledger, T02, "县级.合计.办公许可数", "6", reason="上级要求，已核对过")
    form = fill(ledger, T02)
    assert seats(form) == ["5", "0", "6"]
    assert [finding.text for finding in found(form, "V11")] == ["填报 6，台账为 5。"]
    assert len(found(form, "V01")) == 1


def test_a_typed_total_is_held_against_the_ledger_though_a_part_is_typed_too(ledger: Ledger) -> None:
    type_cell(ledger, T02, CELL, "121", reason="依据合同核对")
    type_cell(ledger, T02, "县级.合计.办公许可数", "6", reason="上级要求，已核对过")
    form = fill(ledger, T02)
    assert seats(form) == ["121", "0", "6"]
    assert [finding.text for finding in found(form, "V11")] == ["填报 121，台账为 5。", "填报 6，台账为 5。"]
    assert [finding.text for finding in found(form, "V01")] == ["合计 6 不等于国内与国外之和 121。"]


def test_what_is_typed_as_the_ledger_gives_it_is_no_difference(ledger: Ledger) -> None:
    type_cell(ledger, T02, CELL, "5", reason="核对过，已核对过")
    assert not found(fill(ledger, T02), "V11")


def test_a_cell_follows_the_ledger_again(ledger: Ledger) -> None:
    before = fill(ledger, T02)
    type_cell(ledger, T02, CELL, "7", reason="误填，已核对过")
    clear_cell(ledger, T02, CELL)
    assert fill(ledger, T02) == before
    number = type_cell(ledger, T02, CELL, "8", reason="误填，已核对过")
    undo_operation(ledger, number)
    assert fill(ledger, T02) == before
    with pytest.raises(AppError, match="没有手工填报"):
        clear_cell(ledger, T02, CELL)


def test_words_can_be_typed_where_words_stand(ledger: Ledger) -> None:
    type_cell(ledger, Request("T01"), "第1行/手机", "13900000002", reason="已换号码，已核对过")
    type_cell(ledger, Request("T01"), "第1行/职务", "主任（0012）", reason="台账未登记，已核对过")
    form = fill(ledger, Request("T01"))
    assert [form.cells[f"报送.1.{name}"].text for name in ("手机", "职务")] == ["13900000002", "主任（0012）"]
    assert [finding.text for finding in found(form, "V11")] == [
        "填报 13900000002，台账为 13900000001。",
        "填报 主任（0012），台账为 空。",
    ]


def test_each_unit_group_campaign_and_period_has_its_own(ledger: Ledger) -> None:
    new_campaign(ledger, "整改", Settled(switches={"总数": "套数"}))
    type_cell(ledger, Request("T02", unit="县局"), CELL, "1", reason="甲，已核对过")
    type_cell(ledger, Request("T02", group="县级机关"), CELL, "2", reason="乙，已核对过")
    type_cell(ledger, Request("T02", campaign="整改"), CELL, "3", reason="丙，已核对过")
    type_cell(ledger, Request("T02", period="2024年"), CELL, "4", reason="丁，已核对过")
    assert seats(fill(ledger, T02))[0] == "5"
    assert seats(fill(ledger, Request("T02", unit="县局")))[0] == "1"
    assert seats(fill(ledger, Request("T02", group="县级")))[0] == "2"
    assert seats(fill(ledger, Request("T02", campaign="整改")))[0] == "3"
    assert seats(fill(ledger, Request("T02", period="2024年")))[0] == "4"
    assert [line.split("：")[0] for line in typed_lines(ledger)] == [
        "T02《软件正版化情况统计表》日常台账，县局",
        "T02《软件正版化情况统计表》日常台账，县级",
        "T02《软件正版化情况统计表》整改，全部单位",
        "T02《软件正版化情况统计表》日常台账，全部单位，2024年",
    ]


def test_a_blank_copy_stays_blank(ledger: Ledger) -> None:
    type_cell(ledger, T02, CELL, "7", reason="核对过，已核对过")
    assert seats(fill(ledger, Request("T02", is_blank=True))) == ["", "", ""]


def test_the_reason_is_told_wherever_the_value_is(ledger: Ledger) -> None:
    type_cell(ledger, T02, CELL, "7", reason="依据合同核对")
    form = fill(ledger, T02)
    lines = list(explanation_lines(form, explain(ledger, form, CELL)))
    assert lines[1] == "手工填报，台账为 5。理由：依据合同核对"
    cell = as_values(ready_to_print(form).form, {})["cells"][CELL]
    assert (cell["value"], cell["computed"], cell["origin"], cell["reason"]) == (
        7,
        5,
        "typed",
        "依据合同核对",
    )


@pytest.mark.parametrize(
    ("cell", "value", "reason", "said"),
    [
        ("没有", "7", "理由已写明了", "没有「没有」"),
        ("不打印/没有启用日期的计算机", "7", "理由已写明了", "没有「不打印"),
        (CELL, "7", " ", "至少写 6 个字"),
        (CELL, "约7", "理由已写明了", "不是数"),
        (CELL, "", "理由已写明了", "没有写填报的内容"),
    ],
)
def test_what_cannot_be_typed_is_refused(
    ledger: Ledger, cell: str, value: str, *, reason: str, said: str
) -> None:
    with pytest.raises(AppError) as caught:
        type_cell(ledger, T02, cell, value, reason=reason)
    assert said in caught.value.message
    assert caught.value.remedy
    assert list(typed_lines(ledger)) == []


def test_a_finding_is_explained_and_stays_so(ledger: Ledger) -> None:
    explain_finding(ledger, T02, "V08", CELL.replace("许可数", "总数"), text="网络版按套统计")
    form = fill(ledger, T02)
    assert [finding.explained for finding in found(form, "V08")] == ["网络版按套统计", ""]
    assert as_values(form, {})["findings"][0].get("explained", "") in ("", "网络版按套统计")
    assert "V08 县级.国内.办公总数 说明：网络版按套统计" in "".join(typed_lines(ledger))
    explain_finding(ledger, T02, "V08", "县级.国内.办公总数", text="")
    assert not any(finding.explained for finding in fill(ledger, T02).findings)


@pytest.mark.parametrize(
    ("code", "cell", "text", "said"),
    [
        ("V99", "", "说明说明说明", "没有这条审核"),
        ("V08", "", "说明说明说明", "V08 有 2 条"),
        ("V08", "县级.国内.办公总数", "太短", "至少写 6 个字"),
        ("V01", "", "说明说明说明", "不能用说明代替"),
    ],
)
def test_what_cannot_be_explained_is_refused(
    ledger: Ledger, code: str, cell: str, *, text: str, said: str
) -> None:
    type_cell(ledger, T02, "县级.合计.办公许可数", "5.5", reason="试，已核对过")
    type_cell(ledger, T02, "县级.合计.办公总数", "9", reason="试，已核对过")
    with pytest.raises(AppError) as caught:
        explain_finding(ledger, T02, code, cell, text=text)
    assert said in caught.value.message
    assert caught.value.remedy
