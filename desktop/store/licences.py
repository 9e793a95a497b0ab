"""Licences by their 软件编号, as units hold them or received them."""

from __future__ import annotations

import json
from dataclasses import dataclass

from desktop.core.text import match_key
from desktop.store.database import Ledger


@dataclass(frozen=True, slots=True)
class NamedLicence:
    """A licence by the 软件编号 under which the units with these numbers know it."""

    uid: str
    number: str
    product: str
    edition: str
    unit_ids: tuple[int, ...]


def licences_numbered(ledger: Ledger, number: str) -> list[NamedLicence]:
    """Return the licences with a 软件编号, the owner's or one that a receiver gave; spellings do not matter."""
    rows = ledger.connection.execute(
        "SELECT l.uid, h.number, p.name, ifnull(l.edition, ''), json_group_array(h.unit_id) FROM ("
        " SELECT id AS licence_id, unit_id, licence_no AS number FROM licence UNION ALL"
        " SELECT licence_id, unit_id, licence_no FROM allocation UNION ALL"
        " SELECT a.licence_id, a.unit_id, l.licence_no FROM allocation a JOIN licence l ON l.id = a.licence_id) h"
        " JOIN licence l ON l.id = h.licence_id JOIN product p ON p.id = l.product_id"
        " WHERE h.number IS NOT NULL GROUP BY l.id, h.number ORDER BY l.id"
    )
    wanted = match_key(number)
    return [
        NamedLicence(uid, known, product, edition, tuple(json.loads(units)))
        for uid, known, product, edition, units in rows
        if match_key(known) == wanted
    ]
