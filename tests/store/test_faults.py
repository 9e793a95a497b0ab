from __future__ import annotations

import ast
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from desktop.errors import AppError, reason_of
from desktop.store import faults
from desktop.store.faults import DatabaseFault, IntegrityFault, faults_of, file_faults_of, translated_fault

DESKTOP = Path(faults.__file__).resolve().parents[1]
ROOMS = [*sorted((DESKTOP / "core").glob("*.py")), *sorted((DESKTOP / "store").glob("*.py"))]


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("database or disk is full", "DISK-FULL"),
        ("attempt to write a readonly database", "READ-ONLY"),
        ("unable to open database file", "CANNOT-OPEN"),
        ("database is locked", "LOCKED"),
        ("database table is locked: unit", "LOCKED"),
        ("file is not a database", "NOT-A-LEDGER"),
        ("database disk image is malformed", "DAMAGED"),
        ("malformed database schema (unit)", "DAMAGED"),
        ("disk I/O error", "DISK-ERROR"),
        ("no such table: unit", "ALTERED"),
        ("no such column: i.edition", "ALTERED"),
    ],
)
def test_a_fault_of_the_world_has_a_sentence_that_names_the_file(said: str, code: str) -> None:
    error = translated_fault(dbapi2.OperationalError(said), "台账.db")
    assert error is not None
    assert error.code == code
    assert error.message.startswith("「台账.db」：")
    assert error.remedy.endswith("。")


@pytest.mark.parametrize(
    "said", ["no such function: unit", "UNIQUE constraint failed: unit.uid", 'near "SELEKT"']
)
def test_a_fault_of_the_program_stays_one(said: str) -> None:
    assert translated_fault(dbapi2.OperationalError(said), "台账.db") is None
    with pytest.raises(DatabaseFault, match=said), faults_of("台账.db"):
        raise dbapi2.OperationalError(said)


def test_a_fault_of_the_world_is_raised_as_an_app_error_with_its_cause() -> None:
    with pytest.raises(AppError, match="磁盘已满") as caught, faults_of("台账.db"):
        raise dbapi2.OperationalError("database or disk is full")
    assert isinstance(caught.value.__cause__, dbapi2.OperationalError)


def test_other_exceptions_pass() -> None:
    with pytest.raises(ZeroDivisionError), faults_of("台账.db"), file_faults_of("台账.db"):
        raise ZeroDivisionError


def test_a_broken_rule_of_the_database_is_a_fault_of_it() -> None:
    assert issubclass(IntegrityFault, DatabaseFault)
    connection = dbapi2.connect(":memory:")
    with pytest.raises(IntegrityFault):
        connection.executescript("CREATE TABLE t (x NOT NULL); INSERT INTO t VALUES (NULL)")
    connection.close()


@pytest.mark.parametrize(
    "error", [OSError(28, "No space left on device"), OSError("unknown"), PermissionError(13, "x")]
)
def test_a_fault_of_the_file_system_names_the_file(error: OSError) -> None:
    with pytest.raises(AppError) as caught, file_faults_of("甲.pdf"):
        raise error
    assert caught.value.message.startswith("「甲.pdf」：")
    assert reason_of(error) in caught.value.message
    assert caught.value.remedy


def app_errors(path: Path) -> list[tuple[Path, ast.Call]]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call))
    return [(path, call) for call in calls if isinstance(call.func, ast.Name) and call.func.id == "AppError"]


CALLS = [call for path in ROOMS for call in app_errors(path)]


@pytest.mark.parametrize(("path", "call"), CALLS, ids=[f"{path.name}-{call.lineno}" for path, call in CALLS])
def test_every_app_error_of_these_rooms_says_what_to_do(path: Path, call: ast.Call) -> None:
    remedies = [keyword.value for keyword in call.keywords if keyword.arg == "remedy"]
    assert len(remedies) == 1
    (remedy,) = remedies
    pieces = remedy.values if isinstance(remedy, ast.JoinedStr) else [remedy]
    constants = [piece.value for piece in pieces if isinstance(piece, ast.Constant)]
    assert any(str(constant).strip() for constant in constants) or ast.unparse(remedy) == "remedy"


def test_the_remedies_kept_in_a_table_say_what_to_do() -> None:
    assert all(remedy.startswith("请") and remedy.endswith("。") for *_, remedy in faults._SENTENCES)
    assert all(message.endswith("。") for *_, message, _ in faults._SENTENCES)
    assert len({code for _, code, *_ in faults._SENTENCES}) == len(faults._SENTENCES)
