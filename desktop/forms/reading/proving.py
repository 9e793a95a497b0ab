"""Proves a form as a whole: every id and every path stands once, every name in a formula or check means a cell."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from desktop.core.text import match_key
from desktop.forms.headings import static_paths
from desktop.forms.language.evaluate import expand, order, unknown_names
from desktop.forms.language.parsing import FormulaError
from desktop.forms.language.tree import Expression, Formula, Name
from desktop.forms.reading.entries import FormFault
from desktop.forms.reading.shape import ids_of
from desktop.forms.spec import FormSpec


def prove(spec: FormSpec, formula_lines: Sequence[int]) -> None:
    """Raise FormFault for ids or paths that stand twice, names of nothing, and formulas that run in a circle.

    `formula_lines` are the lines of the form file on which the formulas stand.
    """
    ids = _distinct_ids(spec)
    _prove_paths(spec)
    for formula, line in zip(spec.formulas, formula_lines, strict=True):
        _prove_names(formula.target, formula.expression, ids, _At(formula.text, line))
    _prove_order(spec, ids, formula_lines)
    for check in spec.checks:
        if check.rule is not None:
            _prove_names(check.rule.binder, check.rule.expression, ids, _At(check.rule.text, check.line))
        elif check.cells is not None and not expand(check.cells, ids):
            raise FormFault(f"「{check.cells.text}」不指任何单元格。", check.line)


def _distinct_ids(spec: FormSpec) -> list[str]:
    """Return the id of every value of a form; a repeated row stands for its first line."""
    lines: dict[str, int] = {}
    named = [(name, cell.line) for block in spec.blocks for cell in block.cells for name in ids_of(cell)]
    for name, line in [*named, *((each.id, each.line) for each in spec.unprinted)]:
        first = name.replace("{n}", "1")
        if first in lines:
            raise FormFault(f"编号 {first} 用了两次，另一次在第 {lines[first]} 行。", line)
        lines[first] = line
    return list(lines)


def _prove_paths(spec: FormSpec) -> None:
    seen: dict[str, int] = {}
    for path, cell in static_paths(spec, {}):
        key = match_key(path)
        if key in seen:
            raise FormFault(f"两个单元格的表头路径相同：{path}，另一个在第 {seen[key]} 行。", cell.line)
        seen[key] = cell.line


def _prove_order(spec: FormSpec, ids: Sequence[str], lines: Sequence[int]) -> None:
    """Raise FormFault at the formula that closes a circle."""
    try:
        order(spec.formulas, ids)
    except FormulaError as error:
        closes = next(n for n in range(len(lines)) if _runs_in_a_circle(spec.formulas[: n + 1], ids))
        raise FormFault(str(error), lines[closes]) from error


def _runs_in_a_circle(formulas: Sequence[Formula], ids: Sequence[str]) -> bool:
    try:
        order(formulas, ids)
    except FormulaError:
        return True
    return False


class _At(NamedTuple):
    """Where in the form file a formula or rule stands, and its text."""

    text: str
    line: int


def _prove_names(binder: Name | None, expression: Expression, ids: Iterable[str], at: _At) -> None:
    known = set(ids)
    bindings = expand(binder, ids) if binder is not None else []
    if binder is not None and not bindings:
        raise FormFault(f"「{at.text}」里的 {binder.text} 不指任何单元格。", at.line)
    for stars in [binding.stars for binding in bindings] or [()]:
        unknown = unknown_names(expression, known, stars)
        if unknown:
            raise FormFault(f"「{at.text}」里的 {unknown[0]} 不指任何单元格。", at.line)
