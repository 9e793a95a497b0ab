from __future__ import annotations

from pathlib import Path

import pytest

from desktop.actions.importing import look_at
from desktop.intake.looking import Look
from tests.builders import a_workbook


def look(folder: Path, numbers: list[object], heading: str = "编号", *more: str) -> Look:
    rows: list[list[object]] = [
        [heading, "类型", "操作系统", *more],
        *([number, "台式", "Windows 10"] for number in numbers),
        ["合计", 3],
    ]
    return look_at([a_workbook(folder / "表.xlsx", {"Sheet1": rows})])


def numbers_of(found: Look) -> list[str]:
    return [row.text("asset_no") for row in found.sheets[0]]


def said(found: Look) -> list[str]:
    return [f"{f.code}{f.level.value} {f.text}" for f in found.findings]


@pytest.mark.parametrize(
    "numbers",
    [["YZ001", "YZ002"], ["001", "002"], [20190011, 20190012], ["YZ001", ""], [101, 102]],
)
def test_numbers_are_read_as_asset_numbers_and_said(tmp_path: Path, numbers: list[object]) -> None:
    found = look(tmp_path, numbers, " 编号")
    assert numbers_of(found) == [str(number) for number in numbers]
    assert said(found) == ["I66D 「编号」栏按资产编号读取。"]


@pytest.mark.parametrize(
    ("numbers", "why"),
    [
        ([1, 2, 3], "像是从 1 起的序号"),
        (["1", "2", "4"], "像是从 1 起的序号"),
        (["A1", "A1"], "有重复的编号"),
        (["甲", "乙"], "有不带数字的内容"),
        (["", ""], "是空的"),
    ],
)
def test_what_is_no_number_is_left_alone_and_said(tmp_path: Path, numbers: list[object], why: str) -> None:
    found = look(tmp_path, numbers)
    assert numbers_of(found) == [""] * len(numbers)
    assert said(found) == [f"I66C 「编号」栏{why}，没有当作资产编号读取，计算机按没有资产编号登记。"]


def test_another_column_of_asset_numbers_goes_first(tmp_path: Path) -> None:
    found = look(tmp_path, ["C1", "C2"], "资产编号", "编号")
    assert numbers_of(found) == ["C1", "C2"]
    assert said(found) == ["I22D 「编号」不是台账的栏目，没有读取。"]
    assert "I66" not in "".join(said(look(tmp_path, ["C1"], "序号")))


@pytest.mark.parametrize(
    ("heading", "numbers", "is_said"),
    [("编号", [1, 2], True), ("编号", ["A-1", "A-2"], False), ("软件编号", [1, 2], False)],
)
def test_numbers_of_licences_that_count_rows_are_said(
    tmp_path: Path, heading: str, numbers: list[object], *, is_said: bool
) -> None:
    rows: list[list[object]] = [
        ["单位名称", heading, "软件名称", "数量"],
        *(["甲局", n, "WPS Office", 1] for n in numbers),
    ]
    found = look_at([a_workbook(tmp_path / "表.xlsx", {"许可": rows})])
    told = [each.text for each in (*found.findings, *found.sheets[0].findings) if each.code == "I66"]
    assert (told != []) is is_said
    assert all("像是从 1 起的序号，按软件编号读取" in text for text in told)
