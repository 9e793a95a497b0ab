from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.errors import AppError
from desktop.store.database import Ledger
from desktop.store.documents import Document, document_content, documents_folder, keep_document
from desktop.store.faults import IntegrityFault
from desktop.store.operations import operation
from tests.store.record_builders import A_CHANGE, a_ledger_file, records

PROOF = Document("授权书.pdf", "授权书", "licence", "uid-1", "原件在档案室")


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with closing(a_ledger_file(tmp_path)) as ledger:
        yield ledger


def kept(ledger: Ledger, content: bytes, document: Document = PROOF) -> str:
    with operation(ledger, A_CHANGE):
        return keep_document(ledger, content, document)


def files(ledger: Ledger) -> list[Path]:
    return [path for path in documents_folder(ledger.path).rglob("*") if path.is_file()]


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=200))
def test_a_document_is_found_by_the_sha256_of_its_bytes(ledger: Ledger, content: bytes) -> None:
    digest = kept(ledger, content)
    assert digest == hashlib.sha256(content).hexdigest()
    assert document_content(ledger, digest) == content
    place = documents_folder(ledger.path) / digest[:2] / digest
    assert place.read_bytes() == content


def test_a_document_is_registered_with_what_it_proves(ledger: Ledger) -> None:
    digest = kept(ledger, b"proof")
    (row,) = records(ledger)["document"]
    assert row[3:11] == (digest, "授权书.pdf", "授权书", 5, "licence", "uid-1", "2024-06-30", "原件在档案室")


def test_the_same_content_is_kept_once_and_registered_once_a_record(ledger: Ledger) -> None:
    for name in ("授权书.pdf", "副本.pdf"):
        kept(ledger, b"proof", Document(name, "授权书", "licence", "uid-1"))
    assert len(records(ledger)["document"]) == 1
    kept(ledger, b"proof", Document("授权书.pdf", "授权书", "licence", "uid-2"))
    assert len(records(ledger)["document"]) == 2
    assert len(files(ledger)) == 1


def test_outside_an_operation_nothing_is_registered(ledger: Ledger) -> None:
    with pytest.raises(IntegrityFault):
        keep_document(ledger, b"proof", PROOF)
    assert records(ledger)["document"] == []


@pytest.mark.parametrize("spoilt", [b"", b"proog", b"proof "])
def test_changed_bytes_are_noticed_and_put_right_by_keeping_them_again(ledger: Ledger, spoilt: bytes) -> None:
    digest = kept(ledger, b"proof")
    files(ledger)[0].write_bytes(spoilt)
    with pytest.raises(AppError, match="证明材料缺失或被改动") as caught:
        document_content(ledger, digest)
    assert digest in caught.value.message
    assert "备份" in caught.value.remedy
    kept(ledger, b"proof")
    assert document_content(ledger, digest) == b"proof"


@pytest.mark.parametrize("content", [b"", b"proof"])
def test_a_missing_document_is_noticed(ledger: Ledger, content: bytes) -> None:
    digest = kept(ledger, content)
    files(ledger)[0].unlink()
    with pytest.raises(AppError, match="证明材料缺失或被改动"):
        document_content(ledger, digest)


def test_a_place_that_cannot_be_written_is_told_and_nothing_registered(ledger: Ledger) -> None:
    documents_folder(ledger.path).write_text("在路上", encoding="utf-8")
    with pytest.raises(AppError) as caught:
        kept(ledger, b"proof")
    assert hashlib.sha256(b"proof").hexdigest() in caught.value.message
    assert caught.value.remedy
    assert records(ledger)["document"] == []
