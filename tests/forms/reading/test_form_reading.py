from __future__ import annotations

import pytest

from desktop.core.findings import FindingClass
from desktop.forms.reading.entries import FormFault
from desktop.forms.reading.form_reading import form_of
from desktop.forms.spec import Check, FormSpec, HeaderField, Note, Page
from tests.forms.reading.test_entries import an_entry

SMALL = """
format = 1
code = "X01"
version = 3
title = "小表"
status = "provisional"
columns = [60, 100]
notes = ["注"]
formulas = "表.乙 = 表.甲"
[page]
orientation = "portrait"
margins = [20, 25, 10, 25]
pages = "flow"
[[header]]
fields = [{ at = 0, text = "填表人：{filler}", blanks = { filler = "  " }, seal = "填表" }]
[[blocks]]
id = "表"
rows = [8, 8]
cells = [
    { at = "A1", text = "甲" }, { at = "B1", id = "甲", indicator = "units" },
    { at = "A2", text = "乙" }, { at = "B2", id = "乙" },
]
[[checks]]
code = "X1"
class = "B"
rule = ["表.甲 > 0", "表.乙 > 0"]
text = "{left} 不大于 {right}。"
remedy = "请改。"
[[checks]]
code = "X2"
class = "D"
cells = "表.*"
must = "integer"
text = "「{value}」不是整数。"
remedy = "请改。"
""".replace('notes = ["注"]', 'notes = [{ text = "注", campaign = "k" }]')


def small(old: str = "", new: str = "") -> FormSpec:
    assert old in SMALL
    return form_of(an_entry(SMALL.replace(old, new, 1)))


def test_a_form_is_what_its_file_says() -> None:
    form = small()
    assert (form.code, form.version, form.title, form.is_official) == ("X01", 3, "小表", False)
    assert (form.other_titles, form.source, form.marker, form.title_pt) == ((), "", "", 22.0)
    assert form.page == Page(
        is_landscape=False, top_mm=20, right_mm=25, bottom_mm=10, left_mm=25, is_single=False
    )
    assert (form.page.width_mm, form.page.height_mm) == (210, 297)
    assert form.header == ((HeaderField(0.0, "填表人：{filler}", {"filler": "  "}, "填表"),),)
    assert form.notes == (Note("注", "k"),)
    assert [formula.text for formula in form.formulas] == ["表.乙 = 表.甲"]


def test_each_rule_and_each_pattern_is_a_check_with_its_line() -> None:
    checks = small().checks
    assert [(check.code, check.level, check.must) for check in checks] == [
        ("X1", FindingClass.B, ""), ("X1", FindingClass.B, ""), ("X2", FindingClass.D, "integer"),
    ]  # fmt: skip
    assert all(isinstance(check, Check) and check.line for check in checks)


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("format = 1", "format = 2", "需要 format = 1。"),
        ("[60, 100]", "[60, 100.5]", "各栏共宽 160.5 毫米，纸上只有 160 毫米。"),
        ("[60, 100]", "[60, 1]", "columns 要在 2 到 300 之间。"),
        ("[20, 25, 10, 25]", "[20]", "margins 要有上、右、下、左四个数。"),
        ("{filler}", "{fillr}", "没有 {fillr}，可用的有 unit、filler"),
        ("填表人：{filler}", "填表人：", "文字里没有 {filler}。"),
        ('seal = "填表"', 'seal = "盖章"', "文字里没有「盖章」。"),
        ("表.乙 = 表.甲", "表.乙 = ", "公式「表.乙 = 」："),
        ("X1", " ", "code 是空的。"),
        ("rule =", "rule = '表.甲 = 0'\ncells =", "审核要有 rule 或 cells，且只能有一种。"),
        ("rule =", "rules =", "审核要有 rule 或 cells，且只能有一种。"),
        ("{left}", "{value}", "没有 {value}，可用的有 left、right、missing_units。"),
        ("{value}", "{left}", "没有 {left}，可用的有 value。"),
        ('must = "integer"\n', "", "缺少 must。"),
        ("remedy", "remedies", "缺少 remedy。"),
        ("表.甲 > 0", "表.甲", "公式「表.甲」："),
        ('cells = "表.*"', 'cells = "表.**"', "公式「表.**」："),
        ('status = "provisional"', 'state = "provisional"', "缺少 status。"),
        ("version = 3", "version = 3\nauthor = '某'", "这里没有 author 这一项。"),
    ],
)
def test_what_is_wrong_is_a_fault(old: str, new: str, reason: str) -> None:
    with pytest.raises(FormFault) as caught:
        small(old, new)
    assert caught.value.reason.startswith(reason)


def test_a_title_and_notes_may_be_the_campaigns_own() -> None:
    assert small('title = "小表"', 'title = "小表"\ntitle_campaign = "t"').title_key == "t"


def test_a_formula_without_end_is_not_shown_whole() -> None:
    endless = SMALL.replace('"表.乙 = 表.甲"', f'"表.乙 = {"1 + " * 900}1"')
    with pytest.raises(FormFault) as caught:
        form_of(an_entry(endless))
    assert "最多 2000 个" in str(caught.value)
    assert len(str(caught.value)) < 200
