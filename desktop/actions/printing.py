"""Putting a filled form on paper and into files: PDF, workbook, text, JSON."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from desktop.core.campaign import Switches
from desktop.core.findings import Finding, FindingClass
from desktop.files import write_whole
from desktop.forms.filled import FilledCell, FilledForm
from desktop.forms.grid import Imprint, Sheet, compose
from desktop.forms.paper.drawing import draw, missing_characters
from desktop.forms.paper.fonts import FontSet, bundled_fonts
from desktop.forms.paper.marks import PrintedPage
from desktop.forms.paper.render_pdf import pdf_bytes, render_pdf
from desktop.forms.tables.render_text import render_text
from desktop.forms.tables.render_xlsx import render_xlsx, xlsx_bytes
from desktop.paths import resources


@dataclass(frozen=True)
class Printed:
    """A form ready for paper: the form with what printing found, its grid, its pages."""

    form: FilledForm
    sheet: Sheet
    pages: Sequence[PrintedPage]

    def with_imprint(self, imprint: Imprint | None) -> Printed:
        """Return the form with number, check code and QR at the bottom right."""
        sheet = replace(self.sheet, imprint=imprint)
        return Printed(self.form, sheet, draw(sheet, fonts()))

    def with_watermark(self, word: str) -> Printed:
        """Return the form with a word across every page."""
        sheet = replace(self.sheet, watermark=word)
        return Printed(self.form, sheet, draw(sheet, fonts()))

    def pdf(self, *, keywords: str = "") -> bytes:
        """Return the PDF; `keywords` are kept in it."""
        return pdf_bytes(self.pages, fonts(), self.form.title, keywords=keywords)

    def xlsx(self) -> bytes:
        """Return the workbook."""
        return xlsx_bytes(self.sheet, dated=self.form.question.as_of if self.form.question else None)

    def to_pdf(self, path: Path) -> None:
        """Write the PDF; the same form gives the same bytes. Raises AppError when it cannot be written."""
        render_pdf(self.pages, fonts(), path, title=self.form.title)

    def to_xlsx(self, path: Path) -> None:
        """Write the workbook. Raises AppError when it cannot be written."""
        render_xlsx(self.sheet, path, dated=self.form.question.as_of if self.form.question else None)

    def to_text(self, path: Path) -> None:
        """Write the table as text. Raises AppError when it cannot be written."""
        write_whole(path, self.text.encode())

    def to_json(self, path: Path, about: Mapping[str, Any]) -> None:
        """Write every cell by its path, and the findings. Raises AppError when it cannot be written."""
        content = json.dumps(as_values(self.form, about), ensure_ascii=False, indent=1)
        write_whole(path, content.encode())

    @property
    def text(self) -> str:
        """The table as text."""
        return render_text(self.sheet)


def fonts() -> FontSet:
    """Return the bundled fonts."""
    return bundled_fonts(resources("fonts"))


def imprint_of(number: str, code: str, switches: Switches) -> Imprint | None:
    """Return what a campaign lets an issued form show at the bottom right; nothing when all is switched off."""
    if not (switches.print_code or switches.print_qr):
        return None
    return Imprint(number, code, switches.print_code, switches.print_qr)


def font_hashes() -> dict[str, str]:
    """Return the SHA-256 of each bundled font file by its name."""
    files = sorted(resources("fonts").glob("*.ttf"))
    return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in files}


def ready_to_print(form: FilledForm) -> Printed:
    """Return the form's pages; characters that the fonts lack are added to its findings."""
    sheet = compose(form)
    pages = draw(sheet, fonts())
    missing = missing_characters(sheet, fonts())
    if missing:
        form = replace(form, findings=(*form.findings, form.explained(_unprintable(missing))))
    return Printed(form, sheet, pages)


def _unprintable(missing: set[str]) -> Finding:
    listed = "、".join(f"「{character}」" for character in sorted(missing))
    return Finding(
        "P01",
        FindingClass.B,
        f"字库中没有{listed}，打印出来是方框。",
        "请打印后手写补上并说明，或改用通行的写法。",
    )


def as_values(form: FilledForm, about: Mapping[str, Any]) -> dict[str, Any]:
    """Return the form as plain values: what it is, its header, every cell under its path, its findings."""
    return {
        "form": form.spec.code,
        "title": form.title,
        "form_version": form.spec.version,
        "official": form.spec.is_official,
        **about,
        "as_of": form.question.as_of.isoformat() if form.question else None,
        "header": [list(line) for line in form.header],
        "cells": {
            cell.path: {
                "id": cell.id,
                "value": None if cell.value is None else _plain(cell.value),
                "text": cell.text,
                "origin": cell.origin.value,
                **({"uid": cell.uid} if cell.uid else {}),
                **_of_typed(cell),
            }
            for cell in form.cells.values()
        },
        "findings": [
            {
                "code": finding.code,
                "class": finding.level.value,
                "cell": finding.place.cell,
                "text": finding.text,
                "remedy": finding.remedy,
                **({"explained": finding.explained} if finding.explained else {}),
            }
            for finding in form.findings
        ],
    }


def _of_typed(cell: FilledCell) -> dict[str, Any]:
    """Return what a typed cell says besides: what the ledger gives, and why something else was typed."""
    if not cell.is_typed:
        return {}
    return {"computed": None if cell.computed is None else _plain(cell.computed), "reason": cell.reason}


def _plain(value: object) -> object:
    """Return a number as JSON writes it: whole where it is whole, with its own decimals otherwise."""
    if isinstance(value, str):
        return value
    text = format(value, "f")  # a Decimal
    return int(text) if "." not in text else float(text)
