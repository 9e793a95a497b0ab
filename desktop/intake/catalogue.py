"""Reads the catalogue of products from its file."""

from __future__ import annotations

import tomllib
from pathlib import Path

from desktop.core.product import Catalogue, Origin, Product, ProductKind, SoftwareClass, make_catalogue


def load_catalogue(path: Path) -> Catalogue:
    """Return the products described in a file of our own; a mistake in it is a fault of the program.

    Raises ValueError for one.
    """
    described = tomllib.loads(path.read_text(encoding="utf-8"))
    for entry in described["product"]:
        strange = {*entry.get("vague", ())} - {*entry.get("also", ())}
        if strange:
            raise ValueError(f"{entry['name']}: vague names that are none of its names: {sorted(strange)}")
    return make_catalogue(
        Product(
            name=entry["name"],
            software_class=SoftwareClass(entry["class"]),
            origin=Origin(entry["origin"]),
            vendor=entry.get("vendor", ""),
            kind=ProductKind(entry["kind"]),
            also=tuple(entry.get("also", ())),
            vague=tuple(entry.get("vague", ())),
            editions=tuple(entry.get("editions", ())),
            is_server=entry.get("server", False),
            uncertain=entry.get("uncertain", ""),
            note=entry.get("note", ""),
        )
        for entry in described["product"]
    )
