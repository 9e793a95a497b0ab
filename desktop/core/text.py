"""Text as people type it: comparing names, cleaning cells, widths on a fixed grid. Knows no files."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_DOTS = str.maketrans(dict.fromkeys("‧・･•．∙⋅", "·"))
_DIRECTIONS = (8206, 8207, *range(8234, 8239), *range(8294, 8298))
_CONTROLS = dict.fromkeys(
    (
        *range(9),
        11,
        12,
        *range(14, 32),
        *range(127, 160),
        173,
        8203,
        *_DIRECTIONS,
        8288,
        65279,
        0xFFFE,
        0xFFFF,
    )
)
REPLACEMENT = "\ufffd"


@lru_cache(maxsize=65536)
def match_key(text: str) -> str:
    """Return the form in which two spellings of one name are equal: NFKC, case folded, one dot, no white space."""
    folded = "".join(unicodedata.normalize("NFKC", text.translate(_DOTS)).casefold().split())
    return unicodedata.normalize("NFKC", folded)


def clean_cell(text: str) -> str:
    """Return a cell's text without control characters and outer blanks; inner text stays as typed."""
    return text.translate(_CONTROLS).replace("\u00a0", " ").strip()


def person_name(text: str) -> str:
    """Return a person's name with the one middle dot `·` and no blanks between Chinese characters."""
    name = ""
    for part in text.translate(_DOTS).split():
        closes_up = not name or (_is_of_a_chinese_name(name[-1]) and _is_of_a_chinese_name(part[0]))
        name += part if closes_up else f" {part}"
    return name


def _is_of_a_chinese_name(character: str) -> bool:
    return character == "·" or unicodedata.east_asian_width(character) in "WF"


def is_wide(character: str) -> bool:
    """Return whether a character takes two columns on a fixed grid."""
    return unicodedata.east_asian_width(character) in "WFA" and character not in "│─┌┐└┘├┤┬┴┼"


def columns_of(text: str) -> int:
    """Return how many columns a line of text takes on a fixed grid."""
    return sum(0 if unicodedata.combining(c) else 2 if is_wide(c) else 1 for c in text)


def split_names(text: str) -> tuple[str, ...]:
    """Return the names in a cell that lists several, in the order typed and without repeats."""
    for mark in "；;，,/\n":
        text = text.replace(mark, "、")
    return tuple(dict.fromkeys(name.strip() for name in text.split("、") if name.strip()))
