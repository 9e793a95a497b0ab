"""People of a unit by responsibility, for the header lines of forms."""

from __future__ import annotations

from desktop.core.person import Person
from desktop.store.database import Ledger

_PERSON = (
    "p.uid, u.name, ifnull(p.name, ''), ifnull(p.department, ''), ifnull(p.post, ''),"
    " ifnull(p.office_phone, ''), ifnull(p.mobile, ''), ifnull(p.fax, ''), ifnull(p.email, '')"
)
_ORDER = "u.sort_order IS NULL, u.sort_order, u.id, p.sort_order IS NULL, p.sort_order, p.id"


def people_of_unit(ledger: Ledger, unit_id: int, responsibility: str) -> list[Person]:
    """Return the people of one unit with a responsibility, in the office's own order."""
    rows = ledger.connection.execute(
        f"SELECT {_PERSON} FROM person p JOIN unit u ON u.id = p.unit_id"
        " JOIN responsibility r ON r.person_id = p.id"
        f" WHERE p.unit_id = ? AND r.word = ? ORDER BY {_ORDER}",
        (unit_id, responsibility),
    )
    return [Person(*row) for row in rows]
