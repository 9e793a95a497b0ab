"""The size of modules and functions, and tests that mirror what they test."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
DESKTOP = ROOT / "desktop"
MOST_LINES_OF_A_MODULE = 400
MOST_LINES_OF_A_FUNCTION = 50

# Each exception with its reason.
LONG_MODULES: dict[str, str] = {}
# Modules whose test has another name, and which.
TRIED_BY = {
    "desktop/__main__.py": "tests/cli/test_main.py",
    "desktop/cli/ledger_commands.py": "tests/cli/test_main.py",
    "desktop/cli/journal_commands.py": "tests/actions/test_auditing.py",
    "desktop/cli/campaign_commands.py": "tests/cli/test_main.py",
    "desktop/cli/mapping_commands.py": "tests/cli/test_main.py",
    "desktop/cli/template_commands.py": "tests/cli/test_main.py",
    "desktop/core/records.py": "tests/store/test_form_records.py",
    "desktop/store/record_queries.py": "tests/store/test_form_records.py",
    "desktop/store/licences.py": "tests/actions/test_ledger_forms.py",
    "desktop/forms/filling/record_filling.py": "tests/forms/test_record_rows.py",
    "desktop/forms/paper/band_marks.py": "tests/forms/test_record_rows.py",
    "desktop/forms/tables/xlsx_stream.py": "tests/forms/test_record_rows.py",
    "desktop/actions/ledger_rows.py": "tests/actions/test_templates.py",
    "desktop/intake/templates.py": "tests/actions/test_templates.py",
    "desktop/cli/form_commands.py": "tests/cli/test_main.py",
    "desktop/core/ports.py": "tests/store/test_records.py",
    "desktop/store/indicators.py": "tests/store/test_recount.py",
    "desktop/store/row_queries.py": "tests/store/test_recount.py",
    "desktop/store/schema_1.py": "tests/store/test_migrations.py",
    "desktop/store/schema_2.py": "tests/store/test_migrations.py",
    "desktop/store/schema_3.py": "tests/store/test_migrations.py",
    "desktop/store/reports.py": "tests/actions/test_typing_in.py",
    "desktop/core/report.py": "tests/actions/test_typing_in.py",
    "desktop/store/issued.py": "tests/actions/test_proving.py",
    "desktop/actions/comparing.py": "tests/actions/test_proving.py",
    "desktop/cli/issue_commands.py": "tests/cli/test_main.py",
    "desktop/forms/working_paper.py": "tests/actions/test_working_papers.py",
    "desktop/cli/document_commands.py": "tests/cli/test_main.py",
    "desktop/store/form_obstacles.py": "tests/actions/test_locks.py",
    "desktop/cli/paper_commands.py": "tests/cli/test_main.py",
    "desktop/actions/doubts.py": "tests/actions/test_filling.py",
    "desktop/actions/earlier.py": "tests/actions/test_filling.py",
    "desktop/cli/report_commands.py": "tests/cli/test_main.py",
    "desktop/forms/filling/material.py": "tests/forms/filling/test_binding.py",
    "desktop/intake/files/raw.py": "tests/intake/files/test_workbook.py",
    "desktop/intake/cell_readers.py": "tests/intake/test_cells.py",
    "desktop/intake/value_cells.py": "tests/intake/test_cells.py",
    "desktop/intake/looking.py": "tests/actions/test_importing.py",
    "desktop/intake/sheet_findings.py": "tests/actions/test_importing.py",
    "desktop/intake/planning/shares.py": "tests/intake/planning/test_allocations.py",
    "desktop/intake/row_findings.py": "tests/intake/test_reading.py",
    "desktop/forms/spec.py": "tests/forms/reading/test_loader.py",
    **{
        f"desktop/sample/{name}.py": "tests/sample/test_county.py"
        for name in [
            "copies",
            "holdings",
            "machines",
            "material",
            "people",
            "progress",
            "rows",
            "shares",
            "sites",
            "software_rows",
        ]
    },
    "desktop/sample/shapes.py": "tests/sample/test_workbooks.py",
}


def modules() -> list[Path]:
    return sorted(path for path in DESKTOP.rglob("*.py"))


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def logic_lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Return the lines of a function without its docstring."""
    body = function.body
    first = body[1] if len(body) > 1 and isinstance(body[0], ast.Expr) else body[0]
    return (function.end_lineno or 0) - first.lineno + 1


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_a_module_is_one_room(path: Path) -> None:
    lines = len(path.read_text(encoding="utf-8").splitlines())
    assert lines <= MOST_LINES_OF_A_MODULE or name_of(path) in LONG_MODULES


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_functions_are_short(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    long = [
        f"{name_of(path)}:{f.lineno} {f.name}" for f in functions if logic_lines(f) > MOST_LINES_OF_A_FUNCTION
    ]
    assert not long


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_a_module_has_a_test_beside_it(path: Path) -> None:
    if path.name == "__init__.py":
        return
    relative = path.relative_to(DESKTOP)
    mirror = f"tests/{relative.parent.as_posix()}/test_{relative.name}".replace("/./", "/")
    test = ROOT / TRIED_BY.get(name_of(path), mirror)
    assert test.exists(), f"{name_of(path)} has no {test.relative_to(ROOT)}"


def test_exceptions_are_still_needed() -> None:
    assert all((ROOT / name).exists() for name in [*LONG_MODULES, *TRIED_BY])


def test_every_file_has_a_name_that_windows_takes() -> None:
    folders = (path for path in ROOT.iterdir() if path.name not in (".git", ".venv", "demo-out"))
    names = [name for folder in folders for name in (folder.name, *(path.name for path in folder.rglob("*")))]
    assert [name for name in names if set(name) & set('<>:"|?*\\')] == []
