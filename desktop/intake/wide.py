"""Reads sheets with a computer on each row and its software beside it: a column or a group for every class.

Such a sheet is one of computers and, once for every column of software, one of installations.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from desktop.intake.files.raw import RawSheet
from desktop.intake.headings import Headings, heading_rows
from desktop.intake.recognise import SheetMap, map_headings
from desktop.intake.sheet_specs import SheetSpec, Vocabulary, heading_key
from desktop.intake.ticks import with_ticks

_MOST_CLASSES = 12
"""More columns or groups of software than this are no sheet of an office."""
_OF_THE_COMPUTER = ("unit", "asset_no")
_OF_THE_SOFTWARE = ("edition", "licence_no", "installed_on", "claim", "product_identifier", "key_text")

_VERSION = re.compile(r"(?!.*名称).+版本号?")
_NOTHING_SAID: Mapping[int, str] = {}
_NOTHING_CONTESTED: Mapping[int, Sequence[int]] = {}

Classes = Mapping[str, str]
"""The class of software that a heading names, by the heading's comparable form."""
Named = tuple[str, Sequence[int]]
"""A class of software, and the columns that stand in the group of any class."""


def recognise_wide(sheet: RawSheet, words: Vocabulary) -> list[SheetMap]:
    """Return how a sheet of computers with their software is read; nothing for any other sheet.

    The row is taken that names most columns, of equal ones that with more of them in groups. Its computers are
    registered where their kind is told, too.
    """
    tried = [(_maps(row, words), row) for row in heading_rows(sheet)]
    return max(tried, key=lambda found: _told(*found), default=([], None))[0]


def _told(maps: Sequence[SheetMap], row: Headings) -> tuple[int, int]:
    """Return how many columns are read, and how many of them in groups."""
    read = [column for each in maps for column in each.columns.values()]
    read += [column for each in maps for several in each.ticks.values() for column in several]
    return len(read), sum(bool(row.groups[column]) for column in read)


def _maps(row: Headings, words: Vocabulary) -> list[SheetMap]:
    computers, installations = words.spec("computer"), words.spec("installation")
    parts = _parts(row, words)
    taken = sorted({column for part in parts for column in _own_columns(part)})
    computer = map_headings(row, computers, without=taken)
    asset_no = installations.positions["asset_no"]
    is_whose = computer.missing == () or any(asset_no in part.columns for part in parts)
    if not is_whose or not parts:
        return []
    if computer.missing:
        return [replace(part, taken=taken) for part in parts]
    return [computer, *(replace(part, waived=(asset_no,), taken=taken) for part in parts)]


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
    beside = []
    for part in _parts(row, words):
        own = {at: part.columns[at] for at in part.columns if part.columns[at] in _own_columns(part)}
        columns = {at: column for at, column in own.items() if column not in without}
        ticks = {at: said for at, said in part.ticks.items() if not any(c in without for c in said)}
        if spec.positions["product"] in columns:
            waived = (spec.positions["asset_no"],)
            beside.append(replace(part, columns={**whose, **columns}, ticks=ticks, waived=waived))
    return beside


def _parts(row: Headings, words: Vocabulary) -> list[SheetMap]:
    """Return how each column or group of software is read as installations."""
    spec = words.spec("installation")
    return [*_grouped(row, spec, words), *_flat(row, words.spec("computer"), spec, words)]


def _own_columns(part: SheetMap) -> list[int]:
    shared = {part.spec.positions[field] for field in _OF_THE_COMPUTER}
    own = [column for position, column in part.columns.items() if position not in shared]
    several = [*part.contested.values(), *part.ticks.values()]
    return [*own, *(column for columns in several for column in columns)]


def _grouped(row: Headings, spec: SheetSpec, words: Vocabulary) -> Iterator[SheetMap]:
    """Yield a part for every group of columns that stands under the name of a class and holds a product.

    There are two where one column holds what is genuine and another what is not.
    """
    in_groups = _in_groups(row, words.software)
    groups = list(dict.fromkeys(row.groups))
    product, claim = spec.positions["product"], spec.positions["claim"]
    for group in groups if len(groups) <= _MOST_CLASSES else ():
        software_class = words.software.get(heading_key(group)) if group else None
        if software_class is None:
            continue
        named = software_class, in_groups
        own = [column for column, other in enumerate(row.groups) if other == group]
        others = [column for column in range(len(row.groups)) if column not in own]
        inside = map_headings(row, spec, without=others)
        keys = {heading_key(row.texts[column]): column for column in reversed(own)}
        by_name = next((keys[key] for key in words.products if key in keys), None)
        claims = [(keys[key], words.claims[key]) for key in keys if key in words.claims]
        if product in inside.columns:
            part = _part(row, spec, inside.columns, named, contested=inside.contested)
            yield with_ticks(part, row, own, words.claims)
        elif by_name is not None:
            more = {at: column for at, column in inside.columns.items() if column != by_name}
            part = _part(row, spec, {**more, product: by_name}, named, contested=inside.contested)
            yield with_ticks(part, row, own, words.claims)
        else:
            for column, said in sorted(claims):
                yield _part(row, spec, {product: column}, named, said={claim: said})


def _flat(row: Headings, computers: SheetSpec, spec: SheetSpec, words: Vocabulary) -> Iterator[SheetMap]:
    """Yield a part for every column headed by a class, with what is said of it up to the next one.

    What only the last of several would have may be about all of them, and is not read. Nor is what might as well be
    about the software on its right, or one of two columns with the same heading: that is left open.
    """
    classes = words.software
    named = [
        (column, classes[heading_key(text)])
        for column, text in enumerate(row.texts)
        if heading_key(text) in classes and heading_key(row.groups[column]) not in classes
    ]
    if not named or len(named) > _MOST_CLASSES:
        return
    product, edition = spec.positions["product"], spec.positions["edition"]
    in_groups = _in_groups(row, classes)
    told = _told_by_heading(row, spec, classes)
    editions = _editions(row, named)
    named = [(column, name) for column, name in named if column not in editions]
    of_computers = {*map_headings(row, computers).columns.values(), *editions, *told, *in_groups}
    spans = _spans(named, len(row.texts))
    beside = [_beside(row, spec, span, of_computers) for span in spans]
    ticks = [[c for c in range(*span) if heading_key(row.texts[c]) in words.claims] for span in spans]
    if len(beside) > 1:
        ticks[-1] = ticks[-1] if ticks[0] else []
        beside[-1] = {position: c for position, c in beside[-1].items() if position in beside[0]}
    unclear = _left_of_software(row, spec, named[0][0], of_computers)
    for number, (column, name) in enumerate(named):
        alike = [c for c, _ in named if heading_key(row.texts[c]) == heading_key(row.texts[column])]
        columns = {at: c for at, c in beside[number].items() if at not in unclear}
        columns.update((edition, c) for c, of in editions.items() if of == column)
        if [other for _, other in named].count(name) == 1:
            columns |= {position: c for c, (of, position) in told.items() if of == name}
        contested = unclear if number == 0 else {}
        if len(alike) > 1:
            more = {**contested, product: alike} if column == alike[0] else contested
            yield _part(row, spec, columns, (name, in_groups), contested=more)
        else:
            columns = {product: column, **columns}
            part = _part(row, spec, columns, (name, in_groups), contested=contested)
            yield with_ticks(part, row, ticks[number], words.claims)


def _spans(named: Sequence[tuple[int, str]], width: int) -> list[tuple[int, int]]:
    """Return for each column of software the columns after it up to the next one."""
    return list(zip((c for c, _ in named), [*(c for c, _ in named[1:]), width], strict=True))


def _beside(
    row: Headings, spec: SheetSpec, span: tuple[int, int], without: Collection[int]
) -> dict[int, int]:
    """Return what is said of software within some columns right of it."""
    others = [c for c in range(len(row.texts)) if not span[0] < c < span[1] or c in without]
    told = {spec.positions[field] for field in _OF_THE_SOFTWARE}
    return {at: c for at, c in map_headings(row, spec, without=others).columns.items() if at in told}


def _editions(row: Headings, named: Sequence[tuple[int, str]]) -> dict[int, int]:
    """Return for each column headed by a class's version the one headed by its name: 操作系统版本, 操作系统名称."""
    editions = {}
    for name in dict.fromkeys(name for _, name in named):
        columns = [column for column, other in named if other == name]
        versions = [c for c in columns if _VERSION.fullmatch(heading_key(row.texts[c]))]
        if len(columns) == 2 and len(versions) == 1:
            editions[versions[0]] = columns[0] if columns[1] == versions[0] else columns[1]
    return editions


def _told_by_heading(row: Headings, spec: SheetSpec, classes: Classes) -> dict[int, tuple[str, int]]:
    """Return columns whose heading names a class and what is said of it, as 操作系统是否正版: class and position."""
    told = {}
    positions = {spec.positions[field] for field in _OF_THE_SOFTWARE}
    for column, text in enumerate(row.texts):
        key = heading_key(text)
        start = max((name for name in classes if key.startswith(name)), key=len, default="")
        position = spec.by_heading.get(key[len(start) :])
        if start and key != start and key not in classes and position in positions:
            told[column] = classes[start], position
    return told


def _left_of_software(
    row: Headings, spec: SheetSpec, first: int, without: Collection[int]
) -> dict[int, list[int]]:
    """Return what may be about the software on its right: it stands left of the first, alone or with others right."""
    columns: dict[int, list[int]] = {}
    for field in _OF_THE_SOFTWARE:
        position = spec.positions[field]
        found = [
            column
            for column, text in enumerate(row.texts)
            if column not in without and spec.by_heading.get(heading_key(text)) == position
        ]
        is_alone = field == "claim" and found == [first - 1]
        if found and found[0] < first and (len(found) > 1 or is_alone):
            columns[position] = found
    return columns


def _in_groups(row: Headings, classes: Classes) -> list[int]:
    """Return the columns that stand in the group of some class."""
    return [column for column, group in enumerate(row.groups) if heading_key(group) in classes]


def _part(
    row: Headings,
    spec: SheetSpec,
    columns: Mapping[int, int],
    named: Named,
    *,
    said: Mapping[int, str] = _NOTHING_SAID,
    contested: Mapping[int, Sequence[int]] = _NOTHING_CONTESTED,
) -> SheetMap:
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
        contested=contested,
        constants={spec.positions["class"]: software_class, **said},
        record_at=product,
    )
