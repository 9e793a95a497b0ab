from __future__ import annotations

from itertools import chain

from desktop.forms.headings import path_word, spellings, static_paths, words_of
from desktop.forms.spec import Heading
from tests.forms.form_builders import bundled, filled


def paths(code: str, **texts: str) -> list[str]:
    return [path for path, _ in static_paths(bundled(code), texts)]


def test_a_path_is_the_words_to_the_left_and_above_outermost_first() -> None:
    found = paths("T02")
    assert "县级机关/软件情况/国内/操作系统软件/许可数（个）" in found
    assert "示范区机关/软件情况/合计/总计/软件（个）" in found
    assert "县级机关/软件正版化工作进度/落实软件采购单位个数" in found
    assert "示范区机关/软件正版化工作进度/机关总数" in found


def test_rows_that_repeat_say_which_and_sentences_name_their_numbers() -> None:
    assert paths("T01")[2] == "第1行/姓名"
    found = paths("T03")
    assert "操作系统软件/第1行/正版/软件名称" in found
    assert "杀毒软件/备注" in found
    assert found[-3:] == ["电脑台数/总数", "电脑台数/台式", "电脑台数/便携式"]


def test_every_path_stands_once() -> None:
    for code in ("T01", "T02", "T03"):
        assert len(paths(code)) == len(set(paths(code)))


def test_a_campaigns_own_words_stand_in_the_paths() -> None:
    found = paths("T02", 县级机关="乡镇机关")
    assert "乡镇机关/软件情况/国内/办公软件/总数（个）" in found
    assert not [path for path in found if path.startswith("县级机关")]


def test_breaks_and_wide_blanks_are_dropped() -> None:
    assert path_word("机关\n总数") == path_word("机关　总数") == "机关总数"


def test_other_spellings_lead_to_the_same_cell() -> None:
    form = filled("T02")
    literal = form.find("县级机关/软件正版化工作进度/落实软件采购单位个数")
    mended = form.find("县级机关/软件正版化工作进度/落实软件采购经费单位个数")
    assert literal is not None
    assert literal is mended
    heading = Heading("甲", also=("乙", "丙"))
    assert list(spellings("头/甲", [heading])) == ["头/乙", "头/丙"]


def test_words_without_a_key_are_the_forms_own() -> None:
    assert words_of(Heading("甲"), {"": "乙"}) == "甲"
    assert words_of(Heading("甲", "键"), {"键": "乙"}) == "乙"
    assert list(chain(spellings("甲", []))) == []
