"""What sheets and columns the program understands: the words of `resources/intake/sheets.toml` as values."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from desktop.core.money import split_unit
from desktop.core.subjects import SUBJECTS


@dataclass(frozen=True)
class ColumnSpec:
    """A column of a sheet: the field it fills, its official heading, other headings, how cells are read."""

    field: str
    heading: str
    also: tuple[str, ...]
    kind: str
    required: bool
    note: str = ""


@dataclass(frozen=True)
class SheetSpec:
    """A sheet that the program understands."""

    subject: str
    name: str
    also: tuple[str, ...]
    columns: tuple[ColumnSpec, ...]

    @cached_property
    def positions(self) -> dict[str, int]:
        """Where each field stands in a row of this sheet."""
        return {column.field: position for position, column in enumerate(self.columns)}

    @cached_property
    def records(self) -> dict[str, tuple[int | None, ...]]:
        """Where the fields of a record of each subject stand in a row of this sheet; None for one it has not."""
        return {
            name: tuple(self.positions.get(field.name) for field in subject.fields)
            for name, subject in SUBJECTS.items()
        }

    @cached_property
    def by_heading(self) -> dict[str, int]:
        """The column that a heading names, by its comparable form."""
        found: dict[str, int] = {}
        for names in (lambda c: (c.heading,), lambda c: c.also):
            for position, column in enumerate(self.columns):
                for heading in names(column):
                    found.setdefault(heading_key(heading), position)
        return found


_LONGEST_HEADING = 120


def heading_key(heading: str) -> str:
    """Return a heading in the form in which spellings compare: no blanks, brackets, unit of money, signs or case."""
    if len(heading) > _LONGEST_HEADING:
        return heading  # no heading of ours: instructions above a table
    plain = split_unit(heading)[0].casefold()
    without_brackets = re.sub(r"\([^()]*\)", "", plain)
    return re.sub(r"[\W_]", "", without_brackets) or re.sub(r"[\W_]", "", plain)


@dataclass(frozen=True)
class Vocabulary:
    """Everything the program understands of sheets.

    `software` gives the class of software that a heading names, by the heading's comparable form. Within a group of
    such a class `products` are headings of its name, the likeliest first, and `claims` those that say 正版 or 非正版.
    """

    specs: tuple[SheetSpec, ...]
    software: Mapping[str, str]
    products: tuple[str, ...] = ()
    claims: Mapping[str, str] = field(default_factory=dict)

    def spec(self, subject: str) -> SheetSpec:
        """Return the sheet of a subject. Raises StopIteration for one that there is none of."""
        return next(spec for spec in self.specs if spec.subject == subject)


def load_vocabulary(path: Path) -> Vocabulary:
    """Return what a file of our own describes; a mistake in it is a fault of the program."""
    described = tomllib.loads(path.read_text(encoding="utf-8"))["software_in_groups"]
    products = tuple(map(heading_key, described["名称"]))
    claims = {heading_key(text): claim for claim in ("正版", "非正版") for text in described[claim]}
    return Vocabulary(load_sheet_specs(path), load_software_headings(path), products, claims)


def load_software_headings(path: Path) -> dict[str, str]:
    """Return the class of software that a heading names, by the heading's comparable form, from a file of our own."""
    described = tomllib.loads(path.read_text(encoding="utf-8"))["software_headings"]
    return {heading_key(heading): name for name, headings in described.items() for heading in headings}


def load_sheet_specs(path: Path) -> tuple[SheetSpec, ...]:
    """Return the sheets described in a file of our own; a mistake in it is a fault of the program."""
    described = tomllib.loads(path.read_text(encoding="utf-8"))
    return tuple(
        SheetSpec(
            subject=sheet["subject"],
            name=sheet["name"],
            also=tuple(sheet["also"]),
            columns=tuple(
                ColumnSpec(
                    c["field"],
                    c["heading"],
                    tuple(c["also"]),
                    c["kind"],
                    c.get("required", False),
                    c.get("note", ""),
                )
                for c in sheet["column"]
            ),
        )
        for sheet in described["sheet"]
    )
