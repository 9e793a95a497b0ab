"""What becomes of the paper of an issued form: printed, sealed, accepted, returned; and its list."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from desktop.actions.comparing import thaw
from desktop.actions.issuing import issued_called
from desktop.actions.outputs import refuse_bad_outputs
from desktop.core.issued import EventKind, FormEvent, IssuedForm, State, recall_list
from desktop.errors import AppError, reason_of
from desktop.files import write_whole
from desktop.forms.grid import compose
from desktop.forms.tables.render_text import render_text
from desktop.store.database import Ledger
from desktop.store.documents import Document, keep_document
from desktop.store.issued import add_event, all_issued, frozen
from desktop.store.operations import Act, operation
from desktop.store.reports import kept

_MOST_SCAN_BYTES = 100_000_000
_MOST_COPIES = 1000


def reprint(ledger: Ledger, number: str, outputs: Mapping[str, Path]) -> IssuedForm:
    """Write exactly what was issued into these files (by kind: PDF, 工作簿), and note that it was printed.

    Raises AppError when the form is not there, no longer whole, or a file cannot be written.
    """
    form = issued_called(ledger, number)
    refuse_bad_outputs(outputs, ledger.path)
    for kind, path in outputs.items():
        write_whole(path, frozen(ledger, form.hashes.by_part[kind]))
    if form.holds and not ledger.is_read_only:
        _note(ledger, form, FormEvent(EventKind.PRINTED, ledger.today, ledger.who))
    return form


def issued_text(ledger: Ledger, form: IssuedForm) -> str:
    """Return the table of an issued form as text. Raises AppError when it is no longer whole."""
    return render_text(compose(thaw(ledger, form)))


@dataclass(frozen=True, slots=True)
class Sealing:
    """A sealing (用印): the day, who approved it, how many copies, and a scan of the sealed sheet if there is one."""

    on: datetime.date
    approved_by: str
    copies: int = 1
    scan: Path | None = None


def seal(ledger: Ledger, number: str, sealing: Sealing) -> int:
    """Enter a sealing of an issued form (用印登记); return the operation's number.

    Raises AppError for a form that no longer holds, a day before it was issued or in the future, nobody who approved,
    a number of copies that cannot be, and a scan that cannot be read.
    """
    form = _holding(ledger, number)
    if not sealing.approved_by.strip():
        raise _refused("没有写批准人。", "请用 --approved-by 写明谁批准用印。")
    if not 1 <= sealing.copies <= _MOST_COPIES:
        raise _refused(f"份数不能是 {sealing.copies}。", f"请填写盖章的份数，1 至 {_MOST_COPIES}。")
    if not form.issued_at[:10] <= sealing.on.isoformat() <= ledger.today.isoformat():
        raise _refused(f"用印日期 {sealing.on} 不在定稿日 {form.issued_at[:10]} 和今天之间。", "请核对日期。")
    scan = scan_of(sealing.scan)
    label = f"用印登记 {form.number}，{sealing.copies} 份"
    with operation(ledger, Act("用印登记", label)) as done:
        digest = ""
        if scan is not None and sealing.scan is not None:
            named = Document(sealing.scan.name, "盖章扫描件", "issued_form", form.number)
            digest = keep_document(ledger, scan, named)
        event = FormEvent(
            EventKind.SEALED, sealing.on, sealing.approved_by.strip(), sealing.copies, sha256=digest
        )
        add_event(ledger, kept(ledger, form.key), form.id, event)
    return done


def accept(ledger: Ledger, number: str) -> int:
    """Let an issued form pass the check of the level above (上级审核通过); return the operation's number."""
    form = _holding(ledger, number)
    if form.state is State.ACCEPTED:
        raise _refused(f"{form.number} 已经审核通过。", "无需处理。")
    return _note(ledger, form, FormEvent(EventKind.ACCEPTED, ledger.today, ledger.who))


def send_back(ledger: Ledger, number: str, reason: str) -> int:
    """Return an issued form to its unit, with the reason; return the operation's number."""
    form = _holding(ledger, number)
    if form.state is State.RETURNED:
        raise _refused(f"{form.number} 已经退回。", "请等单位更正后的定稿。")
    if not reason.strip():
        raise _refused("没有写退回的理由。", "请用 --reason 写明。")
    return _note(ledger, form, FormEvent(EventKind.RETURNED, ledger.today, ledger.who, reason=reason.strip()))


def issued_list(ledger: Ledger) -> Iterator[str]:
    """Yield every issued form on a line, the newest first, and which sealed sheets are to be called back."""
    forms = all_issued(ledger)
    for form in reversed(forms):
        yield f"{form.number}　{form.check_code}　{form.state.value}　{form.as_of}　《{form.title}》"
    recalled = recall_list(forms)
    if recalled:
        yield "应收回的盖章旧表："
        yield from (f"  {form.number}　{form.sealed_copies} 份　{form.state.value}" for form in recalled)


def _note(ledger: Ledger, form: IssuedForm, event: FormEvent) -> int:
    act = Act(event.kind.value, f"{event.kind.value} {form.number}", reason=event.reason)
    with operation(ledger, act) as done:
        add_event(ledger, kept(ledger, form.key), form.id, event)
    return done


def _holding(ledger: Ledger, number: str) -> IssuedForm:
    form = issued_called(ledger, number)
    if not form.holds:
        raise _refused(f"{form.number} {form.state.value}。", "请用现行的定稿。")
    return form


def scan_of(path: Path | None) -> bytes | None:
    """Return the bytes of a scan. Raises AppError for one that is not there, empty or too large to be a scan."""
    if path is None:
        return None
    if not path.exists():
        raise _refused(f"没有「{path}」这个文件。", "请核对扫描件的路径。")
    try:
        size = path.stat().st_size
        content = path.read_bytes() if 0 < size <= _MOST_SCAN_BYTES and path.is_file() else None
    except OSError as error:
        raise _refused(f"「{path}」打不开（{reason_of(error)}）。", "请核对扫描件的路径。") from error
    if content is None:
        raise _refused(f"「{path}」是空文件、文件夹，或大于 100 MB。", "请核对扫描件。")
    return content


def _refused(what: str, remedy: str) -> AppError:
    return AppError("PAPER", "没有办成", message=what, remedy=remedy)
