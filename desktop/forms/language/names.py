"""The names of formulas and checks bound to the cell ids of a form. Knows no values."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from graphlib import CycleError, TopologicalSorter
from itertools import zip_longest
from typing import NamedTuple

from desktop.forms.language.tokens import FormulaError
from desktop.forms.language.tree import Expression, Formula, Name, names

_EVERY, _SOME = "([^.]+)", "([^.]*)"
"""A star that is a whole segment, and one that is a part of a segment."""


class Binding(NamedTuple):
    """An id that fits a pattern, and the text each star stands for."""

    id: str
    stars: tuple[str, ...]


def expand(name: Name, ids: Iterable[str]) -> list[Binding]:
    """Return the ids that fit the name, in the order of `ids`."""
    fits = _compiled(name).fullmatch
    return [Binding(cell_id, found.groups()) for cell_id in ids if (found := fits(cell_id))]


def filled(name: Name, stars: tuple[str, ...]) -> Name:
    """Return the name with its first stars replaced by what they stand for."""
    first, *others = name.text.split("*")
    bound = zip_longest(stars[: len(others)], others, fillvalue="*")
    return Name(first + "".join(star + text for star, text in bound))


def order(formulas: Iterable[Formula], ids: Sequence[str]) -> list[tuple[Formula, str]]:
    """Return which formula computes which id, each after those it reads.

    A cell takes the first formula whose left side fits it. Cells that need each other raise FormulaError.
    """
    owners: dict[str, tuple[Formula, tuple[str, ...]]] = {}
    for formula in formulas:
        for cell_id, stars in expand(formula.target, ids):
            owners.setdefault(cell_id, (formula, stars))
    index = Index(ids)
    graph = {
        cell_id: [read for read in index.read_by(formula.expression, stars) if read in owners]
        for cell_id, (formula, stars) in owners.items()
    }
    try:
        return [(owners[cell_id][0], cell_id) for cell_id in TopologicalSorter(graph).static_order()]
    except CycleError as error:
        raise _circle(error.args[1]) from None


def unknown_names(expression: Expression, ids: Collection[str], stars: tuple[str, ...] = ()) -> list[str]:
    """Return the names, stars filled in, that fit no id. Asked often, `ids` is best a set."""
    concrete = [filled(name, stars) for name in names(expression)]
    return [each.text for each in concrete if not (expand(each, ids) if each.stars else each.text in ids)]


class Index:
    """The ids of one form, grouped once per pattern so that ten thousand rows stay quick."""

    def __init__(self, ids: Sequence[str]) -> None:
        self._ids = ids
        self._groups: dict[tuple[Name, int], dict[tuple[str, ...], list[str]]] = {}

    def cells(self, name: Name, stars: tuple[str, ...]) -> list[str]:
        """Return the ids a name stands for: one if its stars are bound, all that fit if some are free."""
        if name.stars <= len(stars):
            return [filled(name, stars).text]
        groups = self._groups.get((name, len(stars)))
        if groups is None:
            groups = self._groups[name, len(stars)] = {}
            for cell_id, found in expand(name, self._ids):
                groups.setdefault(found[: len(stars)], []).append(cell_id)
        return groups.get(stars, [])

    def read_by(self, expression: Expression, stars: tuple[str, ...]) -> list[str]:
        """Return the ids the expression reads from the form itself."""
        read = names(expression, apart_from=("previous", "ledger"))
        return [cell_id for name in read for cell_id in self.cells(name, stars)]


def _compiled(name: Name) -> re.Pattern[str]:
    segments = (
        _EVERY if each == "*" else _SOME.join(map(re.escape, each.split("*")))
        for each in name.text.split(".")
    )
    return re.compile(r"\.".join(segments))


def _circle(path: list[str]) -> FormulaError:
    shown = path[::-1] if len(path) <= 9 else [*path[:-9:-1], "……"]
    return FormulaError(f"公式互相引用，算不出来：{' → '.join(shown)}。请改其中一个公式。")
