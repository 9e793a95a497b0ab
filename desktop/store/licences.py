"""Licences by their 软件编号, as units hold them or received them."""

from __future__ import annotations

import json
from dataclasses import dataclass

from desktop.core.text import match_key
from desktop.store.database import Ledger


@dataclass(frozen=True, slots=True)
class NamedLicence:
    """A licence by the 软件编号 under which the units with these numbers know it; `is_owners` when it is the owner's."""

    uid: str
    number: str
    product: str
    edition: str
    unit_ids: tuple[int, ...]
    is_owners: bool


def licences_numbered(ledger: Ledger, number: str) -> list[NamedLicence]:
    """Return the licences with a 软件编号, the owner's or one that a receiver gave; spellings do not matter.

    Who received from a licence or uses it knows it by the owner's number, too.
    """
    rows = ledger.connection.execute(
        "SELECT l.uid, h.number, p.name, ifnull(l.edition, ''), json_group_array(h.unit_id), max(h.unit_id = l.unit_id) FROM ("
        " SELECT id AS licence_id, unit_id, licence_no AS number FROM licence UNION"
        " SELECT licence_id, unit_id, licence_no FROM allocation UNION"
        " SELECT a.licence_id, a.unit_id, l.licence_no FROM allocation a JOIN licence l ON l.id = a.licence_id UNION"
        " SELECT l.id, c.unit_id, l.licence_no FROM installation i JOIN computer c ON c.id = i.computer_id"
        " JOIN licence l ON l.id = i.licence_id) h"
        " JOIN licence l ON l.id = h.licence_id JOIN product p ON p.id = l.product_id"
        " WHERE h.number IS NOT NULL GROUP BY l.id, h.number ORDER BY l.id"
    )
    wanted = match_key(number)
    return [
        NamedLicence(uid, known, product, edition, tuple(json.loads(units)), bool(is_owners))
        for uid, known, product, edition, units, is_owners in rows
        if match_key(known) == wanted
    ]


def a_licence_number(ledger: Ledger) -> str:
    """Return a 软件编号 that only one licence has; empty when there is none."""
    row = ledger.connection.execute(
        "SELECT licence_no FROM licence WHERE licence_no IS NOT NULL GROUP BY licence_no HAVING count(*) = 1"
        " ORDER BY id LIMIT 1"
    ).fetchone()
    return str(row[0]) if row else ""
