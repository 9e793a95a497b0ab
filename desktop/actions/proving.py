"""Proving an issued form: that what was frozen is whole, that a file is that form, and what the ledger says today."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from desktop import __version__
from desktop.actions.comparing import differences, thaw
from desktop.actions.issuing import issued_called
from desktop.actions.printing import font_hashes, imprint_of, ready_to_print
from desktop.actions.strangers import issue_named_in, stranger_lines
from desktop.actions.trail import trail_faults
from desktop.core.issued import IssuedForm, check_code, plain_code
from desktop.errors import AppError, reason_of
from desktop.forms.freezing import about_frozen, switches_frozen
from desktop.forms.grid import Imprint
from desktop.store.database import Ledger
from desktop.store.documents import document_content
from desktop.store.issued import all_issued, frozen, times_written

_MOST_BYTES = 200_000_000
_MOST_REDRAWN = 5_000_000
_FILES = (".pdf", ".png", ".jpg", ".jpeg", ".xlsx", ".tif", ".ofd")


@dataclass(frozen=True, slots=True)
class Proof:
    """What `verify` found: the form if there is one, whether it is as it was issued, and what to say."""

    form: IssuedForm | None
    lines: tuple[str, ...]
    holds: bool = False
    is_genuine: bool = False
    """Whether it is as it was issued, though it may hold no more."""
    lost_scans: int = 0
    """How many of the scans kept with it are gone or changed."""

    @property
    def is_in_order(self) -> bool:
        """Whether it holds and nothing that is kept with it is gone or changed."""
        return self.holds and not self.lost_scans

    @property
    def verdict(self) -> str:
        """The result in words."""
        if self.form is None:
            return "没有对应的定稿。"
        if not self.is_genuine:
            return "不一致，见上。"
        scans = f"，但有 {self.lost_scans} 份盖章扫描件缺失或被改动，见上" if self.lost_scans else ""
        if self.holds:
            return f"定稿内容一致{scans}。" if scans else "一致。"
        return f"与定稿时一致，但{self.form.state.value}，不再有效{scans.replace('但', '另')}。"


def verify_code(ledger: Ledger, code: str) -> Proof:
    """Return whether the ledger holds the form with this check code or number as it was issued.

    Raises AppError for what can only be a file that is not there.
    """
    if Path(code).suffix.lower() in _FILES or Path(code).is_dir() or not code.strip():
        said = (
            f"「{code}」是文件夹。" if Path(code).is_dir() and code.strip() else f"没有「{code}」这个文件。"
        )
        raise AppError("FILE", "不能核验", message=said, remedy="请核对路径，或填写纸上的校验码。")
    form = _with_code(ledger, code)
    if form is None:
        return Proof(None, (f"台账中没有校验码或编号为「{code}」的定稿。请核对纸上的字。",))
    return _proof(ledger, form, "")


def verify_file(ledger: Ledger, path: Path) -> Proof:
    """Return whether a PDF or a workbook is, byte for byte, one that was issued from this ledger.

    Raises AppError for a file that cannot be read.
    """
    content = _content(path)
    digest = hashlib.sha256(content).hexdigest()
    for form in all_issued(ledger):
        if digest in (form.hashes.pdf, form.hashes.xlsx):
            return _proof(ledger, form, f"「{path.name}」与定稿 {form.number} 逐字节一致。")
    _, code = issue_named_in(content)
    named = _with_code(ledger, code) if code else None
    if named is not None:
        said = (
            f"「{path.name}」写着定稿 {named.number} 的校验码，但文件内容与定稿不同，已被改动或重新保存过。"
        )
        return Proof(named, (said, f"请用 issued print {named.number} 重新输出后对照。"))
    return Proof(None, stranger_lines(path.name, content))


def _content(path: Path) -> bytes:
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise AppError(
                "FILE", "不能核验", message=f"「{path}」过大，不是本程序输出的文件。", remedy="请核对文件。"
            )
        return path.read_bytes()
    except OSError as error:
        message = f"「{path}」打不开（{reason_of(error)}）。"
        raise AppError(
            "FILE", "不能核验", message=message, remedy="请核对路径，或填写纸上的校验码。"
        ) from error


def _with_code(ledger: Ledger, code: str) -> IssuedForm | None:
    wanted = {
        plain_code(code),
        plain_code("".join(code.split()[1:])),
    }  # a QR code holds number and check code
    for form in all_issued(ledger):
        if plain_code(form.check_code) in wanted:
            return form
    try:
        return issued_called(ledger, code)
    except AppError:
        return None


def _proof(ledger: Ledger, form: IssuedForm, first: str) -> Proof:
    lines = [first] if first else []
    lines += issued_lines(form)
    fault = _broken_part(ledger, form) or _forged(ledger, form)
    changed = list(trail_faults(ledger))
    if fault:
        lines.append(f"定稿内容不可信：{fault}")
    lines += changed
    if not fault and not changed:
        lines.append("冻结的表样、填报表、依据、PDF、工作簿都与定稿时一致，操作日志完整。")
    lost = list(_lost_scans(ledger, form))
    lines += lost
    lines += [] if fault else _today(ledger, form)
    is_genuine = not fault and not changed
    holds = is_genuine and form.holds
    return Proof(form, tuple(lines), holds=holds, is_genuine=is_genuine, lost_scans=len(lost))


def _lost_scans(ledger: Ledger, form: IssuedForm) -> Iterator[str]:
    """Yield that scans kept with an issued form are gone or changed; the form itself is proved without them."""
    for event in form.events:
        if event.sha256:
            try:
                document_content(ledger, event.sha256)
            except AppError as error:
                yield f"{event.happened_on} {event.kind.value}的扫描件缺失或被改动：{error.message}{error.remedy}"


def issued_lines(form: IssuedForm) -> Iterator[str]:
    """Yield what an issued form is, and what became of it."""
    yield f"{form.number}《{form.title}》，校验码 {form.check_code}，状态：{form.state.value}"
    dated = f"，填表时间 {form.dated}" if form.dated else ""
    at = form.issued_at[:16].replace("T", " ")
    yield f"  数据截止日 {form.as_of}{dated}，{at} 由 {form.issued_by or '（不详）'} 定稿"
    if form.replaces:
        yield f"  更正 {form.replaces}，理由：{form.reason}"
    if form.replaced_by:
        yield f"  已由 {form.replaced_by} 更正"
    for event in form.events:
        copies = f"，{event.copies} 份" if event.copies else ""
        who = f"，{event.person}" if event.person else ""
        why = f"，{event.reason}" if event.reason else ""
        scan = "，附扫描件" if event.sha256 else ""
        yield f"  {event.happened_on} {event.kind.value}{who}{copies}{why}{scan}"


def _today(ledger: Ledger, form: IssuedForm) -> Iterator[str]:
    """Yield whether the ledger would fill the form alike today; that does not touch what was issued."""
    try:
        changed = differences(ledger, form)
    except AppError as error:
        yield f"现在不能按原来的条件填这张表：{error.message}"
        return
    if changed:
        yield f"台账已变化：现在填这张表有 {len(changed)} 格不同，用 issued compare 逐格查看。"
    else:
        yield "台账现在的数与定稿一致。"


def _broken_part(ledger: Ledger, form: IssuedForm) -> str:
    """Return which frozen part is gone or changed; empty when all are whole."""
    for part, digest in form.hashes.by_part.items():
        try:
            frozen(ledger, digest)
        except AppError:
            return f"{part}缺失或被改动。"
    return ""


def _forged(ledger: Ledger, form: IssuedForm) -> str:
    """Return what shows that an issued form was exchanged with its hashes; empty when nothing does.

    The record was written once, the check code follows from the filled form, and the PDF is what that form gives:
    the last can be told only by the program version and fonts that issued it, and is not tried on very long tables.
    """
    if times_written(ledger, form) != 1:
        return "定稿的记录在定稿以后被改动过。"
    filled = frozen(ledger, form.hashes.filled)
    if check_code(filled) != form.check_code:
        return "校验码与填报表不符。"
    about = about_frozen(filled)
    same_program = about.get("program") == __version__ and about.get("fonts") == font_hashes()
    if not same_program or len(filled) > _MOST_REDRAWN:
        return ""
    redrawn = ready_to_print(thaw(ledger, form)).with_imprint(_imprint_frozen(form, filled))
    content = redrawn.pdf(keywords=f"{form.number} {form.check_code}")
    return "" if content == frozen(ledger, form.hashes.pdf) else "PDF 与填报表的内容不符。"


def _imprint_frozen(form: IssuedForm, filled: bytes) -> Imprint | None:
    return imprint_of(form.printed_number, form.check_code, switches_frozen(filled))


def rows_lines(ledger: Ledger, form: IssuedForm, name: str) -> Iterator[str]:
    """Yield where a number of an issued form came from on the day it was issued.

    Raises AppError for a cell that the form does not have.
    """
    filled = thaw(ledger, form)
    cell = filled.find(name)
    if cell is None:
        near = "、".join(f"「{path}」" for path in filled.near(name))
        remedy = f"是否应为{near}？" if near else "请用表头路径。"
        raise AppError(
            "NO-CELL", "没有这个单元格", message=f"《{form.title}》中没有「{name}」。", remedy=remedy
        )
    yield f"《{form.title}》{cell.path}：{cell.text or '空'}（{form.number} 定稿时）"
    if cell.is_typed:
        yield f"手工填报，理由：{cell.reason}"
    for part in filled.parts_of(cell):
        yield f"  {part.path} = {part.text or '空'}"
    for line in frozen(ledger, form.hashes.rows).splitlines():
        cell_id, rows = json.loads(line)
        if cell_id == cell.id:
            yield from (f"  {unit}｜{label}｜{amount}" for _, unit, label, amount in rows)
            yield f"共 {len(rows)} 行，合计 {sum(Decimal(row[3]) for row in rows)}。"
