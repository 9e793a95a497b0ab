"""What a person has said of sheets with certain headings: which kind they are, what each column holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from desktop.core.subjects import natural_key
from desktop.intake.files.raw import RawSheet
from desktop.intake.headings import Headings, heading_rows
from desktop.intake.recognise import SheetMap
from desktop.intake.sheet_specs import SheetSpec, Vocabulary, heading_key
from desktop.intake.ticks import with_ticks
from desktop.intake.wide import software_beside


@dataclass(frozen=True)
class Choice:
    """How sheets with the same headings are read: the kind, the field of each column that is read, and those not to be.

    `headings` are the words over each column, for a person to know the sheet by.
    """

    subject: str
    fields: Mapping[int, str]
    headings: tuple[str, ...]
    unread: tuple[int, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Return the choice as plain values."""
        fields = {str(column): name for column, name in self.fields.items()}
        words = {"headings": list(self.headings), "unread": list(self.unread)}
        return {"subject": self.subject, "fields": fields, **words}

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Choice:
        """Return a choice from plain values. Raises KeyError or ValueError for what is none."""
        fields = {int(column): str(name) for column, name in values["fields"].items()}
        return cls(str(values["subject"]), fields, tuple(values["headings"]), tuple(values.get("unread", ())))


Choices = Mapping[str, Choice]
"""Choices by the signature of the headings they are about."""


def signature(row: Headings) -> str:
    """Return what sheets with the same headings in the same order have in common."""
    return natural_key(*(heading_key(group) + "/" + heading_key(text) for group, text in words_of(row)))


def words_of(row: Headings) -> list[tuple[str, str]]:
    """Return group and own words of each column up to the last that has any."""
    words = list(zip(row.groups, row.texts, strict=True))
    while words and not words[-1][1]:
        words.pop()
    return words


def chosen(sheet: RawSheet, choices: Choices, words: Vocabulary) -> list[SheetMap]:
    """Return how a sheet is read by what was said of its headings; nothing when nothing was."""
    for row in heading_rows(sheet) if choices else ():
        choice = choices.get(signature(row))
        if choice is not None:
            return maps_chosen(row, choice, words)
    return []


def maps_chosen(row: Headings, choice: Choice, words: Vocabulary) -> list[SheetMap]:
    """Return how the sheet below a heading row is read by a choice; nothing for one of a kind no longer known.

    Software that stands beside the computers of a sheet is read with them, unless its columns are said otherwise.
    """
    spec = next((spec for spec in words.specs if spec.subject == choice.subject), None)
    if spec is None:
        return []
    mapping = _map_chosen(row, choice, spec)
    said = {*choice.fields, *choice.unread}
    if choice.subject == "installation":
        unsaid = [column for column in range(len(row.texts)) if column not in said]
        return [with_ticks(mapping, row, unsaid, words.claims)]
    if choice.subject != "computer":
        return [mapping]
    return [mapping, *software_beside(row, mapping, words, without=said)]


def _map_chosen(row: Headings, choice: Choice, spec: SheetSpec) -> SheetMap:
    read = {spec.positions[name]: at for at, name in choice.fields.items() if name in spec.positions}
    left = [column for column in range(len(row.texts)) if column not in read.values()]
    return SheetMap(spec, row.row, read, row.texts, taken=left)
