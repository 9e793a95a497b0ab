"""Looks at whole files: every sheet read and checked, what could not be understood said. Writes nothing."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from desktop.core.findings import Finding, Place
from desktop.intake import sheet_findings
from desktop.intake.cells import as_text
from desktop.intake.choices import Choices, chosen
from desktop.intake.files.raw import RawSheet
from desktop.intake.files.workbook import read_workbook
from desktop.intake.headings import heading_rows
from desktop.intake.layout import unreadable
from desktop.intake.listed import as_installations, with_computers
from desktop.intake.numbered import NUMBER, number_findings, with_numbers
from desktop.intake.reading import read_sheet
from desktop.intake.recognise import SheetMap, is_named, nearest, recognise
from desktop.intake.secrecy import secrets_of_cells, secrets_of_names
from desktop.intake.sheet_specs import SheetSpec, Vocabulary, heading_key
from desktop.intake.sheets import ReadSheet
from desktop.intake.templates import INSTRUCTIONS
from desktop.intake.ticks import with_ticks
from desktop.intake.wide import recognise_wide

_OF_SOFTWARE = ("软件", "正版", "安装", "授权", "版本")
"""What stands in a heading that speaks of software, among those of the sheet 安装."""

_TEXTS = (".csv", ".txt", ".tsv")
_FEWEST_CELLS = 2
"""As many cells has some line of a text that is a table."""


@dataclass(frozen=True)
class Look:
    """What lies in the files: the sheets that were understood, findings on the rest, a hash of all bytes.

    `unit` is what the person says of whose the sheets are that name no unit.
    """

    sheets: Sequence[ReadSheet]
    findings: Sequence[Finding]
    source_hash: str
    unit: str = ""


@dataclass(frozen=True)
class Reader:
    """How files are read: the words understood, what was said of certain headings."""

    vocabulary: Vocabulary
    choices: Choices = field(default_factory=dict)

    def maps_of(self, raw: RawSheet) -> list[SheetMap]:
        """Return how a sheet is read: once, or several times where a row holds several records; not at all."""
        return self._chosen(raw) or with_numbers(self._recognised(raw), raw)

    def unreadable(self, raw: RawSheet, maps: Sequence[SheetMap], place: Place) -> Finding | None:
        """Return why a sheet cannot be read as it was understood; nothing where a person said how."""
        return None if self._chosen(raw) else unreadable(raw, maps, self.vocabulary, place)

    @property
    def specs(self) -> Sequence[SheetSpec]:
        """The sheets that the program understands."""
        return self.vocabulary.specs

    def _chosen(self, raw: RawSheet) -> list[SheetMap]:
        return chosen(raw, self.choices, self.vocabulary)

    def _recognised(self, raw: RawSheet) -> list[SheetMap]:
        mapping = recognise(raw, self.specs)
        if mapping is None or mapping.spec.subject in ("computer", "installation"):
            wide = recognise_wide(raw, self.vocabulary)
            if wide and (mapping is None or _tells_more(wide, mapping)):
                return wide
        if mapping is None:
            return []
        row = heading_rows(raw)[mapping.heading_row]
        if mapping.spec.subject == "computer":
            mapping = as_installations(mapping, raw, row, self.vocabulary) or mapping
        if mapping.spec.subject == "installation":
            mapping = with_ticks(mapping, row, range(len(row.texts)), self.vocabulary.claims)
            return with_computers(mapping, raw, row, self.vocabulary)
        return [mapping]


def _tells_more(wide: Sequence[SheetMap], mapping: SheetMap) -> bool:
    """Return whether reading software beside its computers reads more; of installations, all that they say, too."""
    read = [column for each in wide for column in each.columns.values()]
    if mapping.spec.subject == "installation" and not (
        wide[0].spec.subject == "computer" and {*mapping.columns.values()} <= {*read}
    ):
        return False
    return len(read) > len(mapping.columns)


def look_at_files(paths: Sequence[Path], reader: Reader) -> Look:
    """Read the files completely and check every cell. A file given twice is read once.

    Raises AppError for a file that cannot be read at all.
    """
    sheets: list[ReadSheet] = []
    findings: list[Finding] = []
    digest = hashlib.sha256()
    different = list({path.resolve(): path for path in paths}.values())
    for path, name in zip(different, _names_of(different), strict=True):
        digest.update(_hash_of(path))
        read, found = _look_at_file(path, name, reader)
        sheets += read
        findings += found
    return Look(sheets, findings, digest.hexdigest())


def _names_of(paths: Sequence[Path]) -> Sequence[str]:
    """Return a name for each file that no other has: with its folder where two have the same."""
    names = Counter(path.name for path in paths)
    parents = Counter(path.parts[-2:] for path in paths)
    return [
        path.name
        if names[path.name] == 1
        else "/".join(path.parts[-2:])
        if parents[path.parts[-2:]] == 1
        else str(path)
        for path in paths
    ]


def _hash_of(path: Path) -> bytes:
    """Return the digest of a file's bytes; of one that cannot be opened, which reading will refuse, nothing."""
    if not path.is_file():
        return b""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").digest()
    except OSError:
        return b""


def _look_at_file(path: Path, name: str, reader: Reader) -> tuple[list[ReadSheet], list[Finding]]:
    sheets: list[ReadSheet] = []
    findings: list[Finding] = []
    strange: list[tuple[Place, SheetMap | None]] = []
    is_text = path.suffix.lower() in _TEXTS
    secrets: list[Finding] = []
    raws = read_workbook(path)
    for raw in raws:
        place = Place(name, raw.name)
        maps = [] if raw.is_hidden else reader.maps_of(raw)
        if raw.is_hidden:
            findings.append(sheet_findings.hidden(place))
        elif maps and (fault := reader.unreadable(raw, maps, place)):
            findings.append(fault)
        elif maps:
            sheets += [read_sheet(name, raw, mapping) for mapping in maps]
            findings += [*_passed_over(raw, place, maps, reader.vocabulary), *_hidden_rows(raw, place, maps)]
        elif raw.name != INSTRUCTIONS and any(cell not in (None, "") for row in raw.rows for cell in row):
            if is_text and all(len(row) < _FEWEST_CELLS for row in raw.rows):
                findings.append(sheet_findings.not_parted(place))
            else:
                strange.append((place, nearest(raw, reader.specs)))
        secrets += secrets_of_cells(raw, place, maps)
    for place, near in strange:
        is_grave = not sheets or any(is_named(place.sheet, spec) for spec in reader.specs)
        findings += _not_understood(place, near, reader.specs, is_grave=is_grave)
    if not any(sheet.rows or sheet.findings for sheet in sheets) and not findings:
        findings.append(sheet_findings.nothing_there(Place(name)))
    return sheets, [*findings, *secrets_of_names(path, Place(name), raws), *secrets]


def _not_understood(
    place: Place, near: SheetMap | None, specs: Sequence[SheetSpec], *, is_grave: bool
) -> list[Finding]:
    if near is None:
        return [sheet_findings.not_understood(place, [spec.name for spec in specs], is_grave=is_grave)]
    contested = [sheet_findings.contested(place, near, position) for position in near.contested]
    is_all = set(near.missing) <= {near.spec.columns[position].heading for position in near.contested}
    return contested if contested and is_all else [*contested, sheet_findings.lacking(place, near)]


def _hidden_rows(raw: RawSheet, place: Place, maps: Sequence[SheetMap]) -> list[Finding]:
    """Return that rows below the headings are hidden, if they hold anything."""
    below = (row for row in raw.hidden_rows if maps[0].heading_row < row < len(raw.rows))
    number = sum(any(cell not in (None, "") for cell in raw.rows[row]) for row in below)
    return [sheet_findings.rows_hidden(place, number)] if number else []


def _passed_over(raw: RawSheet, place: Place, maps: Sequence[SheetMap], words: Vocabulary) -> list[Finding]:
    """Return what is said of a sheet besides its rows: columns that were not read."""
    first = maps[0]
    of_software = _software_unread(raw, maps, words)
    findings = number_findings(raw, place, maps)
    said = {
        *of_software,
        *(heading for heading in first.unread if findings and heading_key(heading) == NUMBER),
    }
    others = [heading for heading in first.unread if heading not in said]
    findings += [sheet_findings.columns_unread(place, others)] if others else []
    if of_software:
        findings.append(
            sheet_findings.software_unread(replace(place, row=first.heading_row + 1), of_software)
        )
    findings += [sheet_findings.column_doubled(place, *pair) for pair in first.doubled]
    return [*findings, *(sheet_findings.contested(place, each, at) for each in maps for at in each.contested)]


def _software_unread(raw: RawSheet, maps: Sequence[SheetMap], words: Vocabulary) -> list[str]:
    """Return the headings of the sheet 安装 that a sheet of computers has besides its own, with something below them."""
    first = maps[0]
    if first.spec.subject != "computer":
        return []
    known = words.spec("installation").by_heading
    return [
        heading
        for column, heading in enumerate(first.headings)
        if heading in first.unread
        and heading_key(heading) in known
        and any(word in heading for word in _OF_SOFTWARE)
        and any(column < len(row) and as_text(row[column]) for row in raw.rows[first.heading_row + 1 :])
    ]
