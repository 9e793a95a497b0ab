"""Values with what they rest on, and arithmetic, logic and comparison over them. Knows no tree and no cells.

What is missing or not a number never raises: it makes a result empty and a comparison undefined.
"""

from __future__ import annotations

import operator
import re
import unicodedata
from collections.abc import Callable, Sequence
from decimal import Context, Decimal
from enum import IntEnum
from typing import Any, NamedTuple, TypeAlias

Cell: TypeAlias = Decimal | str | None
Value: TypeAlias = Decimal | str | bool | None


class Standing(IntEnum):
    """What a reading rests on; of several readings the greatest counts."""

    CONSTANT = 0
    """No cell takes part."""
    ABSENT = 1
    """Only the period before, the ledger or the deadline, and there is none."""
    EMPTY = 2
    """Cells of the form, all of them empty."""
    HELD = 3
    """A cell that holds a value."""
    UNDEFINED = 4
    """Text where a number is needed, a division by zero, or a comparison with nothing to compare."""


class Reading(NamedTuple):
    """A value and what it rests on; the value is None unless that is CONSTANT or HELD."""

    value: Value
    standing: Standing


UNDEFINED = Reading(None, Standing.UNDEFINED)
ZERO = Reading(Decimal(0), Standing.CONSTANT)

_NOTHING = (Standing.ABSENT, Standing.EMPTY, Standing.UNDEFINED)
_CONTEXT = Context(prec=28, traps=[])
_ARITHMETIC = {"+": _CONTEXT.add, "-": _CONTEXT.subtract, "×": _CONTEXT.multiply, "÷": _CONTEXT.divide}
_COMPARISON: dict[str, Callable[[Any, Any], bool]] = {
    "=": operator.eq,
    "≠": operator.ne,
    "<": operator.lt,
    "≤": operator.le,
    ">": operator.gt,
    "≥": operator.ge,
}
_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")


def cell(value: Cell) -> Reading:
    """Read what a cell of the form holds."""
    if value is None or (isinstance(value, str) and not value.strip()):
        return Reading(None, Standing.EMPTY)
    return _finite(value, Standing.HELD)


def outside(value: Cell, standing: Standing = Standing.HELD) -> Reading:
    """Read what is not on the form; `standing` is what it counts as if it is there."""
    reading = cell(value)
    if reading.standing is Standing.EMPTY:
        return Reading(None, Standing.ABSENT)
    return reading._replace(standing=standing) if reading.standing is Standing.HELD else reading


def numeric(reading: Reading) -> Reading:
    """Return text that is a number as that number, and other text as undefined."""
    if not isinstance(reading.value, str):
        return reading
    text = unicodedata.normalize("NFKC", reading.value).strip()
    return reading._replace(value=Decimal(text)) if _NUMBER.fullmatch(text) else UNDEFINED


def arithmetic(readings: Sequence[Reading], operators: Sequence[str]) -> Reading:
    """Join numbers from left to right; what is empty counts as 0 unless all is empty."""
    numbers = [numeric(each) for each in readings]
    standing = max((each.standing for each in numbers), default=Standing.EMPTY)
    if standing in _NOTHING:
        return Reading(None, standing)
    total, *others = map(_amount, numbers)
    for sign, number in zip(operators, others, strict=True):
        total = _ARITHMETIC[sign](total, number)
    return _finite(_CONTEXT.plus(total), standing)


def negation(reading: Reading) -> Reading:
    """Return the opposite truth."""
    return UNDEFINED if reading.value is None else Reading(not reading.value, Standing.HELD)


def logic(readings: Sequence[Reading], operators: Sequence[str]) -> Reading:
    """Join truths by `and` or `or`; undefined only where an undefined one could change the outcome."""
    truths = [each.value for each in readings]
    decisive = operators[0] == "or"
    if decisive in truths:
        return Reading(decisive, Standing.HELD)
    return UNDEFINED if None in truths else Reading(not decisive, Standing.HELD)


def comparison(sign: str, left: Reading, right: Reading) -> Reading:
    """Compare two numbers, texts or truths.

    Undefined if all cells are empty, if a side needs what there is not, or if one is text and one a number.
    """
    standings = (left.standing, right.standing)
    if Standing.ABSENT in standings or max(standings) in _NOTHING:
        return UNDEFINED
    values = (left.value, right.value)
    if isinstance(left.value, bool):
        return Reading(_COMPARISON[sign](*values), Standing.HELD)
    if sign in "=≠" and Decimal not in map(type, values):
        return Reading(_COMPARISON[sign](*map(_normalised, values)), Standing.HELD)
    numbers = [numeric(left), numeric(right)]
    if UNDEFINED in numbers:
        return UNDEFINED
    return Reading(_COMPARISON[sign](*map(_amount, numbers)), Standing.HELD)


def _finite(value: Decimal | str, standing: Standing) -> Reading:
    if isinstance(value, Decimal) and not value.is_finite():
        return UNDEFINED
    return Reading(value, standing)


def _amount(reading: Reading) -> Decimal:
    return reading.value if isinstance(reading.value, Decimal) else Decimal(0)


def _normalised(value: Value) -> str:
    """Return text as it is compared: width, blanks and case do not count."""
    text = value if isinstance(value, str) else ""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())
