"""What lines beside a table say of the units in which it counts: 「单位：万元」, 「单位：套、万元」. Knows no sheets."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_MONEY = r"(?:人民币)?(?:十万|百万|千万|[百千万亿])?(?:[美欧日港澳加英]|新台)?(?:元|英镑)(?:人民币)?|人民币|[百千万亿]"
_COUNT = r"[套台个份人点件年月日天册本张把次户部项条种家所组批]|用户|许可|授权|百分比|%|‰"
_PARTS = re.compile(r"[、,/;和及与|\\]+")
_MEASURE = re.compile(rf"(?P<money>{_MONEY})|{_COUNT}")
_BRACKETS = re.compile(r"\((?:人民币|含税|不含税)\)$")
_LABEL = re.compile(
    r"(?:^|[^\w]|(?P<of_money>金额|货币|计量|单价|总价|价格|价款|资金|币种))单位(?:[均都]?[为是]|:)"
    r"((?:(?![,;、]\w{0,4}单位)[^\s:。()])+)"
)
_SENTENCE = re.compile(
    rf"以\"?({_MONEY})\"?(?:人民币)?为单位|(?:金额|价格)均?(?:为|:|按)({_MONEY})(?:计|$|[^\w])"
)
_IN_BRACKETS = re.compile(rf"\(({_MONEY})\)")


def is_of_measures(text: str) -> bool:
    """Return whether a text holds nothing but units in which one counts, so that it names nobody."""
    return _parts(_plain(text)) is not None


def moneys_of_lines(lines: Iterable[str], titles: Iterable[str] = ()) -> dict[str, str]:
    """Return the units of money that lines beside a table give for its amounts, each with the first line that does.

    A line says so after a label, 「金额单位：万元」, or in a sentence, 「金额以万元为单位」; only where none does, a title
    may in brackets, 「采购台账（万元）」. Currencies that are none of ours are given like any other.
    """
    found: dict[str, str] = {}
    for line in lines:
        for money in _moneys(line):
            found.setdefault(money, " ".join(line.split()))
    for title in () if found else titles:
        for money in _IN_BRACKETS.findall(_plain(title)):
            found.setdefault(_usual(money), " ".join(title.split()))
    return found


def _moneys(line: str) -> list[str]:
    """Return the units of money that a line gives after a label or in a sentence, each by its usual name."""
    plain = _plain(line)
    found = []
    for label in _LABEL.finditer(plain):
        parts = _parts(label[2])
        if parts is not None:
            found += parts
        elif label["of_money"]:
            found += [money for money in re.findall(_MONEY, label[2]) if len(money) > 1 or money == "元"][:1]
    for sentence in _SENTENCE.finditer(plain):
        found.append(sentence[1] or sentence[2])
    told = [money for money in found if money != "人民币"] or found
    return list(dict.fromkeys(map(_usual, told)))


def _usual(money: str) -> str:
    """Return a unit of money by its usual name: 人民币万元 and 万 are 万元."""
    plain = money.replace("人民币", "")
    return plain if len(plain) > 1 or plain == "元" else f"{plain}元"


def _parts(plain: str) -> list[str] | None:
    """Return the units of money in a list of units; nothing for what is no such list."""
    listed = [part for part in _PARTS.split(_BRACKETS.sub("", plain)) if part]
    read = [_MEASURE.fullmatch(part) for part in listed]
    if not read or not all(read):
        return None
    return [found["money"] for found in read if found and found["money"]]


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).split()).replace(" :", ":").replace(": ", ":")
