"""Asks the record queries: the records that fill the rows of a form, in order."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from desktop.core.indicators import Filters, Question
from desktop.core.product import SoftwareClass
from desktop.core.records import RECORD_KINDS, Record
from desktop.store.database import Ledger
from desktop.store.indicators import parameters_of
from desktop.store.record_queries import RECORD_QUERIES, SOFTWARE_OF_COMPUTERS
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
        records = [Record(uid, tuple(str(key).split("/")), tuple(values)) for uid, key, *values in rows]
        return self._with_software(records, question) if kind == "computers" else records

    def _with_software(self, records: Sequence[Record], question: Question) -> list[Record]:
        """Return computers with what is installed on each, by class, in the order in which it was registered."""
        software: defaultdict[str, defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for computer, software_class, text in self._ledger.connection.execute(
            SOFTWARE_OF_COMPUTERS, parameters_of(question)
        ):
            software[str(computer)][_COLUMNS.get(software_class, "others")].append(text)
        return [replace(each, values=_filled(each, software.pop(each.key[0], {}))) for each in records]


def _filled(record: Record, software: Mapping[str, Sequence[str]]) -> tuple[str | int | None, ...]:
    """Return the values of a computer with its software in place."""
    values = list(record.values)
    for name, listed in software.items():
        values[RECORD_KINDS["computers"].positions[name]] = "；".join(listed)
    return tuple(values)
