"""Asks each indicator of a form once, for all cells together, and sums what each cell's filters select."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from desktop.core.indicators import Question, dimensions_of
from desktop.core.ports import Indicators
from desktop.core.records import RECORD_KINDS
from desktop.forms.spec import Block, FormSpec, ListColumn, Number, Summary, Template, Where

NOTHING: Where = {}


def with_group(where: Where, block: Block) -> Where:
    """Return a cell's filters with its block's group."""
    return {**where, "group": frozenset({block.group})} if block.group else where


def with_narrowed(where: Where, narrowed: Where, code: str) -> Where:
    """Return a value's filters with those of the form as a whole, as far as its indicator has them."""
    known = dimensions_of(code)
    return {**where, **{name: values for name, values in narrowed.items() if name in known}}


def wanted_by(spec: FormSpec) -> Iterable[tuple[str, Where, Sequence[str]]]:
    """Yield (indicator, filters, dimensions to list by) for every value of a form that asks the ledger."""
    for block in spec.blocks:
        for cell in block.cells:
            content = cell.content
            if isinstance(content, ListColumn | Summary):
                yield content.indicator, with_group(content.where, block), [content.by]
            numbers = content.numbers if isinstance(content, Template) else (content,)
            row = block.rows[cell.area.row]
            by = RECORD_KINDS[row.each].dimensions if row.each in RECORD_KINDS else ()
            for number in numbers:
                if isinstance(number, Number) and number.indicator:
                    yield number.indicator, with_group(number.where, block), by
    for each in spec.unprinted:
        yield each.indicator, each.where, ()


@dataclass(frozen=True)
class Answers:
    """The sums of a form's indicators over all dimensions that its cells filter or list by."""

    dimensions: Mapping[str, tuple[str, ...]]
    totals: Mapping[str, Mapping[tuple[str, ...], int]]
    _sums: dict[str, Mapping[tuple[str, ...], int]] = field(default_factory=dict)

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

    def beside(self, code: str, where: Where, by: Sequence[str]) -> Mapping[tuple[str, ...], int]:
        """Return the sums over the rows that fit by their values in several dimensions; asked again, at once."""
        asked = repr((code, sorted((name, sorted(values)) for name, values in where.items()), by))
        if asked not in self._sums:
            places = [self.dimensions[code].index(name) for name in by]
            sums: defaultdict[tuple[str, ...], int] = defaultdict(int)
            for key, amount in self._fitting(code, where):
                sums[tuple(key[place] for place in places)] += amount
            self._sums[asked] = sums
        return self._sums[asked]

    def _fitting(self, code: str, where: Where) -> Iterable[tuple[tuple[str, ...], int]]:
        names = self.dimensions[code]
        filters = [(names.index(dimension), allowed) for dimension, allowed in where.items()]
        return (
            (key, amount)
            for key, amount in self.totals[code].items()
            if all(key[position] in allowed for position, allowed in filters)
        )


def ask(
    spec: FormSpec,
    indicators: Indicators,
    question: Question,
    narrowed: Where = NOTHING,
    *,
    also_by: Sequence[str] = (),
) -> Answers:
    """Ask every indicator that the form needs, each once; `narrowed` are filters of the form as a whole.

    The sums can be told apart by the dimensions in `also_by` too.
    """
    dimensions: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for code, where, by in wanted_by(spec):
        own = [name for name in narrowed if name in dimensions_of(code)]
        dimensions[code].update(dict.fromkeys([*where, *by, *own, *also_by]))
    names = {code: tuple(used) for code, used in dimensions.items()}
    totals = {code: indicators.totals(code, question, used) for code, used in names.items()}
    return Answers(names, totals)
