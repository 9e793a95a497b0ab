"""What an operation did to filled and issued forms, and what was decided on them since."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from desktop.core.issued import EventKind
from desktop.store.faults import Connection

_DECISIONS = (EventKind.ACCEPTED, EventKind.RETURNED, EventKind.VOIDED)
_OF_FORMS = ("report", "report_cell", "explanation", "issued_form", "form_event")
_REPORT = (
    "CASE c.subject WHEN 'report' THEN c.row_id ELSE coalesce(json_extract(c.before, '$.report_id'),"
    " CASE c.subject WHEN 'form_event' THEN (SELECT report_id FROM form_event WHERE id = c.row_id)"
    " WHEN 'report_cell' THEN (SELECT report_id FROM report_cell WHERE id = c.row_id)"
    " WHEN 'explanation' THEN (SELECT report_id FROM explanation WHERE id = c.row_id)"
    " WHEN 'issued_form' THEN (SELECT report_id FROM issued_form WHERE id = c.row_id) END) END"
)
"""The filled form that a line of the journal is about."""


@dataclass(frozen=True, slots=True)
class KeptEvent:
    """What became of a form, as the ledger holds it: of which filled form, and of which issued one if of one."""

    id: int
    report: int
    issued: int | None
    kind: EventKind


def reports_written_by(connection: Connection, number: int, subject: str) -> list[int]:
    """Return the filled forms whose records of a subject (`report`, `report_cell`, `explanation`) it wrote."""
    rows = connection.execute(
        f"SELECT DISTINCT {_REPORT} FROM change c WHERE c.operation_id = ? AND c.subject = ?"
        " AND NOT (c.subject = 'report' AND c.before IS NULL)",
        (number, subject),
    )
    return [report for (report,) in rows.fetchall() if report is not None]


def events_added_by(connection: Connection, number: int) -> list[KeptEvent]:
    """Return the events that an operation added and that stand."""
    rows = connection.execute(
        "SELECT e.id, e.report_id, e.issued_form_id, e.kind FROM change c JOIN form_event e ON e.id = c.row_id"
        " WHERE c.operation_id = ? AND c.subject = 'form_event' AND c.before IS NULL",
        (number,),
    )
    return [
        KeptEvent(number, report, issued, EventKind(kind)) for number, report, issued, kind in rows.fetchall()
    ]


def decided_later_by(connection: Connection, event: KeptEvent) -> int | None:
    """Return the operation of the newest decision on the same form that came after an event, if one stands."""
    return next(_decisions(connection, event, event.id), None)


def newest_decision(connection: Connection, event: KeptEvent) -> int | None:
    """Return the operation of the newest decision on the form of an event, whether it came before or after."""
    return next(_decisions(connection, event, 0), None)


def _decisions(connection: Connection, event: KeptEvent, since: int) -> Iterator[int]:
    marks = ", ".join("?" * len(_DECISIONS))
    rows = connection.execute(
        "SELECT (SELECT max(c.operation_id) FROM change c WHERE c.subject = 'form_event' AND c.row_id = e.id"
        " AND c.before IS NULL) FROM form_event e WHERE e.report_id = ? AND e.issued_form_id IS ? AND e.id > ?"
        f" AND e.kind IN ({marks}) ORDER BY e.id DESC",
        (event.report, event.issued, since, *(kind.value for kind in _DECISIONS)),
    )
    yield from (number for (number,) in rows.fetchall())


def forms_written_since(connection: Connection, number: int) -> int | None:
    """Return a later operation on a form of which this one took an event away; nothing when there is none."""
    row = connection.execute(
        f"SELECT max(c.operation_id) FROM change c WHERE c.operation_id > ?1 AND c.subject IN {_OF_FORMS}"
        f" AND {_REPORT} IN (SELECT json_extract(taken.before, '$.report_id') FROM change taken WHERE taken.operation_id = ?1"
        " AND taken.subject = 'form_event' AND taken.before IS NOT NULL)",
        (number,),
    ).fetchone()
    return None if row[0] is None else int(row[0])


def issued_upon(connection: Connection, number: int) -> int | None:
    """Return the operation that issued a form whose record this one made; nothing when none did."""
    row = connection.execute(
        "SELECT min(later.operation_id) FROM change made"
        " JOIN issued_form f ON f.report_id = made.row_id"
        " JOIN change later ON later.subject = 'issued_form' AND later.row_id = f.id"
        " WHERE made.operation_id = ? AND made.subject = 'report' AND made.before IS NULL"
        " AND later.operation_id > made.operation_id",
        (number,),
    ).fetchone()
    return None if row[0] is None else int(row[0])
