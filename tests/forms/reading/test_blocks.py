from __future__ import annotations

import pytest

from desktop.forms.reading.blocks import make_blocks
from desktop.forms.reading.entries import FormFault
from desktop.forms.spec import Block, Heading, Row, Template
from tests.forms.reading.test_entries import an_entry

FIRST = """
[[blocks]]
id = "市"
group = "市级"
rows = [10, 8]
cells = [
    { at = "A1", text = "市级机关", campaign = "市级机关", upright = true },
    { at = "B1", text = "台数" },
    { at = "A2", template = "共{总数}台", numbers = [{ id = "总数", indicator = "computers" }] },
    { at = "B2", id = "市数", indicator = "units" },
]
"""
SECOND = """
[[blocks]]
id = "县"
group = "县级"
like = "市"
[[blocks.texts]]
at = "A1"
text = "县级机关"
"""


def blocks(text: str, columns: int = 2) -> tuple[Block, ...]:
    return make_blocks(an_entry(text).tables("blocks"), columns)


def fault(text: str) -> tuple[int, str]:
    with pytest.raises(FormFault) as caught:
        blocks(text)
    return caught.value.line, caught.value.reason


def test_cells_are_ordered_by_row_and_column() -> None:
    (block,) = blocks(FIRST.replace('"B1"', '"B9"').replace('"A1"', '"B1"').replace('"B9"', '"A1"'))
    assert [(cell.area.row, cell.area.column) for cell in block.cells] == [(0, 0), (0, 1), (1, 0), (1, 1)]


def test_a_block_like_another_has_ids_and_some_words_of_its_own() -> None:
    first, second = blocks(FIRST + SECOND)
    assert (second.id, second.group, second.rows) == ("县", "县级", first.rows)
    contents = [cell.content for cell in second.cells]
    assert contents[0] == Heading("县级机关", is_upright=True)
    assert contents[1] == Heading("台数")
    assert isinstance(contents[2], Template)
    assert contents[2].numbers[0].id == "县.总数"
    assert getattr(contents[3], "id", "") == "县.市数"


def test_rows_say_how_often_they_stand() -> None:
    row = '{ height = 9, each = "people", where = { responsibility = ["填表人"] }, lines = 2 }'
    text = f'[[blocks]]\nid = "x"\nhead_rows = 1\nrows = [10, {row}]\n'
    text += 'cells = [{ at = "A1", text = "姓名" }, { at = "A2", id = "{n}.姓名", field = "name" }]'
    (block,) = blocks(text, 1)
    assert block.rows == (Row(10), Row(9, "people", {"responsibility": frozenset({"填表人"})}, 2))
    assert [row.repeats for row in block.rows] == [False, True]
    assert block.head_rows == 1


@pytest.mark.parametrize(
    ("old", "new", "line", "reason"),
    [
        ('id = "县"', 'id = "市"', 14, "块 市 有两个。"),
        ('like = "市"', 'like = "省"', 16, "前面没有可照用的块 省。"),
        ('at = "A1"\ntext', 'at = "B2"\ntext', 18, "格子 B2 里不是文字。"),
        ('at = "A1"\ntext', 'at = "C9"\ntext', 18, "格子 C9 里不是文字。"),
        ("rows = [10, 8]", "rows = []", 5, "rows 里一行也没有。"),
        ("rows = [10, 8]", "rows = [10, 0.5]", 5, "rows 要在 1 到 100 之间。"),
    ],
)
def test_slips_of_blocks_are_found(old: str, new: str, line: int, reason: str) -> None:
    assert fault((FIRST + SECOND).replace(old, new, 1)) == (line, reason)


def test_only_the_first_block_has_heads() -> None:
    second = FIRST.replace('"市"', '"乡"').replace("rows =", "head_rows = 1\nrows =")
    assert fault(FIRST + second)[1] == "只有第一块能有每页重复的表头。"


def test_a_form_without_blocks_is_none() -> None:
    with pytest.raises(FormFault, match="没有 blocks"):
        make_blocks([], 2)
