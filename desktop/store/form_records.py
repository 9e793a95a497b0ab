"""Asks the record queries: the records that fill the rows of a form, in order."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby, zip_longest
from operator import itemgetter
from typing import Any

from desktop.core.indicators import Filters, Question
from desktop.core.product import SoftwareClass
from desktop.core.records import RECORD_KINDS, Record
from desktop.store.database import Ledger
from desktop.store.indicators import StoredIndicators, parameters_of
from desktop.store.record_queries import LICENCES_WITH_SEATS, RECORD_QUERIES, SOFTWARE_OF_COMPUTERS
from desktop.store.scopes import load_scope

_COLUMNS = {
    SoftwareClass.SYSTEM.value: "systems",
    SoftwareClass.OFFICE.value: "office",
    SoftwareClass.ANTIVIRUS.value: "antivirus",
}


class StoredFormRecords:
    """The `Records` of an open ledger."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def listed(self, kind: str, question: Question, where: Filters) -> Sequence[Record]:
        """Return the records of a kind that the filters select, of the units in scope, in the office's own order.

        Raises KeyError for a kind that there is not, or a filter that it does not have.
        """
        known = RECORD_KINDS[kind]
        conditions = ["1"]
        for n, name in enumerate(where):
            if name not in known.filters:
                raise KeyError(f"{kind} has no filter {name}")
            conditions.append(f"ifnull(r.\"{name}\", '') IN (SELECT value FROM json_each(:filter_{n}))")
        allowed = {
            f"filter_{n}": json.dumps(sorted(values), ensure_ascii=False)
            for n, values in enumerate(where.values())
        }
        fields = ", ".join(f"r.{each.name}" for each in known.fields)
        load_scope(self._ledger, question.scope)
        rows = self._ledger.connection.execute(
            f"SELECT r.uid, r.key, {fields} FROM ({RECORD_QUERIES[kind]}) r WHERE {' AND '.join(conditions)}"
            " GROUP BY r.uid, r.unit_name ORDER BY r.o1, r.o2, r.o3, r.o4, r.o5, r.o6, r.uid",
            parameters_of(question) | allowed,
        )
        records = list(_records(rows))
        if kind == "computers":
            self._put_software(records, question)
        elif kind == "events" and len(where.get("licence", ())) == 1:
            self._put_seats(records, question, next(iter(where["licence"])))
        return records

    def _put_seats(self, records: list[Record], question: Question, licence: str) -> None:
        """Let the lines of one licence say how many seats it had on the day of each and how many were left.

        A line without a day is measured by the cut-off day; a licence whose seats do not count has none.
        """
        found = self._ledger.connection.execute(LICENCES_WITH_SEATS, parameters_of(question))
        if (licence,) not in found.fetchall():
            return
        at = RECORD_KINDS["events"].positions
        indicators, seats = StoredIndicators(self._ledger), {}
        for number, record in enumerate(records):
            values = list(record.values)
            day = values[at["happened_on"]] or question.as_of.isoformat()
            if day not in seats:
                asked = replace(question, as_of=datetime.date.fromisoformat(str(day)))
                rows = indicators.rows("seats", asked, {"licence": frozenset({licence})})
                seats[day] = sum(row.amount for row in rows)
            values[at["seats"]] = seats[day]
            values[at["remaining"]] = seats[day] - int(values[at["installed"]] or 0)
            records[number] = replace(record, values=tuple(values))

    def _put_software(self, records: list[Record], question: Question) -> None:
        """Let computers say what is installed on each, by class, in the order in which it was registered."""
        place = {record.key[0]: number for number, record in enumerate(records)}
        found = self._ledger.connection.execute(SOFTWARE_OF_COMPUTERS, parameters_of(question))
        for computer, copies in groupby(found, key=itemgetter(0)):
            number = place.get(str(computer))
            if number is not None:
                records[number] = _with_software(records[number], copies)


def _records(rows: Iterable[Sequence[Any]]) -> Iterator[Record]:
    """Yield the records; what one says in the same words as the one before it keeps once."""
    before: tuple[str | int | None, ...] = ()
    for uid, key, *values in rows:
        said = tuple(old if new == old else new for new, old in zip_longest(values, before))
        before = said[: len(values)]
        yield Record(uid, tuple(str(key).split("/")), before)


def _with_software(record: Record, copies: Iterable[Sequence[Any]]) -> Record:
    """Return a computer with its software in place."""
    values = list(record.values)
    for _, software_class, text in copies:
        at = RECORD_KINDS["computers"].positions[_COLUMNS.get(software_class, "others")]
        values[at] = f"{values[at]}；{text}" if values[at] else text
    return replace(record, values=tuple(values))
