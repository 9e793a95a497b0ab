"""The characters of formulas and checks cut into tokens. Knows no grammar."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

MOST_CHARACTERS = 2000
WORDS = ("and", "or", "not", "且", "或", "非")
BLANK_HINT = "相乘请写 ×，或在 * 两边留空格。"

_HALF_WIDTH = str.maketrans("＋－−＊／＝＜＞！（），．", "+--*/=<>!(),.")
_TOKEN = re.compile(r"(?P<run>\**[\w.][\w.*]*)|(?P<symbol><=|>=|!=|<>|[-+×÷*/=<>≠≤≥(),])")
_NUMBER = re.compile(r"[0-9]+(\.[0-9]+)?")
_GLUED = re.compile(r"[0-9]+\*[0-9]+")


class FormulaError(ValueError):
    """A formula that cannot be used, in a Chinese sentence.

    `position` counts characters from 1; 0 means that no single place is at fault.
    """

    def __init__(self, message: str, position: int = 0) -> None:
        super().__init__(f"第 {position} 个字符：{message}" if position else message)
        self.message = message
        self.position = position


class Token(NamedTuple):
    """A number, name, symbol or the end, and where it begins (from 1)."""

    kind: str
    text: str
    position: int


def tokenize(text: str) -> Iterator[Token]:
    """Yield the tokens and the end, or raise FormulaError."""
    if len(text) > MOST_CHARACTERS:
        raise FormulaError(f"公式有 {len(text)} 个字符，最多 {MOST_CHARACTERS} 个，请拆成几条。")
    text = text.translate(_HALF_WIDTH)
    at = 0
    while at < len(text):
        found = _TOKEN.match(text, at)
        if found:
            yield _token(found)
            at = found.end()
        elif text[at].isspace():
            at += 1
        else:
            raise FormulaError(f"不认得{quoted(text[at])}，只能用名称、数、括号和运算符号。", at + 1)
    yield Token("end", "", len(text) + 1)


def _token(found: re.Match[str]) -> Token:
    text, position = found.group(), found.start() + 1
    if found.lastgroup == "symbol" or text in WORDS:
        return Token("symbol", text, position)
    if _NUMBER.fullmatch(text):
        return Token("number", text, position)
    if fault := _name_fault(text):
        raise FormulaError(f"{quoted(text)}不能作名称：{fault}", position)
    return Token("name", text, position)


def _name_fault(text: str) -> str:
    segments = text.split(".")
    if not all(segments):
        return "“.”的前后都要有字，数也要写全（0.5）。"
    if any(segment.count("*") > 1 for segment in segments):
        return "两个“.”之间最多一个 *。"
    if any(map(_GLUED.fullmatch, segments)):
        return f"数和 * 连在一起了。{BLANK_HINT}"
    if all(map(str.isdigit, segments)):
        return "它只有数字，名称里至少要有一个字或 *。"
    return ""


def quoted(text: str) -> str:
    """Return the text in Chinese quotation marks, control characters by their code."""
    shown = "".join(each if each.isprintable() else f"U+{ord(each):04X}" for each in text)
    return f"“{shown}”"
