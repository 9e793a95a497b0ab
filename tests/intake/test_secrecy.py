"""Words of state secrets are warned of wherever they stand in what is imported, and refuse nothing."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from desktop.actions.importing import catalogue, look_at, plan_import
from desktop.actions.templates import write_blank_templates
from desktop.core.findings import Finding, FindingClass, Place
from desktop.core.secrecy import secret_words
from desktop.intake.files.raw import RawSheet
from desktop.intake.secrecy import secrets_of_cells
from desktop.store.database import Ledger
from tests.builders import Rows, Sheets, a_workbook

PLACE = Place("表.xlsx", "表")


def warned(*files: Path) -> list[Finding]:
    found = [finding for finding in look_at(files).findings if finding.code == "I47"]
    assert all(finding.level is FindingClass.C for finding in found)
    assert all(finding.remedy == "请确认不涉及国家秘密；涉密内容不得录入本系统。" for finding in found)
    return found


def said(folder: Path, sheets: Sheets, name: str = "表.xlsx") -> list[str]:
    return [f"{f.place}：{f.text}" for f in warned(a_workbook(folder / name, sheets))]


def test_names_and_notes_are_warned_of_by_the_headings_of_their_columns(tmp_path: Path) -> None:
    rows: Rows = [
        ["单位名称", "简称", "备注"],
        ["甲局", "甲", "存放机 密文件"],
        ["秘密工作科", "乙", None],
    ]
    assert said(tmp_path, {"单位": rows}) == [
        "《表.xlsx》「单位」表第 2 行「备注」栏：有「机密」字样。",
        "《表.xlsx》「单位」表第 3 行「单位名称」栏：有「秘密」字样。",
    ]


def test_cells_that_are_not_read_are_warned_of_too(tmp_path: Path) -> None:
    rows: Rows = [
        ["单位登记表（机密）"],
        ["单位名称", "密级（绝密、机密）", "去向"],
        ["甲局", None, "绝密柜"],
        ["合计", None, "秘密"],
    ]
    strange: Rows = [["随便", "写"], [None, "国家秘密"]]
    assert said(tmp_path, {"单位": rows, "杂项": strange}) == [
        "《表.xlsx》「单位」表第 1 行「A」栏：有「机密」字样。",
        "《表.xlsx》「单位」表第 2 行「B」栏：有「绝密」「机密」字样。",
        "《表.xlsx》「单位」表第 3 行「去向」栏：有「绝密」「秘密」字样。同样的还有第 4 行，共 2 行。",
        "《表.xlsx》「杂项」表第 2 行「B」栏：有「秘密」字样。",
    ]


def test_a_column_with_many_is_one_finding_that_names_the_first_rows() -> None:
    sheet = RawSheet("表", [["备注"], *([["秘密"]] * 40)])
    (finding,) = secrets_of_cells(sheet, PLACE, [])
    assert finding.place == Place("表.xlsx", "表", 2, "A")
    assert finding.text.endswith("同样的还有第 3、4、5、6、7、8、9、10、11、12 行等，共 40 行。")


def test_the_names_of_file_and_sheet_are_warned_of(tmp_path: Path) -> None:
    rows: Rows = [["单位名称", "简称"], ["甲局", "甲"]]
    assert said(tmp_path, {"单位": rows, "绝密": rows}, "机密单位.xlsx") == [
        "《机密单位.xlsx》：文件名中有「机密」字样。",
        "《机密单位.xlsx》「绝密」表：表名中有「绝密」字样。",
    ]


def test_a_text_file_whose_sheet_has_its_name_is_warned_of_once(tmp_path: Path) -> None:
    path = tmp_path / "秘密单位.csv"
    path.write_text("单位名称,简称\n甲局,甲\n", encoding="utf-8")
    assert [str(finding.place) for finding in warned(path)] == ["《秘密单位.csv》"]


def test_software_beside_computers_is_warned_of_once_though_read_several_times(tmp_path: Path) -> None:
    rows: Rows = [
        ["单位名称", "资产编号", "类型", "操作系统", "办公软件", "备注"],
        ["甲局", "1", "台式", "Windows 10 专业版", "WPS Office 2019 专业版", "机密"],
    ]
    assert said(tmp_path, {"计算机": rows}) == ["《表.xlsx》「计算机」表第 2 行「备注」栏：有「机密」字样。"]


def test_the_warning_refuses_nothing(ledger: Ledger, tmp_path: Path) -> None:
    rows: Rows = [["单位名称", "简称"], ["秘密局", "甲"]]
    plan = plan_import(ledger, look_at([a_workbook(tmp_path / "表.xlsx", {"单位": rows})]))
    assert plan.is_clean
    assert len(plan.steps) == 1
    assert [finding.code for finding in plan.findings] == ["I47"]


def test_the_workbooks_we_hand_out_do_not_warn_of_themselves(tmp_path: Path) -> None:
    assert warned(*write_blank_templates(tmp_path)) == []


def test_no_product_of_the_catalogue_looks_like_a_secret() -> None:
    products = catalogue().products
    assert not [product.name for product in products if secret_words(f"{product.name}{product.vendor}")]


@pytest.mark.parametrize("last", [None, "机密"])
def test_100_000_rows_are_looked_through_in_no_time(last: str | None) -> None:
    rows: list[list[object]] = [
        [f"示例县第{n % 200}局", f"ZC{n:07d}", f"张{n % 977}", n, None, "加密机", "在用", f"SN{n:08d}"]
        for n in range(100_000)
    ]
    rows.append([last])
    begun = time.perf_counter()
    found = list(secrets_of_cells(RawSheet("计算机", rows), PLACE, []))
    assert time.perf_counter() - begun < 2
    assert [finding.place.row for finding in found] == ([100_001] if last else [])


def test_a_long_text_that_many_cells_share_is_read_once() -> None:
    text = "密" + "机 " * 10_000
    begun = time.perf_counter()
    assert not list(secrets_of_cells(RawSheet("表", [[text] * 100] * 1000), PLACE, []))
    assert time.perf_counter() - begun < 1
