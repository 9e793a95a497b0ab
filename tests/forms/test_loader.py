from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.core.text import is_wide
from desktop.forms.drawing import draw
from desktop.forms.grid import compose
from desktop.forms.loader import load_form, load_forms
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
    "fields out of order": ("T02", "{ at = 0.22", "{ at = 0.42", "从左到右递增"),
    "a field beyond the line": ("T02", "{ at = 0.82", "{ at = 82", "at 要在 0 到 1 之间"),
    "a header line of nothing": ("T01", "[[header]]", "[[header]]\n[[header]]", "这一行没有 fields"),
    "an unknown field": ("T01", 'field = "email"', 'field = "mail"', "field 只能是 unit_name"),
    "a person's cell without {n}": ("T01", "{n}.姓名", "姓名", "编号里要有 {n}"),
    "a number in a person's row": ("T01", 'field = "email"', 'indicator = "units"', "每人一行的格子"),
    "nobody's row": ("T01", 'responsibility = "信息报送人", ', "", "缺少 responsibility"),
    "a row for each of something": ("T01", 'each = "people"', 'each = "units"', "each 只能是 people、lines"),
    "a row of no height": ("T01", "height = 9", "height = 0", "height 要在 1 到 100 之间"),
    "a text for a row": ("T01", "rows = [10", 'rows = ["10"', "rows 里只能是数"),
    "a two-rowed cell in a repeated row": ("T01", '{ at = "A1"', '{ at = "A1:A2"', "伸出了每页重复的表头"),
    "a field in a fixed row": ("T01", '{ at = "A1", text = "单位名称" }', '{ at = "A1", id = "x", field = "name" }', "不重复的行"),
    "span in a fixed row": ("T01", 'text = "单位名称" }', 'text = "单位名称", span = true }', "span 只能用在"),
    "an unknown alignment": ("T01", 'align = "left"', 'align = "right"', "align 只能是 left、center"),
    "a list by nothing": ("T03", 'by = "product"', 'by = "vendor"', "不能按 vendor 筛选"),
    "a list with one box": ("T03", 'list = "installations"', 'list = "installations", span = true', "不能用 span"),
    "a summary on every line": ("T03", 'lead = "服务器：", span = true', 'lead = "服务器："', "span = true"),
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
