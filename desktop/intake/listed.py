"""Reads sheets with one software on each row and its computer beside it, merged or repeated: both are registered."""

from __future__ import annotations

from dataclasses import replace

from desktop.intake.cell_readers import reader
from desktop.intake.cells import Problem, as_text
from desktop.intake.files.raw import RawSheet
from desktop.intake.headings import Headings
from desktop.intake.recognise import SheetMap, is_named, map_headings
from desktop.intake.sheet_specs import Vocabulary, heading_key
from desktop.intake.shorthand import DITTO

_OF_BOTH = ("unit", "asset_no")


def as_installations(
    computers: SheetMap, sheet: RawSheet, row: Headings, words: Vocabulary
) -> SheetMap | None:
    """Return how a sheet of computers is read as one of the software on them; nothing where it is a mere list of them.

    It names the software of each row. Where the sheet is called one of computers, numbers must come on several rows.
    """
    spec = words.spec("installation")
    mapping = map_headings(row, spec)
    product = mapping.columns.get(spec.positions["product"])
    if mapping.missing or product is None or "软件" not in row.texts[product]:
        return None
    number = mapping.columns[spec.positions["asset_no"]]
    is_listed = not is_named(sheet.name, computers.spec) or _is_repeated(sheet, row.row, number)
    return mapping if is_listed else None


def with_computers(mapping: SheetMap, sheet: RawSheet, row: Headings, words: Vocabulary) -> list[SheetMap]:
    """Return how a sheet of installations is read, and its computers, where it tells of each which kind it is.

    What may be said of either is said of the computer left of the software's name. A row silent about the kind holds
    no computer, one without a name no software. A column of other kinds, such as those of software, is left alone.
    """
    spec = words.spec("computer")
    product = mapping.columns.get(mapping.spec.positions["product"], 0)
    whose = [mapping.spec.positions[name] for name in _OF_BOTH]
    shared = [mapping.columns[at] for at in whose if at in mapping.columns]
    own = [
        column
        for column in mapping.columns.values()
        if column not in shared
        and (column >= product or heading_key(row.texts[column]) not in spec.by_heading)
    ]
    several = [*mapping.ticks.values(), *mapping.contested.values()]
    computers = map_headings(
        row, spec, without=[*own, *(column for columns in several for column in columns)]
    )
    kind = spec.positions["kind"]
    is_numbered = spec.positions["asset_no"] in computers.columns
    if computers.missing or not is_numbered or not _are_kinds(sheet, row.row, computers.columns[kind]):
        return [mapping]
    taken = [column for column in computers.columns.values() if column not in shared]
    columns = {at: column for at, column in mapping.columns.items() if column not in taken}
    at = mapping.spec.positions["product"]
    return [replace(mapping, columns=columns, taken=taken, record_at=at), replace(computers, record_at=kind)]


def _is_repeated(sheet: RawSheet, heading_row: int, column: int) -> bool:
    """Return whether words in a column stand on several rows each, or are merged over them."""
    if any(
        top > heading_row and left == column and bottom > top for (top, left), (bottom, _) in sheet.merged
    ):
        return True
    below = (row[column] for row in sheet.rows[heading_row + 1 :] if len(row) > column)
    said = [text for cell in below if (text := as_text(cell))]
    return len({*said}) < len(said)


def _are_kinds(sheet: RawSheet, heading_row: int, column: int) -> bool:
    """Return whether most of the different words in a column are kinds of computers."""
    below = {row[column] for row in sheet.rows[heading_row + 1 :] if len(row) > column}
    said = [*map(reader("computer_kind"), below.difference(DITTO))]
    kinds = sum(isinstance(each, str) for each in said)
    return kinds > sum(isinstance(each, Problem) for each in said)
