"""Which parser reads a column, by the kind that its specification gives it."""

from __future__ import annotations

from collections.abc import Mapping

from desktop.core.money import split_unit
from desktop.core.text import match_key
from desktop.intake.cells import (
    NOTHING,
    Parsed,
    Parser,
    Problem,
    as_text,
    read_code,
    read_known,
    read_name,
    read_names,
    read_phone,
    read_statement,
    read_text,
)
from desktop.intake.files.raw import Cell
from desktop.intake.spellings import (
    ANY_ORGAN,
    FREE_OF_CHARGE,
    FREE_WORDS,
    ORGAN_WORDS,
    PERPETUAL,
    RANKS,
    RESPONSIBILITIES,
    SPELLINGS,
)
from desktop.intake.value_cells import (
    money_reader,
    read_date,
    read_done,
    read_integer,
    read_validity,
    read_yes_no,
)


def read_responsibilities(cell: Cell) -> Parsed:
    """Return responsibilities joined by 、, each by its usual word where it is only spelt otherwise."""
    names = read_names(cell)
    if not isinstance(names, str):
        return names
    return "、".join(dict.fromkeys(RESPONSIBILITIES.get(name, name) for name in names.split("、")))


def word_reader(kind: str) -> Parser:
    """Return a parser of a column that takes one of a few words, in the spellings that offices use."""
    words, spellings = SPELLINGS[kind]
    known = {match_key(word.value): word.value for word in words}
    known |= {match_key(spelling): word.value for spelling, word in spellings.items()}
    choices = "、".join(word.value for word in words)

    def read_word(cell: Cell) -> Parsed:
        word = known.get(match_key(as_text(cell)))
        if word is not None:
            return word
        text = read_known(cell)
        if not isinstance(text, str):
            return None if text is NOTHING else text
        return Problem(f"「{text}」不在可填的内容之内。", f"可填：{choices}。")

    return read_word


_read_genuine = word_reader("claim")
_read_method = word_reader("method")
_read_level = word_reader("level")
_read_category = word_reader("category")


def read_claim(cell: Cell) -> Parsed:
    """Return whether a copy is said to be genuine, or 免费, which only planning can tell for the product."""
    return FREE_OF_CHARGE if match_key(as_text(cell)) in FREE_WORDS else _read_genuine(cell)


def read_category(cell: Cell) -> Parsed:
    """Return a unit's category, or 机关, which only planning can tell by the unit's name."""
    return ANY_ORGAN if match_key(as_text(cell)) in ORGAN_WORDS else _read_category(cell)


def read_level(cell: Cell) -> Parsed:
    """Return a unit's level; a rank says nothing of it."""
    return None if match_key(as_text(cell)) in RANKS else _read_level(cell)


def read_method(cell: Cell) -> Parsed:
    """Return how a right is granted; a term without end says nothing of it."""
    return None if match_key(as_text(cell)) in PERPETUAL else _read_method(cell)


def _unit_unknown(heading: str) -> Parser:
    """Return a parser that refuses every amount: nobody can say what it is worth."""

    def refuse(cell: Cell) -> Parsed:
        text = read_known(cell)
        if not isinstance(text, str):
            return None if text is NOTHING else text
        return Problem(f"「{heading}」的金额单位不认识。", "请换算成元或万元，表头写明（元）或（万元）。")

    return refuse


_READERS: Mapping[str, Parser] = {
    "text": read_text,
    "statement": read_statement,
    "name": read_name,
    "names": read_names,
    "person_name": read_name,
    "responsibilities": read_responsibilities,
    "code": read_code,
    "credit_code": read_code,
    "integer": read_integer,
    "date": read_date,
    "claim": read_claim,
    "level": read_level,
    "method": read_method,
    "category": read_category,
    "validity": read_validity,
    "done": read_done,
    "yes_no": read_yes_no,
    "phone": read_phone,
}


def reader(kind: str, heading: str = "") -> Parser:
    """Return the parser of a column's kind; the heading of a column of money gives its unit.

    Raises KeyError for a kind that nobody defined.
    """
    if kind == "money":
        fen_per_unit = split_unit(heading)[1]
        return money_reader(fen_per_unit) if fen_per_unit else _unit_unknown(heading)
    return _READERS[kind] if kind in _READERS else word_reader(kind)
