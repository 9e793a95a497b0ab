"""Says in which unit of money a sheet's amounts are: by the heading, the group it stands in, or a line beside the table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from desktop.core.findings import Finding, FindingClass
from desktop.core.money import carries_a_unit, names_a_unit, split_unit
from desktop.intake.cell_readers import reader
from desktop.intake.files.raw import Cell, RawSheet
from desktop.intake.headings import words_above
from desktop.intake.measures import moneys_of_lines
from desktop.intake.recognise import SheetMap
from desktop.intake.sheets import ReadSheet
from desktop.intake.surroundings import lines_of

_MOST_LEVELS = 3
"""How many rows of groups may stand over a heading."""


@dataclass(frozen=True)
class MoneyUnits:
    """What is read for the heading of each column of money, by the raw sheet's column: words that say its unit.

    A column that nothing is said of keeps its own heading. `noted` are the columns that go by the line `note`.
    """

    words: Mapping[int, str] = field(default_factory=dict)
    noted: Sequence[int] = ()
    note: str = ""


def money_units(sheet: RawSheet, mapping: SheetMap, asides: Sequence[Sequence[Cell]]) -> MoneyUnits:
    """Return which unit each column of money has; `asides` are the rows below the headings that hold no records.

    Lines that say different units are taken together for a unit that nobody knows, so that the amounts are refused.
    """
    words = {column: mapping.headings[column] for column in _columns(mapping)}
    open_columns = [column for column, text in words.items() if not names_a_unit(text)]
    for column in open_columns:
        groups = words_above(sheet, mapping.heading_row, column)[:_MOST_LEVELS]
        words[column] = next(filter(names_a_unit, groups), words[column])
    noted = [column for column in open_columns if not names_a_unit(words[column])]
    if not noted:
        return MoneyUnits(words)
    above = sheet.rows[: mapping.heading_row]
    lines = [line for row in (*above, *asides) for line in lines_of(row)]
    titles = [line for row in above if len(texts := list(lines_of(row))) == 1 for line in texts]
    found = moneys_of_lines(lines, titles)
    if not found:
        return MoneyUnits(words)
    if len(found) > 1:
        return MoneyUnits({**words, **dict.fromkeys(noted, f"表外注明的单位（{'或'.join(found)}）")})
    money, line = next(iter(found.items()))
    is_known = split_unit(f"（{money}）")[1] is not None
    return MoneyUnits({**words, **dict.fromkeys(noted, f"（{money}）")}, noted if is_known else (), line)


def _columns(mapping: SheetMap) -> Iterator[int]:
    """Yield the columns of the raw sheet that hold money."""
    for position, column in mapping.columns.items():
        if mapping.spec.columns[position].kind == "money":
            yield column
            yield from mapping.spares.get(position, ())


def without_unit(
    read: ReadSheet, body: Sequence[Sequence[Cell]], mapping: SheetMap, units: MoneyUnits
) -> Iterator[Finding]:
    """Yield by which line amounts are taken whose headings name no unit, or that they are taken as 元.

    Nothing is said of a column in which every amount names its own.
    """
    written = {
        source: mapping.spec.columns[position].field
        for position, source in mapping.columns.items()
        if source in units.words and _lacks_units(body, source)
    }
    noted = [source for source in units.noted if source in written]
    if noted:
        listed = "、".join(f"「{' '.join(mapping.headings[source].split())}」" for source in noted)
        text = f"{listed}栏的表头没有写金额单位，按表外写的「{units.note}」计。"
        remedy = "如不对，请在表头写明（元）或（万元）。"
        yield Finding("I65", FindingClass.D, text, remedy, read.place(0))
    for source, name in written.items():
        if source not in noted and not names_a_unit(units.words[source]):
            text = "表头没有写金额单位，按元计。"
            remedy = "请在表头写明（元）或（万元）。"
            yield Finding("I41", FindingClass.C, text, remedy, read.place(0, name))


def _lacks_units(body: Sequence[Sequence[Cell]], column: int) -> bool:
    """Return whether some amount in a column, zero aside, names no unit itself."""
    amounts = {row[column] for row in body if len(row) > column} - {None, 0}
    parse = reader("money")
    return any(
        not (isinstance(cell, str) and carries_a_unit(cell))
        and isinstance(value := parse(cell), int)
        and value
        for cell in amounts
    )
