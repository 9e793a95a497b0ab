"""Asks the row queries: sums for every cell of a form at once, or the rows behind one number."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from desktop.core.indicators import Filters, IndicatorRow, Question, resolve
from desktop.store.database import Ledger
from desktop.store.row_queries import ROW_QUERIES
from desktop.store.scopes import load_scope


class StoredIndicators:
    """The `Indicators` of an open ledger."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def totals(
        self, code: str, question: Question, dimensions: Sequence[str]
    ) -> Mapping[tuple[str, ...], int]:
        """Return the sum of the amounts for every combination of `dimensions` that has rows; '' for none."""
        names = ", ".join(_checked(code, question, dimensions))
        grouping = f"GROUP BY {names}" if names else ""
        load_scope(self._ledger, question.scope)
        rows = self._ledger.connection.execute(
            f"SELECT {names}{', ' if names else ''} sum(amount) FROM ({_row_query(code, question)}) {grouping}",
            parameters_of(question),
        )
        return {
            tuple("" if part is None else str(part) for part in key): total
            for *key, total in rows
            if total is not None
        }

    def rows(self, code: str, question: Question, filters: Filters) -> Sequence[IndicatorRow]:
        """Return the rows behind the number that `filters` select, in the office's own order of units."""
        names = _checked(code, question, list(filters))
        conditions = [
            f"ifnull(CAST(r.{name} AS TEXT), '') IN (SELECT value FROM json_each(:filter_{n}))"
            for n, name in enumerate(names)
        ]
        allowed = {
            f"filter_{n}": json.dumps(sorted(values), ensure_ascii=False)
            for n, values in enumerate(filters.values())
        }
        load_scope(self._ledger, question.scope)
        found = self._ledger.connection.execute(
            f"SELECT r.uid, u.name, r.label, r.amount FROM ({_row_query(code, question)}) r"
            f" JOIN unit u ON u.id = r.unit WHERE {' AND '.join(['1', *conditions])}"
            " ORDER BY u.sort_order IS NULL, u.sort_order, u.id, r.label, r.uid",
            parameters_of(question) | allowed,
        )
        return [
            IndicatorRow(uid, unit, " ".join(label.split()), amount) for uid, unit, label, amount in found
        ]


def _checked(code: str, question: Question, dimensions: Sequence[str]) -> list[str]:
    """Return the dimensions as column names; raises KeyError for one that the indicator does not have."""
    known = resolve(code, question.switches).dimensions
    for dimension in dimensions:
        if dimension not in known:
            raise KeyError(f"{code} has no dimension {dimension}")
    return [f'"{dimension}"' for dimension in dimensions]


def _row_query(code: str, question: Question) -> str:
    name = resolve(code, question.switches).code
    return ROW_QUERIES[f"amount/{question.switches.amount_basis}" if name == "amount" else name]


def parameters_of(question: Question) -> dict[str, object]:
    """Return the parameters that every row query and record query may use."""
    switches = question.switches
    return {
        "as_of": question.as_of.isoformat(),
        "campaign": question.campaign_id,
        "campaign_from": question.campaign_from.isoformat() if question.campaign_from else None,
        "count_servers": int(switches.count_servers),
        "count_idle": int(switches.count_idle),
        "count_oem_seats": int(switches.count_oem_seats),
        "count_free_seats": int(switches.count_free_seats),
        "nothing_to_buy_counts": int(switches.nothing_to_buy_counts),
    }
