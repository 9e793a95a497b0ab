"""People by responsibility, for the rows and header lines of forms."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.core.indicators import Question
from desktop.core.person import Person
from desktop.store.database import Ledger
from desktop.store.scopes import load_scope

_PERSON = (
    "p.uid, u.name, ifnull(p.name, ''), ifnull(p.department, ''), ifnull(p.post, ''),"
    " ifnull(p.office_phone, ''), ifnull(p.mobile, ''), ifnull(p.fax, ''), ifnull(p.email, '')"
)
_ORDER = "u.sort_order IS NULL, u.sort_order, u.id, p.sort_order IS NULL, p.sort_order, p.id"


class StoredPeople:
    """The `Records` of an open ledger."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def people(self, question: Question, responsibility: str) -> Sequence[Person]:
        """Return the people of the units in scope with a responsibility, in the office's own order."""
        load_scope(self._ledger, question.scope)
        rows = self._ledger.connection.execute(
            f"SELECT {_PERSON} FROM temp.scope s JOIN unit u ON u.id = s.unit_id"
            " JOIN person p ON p.unit_id = u.id JOIN responsibility r ON r.person_id = p.id"
            f" WHERE r.word = ? ORDER BY {_ORDER}",
            (responsibility,),
        )
        return [Person(*row) for row in rows]


def people_of_unit(ledger: Ledger, unit_id: int, responsibility: str) -> list[Person]:
    """Return the people of one unit with a responsibility, in the office's own order."""
    rows = ledger.connection.execute(
        f"SELECT {_PERSON} FROM person p JOIN unit u ON u.id = p.unit_id"
        " JOIN responsibility r ON r.person_id = p.id"
        f" WHERE p.unit_id = ? AND r.word = ? ORDER BY {_ORDER}",
        (unit_id, responsibility),
    )
    return [Person(*row) for row in rows]
