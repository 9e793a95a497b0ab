from __future__ import annotations

from pathlib import Path

import pytest

from desktop.actions.undoing import undo_operation
from desktop.core.plan import Plan
from desktop.intake.planning.copies import Turns
from desktop.store.database import Ledger
from desktop.store.operations import operations
from tests.builders import a_ledger, planned
from tests.intake.looking import Row
from tests.intake.planning.plans import acts, changed, codes, import_of, plan_of, sentences

UNIT: list[Row] = [{"单位名称": "甲镇", "备注": "有"}]
COMPUTERS: list[Row] = [{"单位名称": "甲镇", "资产编号": number, "类型": "台式"} for number in ("A1", "A2")]
ONE: Row = {"单位名称": "甲镇", "资产编号": "A1", "软件名称": "WPS Office"}
WIDE = ["单位名称", "资产编号", "类型", "操作系统", "办公软件"]


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    opened = a_ledger()
    import_of(opened, tmp_path, 单位=UNIT, 计算机=COMPUTERS)
    return opened


def wide(ledger: Ledger, folder: Path, *rows: list[object]) -> Plan:
    return planned(ledger, folder, {"Sheet1": [WIDE, *(["甲镇", *row] for row in rows)]})


@pytest.mark.parametrize(
    ("known", "ends", "days", "turns"),
    [
        ([], [], [None, None], [1, 1]),
        ([], [], ["01", "02", "01"], [1, 2, 1]),
        ([], [], [None, "01", "02"], [1, 1, 2]),
        (["01"], [None], ["02", None], [2, 1]),
        (["01", "02"], ["02", None], [None], [2]),
        ([None], [None], ["01", "02"], [1, 2]),
        ([None], ["02"], ["01"], [1]),
        ([None], ["02"], ["03", "01"], [2, 1]),
        ([None, None], ["02", None], ["03"], [2]),
    ],
)
def test_a_copy_is_told_by_its_day(
    known: list[str | None], ends: list[str | None], days: list[str | None], turns: list[int]
) -> None:
    counting = Turns(list(known), list(ends))
    assert [counting.turn_of(day)[0] for day in days] == turns


def test_an_edition_that_was_spelt_otherwise_is_put_right_once(
    ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    row: Row = {**ONE, "版本": "2019专业版"}
    with monkeypatch.context() as before:
        before.setattr("desktop.intake.planning.products.spaced", str)
        import_of(ledger, tmp_path, 安装=[row])
    plan = import_of(ledger, tmp_path, 安装=[row])
    assert changed(plan) == [("installation", "edition", "2019专业版", "2019 专业版")]
    again = plan_of(ledger, tmp_path, 安装=[{**ONE, "软件名称": "WPS Office 2019", "版本": "专业版"}])
    assert (acts(again, "installation"), codes(again)) == ({"不变": 1}, [])


@pytest.mark.parametrize(
    ("field", "change"),
    [
        ("版本", ("2016", "2019")),
        ("版本", ("2019", "2019 专业版")),
        ("安装日期", ("2024-01-01", "2024-01-11")),
    ],
    ids=["edition", "closer edition", "day"],
)
def test_the_only_row_corrects_the_only_copy(
    ledger: Ledger, tmp_path: Path, field: str, change: tuple[str, str]
) -> None:
    before, after = ({**ONE, field: value} for value in change)
    import_of(ledger, tmp_path, 安装=[before])
    plan = plan_of(ledger, tmp_path, 安装=[after])
    assert [each[2:] for each in changed(plan)] == [change]
    assert codes(plan) == ["I14C"]
    import_of(ledger, tmp_path, 安装=[after])
    assert acts(plan_of(ledger, tmp_path, 安装=[after]), "installation") == {"不变": 1}


def test_a_row_of_another_key_is_another_copy(ledger: Ledger, tmp_path: Path) -> None:
    import_of(ledger, tmp_path, 安装=[{**ONE, "版本": "2016", "安装序列号": "K1"}])
    plan = plan_of(ledger, tmp_path, 安装=[{**ONE, "版本": "2019", "安装序列号": "K2"}])
    assert acts(plan, "installation") == {"新增": 1}
    assert "已登记同一软件（「2016」），本行作为另一份计入" in sentences(plan)


def test_two_rows_beside_a_known_copy_are_two_copies(ledger: Ledger, tmp_path: Path) -> None:
    import_of(ledger, tmp_path, 安装=[{**ONE, "版本": "2016"}])
    rows: list[Row] = [{**ONE, "版本": "2016"}, {**ONE, "版本": "2019"}]
    plan = plan_of(ledger, tmp_path, 安装=rows)
    assert acts(plan, "installation") == {"不变": 1, "新增": 1}
    assert codes(plan) == []


def test_a_removed_copy_is_not_corrected(ledger: Ledger, tmp_path: Path) -> None:
    old: Row = {**ONE, "版本": "2016", "安装日期": "2020-01-01", "卸载日期": "2023-01-01"}
    import_of(ledger, tmp_path, 安装=[old])
    plan = plan_of(ledger, tmp_path, 安装=[{**ONE, "版本": "2019", "安装日期": "2023-01-02"}])
    assert acts(plan, "installation") == {"新增": 1}
    import_of(ledger, tmp_path, 安装=[{**ONE, "版本": "2019", "安装日期": "2023-01-02"}])
    assert acts(plan_of(ledger, tmp_path, 安装=[old]), "installation") == {"不变": 1}


@pytest.mark.parametrize(
    ("office", "said"),
    [("永中Office 2019", "「永中Office 2019」"), ("无", "没有")],
    ids=["another product", "none"],
)
def test_what_stays_on_a_computer_is_mentioned(
    ledger: Ledger, tmp_path: Path, office: str, said: str
) -> None:
    known: Row = {"单位名称": "甲镇", "软件编号": "K-1", "软件名称": "WPS Office"}
    import_of(ledger, tmp_path, 许可=[known], 安装=[{**ONE, "版本": "2019", "软件编号": "K-1"}])
    plan = wide(ledger, tmp_path, ["A1", "台式", "Windows 10", office])
    (found,) = (each for each in plan.findings if each.code == "I50")
    assert found.place.row == 2
    assert f"本行写的是{said}，这台计算机上还登记着「WPS Office 2019」，仍按安装计" in found.text


def test_two_rows_of_one_computer_are_mentioned(ledger: Ledger, tmp_path: Path) -> None:
    rows: list[list[object]] = [["A1", "台式", "Windows 10", "WPS 2019"], ["A1", "台式", "Windows 7", "无"]]
    plan = wide(ledger, tmp_path, *rows)
    (found,) = (each for each in plan.findings if each.code == "I51")
    assert (found.place.row, "与第 2 行是同一台计算机" in found.text) == (3, True)


def test_two_sheets_that_contradict_each_other_are_mentioned(ledger: Ledger, tmp_path: Path) -> None:
    sheets = {
        name: [WIDE, ["甲镇", "A1", "台式", system, "WPS 2019"]]
        for name, system in (("一", "Windows 10"), ("二", "统信UOS桌面操作系统V20"))
    }
    (found,) = (each for each in planned(ledger, tmp_path, sheets).findings if each.code == "I51")
    assert "写的是「Windows 10」，这里是「统信UOS桌面操作系统V20」，两种都登记" in found.text


@pytest.mark.parametrize("numbers", [("A2", "A1"), ("A2", "A3")], ids=["swap", "chain"])
def test_computers_may_change_their_numbers_with_what_is_on_them(
    ledger: Ledger, tmp_path: Path, numbers: tuple[str, str]
) -> None:
    copies: list[Row] = [{**ONE, "版本": "2016"}, {**ONE, "资产编号": "A2", "版本": "2019"}]
    import_of(ledger, tmp_path, 安装=copies)
    sql = "SELECT c.uid, i.uid, c.asset_no, i.edition FROM installation i JOIN computer c ON c.id = i.computer_id"
    known = ledger.connection.execute(f"{sql} ORDER BY c.id").fetchall()
    import_of(
        ledger,
        tmp_path,
        计算机=[
            {"记录标识": pc, "单位名称": "甲镇", "资产编号": number, "类型": "台式"}
            for (pc, *_), number in zip(known, numbers, strict=True)
        ],
        安装=[
            {**ONE, "记录标识": copy, "资产编号": number, "版本": edition}
            for (_, copy, _, edition), number in zip(known, numbers, strict=True)
        ],
    )
    now = ledger.connection.execute(f"{sql} ORDER BY c.id").fetchall()
    assert [tuple(row) for row in now] == [
        (pc, copy, number, edition) for (pc, copy, _, edition), number in zip(known, numbers, strict=True)
    ]
    undo_operation(ledger, operations(ledger)[-1].id)
    assert ledger.connection.execute(f"{sql} ORDER BY c.id").fetchall() == known


def test_software_named_by_the_number_its_computer_gave_up_is_refused(ledger: Ledger, tmp_path: Path) -> None:
    import_of(ledger, tmp_path, 安装=[{**ONE, "资产编号": "A2"}])
    sql = "SELECT c.uid, i.uid FROM computer c LEFT JOIN installation i ON i.computer_id = c.id ORDER BY c.id"
    (first, _), (second, copy) = ledger.connection.execute(sql).fetchall()
    renumbered: list[Row] = [
        {"记录标识": uid, "单位名称": "甲镇", "资产编号": number, "类型": "台式"}
        for uid, number in ((first, "A2"), (second, "A3"))
    ]
    plan = plan_of(ledger, tmp_path, 计算机=renumbered, 安装=[{**ONE, "记录标识": copy, "资产编号": "A2"}])
    assert "资产编号「A2」本次改给了另一台计算机，这份软件所在的那台改为「A3」" in sentences(plan)
    away: list[Row] = [{**renumbered[0], "资产编号": "A9"}]
    plan = plan_of(ledger, tmp_path, 计算机=away, 安装=[{**ONE, "资产编号": "A1"}])
    assert "本次已把它改为「A9」" in sentences(plan)


def test_what_is_installed_after_a_removal_is_another_copy(ledger: Ledger, tmp_path: Path) -> None:
    import_of(ledger, tmp_path, 安装=[{**ONE, "卸载日期": "2022-05-01"}])
    plan = plan_of(ledger, tmp_path, 安装=[{**ONE, "安装日期": "2024-01-05"}])
    assert acts(plan, "installation") == {"新增": 1}
    earlier = plan_of(ledger, tmp_path, 安装=[{**ONE, "安装日期": "2020-01-05"}])
    assert acts(earlier, "installation") == {"变更": 1}


def test_a_row_without_a_day_does_not_bring_back_what_is_removed(ledger: Ledger, tmp_path: Path) -> None:
    removed: Row = {**ONE, "安装日期": "2019-02-01", "卸载日期": "2023-05-01"}
    import_of(ledger, tmp_path, 安装=[removed])
    plan = wide(ledger, tmp_path, ["A1", "台式", "无", "WPS Office"])
    assert (acts(plan, "installation"), codes(plan)) == ({"不变": 1}, ["I70C"])
    assert "已于 2023-05-01 卸载，本行没有写日期，仍按已卸载计" in sentences(plan)
    assert codes(plan_of(ledger, tmp_path, 安装=[removed])) == []
