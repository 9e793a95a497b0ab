"""A filled form as bytes and back: what is kept of an issued form, so that it can be read, compared and drawn again.

JSON with sorted keys, so that the same form gives the same bytes. Numbers are kept as they are printed.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from desktop.core.campaign import Switches
from desktop.core.indicators import Question
from desktop.forms.filled import FilledCell, FilledForm, Origin, Trace
from desktop.forms.record_rows import Value
from desktop.forms.spec import FormSpec

FORMAT = 1


def frozen_form(form: FilledForm, about: Mapping[str, Any]) -> bytes:
    """Return a filled form as bytes. `about` is what else is to be kept: for whom, its number, the fonts' hashes.

    Raises ValueError for a blank form.
    """
    if form.question is None:
        raise ValueError("a blank form is not issued")
    content = {
        "format": FORMAT,
        "about": about,
        "form": form.spec.code,
        "version": form.spec.version,
        "title": form.title,
        "as_of": form.question.as_of.isoformat(),
        "campaign_from": _day(form.question.campaign_from),
        "scope": {str(unit): group for unit, group in form.question.scope.items()},
        "switches": form.question.switches.to_json(),
        "texts": dict(form.texts),
        "header": [list(line) for line in form.header],
        "remarks": list(form.remarks),
        "lines": [[block, row, lines] for (block, row), lines in form.lines.items()],
        "cells": [_cell(cell) for cell in form.cells.values()],
        "findings": [
            [finding.code, finding.level.value, finding.place.cell, finding.text, finding.explained]
            for finding in form.findings
        ],
    }
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def thawed(content: bytes, spec: FormSpec) -> FilledForm:
    """Return the filled form that was frozen, without its findings, for the form file frozen with it."""
    said = json.loads(content)
    cells = [_thawed_cell(each) for each in said["cells"]]
    question = Question(
        as_of=datetime.date.fromisoformat(said["as_of"]),
        scope={int(unit): group for unit, group in said["scope"].items()},
        switches=Switches.from_json(said["switches"]),
        campaign_from=datetime.date.fromisoformat(said["campaign_from"]) if said["campaign_from"] else None,
    )
    return FilledForm(
        spec=spec,
        cells={cell.id: cell for cell in cells},
        lines={(block, row): lines for block, row, lines in said["lines"]},
        header=tuple(tuple(line) for line in said["header"]),
        texts=said["texts"],
        question=question,
        remarks=tuple(said.get("remarks", ())),
    )


def values_in(content: bytes) -> dict[str, Decimal | str]:
    """Return what the cells of a frozen form hold, by id; empty ones are left out."""
    values = ((cell["id"], _value(cell.get("value"))) for cell in json.loads(content)["cells"])
    return {name: value for name, value in values if value is not None}


def switches_frozen(content: bytes) -> Switches:
    """Return the ways of counting of a frozen form."""
    return Switches.from_json(json.loads(content)["switches"])


def about_frozen(content: bytes) -> Mapping[str, Any]:
    """Return what was kept beside a frozen form."""
    about: Mapping[str, Any] = json.loads(content)["about"]
    return about


def _day(day: datetime.date | None) -> str | None:
    return day.isoformat() if day else None


def _cell(cell: FilledCell) -> dict[str, Any]:
    """Return a cell as plain values; what is empty or as usual is left out."""
    said: dict[str, Any] = {"id": cell.id, "path": cell.path}
    if cell.value is not None:
        said["value"] = _plain(cell.value)
    if cell.origin is Origin.TYPED:
        said["reason"] = cell.reason
        said["computed"] = _plain(cell.computed)
    if cell.uid:
        said["uid"] = cell.uid
    if cell.other_paths:
        said["also"] = list(cell.other_paths)
    if cell.trace.indicator:
        said["indicator"] = cell.trace.indicator
        said["where"] = {name: sorted(values) for name, values in (cell.trace.where or {}).items()}
    if cell.trace.formula:
        said["formula"] = cell.trace.formula
    return said


def _thawed_cell(said: Mapping[str, Any]) -> FilledCell:
    where = {name: frozenset(values) for name, values in said.get("where", {}).items()}
    trace = Trace(said.get("indicator", ""), where if "indicator" in said else None, said.get("formula", ""))
    value = _value(said.get("value"))
    text = format(value, "f") if isinstance(value, Decimal) else value or ""
    origin = Origin.BLANK if value is None else Origin.COMPUTED
    cell = FilledCell(said["id"], said["path"], value, text, origin, trace, said.get("uid", ""))
    cell = replace(cell, other_paths=tuple(said.get("also", ())))
    if "reason" in said:
        computed = _value(said["computed"])
        cell = replace(cell, origin=Origin.TYPED, reason=said["reason"], computed=computed)
    return cell


def _plain(value: Value) -> Any:
    """Return a number in a list of its own, so that it is told from text."""
    return [format(value, "f")] if isinstance(value, Decimal) else value


def _value(said: Any) -> Value:
    return Decimal(said[0]) if isinstance(said, list) else said
