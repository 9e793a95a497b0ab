"""Small forms to evaluate over, and random trees of the formula language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from hypothesis import settings
from hypothesis import strategies as st

from desktop.forms.language.tree import Call, Chain, Comparison, Expression, Name, Number, Unary
from desktop.forms.language.values import Cell

steady = settings(deadline=None)
"""A busy machine is no failure."""

IDS = ("甲", "乙", "国内.数", "国外.数", "国内.许可", "表.3.项_1", "x2.国内")
PATTERNS = ("*", "国内.*", "*.数", "*.国*", "表.*.项*")


@dataclass
class Cells:
    """A filled form whose cells are a plain dictionary."""

    cells: Mapping[str, Cell]
    before: Mapping[str, Cell] = field(default_factory=dict)
    counted: Mapping[str, Cell] = field(default_factory=dict)
    due: Decimal | None = None
    missing: Decimal = Decimal(0)
    asked: int = 0

    def ids(self) -> Sequence[str]:
        self.asked += 1
        return list(self.cells)

    def value(self, cell_id: str) -> Cell:
        return self.cells.get(cell_id)

    def previous(self, cell_id: str) -> Cell:
        return self.before.get(cell_id)

    def ledger(self, cell_id: str) -> Cell:
        return self.counted.get(cell_id)

    def deadline(self) -> Decimal | None:
        return self.due

    def missing_units(self) -> Decimal:
        return self.missing


def a_form(**cells: object) -> Cells:
    """Return a form; whole numbers may be given as int, `__` in a key stands for a dot."""
    return Cells({key.replace("__", "."): _cell(value) for key, value in cells.items()})


def _cell(value: object) -> Cell:
    return Decimal(value) if isinstance(value, int) else value if isinstance(value, str) else None


def plain_numbers() -> st.SearchStrategy[Expression]:
    places = st.integers(0, 3)
    return st.builds(
        lambda digits, place: Number(Decimal(digits).scaleb(-place)), st.integers(0, 99999), places
    )


def _names() -> st.SearchStrategy[Expression]:
    return st.sampled_from(IDS).map(Name)


def _chains(operands: st.SearchStrategy[Expression], signs: Sequence[str]) -> st.SearchStrategy[Expression]:
    def join(parts: list[Expression], operators: list[str]) -> Expression:
        return Chain(tuple(parts), tuple(operators[: len(parts) - 1]))

    several = st.lists(operands, min_size=2, max_size=4)
    return st.builds(join, several, st.lists(st.sampled_from(signs), min_size=3, max_size=3))


def _calls() -> st.SearchStrategy[Expression]:
    named = st.builds(
        lambda function, name: Call(function, (name,)), st.sampled_from(("previous", "ledger")), _names()
    )
    counted = st.sampled_from(IDS + PATTERNS).map(lambda text: Call("count", (Name(text),)))
    return named | counted | st.sampled_from((Call("deadline", ()), Call("missing_units", ())))


def numbers() -> st.SearchStrategy[Expression]:
    """Return trees that yield a number or text."""

    def grow(inner: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
        summands = st.lists(inner | st.sampled_from(PATTERNS).map(Name), min_size=1, max_size=3)
        sums = summands.map(lambda each: Call("sum", tuple(each)))
        signed = inner.map(lambda each: Unary("-", each))
        return _chains(inner, ("+", "-")) | _chains(inner, ("×", "÷")) | sums | signed

    return st.recursive(plain_numbers() | _names() | _calls(), grow, max_leaves=8)


def truths() -> st.SearchStrategy[Expression]:
    """Return trees that yield true or false."""
    signs = st.sampled_from(("=", "≠", "<", "≤", ">", "≥"))
    compared = st.builds(Comparison, signs, numbers(), numbers())
    empties = st.sampled_from(IDS + PATTERNS).map(lambda text: Call("empty", (Name(text),)))

    def grow(inner: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
        equal = st.builds(Comparison, st.sampled_from(("=", "≠")), inner, inner)
        refused = inner.map(lambda each: Unary("not", each))
        return _chains(inner, ("and",)) | _chains(inner, ("or",)) | equal | refused

    return st.recursive(compared | empties, grow, max_leaves=5)


def garbage() -> st.SearchStrategy[str]:
    """Return texts that are seldom formulas."""
    pieces = [
        "甲",
        "乙.",
        "*",
        "*.",
        ".*",
        "(",
        ")",
        "+",
        "-",
        "×",
        "÷",
        "=",
        "≠",
        "<",
        ">",
        ",",
        "3",
        "0.5",
        "sum(",
        "count(",
        "empty(",
        "and",
        "or",
        "not",
        "非",
        "且",
        "previous",
        "．",
        "（",
        "。",
    ]
    return st.text() | st.lists(st.sampled_from([*pieces, " "]), max_size=40).map("".join)
