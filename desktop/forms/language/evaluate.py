"""Formulas and checks bound to cell ids and worked out. Knows no form, no ledger and no rounding.

What is empty, missing or not a number never raises: it makes a result empty and a comparison hold.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from desktop.forms.language.names import Binding, Index, expand, filled, order, unknown_names
from desktop.forms.language.tree import (
    Call,
    Chain,
    Comparison,
    Expression,
    Formula,
    Name,
    Number,
    Rule,
    Unary,
    is_truth,
    names,
)
from desktop.forms.language.values import (
    ZERO,
    Cell,
    Reading,
    Standing,
    Value,
    arithmetic,
    cell,
    comparison,
    logic,
    negation,
    numeric,
    outside,
)

__all__ = [
    "Binding",
    "Calculator",
    "Cell",
    "Failure",
    "Value",
    "Values",
    "apply",
    "evaluate",
    "expand",
    "failures",
    "names",
    "order",
    "unknown_names",
]


class Values(Protocol):
    """Where the cells of one filled form, and what they are compared with, are read."""

    def ids(self) -> Sequence[str]:
        """Return every cell id of the form, in its order."""

    def value(self, cell_id: str) -> Cell:
        """Return what the cell holds; None if it is empty or there is no such cell."""

    def previous(self, cell_id: str) -> Cell:
        """Return what the cell held in the period before; None if there is none."""

    def ledger(self, cell_id: str) -> Cell:
        """Return what the ledger gives for the cell; None if it gives nothing."""

    def deadline(self) -> Decimal | None:
        """Return the deadline as the number that date cells are given as; None if there is none."""

    def missing_units(self) -> Decimal:
        """Return how many units of the group have not reported."""


@dataclass(frozen=True)
class Failure:
    """A binding for which a rule is false, and the two sides of its comparison, the first where there are several."""

    stars: tuple[str, ...]
    cell_ids: tuple[str, ...]
    left: Value
    right: Value


def evaluate(expression: Expression, values: Values, stars: tuple[str, ...] = ()) -> Value:
    """Return the value; a truth with nothing to check is True."""
    return Calculator(values).evaluate(expression, stars)


def apply(formula: Formula, values: Values) -> dict[str, Decimal | None]:
    """Return what the formula gives for each id that fits its left side."""
    calculator = Calculator(values)
    bindings = expand(formula.target, values.ids())
    return {each.id: calculator.number(formula.expression, each.stars) for each in bindings}


def failures(rule: Rule, values: Values) -> list[Failure]:
    """Return one entry for each binding for which the rule is false."""
    calculator = Calculator(values)
    ids = values.ids()
    bindings = expand(rule.binder, ids) if rule.binder else [Binding("", ())]
    failed = [each.stars for each in bindings if calculator.evaluate(rule.expression, each.stars) is False]
    existing = frozenset(ids) if failed else frozenset()
    return [calculator.failure(rule.expression, stars, existing) for stars in failed]


class Calculator:
    """Works expressions out over one `Values`, whose cells may change meanwhile but whose ids may not."""

    def __init__(self, values: Values) -> None:
        self._values = values
        self._index = Index(values.ids())

    def evaluate(self, expression: Expression, stars: tuple[str, ...]) -> Value:
        """Return the value; a truth with nothing to check is True."""
        value = self._read(expression, stars).value
        return True if value is None and is_truth(expression) else value

    def number(self, expression: Expression, stars: tuple[str, ...]) -> Decimal | None:
        """Return the value if it is a number."""
        value = numeric(self._read(expression, stars)).value
        return value if isinstance(value, Decimal) else None

    def result(self, formula: Formula, cell_id: str) -> Decimal | None:
        """Return what the formula gives for an id that fits its left side."""
        (bound,) = expand(formula.target, (cell_id,))
        return self.number(formula.expression, bound.stars)

    def failure(self, expression: Expression, stars: tuple[str, ...], existing: Collection[str]) -> Failure:
        """Describe a rule that is false."""
        mentioned = (each for name in names(expression) for each in self._index.cells(name, stars))
        cell_ids = tuple(dict.fromkeys(each for each in mentioned if each in existing))
        left = right = None
        compared = expression.operands[0] if isinstance(expression, Chain) else expression
        if isinstance(compared, Comparison):
            left, right = (self._read(side, stars).value for side in (compared.left, compared.right))
        return Failure(stars, cell_ids, left, right)

    def _read(self, expression: Expression, stars: tuple[str, ...]) -> Reading:
        match expression:
            case Number(value):
                return Reading(value, Standing.CONSTANT)
            case Name():
                return cell(self._values.value(filled(expression, stars).text))
            case Unary(sign, operand):
                reading = self._read(operand, stars)
                return arithmetic([ZERO, reading], ["-"]) if sign == "-" else negation(reading)
            case Comparison(sign, left, right):
                return comparison(sign, self._read(left, stars), self._read(right, stars))
            case Chain(operands, operators):
                readings = [self._read(each, stars) for each in operands]
                join = logic if operators[0] in ("and", "or") else arithmetic
                return join(readings, operators)
            case Call():
                return self._call(expression, stars)

    def _call(self, call: Call, stars: tuple[str, ...]) -> Reading:
        match call.function:
            case "deadline":
                return outside(self._values.deadline(), Standing.CONSTANT)
            case "missing_units":
                return outside(self._values.missing_units(), Standing.CONSTANT)
            case "previous":
                return outside(self._values.previous(filled(names(call)[0], stars).text))
            case "ledger":
                return outside(self._values.ledger(filled(names(call)[0], stars).text))
        readings = [each for argument in call.arguments for each in self._several(argument, stars)]
        if call.function == "sum":
            return arithmetic(readings, "+" * (len(readings) - 1))
        held = sum(each.standing is not Standing.EMPTY for each in readings)
        return Reading(Decimal(held) if call.function == "count" else not held, Standing.HELD)

    def _several(self, expression: Expression, stars: tuple[str, ...]) -> list[Reading]:
        if isinstance(expression, Name):
            return [cell(self._values.value(each)) for each in self._index.cells(expression, stars)]
        return [self._read(expression, stars)]
