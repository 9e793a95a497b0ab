"""Issuing a filled form (定稿): proved, numbered, frozen with all it rests on; corrected and voided, never edited."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from desktop import __version__
from desktop.actions.consolidating import leaf_cells
from desktop.actions.filling import Request, fill, report_key
from desktop.actions.naming import campaign_called, unit_called
from desktop.actions.printing import Printed, font_hashes, imprint_of, ready_to_print
from desktop.core.findings import Finding, FindingClass
from desktop.core.issued import (
    ISSUE,
    VOID,
    EventKind,
    FormEvent,
    IssuedForm,
    State,
    check_code,
    form_number,
    printed_number,
)
from desktop.core.report import ReportKey
from desktop.errors import AppError, UnsettledError
from desktop.forms.filled import FilledForm
from desktop.forms.freezing import frozen_form
from desktop.store import settings
from desktop.store.database import Ledger
from desktop.store.indicators import StoredIndicators
from desktop.store.issued import NewIssue, Parts, add_event, all_issued, issued_of, keep_issue, next_serial
from desktop.store.operations import Act, chain_head, operation
from desktop.store.reports import kept
from desktop.store.units import unit_code, units_called

_MOST_LISTED = 10


@dataclass(frozen=True, slots=True)
class Correction:
    """Which issued form a new one takes the place of, by its number or check code, and why."""

    number: str = ""
    reason: str = ""


def issue(ledger: Ledger, request: Request, correction: Correction | None = None) -> IssuedForm:
    """Issue a form: check it, number it, freeze it with its PDF, its workbook and the rows behind it; return it.

    Raises UnsettledError for findings that must be mended or explained, AppError for a blank form, for a form that is
    issued already and not corrected, and for a correction without a reason or of one that no longer holds.
    """
    if request.is_blank:
        raise _refused("空表不能定稿。", "请填表后再定稿。")
    key = report_key(ledger, request)
    old = _replaced(ledger, key, correction or Correction())
    printed = ready_to_print(fill(ledger, request))
    _prove(printed.form)
    code = _unit_code(ledger, key)
    year = ledger.today.year
    serial = next_serial(ledger, code, year)
    number = form_number(key.form, code, year, serial)
    about = _about(ledger, request, number)
    filled = frozen_form(printed.form, about)
    switches = campaign_called(ledger, request.campaign).switches
    code_on_paper = check_code(filled)
    final = printed.with_imprint(imprint_of(printed_number(number), code_on_paper, switches))
    parts = Parts(
        form=printed.form.spec.file_text.encode(),
        filled=filled,
        rows=b"".join(_rows_behind(ledger, printed.form)),
        pdf=final.pdf(keywords=f"{number} {code_on_paper}"),
        xlsx=final.xlsx(),
    )
    new = NewIssue(
        key=key,
        number=number,
        title=printed.form.title,
        year=year,
        serial=serial,
        check_code=code_on_paper,
        as_of=request.as_of or ledger.today,
        dated=request.dated,
        parts=parts,
        replaces=old.id if old else None,
        reason=correction.reason.strip() if correction else "",
    )
    label = f"{ISSUE} {number}《{new.title}》" + (f"，更正 {old.number}" if old else "")
    with operation(ledger, Act(ISSUE, label, reason=new.reason)):
        keep_issue(ledger, new)
    return issued_called(ledger, number)


def draft(form: FilledForm) -> Printed:
    """Return a form for the leaders to read before it is issued (送审稿): with a watermark, without a number.

    Raises UnsettledError when a finding must be mended first.
    """
    refuse_grave(form.title, form.findings)
    return ready_to_print(form).with_watermark("送审稿")


def void(ledger: Ledger, number: str, reason: str) -> int:
    """Void an issued form; return the operation's number.

    Raises AppError without a reason, when it no longer holds, and for one that is accepted and so locked.
    """
    form = issued_called(ledger, number)
    if not form.holds:
        raise _refused(f"{form.number} {form.state.value}。", "无需再作废。")
    if form.state is State.ACCEPTED:
        raise _refused(f"{form.number} {form.state.value}。", "要作废请先用 issued return 退回。")
    if not reason.strip():
        raise _refused("没有写作废的理由。", "请用 --reason 写明。")
    with operation(ledger, Act(VOID, f"{VOID} {form.number}《{form.title}》", reason=reason.strip())) as done:
        event = FormEvent(EventKind.VOIDED, ledger.today, ledger.who, reason=reason.strip())
        add_event(ledger, kept(ledger, form.key), form.id, event)
    return done


def issued_called(ledger: Ledger, number: str) -> IssuedForm:
    """Return the issued form with this number, as listed or as printed, or this check code.

    Raises AppError when there is none.
    """
    wanted = number.strip().upper()
    for form in all_issued(ledger):
        if wanted in (form.number.upper(), form.printed_number.upper(), form.check_code):
            return form
    raise AppError(
        "NO-ISSUE",
        "没有这份定稿",
        message=f"没有编号为「{number}」的定稿。",
        remedy="请用 issued list 查看编号。",
    )


def unsettled(findings: Sequence[Finding]) -> list[Finding]:
    """Return the findings that keep a form from being issued: those to be mended, those to be explained."""
    must = [_at_issue(finding) for finding in findings]
    graver = (FindingClass.B, FindingClass.C)
    return [
        each for each in must if each.level is FindingClass.A or (each.level in graver and not each.explained)
    ]


def _at_issue(finding: Finding) -> Finding:
    """Return a finding as grave as it is when a form is issued: an empty header is then a fault."""
    return replace(finding, level=FindingClass.A) if finding.code == "V19" else finding


def refuse_unsettled(findings: Sequence[Finding]) -> None:
    """Raise UnsettledError, which lists them, for findings that must be mended or explained first."""
    open_ones = unsettled(findings)
    if open_ones:
        raise UnsettledError(
            "ISSUE",
            "没有办成",
            message=f"还有 {len(open_ones)} 条审核没有说明：{_listed(open_ones)}\n",
            remedy="请改正，或用 justify 写明原因。",
        )


def _prove(form: FilledForm) -> None:
    refuse_grave(form.title, [_at_issue(finding) for finding in form.findings])
    refuse_unsettled(form.findings)


def refuse_grave(title: str, findings: Sequence[Finding], remedy: str = "请改正后再试。") -> None:
    """Raise UnsettledError, which lists them, for findings of class A, which must be mended first."""
    grave = [each for each in findings if each.level is FindingClass.A]
    if grave:
        raise UnsettledError(
            "ISSUE",
            "没有办成",
            message=f"《{title}》有 {len(grave)} 条强制性审核没有通过：{_listed(grave)}\n",
            remedy=remedy,
        )


def _listed(findings: Sequence[Finding]) -> str:
    lines = "".join(f"\n  [{each.code}] {each.sentence}" for each in findings[:_MOST_LISTED])
    more = len(findings) - _MOST_LISTED
    return lines + (f"\n  ……另有 {more} 条。" if more > 0 else "")


def _replaced(ledger: Ledger, key: ReportKey, correction: Correction) -> IssuedForm | None:
    """Return the issued form that the new one corrects; nothing for a first one."""
    holding = next((form for form in issued_of(ledger, key) if form.holds), None)
    if not correction.number:
        if holding is not None:
            remedy = f"要改正请加 --corrects {holding.number} --reason 理由；不再用的先作废。"
            raise _refused(f"这张表已有定稿 {holding.number}。", remedy)
        return None
    old = issued_called(ledger, correction.number)
    if old.key != key:
        raise _refused(f"{old.number} 是另一张表，或另一个单位、任务、报表期的。", "请核对编号和填表的选项。")
    if old.replaced_by:
        raise _refused(f"{old.number} 已由 {old.replaced_by} 更正。", f"请更正 {old.replaced_by}。")
    if old.state is State.ACCEPTED:
        raise _refused(f"{old.number} 已审核通过并锁定。", "请先用 issued return 退回，再更正。")
    if not correction.reason.strip():
        raise _refused("没有写更正的理由。", "请用 --reason 写明。")
    if holding is not None and holding.id != old.id:
        raise _refused(f"这张表现有的定稿是 {holding.number}。", f"请更正 {holding.number}。")
    return old


def _unit_code(ledger: Ledger, key: ReportKey) -> str:
    """Return the code of the unit that issues: the form's own, else the office's; 0000 where it is not registered."""
    if key.unit_id is not None:
        return unit_code(ledger, key.unit_id)
    own = units_called(ledger, settings.setting(ledger, settings.OWN_OFFICE))
    return unit_code(ledger, own[0].id) if len(own) == 1 else "0000"


def _about(ledger: Ledger, request: Request, number: str) -> Mapping[str, object]:
    """Return what is frozen beside a form: its number, for whom, by whom and when, fonts, head of the journal."""
    return {
        "number": number,
        "campaign": campaign_called(ledger, request.campaign).name,
        "unit": unit_called(ledger, request.unit).name if request.unit else "",
        "group": request.group,
        "licence": request.licence,
        "period": request.period,
        "consolidated": request.is_consolidated,
        "date": request.dated.isoformat() if request.dated else None,
        "issued_at": ledger.clock().isoformat(timespec="seconds"),
        "issued_by": ledger.who,
        "fonts": font_hashes(),
        "program": __version__,
        "chain_head": chain_head(ledger),
    }


def _rows_behind(ledger: Ledger, form: FilledForm) -> Iterator[bytes]:
    """Yield a line for every number that stands for itself: its cell, and the rows that add to it.

    The rows of records carry their uid instead; those of a consolidated form are its units.
    """
    if form.question is None:
        return
    parts = form.parts or ()
    for name in leaf_cells(form.spec) if parts else ():
        added = [each for each in parts if name in each.values]
        yield _line(name, [(e.unit.uid, e.unit.name, e.source, format(e.values[name], "f")) for e in added])
    indicators = StoredIndicators(ledger)
    in_records = {name for rows in form.records.values() for name in rows.ids}
    for cell in form.cells.values():
        if not cell.trace.indicator or cell.value is None or cell.uid or cell.id in in_records:
            continue
        rows = indicators.rows(cell.trace.indicator, form.question, cell.trace.where or {})
        yield _line(cell.id, [(row.uid, row.unit_name, row.label, row.amount) for row in rows])


def _line(name: str, rows: Sequence[tuple[str, str, str, int | str]]) -> bytes:
    return json.dumps([name, rows], ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _refused(what: str, remedy: str) -> AppError:
    return AppError("ISSUE", "没有办成", message=what, remedy=remedy)
