"""Sheets with a computer on each row and its software beside it, in the shapes that offices use."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from desktop.actions.importing import apply_import, look_at, plan_import, vocabulary
from desktop.intake.files.raw import RawSheet
from desktop.intake.wide import recognise_wide
from desktop.store.database import Ledger
from tests.builders import a_workbook

UNITS = {"单位": [["单位名称"], ["甲局"]]}
FLAT = ["资产编号", "类型", "操作系统", "是否正版", "办公软件", "是否正版", "备注"]


def headings(*rows: list[object]) -> list[dict[str, str]]:
    """Return what each reading of a sheet takes from it: heading by field."""
    maps = recognise_wide(RawSheet("Sheet1", rows), vocabulary())
    return [
        {
            each.spec.columns[at].field: f"{column}{each.headings[column]}"
            for at, column in each.columns.items()
        }
        for each in maps
    ]


def installed(ledger: Ledger, tmp_path: Path, rows: list[list[object]]) -> list[tuple[object, ...]]:
    look = look_at([a_workbook(tmp_path / "表.xlsx", {**UNITS, "Sheet1": rows})])
    plan = plan_import(ledger, look)
    assert plan.is_clean, [finding.sentence for finding in plan.findings]
    apply_import(ledger, plan, "导入")
    assert not plan_import(ledger, look).steps
    found = ledger.connection.execute(
        "SELECT ifnull(c.asset_no, c.user_name), p.name, ifnull(i.edition, ''), i.claim FROM installation i"
        " JOIN computer c ON c.id = i.computer_id JOIN product p ON p.id = i.product_id ORDER BY i.id"
    )
    return [tuple(row) for row in found]


def test_a_claim_belongs_to_the_software_left_of_it() -> None:
    computer, system, office = headings([*FLAT])
    assert computer == {"asset_no": "0资产编号", "kind": "1类型", "note": "6备注"}
    assert system == {"asset_no": "0资产编号", "product": "2操作系统", "claim": "3是否正版"}
    assert office == {"asset_no": "0资产编号", "product": "4办公软件", "claim": "5是否正版"}


def test_one_claim_after_several_columns_of_software_is_left_open() -> None:
    _, system, office = headings(["资产编号", "类型", "操作系统", "办公软件", "是否正版"])
    assert ("claim" in system, "claim" in office) == (False, False)


def test_groups_hold_what_stands_under_them() -> None:
    parts = headings(
        ["资产编号", "操作系统", "", "", "办公软件", ""], ["", "名称", "版本", "软件编号", "名称", "版本"]
    )
    assert parts == [
        {"asset_no": "0资产编号", "product": "1名称", "edition": "2版本", "licence_no": "3软件编号"},
        {"asset_no": "0资产编号", "product": "4名称", "edition": "5版本"},
    ]


@pytest.mark.parametrize(
    "row", [["资产编号", "类型", "备注"], ["操作系统", "办公软件"], ["软件名称", "操作系统"]]
)
def test_other_sheets_are_not_wide(row: list[object]) -> None:
    assert headings(row) == []


def test_software_beside_its_computer_is_installed_on_it(ledger: Ledger, tmp_path: Path) -> None:
    rows: list[list[object]] = [
        [*FLAT],
        ["001", "台式", "Win10专业版", "是", "WPS Office 2019", "否", ""],
        ["002", "便携", "Windows 7", "", "无", "", ""],
        ["合计", 2, "", "", "", "", ""],
    ]
    assert installed(ledger, tmp_path, rows) == [
        ("001", "Windows 10", "专业版", "正版"),
        ("002", "Windows 7", "", "待核实"),
        ("001", "WPS Office", "", "非正版"),
    ]


def test_several_programs_in_one_cell_are_several(ledger: Ledger, tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["使用人", "类型", "其他软件"],
        ["张三", "台式", "WinRAR、AutoCAD 2010；WinRAR"],
    ]
    found = installed(ledger, tmp_path, rows)
    assert [(whose, name) for whose, name, _, _ in found] == [("张三", "WinRAR"), ("张三", "AutoCAD")]


def test_a_computer_without_a_number_is_the_one_on_the_row(ledger: Ledger, tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["使用人", "类型", "操作系统", "操作系统版本"],
        ["张三", "台式", "Windows 10", ""],
        ["李四", "台式", "Windows 11", ""],
    ]
    assert [whose for whose, *_ in installed(ledger, tmp_path, rows)] == ["张三", "李四"]


def test_software_beside_a_refused_computer_is_refused_with_it(ledger: Ledger, tmp_path: Path) -> None:
    rows = [["使用人", "类型", "操作系统"], ["张三", "飞机", "Windows 10"], ["李四", "台式", "Windows 10"]]
    plan = plan_import(ledger, look_at([a_workbook(tmp_path / "表.xlsx", {**UNITS, "Sheet1": rows})]))
    assert [finding.text for finding in plan.findings if finding.code == "I17"] == [
        "这一行的计算机没有收下。"
    ]


def test_a_sheet_of_nothing_but_software_is_none_of_an_office() -> None:
    begun = time.monotonic()
    row: list[object] = ["单位名称", "类型", "操作系统", "软件名称"] * 250
    assert headings(*[row] * 30) == []
    assert time.monotonic() - begun < 5
