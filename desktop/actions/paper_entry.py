"""Entering a unit's sealed sheet as a whole (纸质代录): from the form's own workbook, compared once more if wanted."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from desktop.actions.filling import Request, blank_form, fill, report_key, situation_of
from desktop.actions.issuing import refuse_grave, refuse_unsettled
from desktop.actions.locks import refuse_locked
from desktop.actions.naming import unit_called
from desktop.actions.papers import scan_of
from desktop.core.findings import Finding, FindingClass, Place
from desktop.core.issued import EventKind, FormEvent
from desktop.core.report import ReportKey, TypedCell
from desktop.core.text import match_key
from desktop.errors import AppError
from desktop.forms.header import ROOM, VARIABLES
from desktop.forms.numbers import is_same
from desktop.forms.reading_back import Blank, ReadBack, read_back
from desktop.intake.files.workbook import read_workbook
from desktop.intake.headings import column_letters
from desktop.intake.secrecy import secrets_of_cells, secrets_of_names
from desktop.store.database import Ledger
from desktop.store.documents import Document, documents_of, keep_document
from desktop.store.issued import add_event, events_of_report
from desktop.store.operations import Act, operation
from desktop.store.reports import kept, number_of, report_of, write_paper
from desktop.store.units import units_called

USUAL_REASON = "依据单位盖章纸质表"
_COMPARED = (EventKind.COMPARED, EventKind.DIFFERED)
_WRITTEN = (EventKind.ENTERED, EventKind.DROPPED)
_HEADER_UNIT = f"{ROOM}.{VARIABLES['unit']}"


@dataclass(frozen=True, slots=True)
class PaperSheet:
    """A sealed sheet as it was typed into the form's workbook, why it is entered, and a scan of it if there is one."""

    workbook: Path
    reason: str = USUAL_REASON
    scan: Path | None = None


def enter_paper(ledger: Ledger, request: Request, sheet: PaperSheet) -> int:
    """Let a unit's form hold exactly what its sealed sheet says; return how many cells that are.

    A comparison with an earlier entry no longer counts.
    Raises AppError without a unit, for a form that is locked, a workbook that is not this form, cells that cannot be
    read, which are all named, and a sheet without anything written in it.
    """
    key = _key(ledger, request)
    refuse_locked(ledger, key)
    if not sheet.reason.strip():
        raise _refused("没有写代录的理由。", f"请用 --reason 写明，如「{USUAL_REASON}」。")
    said = _read(ledger, request, sheet.workbook)
    scan = scan_of(sheet.scan)
    reason = sheet.reason.strip()
    cells = {name: TypedCell(value, reason) for name, value in said.values.items()}
    title = fill(ledger, replace(request, is_blank=True)).title
    label = f"代录《{title}》{request.unit}，{len(cells)} 格"
    with operation(ledger, Act("纸质代录", label, reason=reason)):
        report = write_paper(ledger, key, cells, reason)
        entered = FormEvent(EventKind.ENTERED, ledger.today, ledger.who, reason=f"{len(cells)} 格")
        add_event(ledger, report, None, entered)
        if scan is not None and sheet.scan is not None:
            named = Document(sheet.scan.name, "纸质表扫描件", "report", str(report))
            keep_document(ledger, scan, named)
    return len(cells)


@dataclass(frozen=True, slots=True)
class Unlike:
    """A cell that the second entry says otherwise."""

    path: str
    first: str
    second: str


def compare_paper(ledger: Ledger, request: Request, workbook: Path) -> list[Unlike]:
    """Compare a second entry of the same sheet with the first, and note whether they are alike (复核).

    Raises AppError for a form that was not entered from paper and for a workbook that cannot be read.
    """
    key = _key(ledger, request)
    first = _entered(ledger, key)
    second = _read(ledger, request, workbook).values
    form = fill(ledger, request)
    unlike = [
        Unlike(
            form.cells[name].path if name in form.cells else name, first.get(name, ""), second.get(name, "")
        )
        for name in dict.fromkeys([*first, *second])
        if not is_same(first.get(name, ""), second.get(name, ""))
    ]
    event = FormEvent(EventKind.COMPARED, ledger.today, ledger.who, sha256=_digest(first))
    if unlike:
        event = replace(event, kind=EventKind.DIFFERED, reason=f"{len(unlike)} 格不同")
    _note(ledger, key, event, form.title)
    return unlike


def accept_paper(ledger: Ledger, request: Request) -> int:
    """Let an entered sheet pass the check of the office (审核通过), which locks it; return the operation's number.

    Raises UnsettledError while a finding must be mended or explained (a hint, class D, need not), and AppError when
    the newest second entry of it was another.
    """
    key = _key(ledger, request)
    _entered(ledger, key)
    refuse_locked(ledger, key)
    compared = [each for each in _since_entered(_events(ledger, key)) if each.kind in _COMPARED]
    if compared and compared[-1].kind is EventKind.DIFFERED:
        raise _refused(
            f"{compared[-1].happened_on} 复核时两次录入有 {compared[-1].reason}。",
            "请对照纸质表改正录入错的一份，用 paper compare 再核对，一致后再审核。",
        )
    form = fill(ledger, request)
    refuse_grave(form.title, form.findings, "请与单位核对，更正后再审核。")
    refuse_unsettled([finding for finding in form.findings if finding.level is not FindingClass.D])
    return _note(ledger, key, FormEvent(EventKind.ACCEPTED, ledger.today, ledger.who), form.title)


def return_paper(ledger: Ledger, request: Request, reason: str) -> int:
    """Return an entered sheet to its unit with the reason, which unlocks it; return the operation's number."""
    key = _key(ledger, request)
    _entered(ledger, key)
    if not reason.strip():
        raise _refused("没有写退回的理由。", "请用 --reason 写明。")
    event = FormEvent(EventKind.RETURNED, ledger.today, ledger.who, reason=reason.strip())
    return _note(ledger, key, event, fill(ledger, request).title)


def drop_paper(ledger: Ledger, request: Request) -> int:
    """Let a form follow the ledger again; return the operation's number."""
    key = _key(ledger, request)
    _entered(ledger, key)
    refuse_locked(ledger, key)
    title = fill(ledger, request).title
    with operation(ledger, Act("纸质代录", f"《{title}》{request.unit} 不再代录，恢复为台账的数")) as number:
        report = write_paper(ledger, key, {}, "")
        add_event(ledger, report, None, FormEvent(EventKind.DROPPED, ledger.today, ledger.who))
    return number


def secrets_in(workbook: Path) -> list[Finding]:
    """Return where a workbook that is entered speaks of state secrets: in its name, a sheet's name or any cell.

    Raises AppError for a workbook that cannot be read.
    """
    sheets, place = read_workbook(workbook), Place(file=workbook.name)
    found = list(secrets_of_names(workbook, place, sheets))
    for sheet in sheets:
        found += secrets_of_cells(sheet, replace(place, sheet=sheet.name), ())
    return found


def _key(ledger: Ledger, request: Request) -> ReportKey:
    if not request.unit:
        raise _refused("没有指明单位。", "请用 --unit 指明是哪个单位的纸质表。")
    if request.is_consolidated:
        raise _refused("一个单位的纸质表不用汇总。", "请去掉 --consolidate。")
    return report_key(ledger, request)


def _entered(ledger: Ledger, key: ReportKey) -> Mapping[str, str]:
    """Return what was entered from paper. Raises AppError when nothing was."""
    report = report_of(ledger, key)
    if not report.is_paper:
        raise _refused("这张表没有代录。", "请先用 paper enter 录入。")
    return {name: typed.value for name, typed in report.cells.items()}


def _read(ledger: Ledger, request: Request, workbook: Path) -> ReadBack:
    """Return what a workbook says of a form. Raises AppError for what is not this form or cannot be read."""
    blanks = _blanks_of(ledger, request)
    for sheet in read_workbook(workbook):
        found = () if sheet.is_hidden else (read_back(blank, sheet.rows) for blank in blanks)
        said = next((each for each in found if each is not None), None)
        if said is None:
            continue
        if said.misread:
            listed = "".join(
                f"\n  「{sheet.name}」表 {column_letters(each.column - 1)}{each.row} 格：{each.why}"
                for each in said.misread
            )
            raise _refused(
                f"《{workbook.name}》有 {len(said.misread)} 格不能读：{listed}\n", "请按纸质表改正。"
            )
        if not said.values:
            raise _refused(f"《{workbook.name}》里什么也没有填。", "请按纸质表逐格录入。")
        _refuse_other_unit(ledger, request, said.values.get(_HEADER_UNIT, ""))
        return said
    title = blanks[0]({}).title
    remedy = "请用 fill --blank --xlsx 输出空表，在里面录入，不要改动表头。"
    raise _refused(f"《{workbook.name}》不是《{title}》的样子。", remedy)


def _refuse_other_unit(ledger: Ledger, request: Request, named: str) -> None:
    """Refuse a sheet whose header names another unit of the ledger."""
    unit = unit_called(ledger, request.unit)
    others = [other for other in units_called(ledger, named) if other.id != unit.id] if named else []
    if others and match_key(named) not in map(match_key, unit.names):
        raise _refused(
            f"表头的填表单位是「{named}」，不是「{unit.name}」。",
            "请核对是哪个单位的纸质表，改正 --unit 或表头。",
        )


def _blanks_of(ledger: Ledger, request: Request) -> list[Blank]:
    """Return what makes blank copies of a form with so many lines: with the campaign's words, and with the form's own."""
    asked = situation_of(ledger, request)
    return [partial(blank_form, asked.spec, texts) for texts in (asked.texts, {})]


def _note(ledger: Ledger, key: ReportKey, event: FormEvent, title: str) -> int:
    label = f"{event.kind.value} 代录的《{title}》"
    with operation(ledger, Act(event.kind.value, label, reason=event.reason)) as number:
        add_event(ledger, kept(ledger, key), None, event)
    return number


def paper_lines(ledger: Ledger, request: Request) -> Iterator[str]:
    """Yield how a sheet was entered, and what became of it, oldest first."""
    key = _key(ledger, request)
    report, number = report_of(ledger, key), number_of(ledger, key)
    if report.is_paper:
        scans = documents_of(ledger, "report", str(number))
        scan = f"，扫描件：{'、'.join(scans)}" if scans else "，没有扫描件"
        yield f"代录 {len(report.cells)} 格，理由：{report.paper_reason}{scan}"
    events = _events(ledger, key)
    ended = len(events) - len(_since_entered(events))
    now = _digest({name: typed.value for name, typed in report.cells.items()})
    for place, event in enumerate(events):
        is_of_other_cells = place < ended or event.sha256 not in ("", now)
        yield _event_line(event, is_ended=event.kind in _COMPARED and is_of_other_cells)


def _digest(cells: Mapping[str, str]) -> str:
    """Return what tells the cells of an entry from those of another."""
    return hashlib.sha256(json.dumps(sorted(cells.items()), ensure_ascii=False).encode()).hexdigest()


def _event_line(event: FormEvent, *, is_ended: bool) -> str:
    """Return one thing that became of a sheet, and whether other cells stand there since."""
    what, why = event.kind.value, event.reason
    if event.kind is EventKind.ENTERED:
        what, why = f"{what} {why}", ""
    words = [what, event.person or "（不详）", *([why] if why else [])]
    ended = "（此后表中的数另有代录、改动或撤下，不再算数）" if is_ended else ""
    return f"{event.happened_on} {'，'.join(words)}{ended}"


def _since_entered(events: Sequence[FormEvent]) -> Sequence[FormEvent]:
    """Return what became of a form since its sheet was last entered or dropped."""
    written = [place for place, event in enumerate(events) if event.kind in _WRITTEN]
    return events[written[-1] :] if written else events


def _events(ledger: Ledger, key: ReportKey) -> Sequence[FormEvent]:
    """Return what became of a form entered from paper, oldest first."""
    number = number_of(ledger, key)
    return [] if number is None else events_of_report(ledger, number)


def _refused(what: str, remedy: str) -> AppError:
    return AppError("PAPER", "没有办成", message=what, remedy=remedy)
