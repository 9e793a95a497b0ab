"""Fills a form: asks the ledger once, sets every cell, works out the formulas, checks. Knows no page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from desktop.core.findings import Finding, FindingClass, Place
from desktop.forms.expected import Expected
from desktop.forms.filled import FROM_PAPER, NOT_PRINTED, FilledCell, FilledForm, Origin, Trace
from desktop.forms.filling.asking import Answers, ask, with_narrowed
from desktop.forms.filling.block_filling import BlockFilling
from desktop.forms.filling.checking import Beside, CellValues, check_form
from desktop.forms.filling.material import Filling, cell_of, typed_over
from desktop.forms.header import ROOM, VARIABLES, header_texts, variables_of
from desktop.forms.language.evaluate import Calculator, expand, order
from desktop.forms.language.tree import names
from desktop.forms.numbers import leaf_value, number_text
from desktop.forms.record_rows import Cells, RecordRows
from desktop.forms.spec import Block, FormSpec


def fill_form(spec: FormSpec, filling: Filling) -> FilledForm:
    """Return the form with every cell filled and every finding of its checks."""
    question = filling.question
    answers = None
    if question is not None and filling.indicators is not None and not filling.is_paper:
        answers = ask(spec, filling.indicators, question, filling.narrowed)
    filling_blocks = answers if filling.given is None else None
    blocks = [
        BlockFilling(block, filling, _answers_of(block, filling, filling_blocks)) for block in spec.blocks
    ]
    cells = _header_cells(spec, filling)
    cells |= {name: cell for block in blocks for name, cell in block.cells.items()}
    cells |= _unprinted(spec, filling, answers)
    records = {place: rows for block in blocks for place, rows in block.records.items()}
    for place in [place for place, rows in records.items() if filling.typed or _is_read(spec, rows)]:
        cells |= {cell.id: cell for cell in records.pop(place).cells()}
    for name, value in (filling.given or {}).items():
        made = cell_of(name, cells[name].path, value)
        cells[name] = replace(made, other_paths=cells[name].other_paths)
    if question is not None:
        cells = _with_typed(spec, cells, filling)
    cells = cells if filling.is_paper else _with_formulas(spec, cells)
    form = FilledForm(
        spec=spec,
        cells=Cells(cells, list(records.values())) if records else cells,
        records=records,
        lines={place: lines for block in blocks for place, lines in block.lines.items()},
        header=header_texts(spec, _header_words(spec, cells)),
        texts=filling.texts,
        question=question,
        remarks=tuple(filling.remarks),
    )
    if question is None:
        return form
    seen = {unit for block in blocks for unit in block.units_seen}
    missing = [name for name in filling.expected if name not in seen]
    several = [_for_several(filling.expected)] if spec.is_per_unit and len(filling.expected) > 1 else []
    beside = Beside(missing, filling.previous, filling.deadline)
    differing = [_from_paper(filling)] if filling.is_paper else _typed(form, filling)
    return replace(form, findings=tuple(dict.fromkeys((*several, *check_form(form, beside), *differing))))


def _with_typed(spec: FormSpec, cells: Mapping[str, FilledCell], filling: Filling) -> dict[str, FilledCell]:
    """Return the cells with what was typed over them, beside what they would hold if nothing had been typed."""
    typed = {name: each for name, each in filling.typed.items() if name in cells}
    expected = Expected(spec)
    untouched = cells if filling.is_paper or not typed else _with_formulas(spec, cells)
    over = dict(cells)
    for name, each in typed.items():
        cell = typed_over(cells[name], each, is_number=expected.is_number(name))
        over[name] = replace(cell, computed=untouched[name].value)
    return over


def _header_cells(spec: FormSpec, filling: Filling) -> dict[str, FilledCell]:
    """Return what the header's variables stand for, as cells, so that they can be typed and must be filled."""
    words = filling.header if filling.question and not filling.is_paper else {}
    labels = [(name, VARIABLES[name]) for name in variables_of(spec)]
    cells = [cell_of(f"{ROOM}.{label}", f"{ROOM}/{label}", words.get(name) or None) for name, label in labels]
    return {cell.id: cell for cell in cells}


def _header_words(spec: FormSpec, cells: Mapping[str, FilledCell]) -> dict[str, str]:
    return {name: cells[f"{ROOM}.{VARIABLES[name]}"].text for name in variables_of(spec)}


def _is_read(spec: FormSpec, rows: RecordRows) -> bool:
    """Return whether a formula works out a cell of these rows, or reads one."""
    first = [name.replace("{n}", "1") for name in rows.ids]
    return any(
        expand(name, first)
        for formula in spec.formulas
        for name in (formula.target, *names(formula.expression))
    )


def _typed(form: FilledForm, filling: Filling) -> Iterator[Finding]:
    """Yield where a typed value differs from the ledger's (V11), explained by its reason."""
    for name in filling.typed:
        cell = form.cells.get(name)
        if cell is not None and cell.value != cell.computed:
            ledger = cell.computed
            given = number_text(ledger) if isinstance(ledger, Decimal) else ledger or "空"
            text = f"填报 {cell.text}，台账为 {given}。"
            yield Finding(
                "V11", FindingClass.C, text, "请核对，或写明理由。", Place(cell=cell.path), cell.reason
            )


def _from_paper(filling: Filling) -> Finding:
    reason = next((typed.reason for typed in filling.typed.values()), "")
    return Finding(
        FROM_PAPER, FindingClass.D, f"本表为纸质代录（{reason}），不取台账的数。", "请以盖章的纸质表为准。"
    )


def _answers_of(block: Block, filling: Filling, answers: Answers | None) -> Answers | None:
    """Return what fills a block; nothing for one whose group has no unit here, so that it stays empty."""
    groups = set(filling.question.scope.values()) if filling.question else set()
    return answers if not block.group or block.group in groups else None


def _unprinted(spec: FormSpec, filling: Filling, answers: Answers | None) -> dict[str, FilledCell]:
    """Return the numbers that only checks read."""
    cells = {}
    is_typed = any(not name.startswith(f"{ROOM}.") for name in filling.typed)
    is_pure = filling.given is None and not is_typed
    for each in spec.unprinted:
        value, trace = None, Trace(each.indicator, each.where)
        if answers is not None and filling.question is not None and (is_pure or not each.is_pure):
            where = with_narrowed(each.where, filling.narrowed, each.indicator)
            value = leaf_value(each.indicator, answers.amount(each.indicator, where), filling.question)
            trace = Trace(each.indicator, where)
        cells[each.id] = cell_of(each.id, f"{NOT_PRINTED}/{each.name}", value, trace)
    return cells


def _with_formulas(spec: FormSpec, cells: Mapping[str, FilledCell]) -> dict[str, FilledCell]:
    """Return the cells with those that formulas give, each worked out after those it reads."""
    known = dict(cells)
    calculator = Calculator(CellValues(known))
    for formula, cell_id in order(spec.formulas, list(known)):
        cell = known[cell_id]
        if cell.origin is Origin.BLANK:
            value = calculator.result(formula, cell_id)
            filled = cell_of(cell.id, cell.path, value, Trace(formula=formula.text))
            known[cell_id] = replace(filled, other_paths=cell.other_paths)
    return known


def _for_several(names: Sequence[str]) -> Finding:
    return Finding(
        "F01",
        FindingClass.C,
        f"本表应每个单位填一张，这里是 {len(names)} 个单位的合计。",
        "请用 --unit 逐个单位填报；作汇总参考的请说明。",
    )
