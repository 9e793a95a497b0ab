"""What the ledger says today beside what was issued, cell by cell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from desktop.actions.filling import Request, fill
from desktop.core.issued import IssuedForm
from desktop.errors import AppError
from desktop.forms.filled import FilledCell, FilledForm, is_printed
from desktop.forms.freezing import about_frozen, thawed
from desktop.forms.reading.loader import form_in
from desktop.forms.spec import BrokenForm
from desktop.store.database import Ledger
from desktop.store.issued import frozen
from desktop.store.units import all_units


def thaw(ledger: Ledger, form: IssuedForm) -> FilledForm:
    """Return the filled form as it was issued. Raises AppError when a part is gone or changed."""
    spec = form_in(frozen(ledger, form.hashes.form).decode(), form.key.form)
    if isinstance(spec, BrokenForm):  # frozen by a program that knew more of the language
        raise AppError(
            "FROZEN", "定稿的表样不能读", message=f"{spec}。", remedy="请用定稿时或更新的程序版本打开。"
        )
    return thawed(frozen(ledger, form.hashes.filled), spec)


@dataclass(frozen=True, slots=True)
class Difference:
    """A cell that would be filled otherwise today: its path, what was issued, and what the ledger gives now."""

    path: str
    issued: str
    today: str


def differences(ledger: Ledger, form: IssuedForm) -> list[Difference]:
    """Return cell by cell how an issued form would be filled today, for the same unit and days.

    What is not printed does not count, and the ways of counting are those of today.

    Rows of records are compared by the record, not by their place. Raises AppError when the form cannot be filled
    any more, since its unit, group or campaign is gone.
    """
    old = thaw(ledger, form)
    new = fill(ledger, request_of(ledger, form))
    before, after = _by_record(old), _by_record(new)
    found = [
        Difference(was.path, was.text, now.text if (now := after.get(key)) else "")
        for key, was in before.items()
    ]
    found += [Difference(now.path, "", now.text) for key, now in after.items() if key not in before]
    return [each for each in found if each.issued != each.today]


def request_of(ledger: Ledger, form: IssuedForm) -> Request:
    """Return the request by which a form was issued. Raises AppError when a part is gone or changed."""
    about = about_frozen(frozen(ledger, form.hashes.filled))
    units = all_units(ledger)
    return Request(
        form=form.key.form,
        campaign=about["campaign"],
        unit=units[form.key.unit_id].name if form.key.unit_id is not None else "",
        group=about["group"],
        licence=about["licence"],
        period=about["period"],
        is_consolidated=about.get("consolidated", False),
        as_of=form.as_of,
        dated=form.dated,
    )


def _by_record(form: FilledForm) -> Mapping[tuple[str, str], FilledCell]:
    """Return the cells by id; those of a record by the record and the id without its line."""
    return {_key(cell): cell for cell in form.cells.values() if cell.value is not None and is_printed(cell)}


def _key(cell: FilledCell) -> tuple[str, str]:
    if not cell.uid:
        return "", cell.id
    return cell.uid, ".".join("" if part.isdecimal() else part for part in cell.id.split("."))
