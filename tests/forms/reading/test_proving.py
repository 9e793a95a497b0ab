from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from desktop.core.findings import FindingClass
from desktop.forms.language.parsing import parse_formula, parse_pattern, parse_rule
from desktop.forms.reading.entries import FormFault
from desktop.forms.reading.proving import prove
from desktop.forms.spec import Area, Block, Cell, Check, FormSpec, Heading, Number, Row, Unprinted
from tests.forms.form_builders import bundled

CELLS = (
    Cell(Area(0, 0), Heading("甲"), line=1),
    Cell(Area(0, 1), Number("表.甲"), line=2),
    Cell(Area(1, 0), Heading("乙"), line=3),
    Cell(Area(1, 1), Number("表.乙"), line=4),
)


def a_form(*formulas: str, cells: tuple[Cell, ...] = CELLS, check: Check | None = None) -> FormSpec:
    return replace(
        bundled("T01"),
        blocks=(Block("表", "", (Row(8), Row(8)), 0, cells),),
        formulas=tuple(map(parse_formula, formulas)),
        unprinted=(Unprinted("丙", "丙", "units", {}, line=9),),
        checks=(check,) if check else (),
    )


def a_rule(rule: str) -> Check:
    return Check("X", FindingClass.A, "错。", "请改。", rule=parse_rule(rule), line=8)


def fault(form: FormSpec) -> tuple[int, str]:
    with pytest.raises(FormFault) as caught:
        prove(form, range(11, 11 + len(form.formulas)))
    return caught.value.line, caught.value.reason


def test_a_form_whose_names_mean_something_is_well() -> None:
    prove(a_form("表.甲 = 表.乙 + 丙", check=a_rule("表.甲 >= 丙")), [11])


def changed(number: int, change: Callable[[Cell], Cell]) -> tuple[Cell, ...]:
    return tuple(change(cell) if n == number else cell for n, cell in enumerate(CELLS))


def test_an_id_used_twice_is_found_at_the_second_with_the_first() -> None:
    twice = changed(3, lambda cell: replace(cell, content=Number("表.甲")))
    assert fault(a_form(cells=twice)) == (4, "编号 表.甲 用了两次，另一次在第 2 行。")
    unprinted = changed(3, lambda cell: replace(cell, content=Number("丙")))
    assert fault(a_form(cells=unprinted)) == (9, "编号 丙 用了两次，另一次在第 4 行。")


def test_two_paths_alike_are_found_even_when_written_in_another_width() -> None:
    alike = changed(0, lambda cell: replace(cell, content=Heading("(乙)")))
    alike = (*alike[:2], replace(alike[2], content=Heading("（乙）")), alike[3])
    assert fault(a_form(cells=alike)) == (4, "两个单元格的表头路径相同：（乙），另一个在第 2 行。")


@pytest.mark.parametrize(
    ("formula", "name"),
    [("表.丁 = 表.甲", "表.丁"), ("表.甲 = 表.丁", "表.丁"), ("表.* = 表2.*", "表2.甲"), ("表.甲 = sum(表.*.数)", "表.*.数")],
)  # fmt: skip
def test_a_formula_that_names_nothing_is_found(formula: str, name: str) -> None:
    assert fault(a_form("表.甲 = 表.乙", formula)) == (12, f"「{formula}」里的 {name} 不指任何单元格。")


def test_a_circle_is_found_at_the_formula_that_closes_it() -> None:
    line, reason = fault(a_form("表.甲 = 丙 + 1", "表.乙 = 表.甲", "丙 = 表.乙"))
    assert line == 13
    assert reason.startswith("公式互相引用，算不出来：")


def test_a_check_that_names_nothing_is_found() -> None:
    assert fault(a_form(check=a_rule("表.丁 = 0"))) == (8, "「表.丁 = 0」里的 表.丁 不指任何单元格。")
    assert fault(a_form(check=a_rule("别.* = 0"))) == (8, "「别.* = 0」里的 别.* 不指任何单元格。")
    pattern = Check(
        "X", FindingClass.A, "错。", "请改。", cells=parse_pattern("别.*"), must="integer", line=8
    )
    assert fault(a_form(check=pattern)) == (8, "「别.*」不指任何单元格。")
