"""Typing a value over what the ledger gives, and explaining a finding: both with words that stay with the form."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.actions.filling import Request, fill, report_key
from desktop.actions.locks import refuse_locked
from desktop.actions.naming import all_forms
from desktop.actions.printing import ready_to_print
from desktop.core.findings import Finding, FindingClass
from desktop.core.report import Report, TypedCell
from desktop.errors import AppError
from desktop.forms.expected import Expected
from desktop.forms.filled import FilledCell, FilledForm, is_printed
from desktop.forms.numbers import NO_NUMBER, typed_number
from desktop.forms.spec import BrokenForm
from desktop.store.campaigns import all_campaigns
from desktop.store.database import Ledger
from desktop.store.operations import Act, operation
from desktop.store.reports import all_reports, write_explanation, write_typed_cell
from desktop.store.units import all_units

_FEWEST_CHARACTERS = 6


def type_cell(ledger: Ledger, request: Request, name: str, value: str, *, reason: str) -> int:
    """Keep a value typed into a cell in place of what the ledger gives; return the operation's number.

    Totals follow from what is typed. Raises AppError for a cell that is not there, a value that is no number where
    one belongs, no reason, or a form that is locked.
    """
    refuse_locked(ledger, report_key(ledger, request))
    form = fill(ledger, request)
    cell = _cell(form, name)
    if len(reason.strip()) < _FEWEST_CHARACTERS:
        raise _refused("理由至少写 6 个字。", "请用 --reason 写明为什么与台账不同。")
    is_number = Expected(form.spec).is_number(cell.id)
    typed = TypedCell(_canonical(value, is_number=is_number), reason.strip())
    label = f"《{form.title}》{cell.path} 填报 {typed.value}"
    with operation(ledger, Act("填报", label, reason=typed.reason)) as number:
        write_typed_cell(ledger, report_key(ledger, request), cell.id, typed)
    return number


def clear_cell(ledger: Ledger, request: Request, name: str) -> int:
    """Let a cell follow the ledger again; return the operation's number. Raises AppError when nothing was typed."""
    refuse_locked(ledger, report_key(ledger, request))
    form = fill(ledger, request)
    cell = _cell(form, name)
    if not cell.is_typed:
        raise _refused(f"{cell.path}没有手工填报的内容。", "无需处理。")
    with operation(ledger, Act("填报", f"《{form.title}》{cell.path} 恢复为台账的数")) as number:
        write_typed_cell(ledger, report_key(ledger, request), cell.id, None)
    return number


def explain_finding(ledger: Ledger, request: Request, code: str, cell: str, *, text: str) -> int:
    """Keep how a finding of a form is explained; an empty text takes it back. Return the operation's number.

    Raises AppError for a finding that the form does not have, one of class A, which has to be mended, one of class C
    with fewer than six characters, and for a form that is locked.
    """
    refuse_locked(ledger, report_key(ledger, request))
    form = ready_to_print(fill(ledger, request)).form
    found = _finding(form, code, cell)
    words = text.strip()
    if words and found.level is FindingClass.A:
        raise _refused("强制性的审核不能用说明代替改正。", "请改正后再审核。")
    if words and found.level is FindingClass.C and len(words) < _FEWEST_CHARACTERS:
        raise _refused("核实性的说明至少写 6 个字。", "请写清楚原因。")
    place = form.find(found.place.cell) if found.place.cell else None
    label = f"《{form.title}》{code} {found.place.cell} " + ("说明" if words else "取消说明")
    with operation(ledger, Act("出错说明", label, reason=words)) as number:
        key = (code, place.id if place else "")
        write_explanation(ledger, report_key(ledger, request), key, words)
    return number


def typed_lines(ledger: Ledger) -> Iterator[str]:
    """Yield every typed cell and every explanation of every form, for an auditor to read."""
    titles = {
        code: form.title for code, form in all_forms(ledger.path).items() if not isinstance(form, BrokenForm)
    }
    names = {unit.id: unit.name for unit in all_units(ledger).values()}
    campaigns = {campaign.id: campaign.name for campaign in all_campaigns(ledger)}
    for key, report in all_reports(ledger):
        whom = names.get(key.unit_id or 0, "") or key.group or "全部单位"
        period = f"，{key.period}" if key.period else ""
        head = (
            f"{key.form}《{titles.get(key.form, '')}》{campaigns.get(key.campaign_id, '')}，{whom}{period}："
        )
        yield from (f"{head}{line}" for line in _said(report))


def _said(report: Report) -> Iterator[str]:
    if report.is_paper:
        yield f"整表按纸质表代录 {len(report.cells)} 格，理由：{report.paper_reason}"
    for cell, typed in report.cells.items():
        if not report.is_paper or typed.reason != report.paper_reason:
            yield f"{cell} 填报 {typed.value}，理由：{typed.reason}"
    for (code, cell), text in report.explanations.items():
        yield f"{code} {cell} 说明：{text}"


def _cell(form: FilledForm, name: str) -> FilledCell:
    cell = form.find(name)
    if cell is None or not is_printed(cell):
        near = "、".join(f"「{path}」" for path in form.near(name))
        remedy = f"是否应为{near}？" if near else "请用表头路径，自左、自上写起，各级之间用 / 隔开。"
        raise _refused(f"《{form.title}》中没有「{name}」。", remedy)
    return cell


def _canonical(value: str, *, is_number: bool) -> str:
    """Return a typed value as it is kept: a number without separators and blanks, where one belongs."""
    if not value.strip():
        raise _refused("没有写填报的内容。", "要恢复为台账的数，请用 --clear。")
    if not is_number:
        return value.strip()
    number = typed_number(value)
    if number is None:
        raise _refused(f"「{value}」{NO_NUMBER}。", "请填写数字。")
    return number


def _finding(form: FilledForm, code: str, cell: str) -> Finding:
    found = [finding for finding in form.findings if finding.code == code]
    if cell:
        asked = form.find(cell)
        found = [each for each in found if asked is not None and each.place.cell == asked.path]
    if len(found) == 1:
        return found[0]
    if found:
        listed = "、".join(f"「{each.place.cell}」" for each in found[:5])
        raise _refused(f"{code} 有 {len(found)} 条。", f"请用 --cell 指明是哪一格：{listed}。")
    raise _refused(f"《{form.title}》没有这条审核：{code} {cell}。", "请先用 check 看有哪些。")


def _refused(what: str, remedy: str) -> AppError:
    return AppError("REPORT", "没有保存", message=what, remedy=remedy)
