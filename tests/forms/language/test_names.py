from __future__ import annotations

import pytest

from desktop.forms.language.names import Index, expand, filled, order, unknown_names
from desktop.forms.language.parsing import FormulaError, parse_formula
from desktop.forms.language.tree import Name

IDS = [
    "国内.办公总数",
    "国内.总计软件",
    "国外.办公总数",
    "国外.总计软件",
    "合计.办公总数",
    "合计.总计软件",
    "台数",
]


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("台数", [("台数", ())]),
        ("国内.*", [("国内.办公总数", ("办公总数",)), ("国内.总计软件", ("总计软件",))]),
        ("国*.*总数", [("国内.办公总数", ("内", "办公")), ("国外.办公总数", ("外", "办公"))]),
        ("*", [("台数", ("台数",))]),
        ("台数*", [("台数", ("",))]),
        ("*.*.*", []),
        ("乡.*", []),
    ],
)
def test_a_star_stands_for_text_within_one_segment(pattern: str, expected: list[object]) -> None:
    assert expand(Name(pattern), IDS) == expected


def test_stars_are_filled_from_the_left() -> None:
    assert filled(Name("国*.*总数"), ("内", "办公")).text == "国内.办公总数"
    assert filled(Name("*.*"), ("甲",)).text == "甲.*"
    assert filled(Name("甲"), ("乙",)).text == "甲"


def test_further_stars_match_every_id() -> None:
    index = Index(IDS)
    assert index.cells(Name("*.*"), ("国外",)) == ["国外.办公总数", "国外.总计软件"]
    assert index.cells(Name("*.*"), ("乡",)) == []
    assert len(index.cells(Name("*.*"), ())) == 6
    assert index.cells(Name("乡.*"), ("甲",)) == ["乡.甲"]


def test_a_formula_over_results_comes_after_them() -> None:
    """总计 adds the 合计 of two rows, which a formula written later computes."""
    total, sums = parse_formula("*.总计软件 = *.办公总数"), parse_formula("合计.* = 国内.* + 国外.*")
    steps = order([total, sums], IDS)
    sequence = [cell_id for _, cell_id in steps]
    assert sequence.index("合计.办公总数") < sequence.index("合计.总计软件")
    assert {cell_id: formula for formula, cell_id in steps} == {
        "国内.总计软件": total,
        "国外.总计软件": total,
        "合计.总计软件": total,
        "合计.办公总数": sums,
    }


def test_cells_that_need_each_other_are_named() -> None:
    formulas = [parse_formula(text) for text in ("甲 = 乙 + 1", "乙 = sum(丙, 丁)", "丙 = 甲")]
    with pytest.raises(FormulaError, match=r"公式互相引用，算不出来：.*→") as caught:
        order(formulas, ["甲", "乙", "丙", "丁"])
    assert all(name in caught.value.message for name in "甲乙丙")
    assert "丁" not in caught.value.message


def test_a_long_circle_is_cut_short() -> None:
    formulas = [parse_formula(f"格.{n} = 格.{(n + 1) % 50}") for n in range(50)]
    with pytest.raises(FormulaError, match=r"→ ……。请改"):
        order(formulas, [f"格.{n}" for n in range(50)])


def test_a_sum_that_holds_its_own_cell_is_a_circle() -> None:
    with pytest.raises(FormulaError, match=r"：国内\.总计软件 → 国内\.总计软件。"):
        order([parse_formula("国内.总计软件 = sum(国内.*)")], IDS)


def test_the_period_before_and_the_ledger_are_no_circle() -> None:
    formula = parse_formula("台数 = previous(台数) + ledger(台数)")
    assert order([formula], IDS) == [(formula, "台数")]


def test_names_that_fit_no_id_are_reported_with_their_stars_filled_in() -> None:
    formula = parse_formula("合计.* = 国内.* + 国外.* + sum(乡.*.*, *.*) + ledger(缺)")
    assert unknown_names(formula.expression, set(IDS), ("办公总数",)) == ["乡.办公总数.*", "办公总数.*", "缺"]
    assert unknown_names(formula.expression, IDS, ("软件",)) == [
        "国内.软件",
        "国外.软件",
        "乡.软件.*",
        "软件.*",
        "缺",
    ]
