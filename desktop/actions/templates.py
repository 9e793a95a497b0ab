"""Blank workbooks to be filled in, or the ledger's own records in them, to be corrected and imported again."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from desktop.actions.importing import vocabulary
from desktop.actions.ledger_rows import LedgerRows
from desktop.actions.outputs import refuse_bad_outputs
from desktop.core.secrecy import NOTICE
from desktop.core.unit import Unit
from desktop.errors import AppError, reason_of
from desktop.files import write_whole
from desktop.intake.sheet_specs import ColumnSpec, SheetSpec
from desktop.intake.templates import Row, template
from desktop.paths import resources
from desktop.store.database import Ledger

_SOFTWARE = "请写明名称和版本；没有安装的留空。"


def write_blank_templates(folder: Path) -> Iterator[Path]:
    """Write every blank workbook into a folder, made if missing, and yield each.

    Raises AppError when one would take the place of a file that is not our own, or cannot be written.
    """
    for described in _described():
        sheets: list[tuple[SheetSpec, Sequence[Row]]] = [(spec, ()) for spec in _specs(described)]
        yield _write(folder / described["file"], template(sheets, described["lines"]))


def write_filled_template(ledger: Ledger, folder: Path, *, unit: Unit | None = None) -> tuple[Path, int]:
    """Write the ledger's records, of all units or one with those below it, into the workbook of all sheets.

    Returns the file, and how many installations are left out because their computer has no asset number.
    Raises AppError when it would take the place of a file that is not our own, or cannot be written.
    """
    described = _described()[0]
    rows = LedgerRows(ledger, unit)
    sheets = [(spec, list(rows.of(spec))) for spec in _specs(described)]
    named = f"{Path(described['file']).stem}-{unit.name if unit else '全部'}.xlsx"
    path = _write(folder / named, template(sheets, described["lines"]))
    return path, rows.unnumbered


def _described() -> list[dict[str, Any]]:
    text = resources("intake", "templates.toml").read_text(encoding="utf-8").replace("{notice}", NOTICE)
    templates: list[dict[str, Any]] = tomllib.loads(text)["template"]
    return templates


def _specs(described: Mapping[str, Any]) -> list[SheetSpec]:
    """Return the sheets of a template."""
    words = vocabulary()
    if "sheets" in described:
        return [words.spec(subject) for subject in described["sheets"]]
    computer = words.spec("computer")
    columns = [computer.columns[computer.positions[name]] for name in described["columns"]]
    claim = words.spec("installation")
    claimed = claim.columns[claim.positions["claim"]]
    for heading in described["software"]:
        columns += [ColumnSpec(heading, heading, (), "text", False, _SOFTWARE), claimed]  # noqa: FBT003  # not required
    columns.append(ColumnSpec(described["others"], described["others"], (), "names", required=False))
    columns.append(computer.columns[computer.positions["note"]])
    return [SheetSpec("computer", described["sheet"], (), tuple(columns))]


def _write(path: Path, content: bytes) -> Path:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        said = f"不能建立文件夹「{path.parent}」（{reason_of(error)}）。"
        raise AppError("NO-FOLDER", "没有写成", message=said, remedy="请换一个位置。") from error
    refuse_bad_outputs({"工作簿": path})
    write_whole(path, content)
    return path
