"""Breaks text into lines that fit a width, by the rules of Chinese typesetting. Knows no box and no page."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

NEVER_FIRST = frozenset("）】》〉」』〕、，。：；！？％”’·…—,.:;!?)%]}")
NEVER_LAST = frozenset("（【《〈「『〔“‘([{")
_UNITS = frozenset("份台个套年月日号元万")
_WORDS = [
    "软件",
    "正版化",
    "正版",
    "工作",
    "进度",
    "情况",
    "完成",
    "摸查",
    "单位",
    "个数",
    "落实",
    "采购",
    "经费",
    "建立",
    "资产",
    "管理",
    "制度",
    "检查",
    "整改",
    "总数",
    "许可数",
    "操作系统",
    "计算机",
    "服务器",
    "桌面",
    "办公",
    "杀毒",
    "安全",
    "终端",
    "业务",
    "系统",
    "标准版",
    "专业版",
    "旗舰版",
    "家庭版",
    "企业版",
    "增强版",
    "网络版",
    "学生版",
    "家庭",
    "学生",
    "小型",
    "专业",
    "机关",
    "名称",
    "数量",
    "合计",
    "人民政府",
    "委员会",
    "委员",
    "主任",
    "书记",
    "局长",
    "镇长",
    "乡长",
    "科长",
    "股长",
    "办公室",
    "主管",
    "企业",
]
"""Words of the field that a line is not broken within."""
_PIECE = re.compile(rf"(?:[0-9A-Za-z@._/+#&%-]+|{'|'.join(sorted(_WORDS, key=len, reverse=True))}|\S)\s*|\s+")
_PART = re.compile(r"@?[^@._/-]+[._/-]*|.", re.DOTALL)
"""Where an address too long for a line is broken: before @, after dots, slashes and dashes."""

Measure = Callable[[str], float]
_ROUNDING = 1e-9


def wrap(text: str, width: float, measure: Measure, *, is_balanced: bool = False) -> list[str]:
    """Return the lines of a text, each no wider than `width` where its words allow; forced breaks are kept.

    Closing signs do not begin a line and opening ones do not end it; words of the field stay whole. Balanced lines
    are of about one length.
    """
    lines: list[str] = []
    for part in text.split("\n"):
        if measure(part) <= width:
            lines.append(part)
            continue
        pieces = _Measured.of(_pieces(part, width, measure), measure)
        lines += pieces.lines(_balanced(pieces, width) if is_balanced else pieces.breaks(width))
    return lines


@dataclass(frozen=True, slots=True)
class _Measured:
    """The pieces of a text, each with its width and with that without the blanks after it."""

    pieces: Sequence[str]
    widths: Sequence[float]
    trimmed: Sequence[float]

    @classmethod
    def of(cls, pieces: Sequence[str], measure: Measure) -> _Measured:
        """Return the pieces measured; the width of a line is the sum of the widths of its pieces."""
        trimmed = [measure(piece.rstrip()) for piece in pieces]
        widths = [
            trim if not piece[-1:].isspace() else measure(piece)
            for piece, trim in zip(pieces, trimmed, strict=True)
        ]
        return cls(pieces, widths, trimmed)

    def breaks(self, width: float) -> list[int]:
        """Return before which pieces a line ends when they are set one after the other on lines of this width."""
        found = []
        used, limit = 0.0, width + _ROUNDING
        for number, whole in enumerate(self.widths):
            if used + self.trimmed[number] > limit and number:
                found.append(number)
                used = whole
            else:
                used += whole
        return found

    def lines(self, breaks: Sequence[int]) -> list[str]:
        """Return the lines that end before these pieces; one of nothing but blanks is left out."""
        ends = [*breaks, len(self.pieces)]
        lines = ["".join(self.pieces[begin:end]).rstrip() for begin, end in pairwise([0, *ends])]
        return [line for line in lines[:-1] if line.strip()] + lines[-1:]


def _balanced(pieces: _Measured, width: float) -> list[int]:
    """Return as many breaks as needed at the full width, at the smallest width that still gives no more."""
    best = pieces.breaks(width)
    most = len(best)
    low, high = max(pieces.trimmed), width
    for _ in range(8):
        middle = (low + high) / 2
        breaks = pieces.breaks(middle)
        if len(breaks) <= most:
            best, high = breaks, middle
        else:
            low = middle
    return best


def _pieces(text: str, width: float, measure: Measure) -> list[str]:
    """Return the smallest pieces that a line may be broken between, each with the blanks after it."""
    pieces: list[str] = []
    for word in _PIECE.findall(text):
        for part in _parts(word, width, measure):
            if pieces and _holds(pieces[-1], part) and measure((pieces[-1] + part).rstrip()) <= width:
                pieces[-1] += part
            else:
                pieces.append(part)
    return pieces


def _parts(word: str, width: float, measure: Measure) -> list[str]:
    """Return a word whole, or where it is too long for a line its parts, or their characters."""
    if measure(word.rstrip()) <= width:
        return [word]
    parts = _PART.findall(word)
    return [each for part in parts for each in ([part] if measure(part.rstrip()) <= width else list(part))]


def _holds(piece: str, part: str) -> bool:
    """Return whether a line may not be broken between a piece and the part after it."""
    before, after = piece.rstrip()[-1:], part[0]
    belongs = after in NEVER_FIRST or after.isspace() or unicodedata.category(after) in ("Mn", "Me")
    return belongs or not before or before in NEVER_LAST or (before.isdigit() and after in _UNITS)


def shrink(
    text: str, width: float, measure_at: Callable[[str, float], float], *, sizes: list[float]
) -> float:
    """Return the first of the sizes at which the text fits on one line, or the last."""
    return next((size for size in sizes if measure_at(text, size) <= width), sizes[-1])
