"""Money as an integer number of 分 (fen); 元 and 万元 are formatting. No floating point anywhere."""

from __future__ import annotations

import re
import unicodedata
from decimal import ROUND_HALF_UP, Decimal

FEN_PER_YUAN = 100
FEN_PER_WAN = 1_000_000
_LARGEST_FEN = 10**15
# A comma parts thousands; 12,5 may mean 12.5 or a slip, and is refused.
_NUMBER = re.compile(r"[-+]?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?")


_UNITS = {
    "元": FEN_PER_YUAN,
    "人民币元": FEN_PER_YUAN,
    "人民币": FEN_PER_YUAN,
    "百元": 100 * FEN_PER_YUAN,
    "千元": 1_000 * FEN_PER_YUAN,
    "万元": FEN_PER_WAN,
    "人民币万元": FEN_PER_WAN,
    "百万元": 100 * FEN_PER_WAN,
    "亿元": 10_000 * FEN_PER_WAN,
}
_ENDINGS = (("万元", FEN_PER_WAN), ("万", FEN_PER_WAN), ("元整", FEN_PER_YUAN), ("元", FEN_PER_YUAN))
"""What an amount may end with that is its own unit, longer ones first."""
_UNIT_IN_BRACKETS = re.compile(r"\(([^()]*)\)")
_UNIT_SAID = re.compile(
    r"(?:.*[^\w])?(?:单位|币种)?[:;]?((?:人民币)?(?:百万|百|千|万|亿)?元|[百千万亿]|百万|人民币)(?:人民币)?(?:[^\w].*)?"
)
_UNIT_AT_THE_END = re.compile(r"((?:人民币)?(?:百万|百|千|万|亿)?元)$")


_MAY_BE_A_UNIT = re.compile(r"[元万亿币]")


class MoneyError(ValueError):
    """The text is not an amount of money; the message is a Chinese sentence."""


def fen_from_decimal(amount: Decimal, *, fen_per_unit: int = FEN_PER_YUAN) -> int:
    """Return an amount in 分, rounded half up; `fen_per_unit` says whether `amount` is in 元 or 万元.

    Raises MoneyError for what is not finite or is larger than any budget (10 万亿元).
    """
    if not amount.is_finite() or amount.copy_abs() > Decimal(_LARGEST_FEN) / fen_per_unit:
        raise MoneyError("金额过大或不是数字。")
    one_fen = Decimal(1) / fen_per_unit
    return int(amount.quantize(one_fen, rounding=ROUND_HALF_UP) * fen_per_unit)


def split_unit(heading: str) -> tuple[str, int | None]:
    """Return a column's heading without its unit of money, and how many 分 the unit is.

    Without a unit it is 元, also where only other brackets follow; None for a unit that is none of ours, such as
    美元. The unit stands in brackets, alone or with other words, 金额（万元）, 金额（单位：万元）, 金额（万元，含税）, or at
    the end, 金额/万元, 金额万元.
    """
    plain = "".join(unicodedata.normalize("NFKC", heading).split())
    for bracket in _UNIT_IN_BRACKETS.finditer(plain):
        said = _UNIT_SAID.fullmatch(bracket.group(1))
        if said or _MAY_BE_A_UNIT.search(bracket.group(1)):
            return plain.replace(bracket.group(0), ""), _unit(said.group(1)) if said else None
    ending = _UNIT_AT_THE_END.search(plain)
    if ending and len(ending.group(1)) < len(plain):
        return plain.removesuffix(ending.group(1)), _UNITS[ending.group(1)]
    return plain, FEN_PER_YUAN


def names_a_unit(heading: str) -> bool:
    """Return whether a heading says in which unit of money its amounts are."""
    return split_unit(heading)[0] != "".join(unicodedata.normalize("NFKC", heading).split())


def _unit(name: str) -> int | None:
    return _UNITS.get(name, _UNITS.get(f"{name}元"))


def carries_a_unit(text: str) -> bool:
    """Return whether an amount says its own unit, as in `3.2万元`."""
    return unicodedata.normalize("NFKC", text).strip().endswith(tuple(ending for ending, _ in _ENDINGS))


def parse_money(text: str, *, fen_per_unit: int = FEN_PER_YUAN) -> int:
    """Return the 分 of a text such as `1,680.50`, `￥260元` or `3.2万元`; its own unit wins over `fen_per_unit`.

    Raises MoneyError when the text is not one amount.
    """
    plain = "".join(unicodedata.normalize("NFKC", text).split()).removeprefix("人民币").removeprefix("¥")
    for ending, unit in _ENDINGS:
        if plain.endswith(ending):
            plain, fen_per_unit = plain.removesuffix(ending), unit
            break
    if not _NUMBER.fullmatch(plain):
        raise MoneyError(f"「{text}」不是金额。")
    return fen_from_decimal(Decimal(plain.replace(",", "")), fen_per_unit=fen_per_unit)


def wan_from_fen(fen: int, decimals: int = 2) -> Decimal:
    """Return 万元 rounded half up to the decimals that the form prints; never a minus zero."""
    rounded = (Decimal(fen) / FEN_PER_WAN).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    return rounded if rounded else rounded.copy_abs()


def yuan_text(fen: int) -> str:
    """Return an amount in 元 as people write it: `1,680.50`."""
    return f"{Decimal(fen) / FEN_PER_YUAN:,.2f}"
