from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.core.text import is_wide
from desktop.forms.grid import compose
from desktop.forms.paper.drawing import draw
from desktop.forms.reading.loader import load_form, load_forms
from desktop.forms.spec import BrokenForm, FormSpec
from desktop.paths import bundled_forms
from tests.forms.form_builders import a_person, blank, computers, filled, fonts, installed, steady, text_of


def broken(folder: Path, code: str, old: str, new: str) -> tuple[BrokenForm, int]:
    """Return what loading a bundled form says after an edit, and the line of the edit."""
    text = text_of(code)
    assert old in text
    path = folder / f"{code}.toml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    form = load_form(path)
    assert isinstance(form, BrokenForm)
    return form, text[: text.index(old)].count("\n") + 1


SLIPS = {
    "a word without quotes": ("T02", 'code = "T02"', "code = T02", "格式有误"),
    "a key twice": ("T02", "version = 1", "version = 1 \ncode = 2", "格式有误"),
    "another format": ("T02", "format = 1", "format = 2", "format = 1"),
    "no address": ("T02", '{ at = "C5", text = "国内" }', '{ text = "国内" }', "缺少 at"),
    "an empty title": ("T02", 'title = "软件正版化情况统计表"', 'title = " "', "title 是空的"),
    "a text for a number": ("T02", "version = 1", 'version = "1"', "version 的值不对"),
    "true for a number": ("T02", "version = 1", "version = true", "version 的值不对"),
    "a number for a text": ("T02", 'source = "《', 'source = 5 # "《', "source 的值不对"),
    "a text among numbers": ("T02", "[25, 20, 18, 20]", '[25, "20", 18, 20]', "margins 里只能是数"),
    "three margins": ("T02", "[25, 20, 18, 20]", "[25, 20, 18]", "四个数"),
    "a number among texts": ("T02", '["软件正版化检查整改工作统计表"]', "[5]", "other_titles 里只能是文字"),
    "a text among tables": ("T02", "[{ text = ", '["注", { text = ', "notes 里只能是表"),
    "a misspelt key": ("T02", "title_pt = 18", "titel_pt = 18", "没有 titel_pt 这一项"),
    "a key that does not belong": ("T02", '{ at = "C5", text', '{ at = "C5", field = "name", text', "没有 field"),
    "another status": ("T02", 'status = "official"', 'status = "final"', "status 只能是 official、provisional"),
    "a title of no size": ("T02", "title_pt = 18", "title_pt = 0", "title_pt 要在 6 到 72 之间"),
    "an endless column": ("T02", "columns = [10, 20", "columns = [10, inf", "columns 要在 2 到 300 之间"),
    "a column of no number": ("T02", "columns = [10, 20", "columns = [10, nan", "columns 要在 2 到 300 之间"),
    "columns beyond the paper": ("T02", "columns = [10, 20", "columns = [10, 30", "纸上只有 257 毫米"),
    "no columns": ("T02", "columns = [10", "columns = [] # [10", "一栏也没有"),
    "an unknown indicator": ("T02", 'indicator = "units"', 'indicator = "unit"', "没有指标 unit，可用的有 units"),
    "an unknown filter": ("T02", '{ progress = ["摸查"] }', '{ kind = ["台式"] }', "不能按 kind 筛选"),
    "an unknown value": ("T02", '["摸查"]', '["摸底"]', "progress 没有「摸底」，可用的有 摸查"),
    "a filter for nothing": ("T02", '["摸查"]', "[]", "progress 没有列出任何值"),
    "a filter of a number": ("T02", '["摸查"]', "5", "progress 的值不对"),
    "an unknown filter of a row": ("T02", '{ origin = ["国内"] }', '{ claim = ["正版"] }', "不能按 claim 筛选"),
    "a formula that cannot be read": ("T02", '"*.*.总计软件 = *', '"*.*.总计软件 == *', "公式「"),
    "a formula for nothing": ("T02", '"*.*.总计软件 = ', '"*.*.合计软件 = ', "*.*.合计软件 不指任何单元格"),
    "a formula of nothing": ("T02", "*.国内.* + *.国外.*", "*.国内.* + *.国处.*", "国处.操作系统总数 不指任何单元格"),
    "a circle of formulas": ("T02", "*.国内.* + *.国外.*", "*.国内.* + *.合计.*", "互相引用"),
    "overlapping cells": ("T02", '{ at = "D1:E1"', '{ at = "C1:E1"', "C1 与另一个格子重叠"),
    "a cell outside": ("T02", '{ at = "C7"', '{ at = "C8"', "C8 在表外"),
    "a cell right of the table": ("T02", '{ at = "O4"', '{ at = "O4:P4"', "O4 在表外"),
    "a row 0": ("T02", '{ at = "C7"', '{ at = "C0"', "「C0」不是单元格地址"),
    "an area upside down": ("T02", '"D1:E1"', '"E1:D1"', "「E1:D1」的两端颠倒了"),
    "an id twice": ("T02", "进度.摸查", "进度.机关总数", "编号 市级.进度.机关总数 用了两次"),
    "an id with a blank": ("T02", "进度.摸查", "进度 摸查", "编号「进度 摸查」"),
    "an unknown block to be like": ("T02", 'like = "市级"', 'like = "省级"', "前面没有可照用的块 省级"),
    "words for a number": ("T02", 'at = "H1"', 'at = "H2"', "格子 H2 里不是文字"),
    "an unknown class": ("T02", 'class = "A"', 'class = "E"', "class 只能是 A、B、C、D"),
    "a check without a rule": ("T02", "[[checks]]", '[[checks]]\ncode = "X"\n[[checks]]', "审核要有 rule 或 cells"),
    "a check with an empty remedy": ("T02", 'remedy = "请核对这一列的三个数。"', 'remedy = ""', "remedy 是空的"),
    "a rule that is no rule": ("T02", 'rule = "*.合计.* = ', 'rule = "*.合计.* + ', "公式「"),
    "a rule over nothing": ("T02", 'rule = "*.合计.*', 'rule = "*.总计.*', "*.总计.* 不指任何单元格"),
    "a pattern of nothing": ("T02", 'cells = "*.*.*金额"', 'cells = "*.*.*金"', "「*.*.*金」不指任何单元格"),
    "an unknown demand": ("T02", 'must = "integer"', 'must = "whole"', "must 只能是 required"),
    "an unknown word in a sentence": ("T02", "国内与国外之和 {right}", "国内与国外之和 {sum}", "没有 {sum}"),
    "heads after the first block": ("T02", 'like = "市级"', 'like = "市级"\nhead_rows = 1', "没有 head_rows"),
    "too many heads": ("T01", "head_rows = 1", "head_rows = 9", "head_rows 要在 0 到 2 之间"),
    "heads that repeat": ("T01", "head_rows = 1", "head_rows = 2", "不能有重复的行"),
    "an unknown header variable": ("T02", "填表人：{filler}", "填表人：{name}", "没有 {name}，可用的有 unit"),
    "a seal on other words": ("T02", 'seal = "盖章"', 'seal = "签章"', "文字里没有「签章」"),
    "blanks for another variable": ("T01", "blanks = { date", "blanks = { day", "文字里没有 {day}"),
    "a number of blanks": ("T01", '"   年   月   日"', "3", "blanks 里只能是文字"),
    "fields out of order": ("T02", "{ at = 0.41", "{ at = 0.21", "从左到右递增"),
    "a field beyond the line": ("T02", "{ at = 0.82", "{ at = 82", "at 要在 0 到 1 之间"),
    "a header line of nothing": ("T01", "[[header]]", "[[header]]\n[[header]]", "这一行没有 fields"),
    "an unknown field": ("T01", 'field = "email"', 'field = "mail"', "field 只能是 row_number"),
    "a field of another record": ("T01", 'field = "email"', 'field = "seats"', "people 没有 seats，可用的有 unit_name"),
    "a person's cell without {n}": ("T01", "{n}.姓名", "姓名", "编号里要有 {n}"),
    "a number in a person's row": ("T01", 'field = "email"', 'indicator = "units"', "指标 units 不能按 people 逐条取数"),
    "nobody's row": ("T01", "{ responsibility =", "{ duty =", "people 不能按 duty 筛选，可用的有 responsibility"),
    "a row for each of something": ("T01", 'each = "people"', 'each = "persons"', "each 只能是 lines、people"),
    "a row of no height": ("T01", "height = 9", "height = 0", "height 要在 1 到 100 之间"),
    "a text for a row": ("T01", "rows = [10", 'rows = ["10"', "rows 里只能是数"),
    "a two-rowed cell in a repeated row": ("T01", '{ at = "A1"', '{ at = "A1:A2"', "伸出了每页重复的表头"),
    "a field in a fixed row": ("T01", '{ at = "A1", text = "单位名称" }', '{ at = "A1", id = "x", field = "name" }', "不重复的行"),
    "span in a fixed row": ("T01", 'text = "单位名称" }', 'text = "单位名称", span = true }', "span 只能用在"),
    "an unknown alignment": ("T01", 'align = "left"', 'align = "right"', "align 只能是 left、center"),
    "a list by nothing": ("T03", 'by = "product"', 'by = "vendor"', "不能按 vendor 筛选"),
    "a list with one box": ("T03", 'list = "installations"', 'list = "installations", span = true', "不能用 span"),
    "a summary on every line": ("T03", 'span = true, align', "align", "span = true"),
    "a sentence without its number": ("T03", "台式{台式}台", "台式台", "句子里没有 台数.台式 的位置"),
    "a gap for no number": ("T03", "便携式{便携式}台", "便携式{便携}台", "句子里没有 台数.便携式 的位置"),
    "a place for no number": ("T03", "总数：{总数}台", "总数：{总数}台{其他}", "{其他} 没有对应的数"),
    "no lines": ("T03", "lines = 3", "lines = 0", "lines 要在 1 到 200 之间"),
    "a filter the unprinted number lacks": ("T03", "where = { class", "where = { state = ['在用'], class", ""),
}  # fmt: skip


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_is_named_with_file_line_and_reason(slip: str, tmp_path: Path) -> None:
    code, old, new, reason = SLIPS[slip]
    form, line = broken(tmp_path, code, old, new)
    assert reason in form.reason
    assert any(map(is_wide, form.reason))
    assert form.file == f"{code}.toml"
    assert form.line - line in (0, new.count("\n"))
    assert str(form) == f"《{code}.toml》无法读取：第 {form.line} 行，{form.reason}"


def test_a_missing_key_of_the_head_names_the_file(tmp_path: Path) -> None:
    form, _ = broken(tmp_path, "T02", 'title = "软件正版化情况统计表"\n', "")
    assert (form.line, form.reason) == (0, "缺少 title。")
    assert str(form) == "《T02.toml》无法读取：文件，缺少 title。"


def test_a_gap_names_the_block_and_the_missing_cell(tmp_path: Path) -> None:
    form, _ = broken(tmp_path, "T02", '    { at = "C5", text = "国内" },\n', "")
    assert form.reason == "块 市级 缺格子 C5；columns 写了 15 栏。"
    assert text_of("T02").splitlines()[form.line - 1] == "[[blocks]]"


def test_a_block_named_twice_is_found_at_the_second(tmp_path: Path) -> None:
    form, line = broken(tmp_path, "T02", 'id = "县级"', 'id = "市级"')
    assert (form.line, form.reason) == (line, "块 市级 有两个。")


def test_two_cells_of_one_path_are_found_at_the_cell(tmp_path: Path) -> None:
    form, _ = broken(tmp_path, "T02", '"C6", text = "国外"', '"C6", text = "国 内"')
    assert "表头路径相同：示范区机关/软件情况/国内/操作系统软件/总数（个）" in form.reason
    assert "操作系统总数" in text_of("T02").splitlines()[form.line - 1]


def test_the_formula_that_closes_a_circle_is_named(tmp_path: Path) -> None:
    closing = "*.*.办公总数 = *.*.总计软件"
    form, line = broken(tmp_path, "T02", "formulas = [", f'formulas = [\n"{closing}",')
    assert "互相引用" in form.reason
    assert form.line == line + 3


def test_a_file_without_blocks_or_of_an_empty_block_is_no_form(tmp_path: Path) -> None:
    text = text_of("T02")
    path = tmp_path / "T02.toml"
    path.write_text(text[: text.index("[[blocks]]")], encoding="utf-8")
    assert load_form(path) == BrokenForm("T02.toml", 0, "没有 blocks。")
    form, line = broken(tmp_path, "T01", "rows = [10", "rows = [] # [10")
    assert (form.line, form.reason) == (line, "rows 里一行也没有。")


@pytest.mark.parametrize("content", [b"title = '\xd7\xdc'", b"\xff\xfe", "a = '表样'".encode("gb18030")])
def test_a_file_of_another_encoding_is_broken(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "表.toml").write_bytes(content)
    assert load_form(tmp_path / "表.toml") == BrokenForm("表.toml", 0, "文件不能读取，或不是 UTF-8 编码。")


def test_a_folder_and_nothing_at_all_are_broken(tmp_path: Path) -> None:
    (tmp_path / "夹.toml").mkdir()
    for name in ("夹.toml", "没有.toml"):
        assert isinstance(load_form(tmp_path / name), BrokenForm)


def test_absurd_numbers_and_brackets_are_a_broken_form(tmp_path: Path) -> None:
    path = tmp_path / "表.toml"
    for text in (f"format = {'9' * 5000}", f"format = {'[' * 5000}{']' * 5000}", "format = " + "9" * 400):
        path.write_text(text, encoding="utf-8")
        assert isinstance(load_form(path), BrokenForm)


def test_what_is_not_closed_is_broken_at_its_end(tmp_path: Path) -> None:
    path = tmp_path / "表.toml"
    path.write_text("format = 1\ncolumns = [\n10,\n\n", encoding="utf-8")
    assert load_form(path) == BrokenForm("表.toml", 3, "格式有误。")


def test_the_marks_of_windows_editors_do_not_matter(tmp_path: Path) -> None:
    path = tmp_path / "T02.toml"
    path.write_bytes(b"\xef\xbb\xbf" + text_of("T02").replace("\n", "\r\n").encode())
    form = load_form(path)
    assert isinstance(form, FormSpec)
    assert form == load_form(bundled_forms() / "T02.toml")


BUNDLED = [
    "D01",
    "D02",
    "D03",
    "D04",
    "D05",
    "L01",
    "L02",
    "L03",
    "M01",
    "T01",
    "T02",
    "T03",
    "T08",
    "T21",
    "T22",
]


def test_every_bundled_form_loads() -> None:
    loaded = load_forms([bundled_forms()])
    assert {code: type(form) for code, form in loaded.items()} == dict.fromkeys(BUNDLED, FormSpec)
    official = [code for code, form in loaded.items() if isinstance(form, FormSpec) and form.is_official]
    assert official == ["T01", "T02", "T03"]


def test_the_other_files_of_a_folder_still_work(tmp_path: Path) -> None:
    shutil.copytree(bundled_forms(), tmp_path, dirs_exist_ok=True)
    broken(tmp_path, "T02", "format = 1", "format = [")
    (tmp_path / "T09.sample.toml").write_text("no form at all", encoding="utf-8")
    forms = load_forms([tmp_path])
    assert list(forms) == [f"{code}.toml" if code == "T02" else code for code in BUNDLED]
    assert isinstance(forms["T02.toml"], BrokenForm)


def test_the_offices_own_form_takes_the_place_of_a_bundled_one(tmp_path: Path) -> None:
    (tmp_path / "我们的.toml").write_text(text_of("T02").replace("version = 1", "version = 7"), "utf-8")
    forms = load_forms([bundled_forms(), tmp_path, tmp_path / "没有这个文件夹"])
    form = forms["T02"]
    assert isinstance(form, FormSpec)
    assert (form.version, len(forms)) == (7, len(BUNDLED))


def test_a_broken_own_form_leaves_the_bundled_one(tmp_path: Path) -> None:
    broken(tmp_path, "T02", "format = 1", "format = 9")
    forms = load_forms([bundled_forms(), tmp_path])
    assert isinstance(forms["T02"], FormSpec)
    assert isinstance(forms["T02.toml"], BrokenForm)


def test_one_code_in_two_files_of_a_folder_is_a_mistake(tmp_path: Path) -> None:
    for name in ("甲.toml", "乙.toml"):
        (tmp_path / name).write_text(text_of("T01"), encoding="utf-8")
    forms = load_forms([tmp_path])
    assert isinstance(forms["T01"], FormSpec)
    assert forms["甲.toml"] == BrokenForm("甲.toml", 0, "同一文件夹里已有代码为 T01 的表样。")


def damaged(text: str, changes: list[tuple[str, int, str]]) -> str:
    """Return a text with lines deleted or doubled, and single characters replaced."""
    lines = text.splitlines(keepends=True)
    for kind, place, sign in changes:
        number = place % len(lines)
        line = lines[number]
        middle = place % len(line)
        lines[number] = {
            "delete": "\n",
            "double": line + line,
            "flip": line[:middle] + sign + line[middle + 1 :],
        }[kind]
    return "".join(lines)


changes = st.lists(
    st.tuples(
        st.sampled_from(["delete", "double", "flip"]),
        st.integers(0, 10**6),
        st.sampled_from('[]{}"=.,*: \n0129AZn国#\\'),
    ),
    min_size=1,
    max_size=3,
)


@settings(steady, max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(code=st.sampled_from(["T01", "T02", "T03"]), changes=changes)
def test_a_damaged_file_is_a_form_that_can_be_printed_or_a_broken_one(
    code: str, changes: list[tuple[str, int, str]], tmp_path: Path
) -> None:
    path = tmp_path / "表.toml"
    path.write_text(damaged(text_of(code), changes), encoding="utf-8", newline="\n")
    form = load_form(path)
    assert isinstance(form, FormSpec | BrokenForm)
    if isinstance(form, BrokenForm):
        assert any(map(is_wide, form.reason))
    else:
        rows = [installed("办公", "WPS", 3), computers(5)]
        for each in (blank(form), filled(form, rows, people=[a_person()])):
            assert draw(compose(each), fonts())


def test_what_is_no_form_file_is_broken_and_costs_nothing(tmp_path: Path) -> None:
    (tmp_path / "夹.toml").mkdir()
    (tmp_path / "零.toml").symlink_to("/dev/zero")
    (tmp_path / "断.toml").symlink_to(tmp_path / "没有")
    (tmp_path / "大.toml").write_text("#" * 600_000, encoding="utf-8")
    (tmp_path / "深.toml").write_text("\n\n" + "a." * 15_000 + "b = 1", encoding="utf-8")
    forms = load_forms([tmp_path])
    assert {name: str(form).split("：")[-1] for name, form in forms.items()} == {
        "夹.toml": "文件，不是普通文件，或链接指向的文件不在。",
        "零.toml": "文件，不是普通文件，或链接指向的文件不在。",
        "断.toml": "文件，不是普通文件，或链接指向的文件不在。",
        "大.toml": "文件，文件过大。",
        "深.toml": "第 3 行，键的层数过多。",
    } or [str(form) for form in forms.values()]
