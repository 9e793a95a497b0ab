"""Every word of the official tables, slips included, as the documents print them."""

from __future__ import annotations

import pytest

from desktop.forms.grid import Box, Sheet, compose
from desktop.forms.headings import static_paths
from desktop.forms.spec import Block, Cell, Heading
from tests.forms.form_builders import blank, bundled, filled


def headings(block: Block) -> dict[str, str]:
    """Return the printed words of a block by the cells they stand over."""
    return {area_of(cell): cell.content.text for cell in block.cells if isinstance(cell.content, Heading)}


def area_of(cell: Cell) -> str:
    area = cell.area
    first = f"{'ABCDEFGHIJKLMNO'[area.column]}{area.row + 1}"
    last = f"{'ABCDEFGHIJKLMNO'[area.column + area.columns - 1]}{area.row + area.rows}"
    return first if first == last else f"{first}:{last}"


def cells_per_row(block: Block) -> list[int]:
    """Return how many cells each row shows, those that reach into it included."""
    return [
        sum(cell.area.row <= row < cell.area.row + cell.area.rows for cell in block.cells)
        for row in range(len(block.rows))
    ]


def merges(block: Block) -> set[str]:
    return {area for area in map(area_of, block.cells) if ":" in area}


def paths(code: str) -> list[str]:
    return [path for path, _ in static_paths(bundled(code), {})]


def test_t01_has_its_eight_headings_and_no_merged_cell() -> None:
    (block,) = bundled("T01").blocks
    assert list(headings(block).values()) == [
        "单位名称", "负责科室", "姓名", "职务", "办公电话", "手机", "传真", "邮箱",
    ]  # fmt: skip
    assert cells_per_row(block) == [8, 8]
    assert not merges(block)


def test_t01_is_headed_as_the_first_annex() -> None:
    sheet = compose(blank("T01"))
    assert (sheet.marker, sheet.title, sheet.notes) == ("附件1：", "软件正版化工作信息报送人员统计表", ())
    assert header(sheet) == [["单位签章：", "填表时间：   年   月   日"]]
    assert [field.seal for field in sheet.header[0]] == ["单位签章", ""]
    assert sheet.page.is_landscape
    assert not sheet.page.is_single


def header(sheet: Sheet) -> list[list[str]]:
    return [[field.text for field in line] for line in sheet.header]


def test_t01_has_two_rows_to_write_in() -> None:
    assert len(compose(blank("T01")).rows) == 3


T02_HEADS = {
    "B1:B2": "软件正版化\n工作进度",
    "D1:E1": "计算机总数",
    "F1:G1": "完成软件摸查单位个数",
    "L1:M1": "已建立软件资产管理制度单位个数",
    "N1:O1": "已完成检查整改工作单位个数",
    "B3:B7": "软件情况",
    "C3:C4": "软件属性",
    "D3:F3": "操作系统软件",
    "G3:I3": "办公软件",
    "J3:L3": "杀毒软件",
    "M3:O3": "总计",
    "D4": "总数（个）",
    **dict.fromkeys(("E4", "H4", "K4", "N4"), "许可数（个）"),
    **dict.fromkeys(("F4", "I4", "L4", "O4"), "金额\n（万元）"),
    "C5": "国内",
    "C6": "国外",
    "C7": "合计",
}


def test_t02_has_the_words_of_the_first_block() -> None:
    assert headings(bundled("T02").blocks[0]) == T02_HEADS | {
        "A1:A7": "示范区机关",
        "C1": "机关\n总数",
        "H1:I1": "落实软件采购经费单位个数",
        "J1:K1": "完成软件采购单位数",
        "G4": "总数\n（个）",
        "J4": "总数\n（个）",
        "M4": "软件\n（个）",
    }


def test_t02_has_the_words_of_the_second_block_with_its_slips() -> None:
    assert headings(bundled("T02").blocks[1]) == T02_HEADS | {
        "A1:A7": "县级机关",
        "C1": "机关\u3000总数",
        "H1:I1": "落实软件采购单位个数",
        "J1:K1": "完成软件采购单位个数",
        "G4": "总数（个）",
        "J4": "总数（个）",
        "M4": "软件（个）",
    }


@pytest.mark.parametrize("number", [0, 1])
def test_t02_has_the_cells_and_merges_of_the_document(number: int) -> None:
    block = bundled("T02").blocks[number]
    assert cells_per_row(block) == [9, 9, 7, 15, 15, 15, 15]
    listed = (
        "A1:A7 B1:B2 D1:E1 F1:G1 H1:I1 J1:K1 L1:M1 N1:O1 D2:E2 F2:G2 H2:I2 J2:K2 L2:M2 N2:O2"
        " B3:B7 C3:C4 D3:F3 G3:I3 J3:L3 M3:O3"
    )
    assert merges(block) == set(listed.split())
    assert [row.height_mm for row in block.rows] == [14, 9, 7, 11, 8, 8, 8]


def test_t02_is_headed_as_the_second_annex_on_one_page() -> None:
    sheet = compose(blank("T02"))
    assert (sheet.marker, sheet.title) == ("附件2：", "软件正版化情况统计表")
    assert bundled("T02").other_titles == ("软件正版化检查整改工作统计表",)
    assert sheet.notes == ("注：机关指党、政、人大、政协、法院、检察院、民主党派、人民团体等机构。",)
    assert sheet.page.is_landscape
    assert sheet.page.is_single
    assert sheet.columns_mm == (10, 20, 15, *[17.6] * 12)


def test_t02_keeps_the_widths_and_blanks_of_its_header_line() -> None:
    assert header(compose(blank("T02"))) == [
        ["填表单位：（盖章）", "填表人：", "联系电话(含手机)：", "传  真：", "填表时间："]
    ]
    assert [field.at for field in bundled("T02").header[0]] == [0, 0.22, 0.41, 0.67, 0.82]


def test_t02_puts_the_units_name_before_the_seal_words() -> None:
    form = filled("T02", header={"unit": "甲局", "phones": "0914-1、139", "date": "2012年3月15日"})
    first, _, phones, _, date = form.header[0]
    assert (first, phones, date) == (
        "填表单位：甲局（盖章）",
        "联系电话(含手机)：0914-1、139",
        "填表时间：2012年3月15日",
    )


@pytest.mark.parametrize(
    "path",
    [
        "县级机关/软件情况/国内/操作系统软件/许可数（个）",
        "县级机关/软件正版化工作进度/落实软件采购单位个数",
        "县级机关/软件正版化工作进度/完成软件采购单位个数",
        "县级机关/软件正版化工作进度/机关总数",
        "示范区机关/软件正版化工作进度/机关总数",
        "示范区机关/软件正版化工作进度/完成软件采购单位数",
        "示范区机关/软件情况/合计/总计/软件（个）",
        "县级机关/软件情况/合计/总计/软件（个）",
        "县级机关/软件情况/国外/杀毒软件/金额（万元）",
    ],
)
def test_t02_has_the_path(path: str) -> None:
    assert path in paths("T02")


def test_t02_has_as_many_paths_as_numbers() -> None:
    assert len(set(paths("T02"))) == 2 * (7 + 36)


@pytest.mark.parametrize(
    ("unslipped", "id_"),
    [
        ("县级机关/软件正版化工作进度/落实软件采购经费单位个数", "县级.进度.经费"),
        ("示范区机关/软件正版化工作进度/完成软件采购单位个数", "市级.进度.采购"),
        ("县级机关/软件正版化工作进度/完成软件采购单位数", "县级.进度.采购"),
        ("县级机关 / 软件情况 / 国内 / 操作系统软件 / 许可数(个)", "县级.国内.操作系统许可数"),
    ],
)
def test_t02_is_found_by_the_unslipped_spelling_too(unslipped: str, id_: str) -> None:
    cell = blank("T02").find(unslipped)
    assert cell is not None
    assert cell.id == id_


def test_t03_has_the_words_of_its_grid() -> None:
    (block,) = bundled("T03").blocks
    assert headings(block) == {
        "A1:A2": "软件项目",
        "B1:C1": "正版",
        "D1:E1": "非正版",
        "F1:F2": "备注",
        **dict.fromkeys(("B2", "D2"), "软件名称"),
        **dict.fromkeys(("C2", "E2"), "数量"),
        "A3": "操作系统软件",
        "A4": "办公软件",
        "A5": "杀毒软件",
        "A6": "主要业务软件",
        "A7": "电脑台数",
    }
    assert cells_per_row(block) == [4, 6, 6, 6, 6, 6, 2]
    assert merges(block) == {"A1:A2", "B1:C1", "D1:E1", "F1:F2", "B7:F7"}


def test_t03_is_headed_as_an_annex_without_number() -> None:
    sheet = compose(blank("T03"))
    assert (sheet.marker, sheet.title) == ("附件", "绍兴市国有企业使用软件情况调查表")
    assert bundled("T03").other_titles == ("绍兴市国有企业使用正版软件情况调查表",)
    assert header(sheet) == [
        ["企业名称（盖章）：", "企业领导（签字）："],
        ["主管人：", "联系电话："],
        ["填表时间：    年    月    日"],
    ]
    assert not sheet.page.is_landscape
    assert sheet.columns_mm == (26, 38, 14, 38, 14, 30)


def test_t03_ends_with_its_four_notes() -> None:
    assert compose(blank("T03")).notes == (
        "正版、非正版软件认定说明：",
        "（1）非预装的操作系统如无许可协议，视为非正版软件。",
        "（2）凡没有许可协议的办公软件、业务软件等，均视为非正版软件。",
        "（3）7月30日前传真至：市文广局89180830；市国资委85201908。",
    )


def test_t03_leaves_the_signature_to_the_pen() -> None:
    form = filled("T03", header={"unit": "甲公司", "manager": "王大为", "manager_phone": "0575-1"})
    assert form.header == (
        ("企业名称（盖章）：甲公司", "企业领导（签字）："),
        ("主管人：王大为", "联系电话：0575-1"),
        ("填表时间：    年    月    日",),
    )


def test_t03_keeps_the_gaps_of_its_sentence() -> None:
    (box,) = [box for box in compose(blank("T03")).boxes if box.text.startswith("总数")]
    assert box.text == "总数：    台，其中台式     台，便携式     台"
    assert isinstance(box, Box)


def test_t03_has_one_three_three_and_one_line_to_write_on() -> None:
    assert list(blank("T03").lines.values()) == [1, 3, 3, 1]


@pytest.mark.parametrize(
    "path",
    [
        "操作系统软件/第1行/正版/软件名称",
        "杀毒软件/第1行/非正版/数量",
        "办公软件/备注",
        "电脑台数/台式",
        "电脑台数/便携式",
    ],
)
def test_t03_has_the_path(path: str) -> None:
    assert path in paths("T03")


def test_t01_numbers_its_rows_in_paths() -> None:
    people = blank("T01")
    assert people.find("第2行/姓名") is not None
    assert people.find("第3行/姓名") is None
