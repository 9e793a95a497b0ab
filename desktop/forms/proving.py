"""Proves a form before it is used: every name in a formula or check means a cell, every id stands once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from desktop.forms.entries import FormFault
from desktop.forms.evaluate import expand, order, unknown_names
from desktop.forms.formula_tree import Expression, Name
from desktop.forms.formulas import FormulaError
from desktop.forms.spec import FormSpec, Heading, Template


def all_ids(spec: FormSpec) -> list[str]:
    """Return the id of every value of a form; a repeated row stands for its first line."""
    ids: list[str] = []
    for block in spec.blocks:
        for cell in block.cells:
            if isinstance(cell.content, Template):
                ids += [number.id for number in cell.content.numbers]
            elif not isinstance(cell.content, Heading):
                ids.append(cell.content.id.replace("{n}", "1"))
    return [*ids, *(each.id for each in spec.unprinted)]


def prove(spec: FormSpec) -> None:
    """Raise FormFault for a form whose formulas or checks name what is not there, or run in a circle."""
    ids = all_ids(spec)
    twice = next((name for name, times in Counter(ids).items() if times > 1), "")
    if twice:
        raise FormFault(f"编号 {twice} 用了两次。", twice.rsplit(".", 1)[-1])
    for formula in spec.formulas:
        _prove_names(formula.target, formula.expression, (formula.text, ids))
    try:
        order(spec.formulas, ids)
    except FormulaError as error:
        raise FormFault(str(error), spec.formulas[0].text) from error
    for check in spec.checks:
        if check.rule is not None:
            _prove_names(check.rule.binder, check.rule.expression, (check.rule.text, ids))
        elif check.cells is not None and not expand(check.cells, ids):
            raise FormFault(
                f"审核 {check.code} 的 cells「{check.cells.text}」不指任何单元格。", check.cells.text
            )


def _prove_names(binder: Name | None, expression: Expression, known: tuple[str, Iterable[str]]) -> None:
    text, ids = known
    listed = list(ids)
    bindings = expand(binder, listed) if binder is not None else []
    if binder is not None and not bindings:
        raise FormFault(f"「{text}」里的 {binder.text} 不指任何单元格。", text)
    for stars in [binding.stars for binding in bindings] or [()]:
        unknown = unknown_names(expression, set(listed), stars)
        if unknown:
            raise FormFault(f"「{text}」里的 {unknown[0]} 不指任何单元格。", text)
