from __future__ import annotations

import pytest

from desktop.forms.headings import Paths, path_word, short_name, spellings, static_paths, words_of
from desktop.forms.spec import Area, Block, Cell, Heading, Number, Row
from tests.forms.form_builders import bundled


def a_block(*cells: Cell, rows: int) -> Block:
    return Block("块", "", tuple(Row(8) for _ in range(rows)), 0, cells)


def head(words: str, *area: int) -> Cell:
    return Cell(Area(*area), Heading(words))


def number(*area: int) -> Cell:
    return Cell(Area(*area), Number("x"))


def test_a_path_goes_from_the_left_edge_then_from_the_top() -> None:
    cell = number(2, 2)
    block = a_block(
        head("年", 0, 0, 1, 2), head("甲", 0, 2), head("块", 1, 0, 2, 1), head("行", 1, 1), number(1, 2),
        head("数", 2, 1), cell, rows=3,
    )  # fmt: skip
    assert Paths(block, {}).path(cell) == "块/数/甲"


def test_headings_beyond_other_values_belong_to_those() -> None:
    cell = number(3, 0)
    block = a_block(head("旧", 0, 0), number(1, 0), head("新", 2, 0), cell, rows=4)
    assert Paths(block, {}).path(cell) == "新"


def test_a_narrow_heading_does_not_count_for_a_wide_cell() -> None:
    cell = number(2, 0, 1, 2)
    block = a_block(head("全", 0, 0, 1, 2), head("左", 1, 0), head("右", 1, 1), cell, rows=3)
    assert Paths(block, {}).path(cell) == "全"


def test_a_heading_in_the_corner_counts_once() -> None:
    cell = number(1, 1)
    corner = Cell(Area(0, 0, 2, 1), Heading("角"))
    assert Paths(a_block(corner, head("上", 0, 1), cell, rows=2), {}).path(cell) == "角/上"


def test_lines_and_names_stand_in_the_path() -> None:
    cell = number(0, 1)
    paths = Paths(a_block(head("左", 0, 0), cell, rows=1), {})
    assert paths.path(cell, line=3) == "左/第3行"
    assert paths.path(cell, name="台式") == "左/台式"


def test_line_breaks_and_blanks_are_not_part_of_a_path() -> None:
    assert path_word("金额\n（万元）") == "金额（万元）"
    assert path_word("机关\u3000总 数") == "机关总数"


@pytest.mark.parametrize(("texts", "words"), [({}, "县级机关"), ({"县": "县直机关"}, "县直机关")])
def test_a_campaign_may_have_words_of_its_own(texts: dict[str, str], words: str) -> None:
    assert words_of(Heading("县级机关", "县"), texts) == words
    assert words_of(Heading("县级机关"), texts) == "县级机关"


def test_other_spellings_replace_whole_words_of_a_path() -> None:
    assert spellings("总数/甲/数", [Heading("数", also=("个数", "量")), Heading("甲", also=("乙",))]) == [
        "总数/甲/个数",
        "总数/甲/量",
        "总数/乙/数",
        "总数/乙/个数",
        "总数/乙/量",
    ]
    assert spellings("县直机关/数", [Heading("县级机关", also=("县机关",))]) == []


def test_a_number_in_a_sentence_is_named_by_the_end_of_its_id() -> None:
    assert short_name(Number("调查.台数.台式")) == "台式"


def test_a_campaigns_words_stand_in_the_paths_of_a_form() -> None:
    paths = [path for path, _ in static_paths(bundled("T02"), {"市级机关": "县直 机关"})]
    assert "县直机关/软件情况/国内/办公软件/金额（万元）" in paths
    assert not any(path.startswith("示范区机关") for path in paths)


def test_rows_that_repeat_say_which_and_sentences_name_their_numbers() -> None:
    assert [path for path, _ in static_paths(bundled("T01"), {})][2] == "第1行/姓名"
    found = [path for path, _ in static_paths(bundled("T03"), {})]
    assert "杀毒软件/备注" in found
    assert found[-3:] == ["电脑台数/总数", "电脑台数/台式", "电脑台数/便携式"]
