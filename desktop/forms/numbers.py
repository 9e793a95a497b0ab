"""Numbers as a form prints them: counts as whole numbers, money in 万元 with the form's decimals."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

from desktop.core.indicators import Question, resolve
from desktop.core.money import wan_from_fen
from desktop.core.records import FieldKind, RecordField


def printed_measure(code: str, question: Question) -> str:
    """Return the unit in which a form prints an indicator: 万元 for money, its own otherwise."""
    measure = resolve(code, question.switches).measure
    return "万元" if measure == "分" else measure


def leaf_value(code: str, amount: int, question: Question) -> Decimal:
    """Return the printed value of an indicator's sum: 分 become 万元, rounded half up once, on the leaf."""
    if resolve(code, question.switches).measure == "分":
        return wan_from_fen(amount, question.switches.money_decimals)
    return Decimal(amount)


def field_value(field: RecordField, value: str | int | None) -> Decimal | str | None:
    """Return what a record holds as a form writes it: 分 as 元 with two decimals, counts as numbers."""
    if value is None or value == "":
        return None
    if field.kind is FieldKind.MONEY:
        return Decimal(int(value)).scaleb(-2)
    return Decimal(int(value)) if field.kind is FieldKind.COUNT else str(value)


_TYPED = re.compile(r"-?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d{1,6})?")
_MOST_DIGITS = 12
NO_NUMBER = f"不是数，或整数部分超过 {_MOST_DIGITS} 位、小数超过 6 位"


def typed_number(text: str) -> str | None:
    """Return a number as typed in plain digits, without separators and blanks.

    Nothing for what is no number, and for one with more digits than any table of a county has (`NO_NUMBER`).
    """
    typed = "".join(unicodedata.normalize("NFKC", text).split())
    plain = typed.replace(",", "")
    if not _TYPED.fullmatch(typed) or len(plain.partition(".")[0].lstrip("-0")) > _MOST_DIGITS:
        return None
    return format(Decimal(plain), "f")


def is_same(one: str, other: str) -> bool:
    """Return whether two typed values say the same, as numbers if both are numbers."""
    numbers = typed_number(one), typed_number(other)
    if numbers[0] is not None and numbers[1] is not None:
        return Decimal(numbers[0]) == Decimal(numbers[1])
    return one == other


def number_text(value: Decimal | None) -> str:
    """Return a number as printed: no separators, its own decimals, nothing for an empty cell."""
    return "" if value is None else format(value, "f")
