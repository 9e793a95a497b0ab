"""The tree that formulas and checks are read into, and its text. Knows no cells, no values and no parsing."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

OR, AND, NOT, COMPARISON, ADDITION, MULTIPLICATION, SIGN, ATOM = range(1, 9)
"""How tightly things bind, loosest first."""

OPERATORS: dict[str, tuple[int, str]] = {
    **dict.fromkeys(("or", "或"), (OR, "or")),
    **dict.fromkeys(("and", "且"), (AND, "and")),
    **dict.fromkeys(("!=", "<>", "≠"), (COMPARISON, "≠")),
    **dict.fromkeys(("<=", "≤"), (COMPARISON, "≤")),
    **dict.fromkeys((">=", "≥"), (COMPARISON, "≥")),
    **{sign: (COMPARISON, sign) for sign in "=<>"},
    **{sign: (ADDITION, sign) for sign in "+-"},
    **dict.fromkeys(("*", "×"), (MULTIPLICATION, "×")),
    **dict.fromkeys(("/", "÷"), (MULTIPLICATION, "÷")),
}
"""Each spelling of an operator, with its binding and its one spelling in the tree."""

NAME_FUNCTIONS = ("count", "empty", "previous", "ledger")
FUNCTIONS = ("sum", *NAME_FUNCTIONS, "deadline", "missing_units")


@dataclass(frozen=True)
class Number:
    """A number as written, never negative."""

    value: Decimal


@dataclass(frozen=True)
class Name:
    """A cell id, or a pattern of cell ids if it has stars."""

    text: str

    @property
    def stars(self) -> int:
        """How many stars the name has."""
        return self.text.count("*")


@dataclass(frozen=True)
class Unary:
    """`-` before a number or `not` before a truth."""

    operator: str
    operand: Expression


@dataclass(frozen=True)
class Chain:
    """Operands joined from left to right by operators that bind alike: `+ -`, `× ÷`, `and`, `or`."""

    operands: tuple[Expression, ...]
    operators: tuple[str, ...]


@dataclass(frozen=True)
class Comparison:
    """Two sides and one of `= ≠ < ≤ > ≥`."""

    operator: str
    left: Expression
    right: Expression


@dataclass(frozen=True)
class Call:
    """One of `FUNCTIONS` with its arguments."""

    function: str
    arguments: tuple[Expression, ...]


Expression: TypeAlias = Number | Name | Unary | Chain | Comparison | Call


@dataclass(frozen=True)
class Formula:
    """What the cells that fit `target` are computed from."""

    target: Name
    expression: Expression
    text: str


@dataclass(frozen=True)
class Rule:
    """What must be true, once for every id that fits `binder`, or once if there is none."""

    binder: Name | None
    expression: Expression
    text: str


def unparse(expression: Expression) -> str:
    """Return text that parses to the same tree."""
    match expression:
        case Number(value):
            return format(value, "f")
        case Name(text):
            return text
        case Unary(operator, operand):
            return ("-" if operator == "-" else "not ") + _inner(operand, binding(expression))
        case Comparison(operator, left, right):
            return f"{_inner(left, ADDITION)} {operator} {_inner(right, ADDITION)}"
        case Call(function, arguments):
            return f"{function}({', '.join(map(unparse, arguments))})"
        case Chain(operands, operators):
            first, *others = (_inner(each, binding(expression) + 1) for each in operands)
            return first + "".join(f" {sign} {each}" for sign, each in zip(operators, others, strict=True))


def _inner(expression: Expression, level: int) -> str:
    text = unparse(expression)
    return text if binding(expression) >= level else f"({text})"


def binding(expression: Expression) -> int:
    """Return how tightly the outermost operation binds."""
    match expression:
        case Unary(operator):
            return SIGN if operator == "-" else NOT
        case Comparison():
            return COMPARISON
        case Chain(_, operators):
            return OPERATORS[operators[0]][0]
    return ATOM


def is_truth(expression: Expression) -> bool:
    """Tell whether the expression yields true or false; the others yield a number or text."""
    if isinstance(expression, Call):
        return expression.function == "empty"
    return binding(expression) <= COMPARISON


def children(expression: Expression) -> tuple[Expression, ...]:
    """Return the parts one level below, in reading order."""
    match expression:
        case Unary(_, operand):
            return (operand,)
        case Comparison(_, left, right):
            return (left, right)
        case Chain(operands):
            return operands
        case Call(_, arguments):
            return arguments
    return ()


def names(expression: Expression, *, apart_from: Collection[str] = ()) -> list[Name]:
    """Return each name once, in reading order, leaving out those inside the functions in `apart_from`."""
    found: dict[Name, None] = {}
    waiting: list[Expression] = [expression]
    while waiting:
        match waiting.pop():
            case Name() as name:
                found[name] = None
            case Call(function) if function in apart_from:
                continue
            case other:
                waiting.extend(reversed(children(other)))
    return list(found)
