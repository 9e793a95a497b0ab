"""Asks each indicator of a form once, for all cells together, and sums what each cell's filters select."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from desktop.core.indicators import Question
from desktop.core.ports import Indicators
from desktop.forms.spec import Block, FormSpec, ListColumn, Number, Summary, Template, Where


def with_group(where: Where, block: Block | None) -> Where:
    """Return a cell's filters with its block's group."""
    return {**where, "group": frozenset({block.group})} if block is not None and block.group else where


def wanted_by(spec: FormSpec) -> Iterable[tuple[str, Where, str]]:
    """Yield (indicator, filters, dimension to list by) for every value of a form that asks the ledger."""
    for block in spec.blocks:
        for cell in block.cells:
            content = cell.content
            if isinstance(content, ListColumn | Summary):
                yield content.indicator, with_group(content.where, block), content.by
            numbers = content.numbers if isinstance(content, Template) else (content,)
            for number in numbers:
                if isinstance(number, Number) and number.indicator:
                    yield number.indicator, with_group(number.where, block), ""
    for each in spec.unprinted:
        yield each.indicator, each.where, ""


@dataclass(frozen=True)
class Answers:
    """The sums of a form's indicators over all dimensions that its cells filter or list by."""

    dimensions: Mapping[str, tuple[str, ...]]
    totals: Mapping[str, Mapping[tuple[str, ...], int]]

    def amount(self, code: str, where: Where) -> int:
        """Return the sum over the rows that fit."""
        return sum(amount for _, amount in self._fitting(code, where))

    def listed(self, code: str, where: Where, by: str) -> list[tuple[str, int]]:
        """Return the values of `by` with their sums, the largest first."""
        position = self.dimensions[code].index(by)
        sums: defaultdict[str, int] = defaultdict(int)
        for key, amount in self._fitting(code, where):
            sums[key[position].strip()] += amount
        return sorted(((name, n) for name, n in sums.items() if n), key=lambda pair: (-pair[1], pair[0]))

    def _fitting(self, code: str, where: Where) -> Iterable[tuple[tuple[str, ...], int]]:
        names = self.dimensions[code]
        filters = [(names.index(dimension), allowed) for dimension, allowed in where.items()]
        return (
            (key, amount)
            for key, amount in self.totals[code].items()
            if all(key[position] in allowed for position, allowed in filters)
        )


def ask(spec: FormSpec, indicators: Indicators, question: Question) -> Answers:
    """Ask every indicator that the form needs, each once."""
    dimensions: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for code, where, by in wanted_by(spec):
        dimensions[code].update(dict.fromkeys([*where, *([by] if by else [])]))
    names = {code: tuple(used) for code, used in dimensions.items()}
    totals = {code: indicators.totals(code, question, used) for code, used in names.items()}
    return Answers(names, totals)
