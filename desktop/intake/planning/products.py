"""Finds the product a row names in the catalogue or the ledger, or adds it from the row's own class and origin."""

from __future__ import annotations

from dataclasses import dataclass, field

from desktop.core.findings import FindingClass
from desktop.core.product import Product, ProductKind
from desktop.core.subjects import SUBJECTS, Value, natural_key
from desktop.core.text import match_key
from desktop.intake.cells import Problem
from desktop.intake.planning.context import Context, Draft
from desktop.intake.reading import ReadSheet

_AT = SUBJECTS["product"].positions
Named = tuple[str, str]
"""A product's uid and the edition that the row or the name gives (empty when neither does)."""


@dataclass
class Products:
    """Resolves the product columns of rows; every different combination once."""

    context: Context
    _resolved: dict[tuple[Value, ...], Named | Problem] = field(default_factory=dict)

    def find(self, columns: tuple[Value, ...], sheet: ReadSheet, number: int) -> Named | Problem:
        """Return uid and edition for (name, edition, class, origin) of a row, planning the product if new."""
        found = self._resolved.get(columns)
        if found is None:
            found = self._resolved[columns] = self._resolve(columns, sheet, number)
        return found

    def _resolve(self, columns: tuple[Value, ...], sheet: ReadSheet, number: int) -> Named | Problem:
        name, edition, software_class, origin = (None if c is None else str(c) for c in columns)
        found = self.context.catalogue.find(f"{name}{edition or ''}") or self.context.catalogue.find(
            str(name)
        )
        product, named_edition = found if found else (None, "")
        key = natural_key(match_key(product.name if product else str(name)))
        held = self.context.held("product", key)
        if held:
            self._compare(held[1], (software_class, origin), (sheet, number))
            return held[0], edition or named_edition
        values = _values_of(product) if product else _values_from_row(name, software_class, origin)
        if isinstance(values, Problem):
            return values
        if product:
            self._compare(values, (software_class, origin), (sheet, number))
        uid = self.context.settle("product", [Draft(key, values, number)], sheet)[0]
        return uid, edition or named_edition

    def _compare(
        self,
        values: tuple[Value, ...],
        said: tuple[str | None, str | None],
        source: tuple[ReadSheet, int],
    ) -> None:
        """Note where a row's class or origin differs from what the product has; the product's stands."""
        sheet, number = source
        for field_name, title, claimed in (("class", "软件类别", said[0]), ("origin", "国内/国外", said[1])):
            settled = values[_AT[field_name]]
            if claimed is not None and claimed != settled:
                self.context.find(
                    "I09",
                    FindingClass.C,
                    f"「{values[0]}」的{title}登记为「{settled}」，本行写的是「{claimed}」，按登记的计。",
                    remedy="如登记有误，请在软件产品中改正。",
                    place=sheet.place(number, field_name),
                )


def _values_of(product: Product) -> tuple[Value, ...]:
    return (
        product.name,
        product.software_class.value,
        product.origin.value,
        product.vendor or None,
        product.kind.value,
        int(product.is_server),
        product.note or None,
    )


def _values_from_row(
    name: str | None, software_class: str | None, origin: str | None
) -> tuple[Value, ...] | Problem:
    if software_class is None or origin is None:
        return Problem(
            f"软件目录中没有「{name}」，本行也没有写全软件类别和国内/国外。", "请补填软件类别和国内/国外。"
        )
    return (name, software_class, origin, None, ProductKind.COMMERCIAL.value, 0, None)
