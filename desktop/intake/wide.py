"""Reads sheets with a computer on each row and its software beside it: a column or a group for every class.

Such a sheet is one of computers and, once for every column of software, one of installations.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from desktop.intake.files.raw import RawSheet
from desktop.intake.headings import Headings, heading_rows
from desktop.intake.recognise import SheetMap, map_headings
from desktop.intake.sheet_specs import SheetSpec, Vocabulary, heading_key

_MOST_CLASSES = 12
"""More columns or groups of software than this are no sheet of an office."""
_OF_THE_COMPUTER = ("unit", "asset_no")
_OF_THE_SOFTWARE = ("edition", "licence_no", "installed_on", "claim", "product_identifier", "key_text")

Classes = Mapping[str, str]
"""The class of software that a heading names, by the heading's comparable form."""
Named = tuple[str, Sequence[int]]
"""A class of software, and the columns that stand in the group of any class."""


def recognise_wide(sheet: RawSheet, words: Vocabulary) -> list[SheetMap]:
    """Return how a sheet of computers with their software is read; nothing for any other sheet.

    The row is taken that names most columns. Its computers are registered where their kind is told, too.
    """
    tried = (_maps(row, words) for row in heading_rows(sheet))
    return max(tried, key=lambda maps: sum(len(each.columns) for each in maps), default=[])


def _maps(row: Headings, words: Vocabulary) -> list[SheetMap]:
    computers, installations = words.spec("computer"), words.spec("installation")
    parts = _parts(row, words)
    taken = sorted({column for part in parts for column in _own_columns(part)})
    computer = map_headings(row, computers, without=taken)
    asset_no = installations.positions["asset_no"]
    if not parts or not (computer.missing == () or any(asset_no in part.columns for part in parts)):
        return []
    if computer.missing:
        return [replace(part, taken=taken) for part in parts]
    waived = () if asset_no in parts[0].columns else (asset_no,)
    return [computer, *(replace(part, waived=waived, taken=taken) for part in parts)]


def software_beside(
    row: Headings, computer: SheetMap, words: Vocabulary, *, without: Collection[int]
) -> list[SheetMap]:
    """Return how the software is read that stands beside computers, leaving some columns alone."""
    spec = words.spec("installation")
    whose = {
        spec.positions[name]: computer.columns[computer.spec.positions[name]]
        for name in _OF_THE_COMPUTER
        if computer.spec.positions[name] in computer.columns
    }
    waived = () if spec.positions["asset_no"] in whose else (spec.positions["asset_no"],)
    beside = []
    for part in _parts(row, words):
        own = {at: part.columns[at] for at in part.columns if part.columns[at] in _own_columns(part)}
        columns = {at: column for at, column in own.items() if column not in without}
        if spec.positions["product"] in columns:
            beside.append(replace(part, columns={**whose, **columns}, waived=waived))
    return beside


def _parts(row: Headings, words: Vocabulary) -> list[SheetMap]:
    """Return how each column or group of software is read as installations."""
    computers, installations = words.spec("computer"), words.spec("installation")
    grouped = _grouped(row, installations, words.software)
    return [*grouped, *_flat(row, computers, installations, words.software)]


def _own_columns(part: SheetMap) -> list[int]:
    shared = {part.spec.positions[field] for field in _OF_THE_COMPUTER}
    return [column for position, column in part.columns.items() if position not in shared]


def _grouped(row: Headings, spec: SheetSpec, classes: Classes) -> Iterator[SheetMap]:
    """Yield a part for every group of columns that stands under the name of a class and holds a product."""
    in_groups = _in_groups(row, classes)
    groups = list(dict.fromkeys(row.groups))
    for group in groups if len(groups) <= _MOST_CLASSES else ():
        software_class = classes.get(heading_key(group)) if group else None
        if software_class is None:
            continue
        others = [column for column, other in enumerate(row.groups) if other != group]
        inside = map_headings(row, spec, without=others)
        if spec.positions["product"] in inside.columns:
            yield _part(row, spec, inside.columns, (software_class, in_groups))


def _flat(row: Headings, computers: SheetSpec, spec: SheetSpec, classes: Classes) -> Iterator[SheetMap]:
    """Yield a part for every column headed by a class, with what is said of it up to the next one.

    What only the last of several would have may be about all of them, and is not read.
    """
    named = [
        (column, classes[heading_key(text)])
        for column, text in enumerate(row.texts)
        if heading_key(text) in classes and heading_key(row.groups[column]) not in classes
    ]
    if len(named) > _MOST_CLASSES:
        return
    of_computers = set(map_headings(row, computers).columns.values())
    ends = [*(column for column, _ in named[1:]), len(row.texts)][: len(named)]
    parts: list[dict[int, int]] = []
    for (column, _), end in zip(named, ends, strict=True):
        others = [c for c in range(len(row.texts)) if not column < c < end or c in of_computers]
        beside = map_headings(row, spec, without=others).columns
        told = {spec.positions[field] for field in _OF_THE_SOFTWARE}
        columns = {position: c for position, c in beside.items() if position in told}
        parts.append({spec.positions["product"]: column, **columns})
    if len(parts) > 1:
        parts[-1] = {position: c for position, c in parts[-1].items() if position in parts[0]}
    in_groups = _in_groups(row, classes)
    for (_, software_class), columns in zip(named, parts, strict=True):
        yield _part(row, spec, columns, (software_class, in_groups))


def _in_groups(row: Headings, classes: Classes) -> list[int]:
    """Return the columns that stand in the group of some class."""
    return [column for column, group in enumerate(row.groups) if heading_key(group) in classes]


def _part(row: Headings, spec: SheetSpec, columns: Mapping[int, int], named: Named) -> SheetMap:
    """Return a part with the columns of the software, those that say whose computer it is on, and its class."""
    software_class, inside = named
    shared = {spec.positions[field] for field in _OF_THE_COMPUTER}
    common = map_headings(row, spec, without=[*columns.values(), *inside]).columns
    whose = {position: column for position, column in common.items() if position in shared}
    product = spec.positions["product"]
    return SheetMap(
        spec,
        row.row,
        {**whose, **columns},
        row.texts,
        constants={spec.positions["class"]: software_class},
        record_at=product,
    )
