"""Sheets with a computer on each row and its software beside it, in the shapes that offices use."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from desktop.actions.importing import apply_import, look_at, plan_import, vocabulary
from desktop.core.plan import Act
from desktop.intake.files.raw import RawSheet
from desktop.intake.wide import recognise_wide
from desktop.store.database import Ledger
from tests.builders import a_ledger, a_workbook

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
        ("001", "WPS Office", "2019", "非正版"),
    ]


def test_several_programs_in_one_cell_are_several(ledger: Ledger, tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["使用人", "类型", "其他软件"],
        ["张三", "台式", "WinRAR、AutoCAD 2010；WinRAR"],
    ]
    found = installed(ledger, tmp_path, rows)
    assert [found_one[:2] for found_one in found] == [("张三", "WinRAR"), ("张三", "AutoCAD")]


def test_versions_of_one_product_are_several_copies(ledger: Ledger, tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["资产编号", "类型", "办公软件", "其他软件"],
        ["1", "台式", "WPS 2016、WPS 2019", "AutoCAD 2010、AutoCAD 2020"],
    ]
    assert [(name, edition) for _, name, edition, _ in installed(ledger, tmp_path, rows)] == [
        ("WPS Office", "2016"),
        ("WPS Office", "2019"),
        ("AutoCAD", "2010"),
        ("AutoCAD", "2020"),
    ]


def test_a_computer_without_a_number_is_the_one_on_the_row(ledger: Ledger, tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["使用人", "类型", "操作系统", "操作系统版本"],
        ["张三", "台式", "Windows 10", ""],
        ["李四", "台式", "Windows 11", ""],
    ]
    assert [whose for whose, *_ in installed(ledger, tmp_path, rows)] == ["张三", "李四"]


def test_a_computer_whose_number_is_not_given_is_the_one_on_the_row(ledger: Ledger, tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["资产编号", "使用人", "类型", "操作系统"],
        ["", "张三", "台式", "Windows 10"],
    ]
    assert [whose for whose, *_ in installed(ledger, tmp_path, rows)] == ["张三"]


def test_of_software_beside_a_refused_computer_nothing_more_is_said(ledger: Ledger, tmp_path: Path) -> None:
    rows = [["使用人", "类型", "操作系统"], ["张三", "飞机", "Windows 10"], ["李四", "台式", "Windows 10"]]
    plan = plan_import(ledger, look_at([a_workbook(tmp_path / "表.xlsx", {**UNITS, "Sheet1": rows})]))
    assert [(finding.code, finding.place.row) for finding in plan.findings if finding.level == "A"] == [
        ("I01", 2)
    ]
    assert plan.counts["installation", Act.REFUSE] == 1


@pytest.mark.parametrize(
    ("cell", "products"),
    [
        ("WPS 2019/AutoCAD 2010", ["WPS Office", "AutoCAD"]),
        ("WPS 2019，AutoCAD 2010", ["WPS Office", "AutoCAD"]),
        ("WPS 2019 + AutoCAD 2010", ["WPS Office", "AutoCAD"]),
        ("WPS 2019\nAutoCAD 2010", ["WPS Office", "AutoCAD"]),
    ],
)
def test_several_known_products_in_a_cell_are_parted(
    ledger: Ledger, tmp_path: Path, cell: str, products: list[str]
) -> None:
    found = installed(ledger, tmp_path, [["资产编号", "类型", "办公软件"], ["1", "台式", cell]])
    assert [name for _, name, *_ in found] == products


@pytest.mark.parametrize(
    ("cell", "sentence"),
    [
        ("√", "「√」不是软件名称。请写明软件名称和版本；没有安装的填“无”。"),
        ("正版", "「正版」不是软件名称。请写明软件名称和版本；没有安装的填“无”。"),
        ("县里的系统/别的", "软件目录中没有「县里的系统/别的」。写了几个软件的，请用顿号隔开"),
    ],
)
def test_a_cell_that_names_no_product_says_what_to_write(
    ledger: Ledger, tmp_path: Path, cell: str, sentence: str
) -> None:
    rows = [["资产编号", "类型", "办公软件"], ["1", "台式", cell]]
    plan = plan_import(ledger, look_at([a_workbook(tmp_path / "表.xlsx", {**UNITS, "Sheet1": rows})]))
    assert [finding.sentence for finding in plan.findings if sentence in finding.sentence]


def test_a_product_in_a_column_of_another_class_is_mentioned(ledger: Ledger, tmp_path: Path) -> None:
    rows = [["资产编号", "类型", "办公软件", "其他软件"], ["1", "台式", "Windows 10", "WPS 2019"]]
    plan = plan_import(ledger, look_at([a_workbook(tmp_path / "表.xlsx", {**UNITS, "Sheet1": rows})]))
    (found,) = (finding for finding in plan.findings if finding.code == "I09")
    assert "「Windows 10」的软件类别登记为「操作系统」，本行写在办公软件的栏目里" in found.text


@pytest.mark.parametrize(
    ("headings", "unread"),
    [
        (["资产编号", "类型", "操作系统", "办公软件", "是否正版"], "「是否正版」"),
        (["资产编号", "类型", "操作系统", "版本", "办公软件", "版本", "安装日期"], "「安装日期」"),
        (
            ["资产编号", "类型", "软件名称", "软件版本", "是否正版"],
            "「软件名称」、「软件版本」、「是否正版」",
        ),
    ],
)
def test_what_speaks_of_software_and_is_not_read_refuses_the_import(
    ledger: Ledger, tmp_path: Path, headings: list[str], unread: str
) -> None:
    for cells, is_clean in ((["x"] * (len(headings) - 2), False), ([""] * (len(headings) - 2), True)):
        sheet = [headings, ["1", "台式", *cells]]
        plan = plan_import(ledger, look_at([a_workbook(tmp_path / "表.xlsx", {**UNITS, "计算机": sheet})]))
        said = [finding for finding in plan.findings if finding.text.startswith(f"{unread}说的是安装的软件")]
        assert [(finding.code, finding.level) for finding in said] == ([] if is_clean else [("I44", "A")])


def test_a_sheet_of_nothing_but_software_is_none_of_an_office() -> None:
    begun = time.monotonic()
    row: list[object] = ["单位名称", "类型", "操作系统", "软件名称"] * 250
    assert headings(*[row] * 30) == []
    assert time.monotonic() - begun < 5


NAMES = [
    "名称版本",
    "名称及版本",
    "软件名称及版本",
    "版本",
    "版本号",
    "型号",
    "安装情况",
    "名称、版本",
    "名称",
    "软件名称",
    "软件",
]


@pytest.mark.parametrize("name", NAMES)
def test_the_name_within_a_group_is_known_by_many_words(ledger: Ledger, tmp_path: Path, name: str) -> None:
    rows: list[list[object]] = [
        ["资产编号", "类型", "操作系统", "", "办公软件", ""],
        ["", "", name, "是否正版", name, "是否正版"],
        ["001", "台式", "Windows 10 专业版", "是", "WPS Office", "否"],
    ]
    assert installed(ledger, tmp_path, rows) == [
        ("001", "Windows 10", "专业版", "正版"),
        ("001", "WPS Office", "", "非正版"),
    ]


def test_genuine_or_not_may_be_the_heading_of_the_name(ledger: Ledger, tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["资产编号", "类型", "操作系统", "", "备注"],
        ["", "", "正版", "非正版", ""],
        ["001", "台式", "Windows 10", "", ""],
        ["002", "台式", "", "Windows 7", ""],
    ]
    assert installed(ledger, tmp_path, rows) == [
        ("001", "Windows 10", "", "正版"),
        ("002", "Windows 7", "", "非正版"),
    ]


def test_a_heading_may_name_the_class_that_it_is_about(ledger: Ledger, tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["资产编号", "类型", "操作系统", "办公软件", "操作系统是否正版", "办公软件是否为正版软件"],
        ["001", "台式", "Windows 10", "WPS", "√", "×"],
    ]
    assert installed(ledger, tmp_path, rows) == [
        ("001", "Windows 10", "", "正版"),
        ("001", "WPS Office", "", "非正版"),
    ]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (
            ["资产编号", "类型", "是否正版", "操作系统", "是否正版", "办公软件"],
            "「是否正版」在C 列、E 列都有，分不清各是哪一项的，没有读取。",
        ),
        (
            ["资产编号", "类型", "是否正版", "操作系统"],
            "C 列「是否正版」在软件的左边，分不清是哪个软件的，没有读取。",
        ),
        (
            ["资产编号", "类型", "操作系统", "是否正版", "操作系统"],
            "「操作系统」在C 列、E 列都有，分不清各是哪一项的，没有读取。",
        ),
    ],
)
def test_what_may_be_about_either_side_is_refused(tmp_path: Path, row: list[object], said: str) -> None:
    look = look_at(
        [a_workbook(tmp_path / "表.xlsx", {"Sheet1": [row, ["1", "台式", "是", "是", "是", "是"]]})]
    )
    assert [(f.code, f.level.value, f.text) for f in look.findings] == [("I44", "A", said)]


def test_a_group_settles_what_stands_left_of_the_software(ledger: Ledger, tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["资产编号", "类型", "操作系统", "", "办公软件", ""],
        ["", "", "是否正版", "名称", "是否正版", "名称"],
        ["001", "台式", "是", "Windows 10", "否", "WPS"],
    ]
    assert [claim for *_, claim in installed(ledger, tmp_path, rows)] == ["正版", "非正版"]


def test_name_and_version_of_a_class_are_one_copy(ledger: Ledger, tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["资产编号", "类型", "操作系统名称", "操作系统版本", "是否正版"],
        ["001", "台式", "Windows 7", "旗舰版", "是"],
        ["002", "台式", "Windows 7", "Windows 7 旗舰版", "否"],
        ["003", "台式", "Windows", "7 旗舰版", ""],
    ]
    assert installed(ledger, tmp_path, rows) == [
        ("001", "Windows 7", "旗舰版", "正版"),
        ("002", "Windows 7", "旗舰版", "非正版"),
        ("003", "Windows 7", "旗舰版", "待核实"),
    ]


BY_CLASS: list[list[object]] = [
    ["资产编号", "类型", "操作系统", "", "", "办公软件", "", ""],
    ["", "", "名称", "版本", "是否正版", "名称", "版本", "是否正版"],
]


def told(ledger: Ledger, tmp_path: Path, row: list[object]) -> list[tuple[str, str, str]]:
    """Return code, class and sentence of what is said of a row of software by class."""
    rows = [*BY_CLASS, row]
    plan = plan_import(ledger, look_at([a_workbook(tmp_path / "表.xlsx", {**UNITS, "Sheet1": rows})]))
    return [(f.code, f.level.value, f.text) for f in plan.findings if f.code != "I45"]


def test_software_that_only_the_version_names_is_not_lost(ledger: Ledger, tmp_path: Path) -> None:
    row: list[object] = ["A3", "台式", "", "Win10专业版", "√", "", "WPS2019", "√"]
    assert installed(ledger, tmp_path, [*BY_CLASS, row]) == [
        ("A3", "Windows 10", "专业版", "正版"),
        ("A3", "WPS Office", "2019", "正版"),
    ]


def test_a_version_that_names_no_software_is_refused(ledger: Ledger, tmp_path: Path) -> None:
    said = "没有写软件名称，只写了版本「专业版」，软件目录中没有这个软件。"
    assert told(ledger, tmp_path, ["A3", "台式", "", "专业版", "√", "无", "", "—"]) == [("I17", "A", said)]


def test_a_version_of_no_software_is_refused(ledger: Ledger, tmp_path: Path) -> None:
    said = "软件名称写的是没有，却写了版本「Win10」。"
    assert told(ledger, tmp_path, ["A3", "台式", "无", "Win10", "", "无", "", "否"]) == [("I17", "A", said)]


@pytest.mark.parametrize(("claim", "level"), [("√", "A"), ("否", "C")])
def test_a_claim_about_software_without_a_name_is_mentioned(
    ledger: Ledger, tmp_path: Path, claim: str, level: str
) -> None:
    word = "正版" if level == "A" else "非正版"
    said = f"没有写软件名称，是否正版却写的是「{word}」，这一处没有登记软件。"
    assert told(ledger, tmp_path, ["A3", "台式", "", "", claim, "无", "", "否"]) == [("I02", level, said)]


def test_a_group_of_software_beside_a_kind_alone_is_read_as_software_beside_its_computer(
    tmp_path: Path,
) -> None:
    rows: list[list[object]] = [
        ["甲局计算机登记表"],
        ["资产编号", "类型", "操作系统", ""],
        ["", "", "名称", "是否正版"],
        ["C1", "台式", "Windows 10 专业版", "是"],
        ["C2", "便携", "统信UOS V20", "是"],
    ]
    assert installed(a_ledger(), tmp_path, rows) == [
        ("C1", "Windows 10", "专业版", "正版"),
        ("C2", "统信UOS桌面操作系统V20", "", "正版"),
    ]


def test_installations_without_a_kind_of_computer_stay_installations(tmp_path: Path) -> None:
    rows = [["资产编号", "操作系统", ""], ["", "名称", "是否正版"], ["C1", "Windows 10 专业版", "是"]]
    look = look_at([a_workbook(tmp_path / "表.xlsx", {"Sheet1": rows})])
    assert [sheet.spec.subject for sheet in look.sheets] == ["installation"]
