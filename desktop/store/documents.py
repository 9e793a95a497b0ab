"""Documents (证明材料) kept by content beside the ledger: the same file twice is kept once."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from desktop.errors import AppError
from desktop.files import whole_file
from desktop.store.database import Ledger
from desktop.store.faults import file_faults_of


@dataclass(frozen=True, slots=True)
class Document:
    """A document (证明材料): what it is and which record it proves. The bytes lie under `sha256`."""

    name: str
    kind: str
    subject: str = ""
    subject_uid: str = ""
    note: str = ""


def documents_folder(ledger_path: Path) -> Path:
    """Return the folder of a ledger's documents."""
    stem = ledger_path.stem if ledger_path.suffix == ".db" else ledger_path.name
    return ledger_path.with_name(f"{stem}-证明材料")


def keep_document(ledger: Ledger, content: bytes, document: Document) -> str:
    """Keep a document inside the running operation and return its SHA-256 in hexadecimal digits.

    Bytes that were lost or changed since are put right. Raises AppError when the file cannot be written.
    """
    digest = hashlib.sha256(content).hexdigest()
    target = _place_of(ledger, digest)
    with file_faults_of(target):
        if not _holds(target, digest):
            target.parent.mkdir(parents=True, exist_ok=True)
            with whole_file(target) as partial:
                partial.write_bytes(content)
    ledger.connection.execute(
        "INSERT INTO document (uid, natural_key, sha256, name, kind, size, subject, subject_uid, added_on, note)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (natural_key) DO NOTHING",
        (
            ledger.new_id(),
            f"{digest}/{document.subject}/{document.subject_uid}",
            digest,
            document.name,
            document.kind,
            len(content),
            document.subject,
            document.subject_uid,
            ledger.today.isoformat(),
            document.note,
        ),
    )
    return digest


def document_content(ledger: Ledger, digest: str) -> bytes:
    """Return a document's bytes; raises AppError when they are gone or no longer what was kept."""
    place = _place_of(ledger, digest)
    with file_faults_of(place):
        content = place.read_bytes() if place.is_file() else None
    if content is None or hashlib.sha256(content).hexdigest() != digest:
        raise AppError(
            "DOCUMENT",
            "证明材料缺失或被改动",
            message=f"「{place}」不在或内容与登记时不同。",
            remedy="请从备份中找回这个文件。",
        )
    return content


def documents_of(ledger: Ledger, subject: str, uid: str) -> list[str]:
    """Return the names of the documents that prove a record, in the order kept."""
    rows = ledger.connection.execute(
        "SELECT name FROM document WHERE subject = ? AND subject_uid = ? ORDER BY id", (subject, uid)
    )
    return [name for (name,) in rows]


def lost_documents(ledger: Ledger) -> list[str]:
    """Return the names of the documents whose bytes are gone or no longer what was kept."""
    rows = ledger.connection.execute(
        "SELECT sha256, min(name) FROM document GROUP BY sha256 ORDER BY min(id)"
    )
    with file_faults_of(documents_folder(ledger.path)):
        return [name for digest, name in rows.fetchall() if not _holds(_place_of(ledger, digest), digest)]


def _place_of(ledger: Ledger, digest: str) -> Path:
    return documents_folder(ledger.path) / digest[:2] / digest


def _holds(place: Path, digest: str) -> bool:
    return place.is_file() and hashlib.sha256(place.read_bytes()).hexdigest() == digest
