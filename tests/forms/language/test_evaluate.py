from __future__ import annotations

from decimal import Decimal, localcontext
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.forms.language.evaluate import Calculator, Cell, Failure, Value, apply, evaluate, failures, order
from desktop.forms.language.names import filled
from desktop.forms.language.parsing import parse_formula, parse_rule
from desktop.forms.language.tree import Chain, Expression, Name, Number, Unary, unparse
from tests.forms.formula_builders import IDS, PATTERNS, Cells, a_form, numbers, steady, truths


def value(text: str, form: Cells) -> Value:
    return evaluate(parse_formula(f"* = {text}").expression, form)


def holds(text: str, form: Cells) -> bool:
    return not failures(parse_rule(text), form)


COUNTY = Cells(
    {
        f"{row}.{column}": Decimal(number)
        for row, numbers_ in {
            "国内": (3, 4, 5, 12),
            "国外": (30, 40, 50, 120),
            "合计": (33, 44, 55, 132),
        }.items()
        for column, number in zip(("操作系统总数", "办公总数", "杀毒总数", "总计软件"), numbers_, strict=True)
    }
)


def test_total_is_domestic_and_foreign() -> None:
    """V01: 合计 = 国内 + 国外."""
    assert apply(parse_formula("合计.* = 国内.* + 国外.*"), COUNTY) == {
        "合计.操作系统总数": 33,
        "合计.办公总数": 44,
        "合计.杀毒总数": 55,
        "合计.总计软件": 132,
    }


def test_grand_total_of_each_row() -> None:
    """V02: 总计 = 操作系统 + 办公 + 杀毒."""
    formula = parse_formula("*.总计软件 = *.操作系统总数 + *.办公总数 + *.杀毒总数")
    assert list(apply(formula, COUNTY).values()) == [12, 120, 132]
    assert holds("*.总计软件 = sum(*.操作系统总数, *.办公总数, *.杀毒总数)", COUNTY)


def test_a_failure_names_the_binding_the_cells_and_both_sides() -> None:
    form = a_form(合计__数=5, 国内__数=3, 国外__数=1, 合计__许可=4, 国内__许可=4, 国外__许可=None)
    rule = parse_rule("合计.* = 国内.* + 国外.* + 乡.*")
    assert failures(rule, form) == [
        Failure(("数",), ("合计.数", "国内.数", "国外.数"), Decimal(5), Decimal(4))
    ]


def test_a_failure_of_another_rule_has_no_sides() -> None:
    form = a_form(a__x=1, a__y=2)
    rule = parse_rule("not (count(a.*) = 2 and sum(a.*) = 3)")
    assert failures(rule, form) == [Failure((), ("a.x", "a.y"), None, None)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("甲 + 乙", 7),
        ("甲 + 空", 5),
        ("空 + 空", None),
        ("空 × 3 + 1", None),
        ("-甲", -5),
        ("甲 ÷ 空", None),
        ("甲 ÷ 0 + 1", None),
        ("甲 + 字", None),
        ("sum(甲, 空, 数字)", 17),
        ("sum(行.*)", 3),
        ("sum(无.*)", None),
        ("sum(行.*) × count(行.*)", 6),
        ("count(字) + count(空) + count(缺)", 1),
        ("previous(甲) + 1", 5),
        ("previous(乙) + 1", None),
        ("ledger(甲)", 6),
        ("deadline() - 1", 20120314),
        ("missing_units()", 2),
        ("10 ÷ 4 - 0.5", 2),
    ],
)
def test_a_number_is_worked_out(text: str, expected: int | None) -> None:
    cells: dict[str, Cell] = {
        "甲": Decimal(5),
        "乙": Decimal(2),
        "空": None,
        "字": "无",
        "数字": "12",
        "行.1": Decimal(1),
        "行.2": "2",
    }
    form = Cells(cells, {"甲": Decimal(4)}, {"甲": Decimal(6)}, Decimal(20120315), Decimal(2))
    assert value(text, form) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("空 = 0.5 + 空", True),
        ("空 > 0", True),
        ("not 空 > 0", True),
        ("甲 = 字", True),
        ("甲 ÷ 0 = 1", True),
        ("甲 = previous(甲)", True),
        ("甲 >= previous(乙)", False),
        ("甲 <= deadline()", True),
        ("甲 = 5 and 乙 = 5", True),
        ("甲 = 5 且 空 = 1 且 乙 = 6", False),
        ("甲 = 6 or 乙 = 6", False),
        ("empty(空) and not empty(甲) and empty(缺)", True),
        ("empty(空) = empty(甲)", False),
        ("empty(行.*)", True),
        ("empty(字)", False),
        ("count(行.*) ≥ 1", False),
        ("字 = 字二", True),
        ("missing_units() = 0", False),
        ("甲 ≤ ledger(甲)", True),
    ],
)
def test_a_rule_holds_or_fails(text: str, *, expected: bool) -> None:
    cells: dict[str, Cell] = {
        "甲": Decimal(5),
        "乙": "5",
        "空": None,
        "字": "无 ",
        "字二": "　无",
        "行.1": None,
        "行.2": "",
    }
    form = Cells(cells, {"乙": Decimal(6)}, {"甲": Decimal(6)}, missing=Decimal(1))
    assert holds(text, form) is expected
    if parse_rule(text).binder is None:
        assert evaluate(parse_rule(text).expression, form) is expected


def test_a_name_without_a_number_or_a_number_without_a_name() -> None:
    """V16: each line has both or neither."""
    form = a_form(
        正版__1__名称="甲", 正版__1__数量=1, 正版__2__名称=None, 正版__2__数量=2, 正版__3__名称=None
    )
    rule = parse_rule("empty(正版.*.名称) = empty(正版.*.数量)")
    cell_ids = ("正版.2.名称", "正版.2.数量")
    assert failures(rule, form) == [Failure(("2",), cell_ids, left=True, right=False)]


def test_money_without_licences_is_found_also_when_the_licences_are_empty() -> None:
    """V07: 金额 > 0 and 许可数 = 0."""
    text = "not 金额 > 0 or (not empty(许可数) and 许可数 > 0)"
    assert not holds(text, a_form(金额=5, 许可数=None))
    assert holds(text, a_form(金额=5, 许可数=1))
    assert holds(text, a_form(金额=None, 许可数=None))


def test_a_blank_form_has_no_failure() -> None:
    form = a_form(合计__数=None, 国内__数=None, 国外__数=None)
    for text in ("合计.* = 国内.* + 国外.*", "not (合计.* > 0 and 国内.* = 0)", "合计.* > 0"):
        assert holds(text, form)


def test_results_feed_further_formulas() -> None:
    form = a_form(a__x=1, b__x=2, 合计__x=None, 总计=None)
    formulas = [parse_formula("总计 = sum(合计.*) × 2"), parse_formula("合计.* = a.* + b.*")]
    cells = dict(form.cells)
    calculator = Calculator(Cells(cells))
    for formula, cell_id in order(formulas, form.ids()):
        cells[cell_id] = calculator.result(formula, cell_id)
    assert cells["总计"] == 6


def test_a_formula_gives_numbers_only() -> None:
    assert apply(parse_formula("甲 = 乙"), a_form(甲=None, 乙="无")) == {"甲": None}
    assert apply(parse_formula("甲 = 乙"), a_form(甲=None, 乙="１２")) == {"甲": 12}


def test_the_callers_decimal_context_does_not_matter() -> None:
    with localcontext(prec=2):
        assert value("100.25 + 甲", a_form(甲=1)) == Decimal("101.25")


def test_ten_thousand_cells_are_looked_through_once() -> None:
    cells = {f"行.{row}.{column}": Decimal(row) for row in range(1000) for column in range(10)}
    form = Cells({**cells, **{f"行合计.{row}": None for row in range(1000)}})
    totals = apply(parse_formula("行合计.* = sum(行.*.*)"), form)
    assert len(totals) == 1000
    assert totals["行合计.7"] == 70
    assert form.asked <= 3


def reference(tree: Expression, cells: dict[str, Decimal]) -> Decimal | None:
    """Work a tree out in plain Decimal arithmetic; all its cells hold numbers."""
    match tree:
        case Number(number):
            return number
        case Name(text):
            return cells[text]
        case Unary(_, operand):
            inner = reference(operand, cells)
            return None if inner is None else -inner
        case Chain(operands, operators):
            values = [reference(each, cells) for each in operands]
            if None in values:
                return None
            total, *others = (each for each in values if each is not None)
            for sign, other in zip(operators, others, strict=True):
                if sign == "÷" and other == 0:
                    return None
                total = {
                    "+": lambda a, b: a + b,
                    "-": lambda a, b: a - b,
                    "×": lambda a, b: a * b,
                    "÷": lambda a, b: a / b,
                }[sign](total, other)
            return total
    raise AssertionError(tree)


def simple_trees() -> st.SearchStrategy[Expression]:
    leaves = st.integers(0, 9999).map(lambda n: Number(Decimal(n).scaleb(-2))) | st.sampled_from(IDS).map(
        Name
    )

    def grow(inner: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
        pairs = [
            st.builds(lambda a, b, c, s: Chain((a, b, c), s), inner, inner, inner, st.tuples(signs, signs))
            for signs in (st.sampled_from("+-"), st.sampled_from("×÷"))
        ]
        return st.one_of(*pairs, inner.map(lambda each: Unary("-", each)))

    return st.recursive(leaves, grow, max_leaves=12)


filled_cells = st.fixed_dictionaries(
    {each: st.decimals(-9999, 9999, places=2, allow_nan=False) for each in IDS}
)


@steady
@given(simple_trees(), filled_cells)
def test_arithmetic_is_that_of_decimal(tree: Expression, cells: dict[str, Decimal]) -> None:
    assert evaluate(tree, Cells(cells)) == reference(tree, cells)


@steady
@given(st.lists(st.none() | st.decimals(-9999, 9999, places=2), max_size=30))
def test_a_sum_is_exact(column: list[Decimal | None]) -> None:
    form = Cells({f"行.{n}": each for n, each in enumerate(column)})
    held = [Fraction(each) for each in column if each is not None]
    total = value("sum(行.*)", form)
    assert total is None if not held else Fraction(str(total)) == sum(held)


any_cell = (
    st.none() | st.text(max_size=4) | st.decimals() | st.sampled_from([Decimal("9e999999"), Decimal("sNaN")])
)
any_cells = st.dictionaries(st.sampled_from(IDS), any_cell)


@steady
@given(numbers() | truths(), any_cells, any_cells, st.lists(st.sampled_from(["数", "国内", "3"]), max_size=2))
def test_no_cell_value_makes_evaluation_raise(
    tree: Expression, cells: dict[str, Cell], before: dict[str, Cell], stars: list[str]
) -> None:
    form = Cells(cells, before, before, Decimal("NaN"), Decimal("Infinity"))
    outcome = evaluate(tree, form, tuple(stars))
    assert outcome is None or isinstance(outcome, (bool, str, Decimal))


@steady
@given(st.sampled_from(PATTERNS), truths(), any_cells)
def test_a_failure_mentions_the_cell_it_is_bound_to(
    pattern: str, tree: Expression, cells: dict[str, Cell]
) -> None:
    rule = parse_rule(f"{pattern} = 1 and {unparse(Unary('not', tree))}")
    for failure in failures(rule, Cells(cells)):
        assert filled(Name(pattern), failure.stars).text in failure.cell_ids
