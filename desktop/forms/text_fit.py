"""Breaks text into lines that fit a width, by the rules of Chinese typesetting. Knows no box and no page."""

from __future__ import annotations

import re
from collections.abc import Callable

_NEVER_FIRST = set("）】》」』、，。：；！？％”’,.:;!?)%]}")
_NEVER_LAST = set("（【《「『“‘([{")
_WORD = re.compile(r"[0-9A-Za-z@._/+#&%-]+|\s+|.", re.DOTALL)

Measure = Callable[[str], float]


def wrap(text: str, width: float, measure: Measure, *, is_balanced: bool = False) -> list[str]:
    """Return the lines of a text, each no wider than `width` where its words allow; forced breaks are kept.

    Closing signs do not begin a line and opening ones do not end it. Balanced lines are of about one length.
    """
    lines: list[str] = []
    for part in text.split("\n"):
        broken = _wrap_part(part, width, measure)
        if is_balanced and len(broken) > 1:
            broken = _balanced(part, width, (measure, len(broken)))
        lines += broken
    return lines


def _balanced(text: str, width: float, known: tuple[Measure, int]) -> list[str]:
    """Return as many lines as needed at the full width, broken at the smallest width that still gives them."""
    measure, count = known
    low, high = width / (count + 1), width
    for _ in range(8):
        middle = (low + high) / 2
        if len(_wrap_part(text, middle, measure)) <= count:
            high = middle
        else:
            low = middle
    return _wrap_part(text, high, measure)


def _wrap_part(text: str, width: float, measure: Measure) -> list[str]:
    if measure(text) <= width:
        return [text]
    lines, line = [], ""
    for piece in _pieces(text, width, measure):
        if line and measure((line + piece).rstrip()) > width:
            lines.append(line.rstrip())
            line = piece.lstrip()
        else:
            line += piece
    return [*lines, line.rstrip()] if line.strip() or not lines else lines


def _pieces(text: str, width: float, measure: Measure) -> list[str]:
    """Return the smallest pieces that a line may be broken between."""
    pieces: list[str] = []
    for word in _WORD.findall(text):
        parts = [word] if measure(word) <= width else list(word)
        for part in parts:
            glued = pieces and (part[0] in _NEVER_FIRST or pieces[-1][-1] in _NEVER_LAST)
            if glued and measure(pieces[-1] + part) <= width:
                pieces[-1] += part
            else:
                pieces.append(part)
    return pieces


def shrink(
    text: str, width: float, measure_at: Callable[[str, float], float], *, sizes: list[float]
) -> float:
    """Return the first of the sizes at which the text fits on one line, or the last."""
    return next((size for size in sizes if measure_at(text, size) <= width), sizes[-1])
