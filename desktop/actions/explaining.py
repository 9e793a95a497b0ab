"""Says in words where a number comes from: its meaning, and every row that adds to it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from desktop.actions.filling import Explanation, Request, explain, fill
from desktop.core.consolidation import Contribution, Origin
from desktop.core.indicators import Indicator, resolve
from desktop.core.money import yuan_text
from desktop.forms.filled import FilledCell, FilledForm
from desktop.forms.filled import Origin as CellOrigin
from desktop.forms.header import ROOM
from desktop.forms.numbers import number_text
from desktop.store.database import Ledger


def explained(ledger: Ledger, request: Request, name: str) -> Iterator[str]:
    """Yield where a number comes from; one that was added up, unit by unit. Raises AppError for a cell not there."""
    form = fill(ledger, request)
    explanation = explain(ledger, form, name)
    if form.parts is not None and not explanation.parts:
        yield from unit_lines(form, explanation.cell, form.parts)
    else:
        yield from explanation_lines(form, explanation)


def explanation_lines(form: FilledForm, explanation: Explanation) -> Iterator[str]:
    """Yield the lines of an explanation."""
    cell = explanation.cell
    yield f"《{form.title}》{cell.path}：{cell.text or '空'}"
    if cell.is_typed:
        given = number_text(cell.computed) if isinstance(cell.computed, Decimal) else cell.computed or "空"
        if form.is_paper:
            yield f"纸质代录，不取台账的数。理由：{cell.reason}。何人何时录入、有无扫描件，用 paper show 查看。"
            return
        yield f"手工填报，台账为 {given}。理由：{cell.reason}"
    if cell.uid and not cell.trace.indicator and not cell.trace.formula:
        yield "取自登记的一条记录。" if cell.text else "取自登记的一条记录，这一项没有登记。"
    elif cell.id.startswith(f"{ROOM}.") and not cell.is_typed:
        yield "取自填表单位和人员的登记，或填表时指明。" if cell.text else "没有登记，留空手填。"
    elif cell.origin is CellOrigin.BLANK:
        yield "这一格没有填：本表不含这一部分的单位，或这一格由手工填写。"
    if cell.trace.formula:
        yield f"由公式算出：{cell.trace.formula}"
        yield from (f"  {part.path} = {part.text or '空'}" for part in explanation.parts)
    elif cell.trace.indicator and form.question is not None and cell.value is not None:
        indicator = resolve(cell.trace.indicator, form.question.switches)
        yield f"指标「{indicator.name}」：{indicator.meaning}。数据截止日 {form.question.as_of.isoformat()}。"
        yield from _rows(explanation, indicator)


def unit_lines(form: FilledForm, cell: FilledCell, parts: Sequence[Contribution]) -> Iterator[str]:
    """Yield where a number that was added up comes from: each unit, its source, and what it adds."""
    yield f"《{form.title}》{cell.path}：{cell.text or '空'}"
    if cell.is_typed:
        yield f"手工填报，理由：{cell.reason}"
    added = [each for each in parts if cell.id in each.values]
    for each in added:
        yield f"  {each.unit.name}｜{each.source}｜{number_text(each.values[cell.id])}"
    if not added and not isinstance(cell.value, Decimal):
        yield "不是相加的数。"
        return
    total = sum((each.values[cell.id] for each in added), start=Decimal(0))
    yield f"共 {len(added)} 个单位，合计 {number_text(total)}。"
    missing = [each.unit.name for each in parts if each.origin is Origin.MISSING]
    if missing:
        yield f"未报 {len(missing)} 个单位：{'、'.join(missing)}。"


def _rows(explanation: Explanation, indicator: Indicator) -> Iterator[str]:
    is_money = indicator.measure == "分"
    for row in explanation.rows:
        amount = f"{yuan_text(row.amount)} 元" if is_money else f"{row.amount} {indicator.measure}"
        yield f"  {row.unit_name}｜{row.label}｜{amount}"
    total = sum(row.amount for row in explanation.rows)
    text = f"{yuan_text(total)} 元" if is_money else f"{total} {indicator.measure}"
    yield f"共 {len(explanation.rows)} 行，合计 {text}。"
