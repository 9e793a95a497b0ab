"""Writes a sample county into the workbooks that offices would hand in. Knows the layouts, not how rows are made."""

from __future__ import annotations

import csv
import datetime
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path

from desktop.sample import shapes
from desktop.sample.rows import County, Row
from desktop.sample.shapes import Shape

_POLICE = "示例县公安局"
_TOWN = "示例县城关镇人民政府"
_YUAN_PER_WAN = 10_000
_MONEY = ("单价", "金额")

Written = str | int | float | datetime.date | None
Filled = tuple[Shape, Sequence[Row]]


def write_workbooks(county: County, folder: Path) -> list[Path]:
    """Write every row of the county once into workbooks in `folder`, made if missing; return their paths.

    The cells are the same for the same county; the bytes of the files are not.
    """
    folder.mkdir(parents=True, exist_ok=True)
    town_computers, computers = _parted(county.computer, _TOWN)
    town_installations, installations = _parted(county.installation, _TOWN)
    police_licences, licences = _parted(county.licence, _POLICE)
    return [
        _write(folder / "01单位和人员.xlsx", (shapes.UNITS, county.unit), (shapes.PEOPLE, county.person)),
        _write(folder / "02计算机.xlsx", (shapes.COMPUTERS, computers)),
        _write(folder / "03许可.xlsx", (shapes.LICENCES, licences)),
        _write(folder / "03许可-公安局.xlsx", (shapes.POLICE_LICENCES, police_licences)),
        _write(folder / "04安装.xlsx", (shapes.INSTALLATIONS, installations)),
        _write(
            folder / "05城关镇.xlsx",
            (shapes.TOWN_COMPUTERS, town_computers),
            (shapes.TOWN_INSTALLATIONS, town_installations),
        ),
        _write_csv(folder / "06进度.csv", (shapes.PROGRESS, county.progress)),
    ]


def _parted(rows: Sequence[Row], unit: str) -> tuple[list[Row], list[Row]]:
    """Return the rows of a unit, and all others."""
    own = [row for row in rows if row["单位名称"] == unit]
    return own, [row for row in rows if row["单位名称"] != unit]


def _write(path: Path, *sheets: Filled) -> Path:
    from openpyxl import Workbook

    workbook = Workbook(write_only=True)
    for filled in sheets:
        sheet = workbook.create_sheet(filled[0].title)
        for line in _lines(filled):
            sheet.append(line)
    workbook.save(path)
    return path


def _write_csv(path: Path, filled: Filled) -> Path:
    with path.open("w", encoding="gb18030", newline="") as file:
        csv.writer(file).writerows(_lines(filled))
    return path


def _lines(filled: Filled) -> Iterator[Sequence[Written]]:
    """Yield what stands in a sheet: the lines above, the headings, the rows."""
    shape, rows = filled
    width = len(shape.columns)
    yield from ([line, *[None] * (width - 1)] for line in shape.above)
    yield list(shape.columns)
    for n, row in enumerate(rows):
        yield [
            _written(row, column, dates=n % 3 if shape.text_dates else None)
            for column in shape.columns.items()
        ]


def _written(row: Row, column: tuple[str, str], *, dates: int | None) -> Written:
    """Return a cell as the office writes it under its heading; `dates` is a way of writing dates as text."""
    heading, official = column
    if not official:
        return None
    value = row[official]
    if isinstance(value, datetime.date):
        return value if dates is None else _date_text(value, dates)
    if official in _MONEY and isinstance(value, str):
        return _amount(value, in_wan="万元" in heading)
    return value


def _date_text(day: datetime.date, way: int) -> str:
    """Return a date in one of the three ways in which people type it."""
    ways = (f"{day.year}年{day.month}月{day.day}日", f"{day.year}.{day.month}.{day.day}", day.isoformat())
    return ways[way]


def _amount(yuan: str, *, in_wan: bool) -> float:
    """Return an amount as a number; in 万元 with as many decimals as the fen need."""
    amount = Decimal(yuan)
    return float(amount / _YUAN_PER_WAN if in_wan else amount)
