"""Issued forms, what became of them, and their frozen parts, which nothing can change."""

from __future__ import annotations

import datetime
import hashlib
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from desktop.core.issued import EventKind, FormEvent, Hashes, IssuedForm
from desktop.core.report import ReportKey
from desktop.core.subjects import natural_key
from desktop.errors import AppError
from desktop.store.database import Ledger
from desktop.store.operations import chain_head
from desktop.store.reports import KEY_OF_REPORT, kept


@dataclass(frozen=True, slots=True)
class Parts:
    """What is frozen of a form: the form file, the filled form, the rows behind it, its PDF and its workbook."""

    form: bytes
    filled: bytes
    rows: bytes
    pdf: bytes
    xlsx: bytes


@dataclass(frozen=True, slots=True)
class NewIssue:
    """An issued form that is about to be kept. `replaces` is the id of the one that it corrects."""

    key: ReportKey
    number: str
    title: str
    year: int
    serial: int
    check_code: str
    as_of: datetime.date
    dated: datetime.date | None
    parts: Parts
    replaces: int | None = None
    reason: str = ""


def next_serial(ledger: Ledger, unit_code: str, year: int) -> int:
    """Return the next free serial of a unit in a year, over all its forms."""
    pattern = f"-{unit_code}-{year}-"
    rows = ledger.connection.execute(
        "SELECT ifnull(max(serial), 0) FROM issued_form WHERE year = ? AND instr(number, ?)", (year, pattern)
    )
    return int(rows.fetchone()[0]) + 1


def keep_issue(ledger: Ledger, new: NewIssue) -> None:
    """Keep an issued form with its parts inside the running operation."""
    parts = new.parts
    hashes = [freeze(ledger, each) for each in (parts.form, parts.filled, parts.rows, parts.pdf, parts.xlsx)]
    ledger.connection.execute(
        "INSERT INTO issued_form (uid, natural_key, report_id, number, title, year, serial, check_code, as_of,"
        " dated, issued_at, issued_by, replaces_id, reason, form_hash, filled_hash, rows_hash, pdf_hash,"
        " xlsx_hash, chain_head) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            *(ledger.new_id(), natural_key(new.number), kept(ledger, new.key)),
            *(new.number, new.title, new.year, new.serial, new.check_code, new.as_of.isoformat()),
            new.dated.isoformat() if new.dated else None,
            *(ledger.clock().isoformat(timespec="seconds"), ledger.who, new.replaces, new.reason),
            *hashes,
            chain_head_before(ledger),
        ),
    )


def chain_head_before(ledger: Ledger) -> str:
    """Return the head of the journal before the running operation."""
    row = ledger.connection.execute(
        "SELECT previous_hash FROM operation WHERE id = (SELECT operation_id FROM running)"
    ).fetchone()
    return str(row[0] or "") if row else chain_head(ledger)


def freeze(ledger: Ledger, content: bytes) -> str:
    """Keep bytes for ever inside the running operation and return their SHA-256."""
    digest = hashlib.sha256(content).hexdigest()
    ledger.connection.execute(
        "INSERT INTO frozen (sha256, packed) VALUES (?, ?) ON CONFLICT (sha256) DO NOTHING",
        (digest, zlib.compress(content)),
    )
    return digest


def frozen(ledger: Ledger, digest: str) -> bytes:
    """Return frozen bytes; raises AppError when they are gone or no longer what was frozen."""
    row = ledger.connection.execute("SELECT packed FROM frozen WHERE sha256 = ?", (digest,)).fetchone()
    content = _unpacked(row[0]) if row else None
    if content is None or hashlib.sha256(content).hexdigest() != digest:
        raise AppError(
            "FROZEN",
            "定稿内容缺失或被改动",
            message=f"定稿的一部分（{digest[:12]}…）不在，或与定稿时不同。",
            remedy="请保留这份台账，从备份中恢复。",
        )
    return content


def frozen_digests(ledger: Ledger) -> list[str]:
    """Return the digests of all that was frozen, and of what issued forms name."""
    named = " UNION ".join(
        f"SELECT {part}_hash FROM issued_form" for part in ("form", "filled", "rows", "pdf", "xlsx")
    )
    rows = ledger.connection.execute(f"SELECT sha256 FROM frozen UNION {named}")
    return [digest for (digest,) in rows]


def is_whole(ledger: Ledger, digest: str) -> bool:
    """Return whether a frozen part is there as it was frozen."""
    try:
        frozen(ledger, digest)
    except AppError:
        return False
    return True


def _unpacked(packed: bytes) -> bytes | None:
    try:
        return zlib.decompress(packed)
    except zlib.error:
        return None


def times_written(ledger: Ledger, form: IssuedForm) -> int:
    """Return how often the record of an issued form was written; more than once means that it was changed."""
    row = ledger.connection.execute(
        "SELECT count(*) FROM change WHERE subject = 'issued_form' AND row_id = ?", (form.id,)
    ).fetchone()
    return int(row[0])


def add_event(ledger: Ledger, report: int, issued: int | None, event: FormEvent) -> None:
    """Keep what became of a form inside the running operation."""
    ledger.connection.execute(
        "INSERT INTO form_event (uid, natural_key, report_id, issued_form_id, kind, happened_on, person, copies,"
        " reason, sha256) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            *((uid := ledger.new_id()), uid, report, issued, event.kind.value, event.happened_on.isoformat()),
            *(event.person, event.copies, event.reason, event.sha256),
        ),
    )


def events_of_report(ledger: Ledger, report: int) -> list[FormEvent]:
    """Return what became of a filled form that was entered from paper, oldest first."""
    return _events(ledger, "report_id = ? AND issued_form_id IS NULL", report).get(None, [])


def _events(ledger: Ledger, where: str, number: int | None) -> Mapping[int | None, list[FormEvent]]:
    rows = ledger.connection.execute(
        "SELECT issued_form_id, kind, happened_on, ifnull(person, ''), ifnull(copies, 0), ifnull(reason, ''),"
        f" ifnull(sha256, '') FROM form_event WHERE {where} ORDER BY id",
        () if number is None else (number,),
    )
    events: dict[int | None, list[FormEvent]] = {}
    for issued, kind, on, *others in rows.fetchall():
        event = FormEvent(EventKind(kind), datetime.date.fromisoformat(on), *others)
        events.setdefault(issued, []).append(event)
    return events


def all_issued(ledger: Ledger, form: str = "") -> list[IssuedForm]:
    """Return every issued form, of one table only if its code is given, oldest first."""
    return list(_issued(ledger, form))


def issued_of(ledger: Ledger, key: ReportKey) -> list[IssuedForm]:
    """Return the issued forms of one filled form, oldest first."""
    return [form for form in _issued(ledger, key.form) if form.key == key]


def _issued(ledger: Ledger, form: str) -> Iterator[IssuedForm]:
    rows: Sequence[Sequence[Any]] = ledger.connection.execute(
        f"SELECT f.id, {KEY_OF_REPORT}, f.number, f.title, f.check_code, f.as_of, f.dated, f.issued_at,"
        " ifnull(f.issued_by, ''), f.form_hash, f.filled_hash, f.rows_hash, f.pdf_hash, f.xlsx_hash,"
        " f.chain_head, ifnull(old.number, ''), ifnull(f.reason, ''), ifnull(new.number, '')"
        " FROM issued_form f LEFT JOIN issued_form old ON old.id = f.replaces_id"
        " LEFT JOIN issued_form new ON new.replaces_id = f.id JOIN report r ON r.id = f.report_id"
        " WHERE ?1 = '' OR r.form = ?1 ORDER BY f.id",
        (form,),
    ).fetchall()
    events = _events(ledger, "issued_form_id IS NOT NULL", None)
    for row in rows:
        number, key, said = int(row[0]), ReportKey(*row[1:7]), row[7:14]
        hashes, (head, old, reason, new) = row[14:19], row[19:]
        name, title, code, as_of, dated, at, who = said
        yield IssuedForm(
            id=number,
            number=name,
            key=key,
            title=title,
            check_code=code,
            as_of=datetime.date.fromisoformat(as_of),
            dated=datetime.date.fromisoformat(dated) if dated else None,
            issued_at=at,
            issued_by=who,
            hashes=Hashes(*hashes),
            chain_head=head,
            replaces=old,
            reason=reason,
            replaced_by=new,
            events=tuple(events.get(number, ())),
        )
