"""Columns headed 正版 and 非正版 that hold ticks beside the name of the software. Knows no ledger."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from desktop.core.installation import Claim
from desktop.core.text import match_key
from desktop.intake.cells import Parsed, Parser, Problem, as_text
from desktop.intake.files.raw import Cell
from desktop.intake.headings import Headings
from desktop.intake.recognise import SheetMap
from desktop.intake.sheet_specs import heading_key
from desktop.intake.value_cells import read_yes_no


def with_ticks(mapping: SheetMap, row: Headings, among: Iterable[int], claims: Mapping[str, str]) -> SheetMap:
    """Return how a sheet is read with the columns among some that say of its software whether it is genuine.

    A single column headed 正版 says no as well as yes. Two of one heading are left alone.
    """
    claim = mapping.spec.positions["claim"]
    if claim in {**mapping.columns, **mapping.constants, **mapping.contested}:
        return mapping
    free = (column for column in among if column not in mapping.columns.values())
    keys = ((column, heading_key(row.texts[column])) for column in free)
    found = {column: claims[key] for column, key in keys if key in claims}
    if not found or len({*found.values()}) < len(found):
        return mapping
    if [*found.values()] == [Claim.GENUINE]:
        return replace(mapping, columns={**mapping.columns, claim: next(iter(found))})
    return replace(mapping, ticks={claim: found})


def tick_reader(said: str) -> Parser:
    """Return a parser of a column that says one thing by a tick, and nothing without one."""

    def read_tick(cell: Cell) -> Parsed:
        text = as_text(cell)
        answer = 1 if match_key(text) == match_key(said) else read_yes_no(cell)
        if isinstance(answer, Problem):
            remedy = "是的请打“√”，不是的请留空；软件名称和版本请写在各自的栏目里。"
            return Problem(f"「{text}」不是打勾，看不出是否{said}。", remedy)
        return said if answer else None

    return read_tick


def ticked(columns: Sequence[Sequence[Parsed]]) -> list[Parsed]:
    """Return what columns of ticks say together, row by row; two ticks on one row are a problem."""
    return [_one_of(cells) for cells in zip(*columns, strict=True)]


def _one_of(cells: Sequence[Parsed]) -> Parsed:
    said = [cell for cell in cells if cell is not None]
    trouble = next((cell for cell in said if isinstance(cell, Problem)), None)
    if trouble is not None or len(said) < 2:
        return trouble or next(iter(said), None)
    listed = "和".join(f"「{word}」" for word in said)
    return Problem(f"{listed}都打了勾。", "请核对，只在一栏打勾。")
