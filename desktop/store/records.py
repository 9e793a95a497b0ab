"""Finds records by natural key and writes the steps of a plan, whole tables at a time."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from desktop.core.licence import BoughtLicence
from desktop.core.plan import Step
from desktop.core.subjects import SUBJECTS, Subject, Values
from desktop.store.database import Ledger


class StoredRecords:
    """The `KnownRecords` of an open ledger."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def existing(self, subject: str, keys: Collection[str]) -> Mapping[str, tuple[str, Values]]:
        """Return uid and values (references as uids) of the records with these natural keys, by key."""
        condition = "t.natural_key IN (SELECT value FROM json_each(?))"
        return self._select(SUBJECTS[subject], condition, (json.dumps(list(keys)),))

    def keys_of(self, subject: str, uids: Collection[str]) -> Mapping[str, str]:
        """Return the natural keys of the records with these uids, by uid; of those that are not there, nothing."""
        rows = self._ledger.connection.execute(
            f"SELECT uid, natural_key FROM {subject} WHERE uid IN (SELECT value FROM json_each(?))",
            (json.dumps(list(uids)),),
        )
        return dict(rows.fetchall())

    def all_of(self, subject: str) -> Mapping[str, Values]:
        """Return the values (references as uids) of every record of a subject by its uid, in the order registered."""
        return dict(self._select(SUBJECTS[subject], "1 ORDER BY t.id", ()).values())

    def all_units(self) -> Mapping[str, tuple[str, Values]]:
        """Return every unit's uid and values by natural key."""
        return self._select(SUBJECTS["unit"], "1", ())

    def licences_numbered(self, number: str) -> Mapping[str, tuple[str, str]]:
        """Return owning unit and 授权方式 (empty for none) of every licence with this 软件编号, by the licence's uid."""
        rows = self._ledger.connection.execute(
            "SELECT l.uid, u.uid, ifnull(l.method, '') FROM licence l JOIN unit u ON u.id = l.unit_id"
            " WHERE l.licence_no = ?",
            (number,),
        )
        return {uid: (unit, method) for uid, unit, method in rows}

    def received(self) -> Mapping[tuple[str, str], str]:
        """Return the pool from which a unit received, by the unit and its own number for what it received."""
        rows = self._ledger.connection.execute(
            "SELECT u.uid, a.licence_no, l.uid FROM allocation a JOIN licence l ON l.id = a.licence_id"
            " JOIN unit u ON u.id = a.unit_id WHERE a.licence_no IS NOT NULL ORDER BY a.id DESC"
        )
        return {(unit, number): pool for unit, number, pool in rows}

    def keys_of_licences(self, subject: str, licences: Collection[str]) -> Collection[str]:
        """Return the natural keys of the purchases or allocations of these licences."""
        rows = self._ledger.connection.execute(
            f"SELECT t.natural_key FROM {subject} t JOIN licence l ON l.id = t.licence_id"
            " WHERE l.uid IN (SELECT value FROM json_each(?))",
            (json.dumps(list(licences)),),
        )
        return [key for (key,) in rows]

    def holders(self, subject: str, numbers: Collection[str]) -> Mapping[str, str]:
        """Return for each of these 资产编号 (of computers) or 软件编号 (of licences) the uid of a unit that has one."""
        column = {"computer": "asset_no", "licence": "licence_no"}[subject]
        rows = self._ledger.connection.execute(
            f"SELECT t.{column}, u.uid FROM {subject} t JOIN unit u ON u.id = t.unit_id"
            f" WHERE t.{column} IN (SELECT value FROM json_each(?)) ORDER BY t.id DESC",
            (json.dumps(list(numbers)),),
        )
        return dict(rows.fetchall())

    def computers_by(self, column: str, values: Collection[str]) -> Collection[tuple[str, str, str, str]]:
        """Return uid, unit (by uid), value and 资产编号 (empty for none) of the computers not retired with these values.

        The column is `user_name` or `serial_no`; KeyError for any other.
        """
        name = {"user_name": "user_name", "serial_no": "serial_no"}[column]
        rows = self._ledger.connection.execute(
            f"SELECT c.uid, u.uid, c.{name}, ifnull(c.asset_no, '') FROM computer c JOIN unit u ON u.id = c.unit_id"
            f" WHERE c.retired_on IS NULL AND c.{name} IN (SELECT value FROM json_each(?)) ORDER BY c.id",
            (json.dumps(list(values)),),
        )
        return [(uid, unit, value, number) for uid, unit, value, number in rows]

    def licences_bought(self, units: Collection[str]) -> Iterable[BoughtLicence]:
        """Return what these units (by uid) bought, one for each purchase of a licence."""
        rows = self._ledger.connection.execute(
            "SELECT l.uid, u.uid, p.uid, ifnull(l.licence_no, ''), b.purchased_on, b.seats, b.amount_fen"
            " FROM licence l JOIN unit u ON u.id = l.unit_id JOIN product p ON p.id = l.product_id"
            " JOIN purchase b ON b.licence_id = l.id WHERE u.uid IN (SELECT value FROM json_each(?)) ORDER BY b.id",
            (json.dumps(list(units)),),
        )
        return [BoughtLicence(*row) for row in rows]

    def keys_of_installations(self, computers: Collection[str]) -> Collection[str]:
        """Return the natural keys of the installations on these computers, in the order registered."""
        rows = self._ledger.connection.execute(
            "SELECT i.natural_key FROM installation i JOIN computer c ON c.id = i.computer_id"
            " WHERE c.uid IN (SELECT value FROM json_each(?)) ORDER BY i.id",
            (json.dumps(list(computers)),),
        )
        return [key for (key,) in rows]

    def upgrades(self) -> Mapping[str, tuple[str, str]]:
        """Return 软件编号 and the upgraded licence's uid (empty for none) of all that upgrade or are upgraded, by uid."""
        rows = self._ledger.connection.execute(
            "SELECT l.uid, ifnull(l.licence_no, ''), ifnull(b.uid, '')"
            " FROM licence l LEFT JOIN licence b ON b.id = l.base_id"
            " WHERE l.base_id IS NOT NULL OR l.id IN (SELECT base_id FROM licence)"
        )
        return {uid: (number, base) for uid, number, base in rows}

    def _select(
        self, subject: Subject, condition: str, parameters: tuple[object, ...]
    ) -> dict[str, tuple[str, Values]]:
        columns, joins = [], []
        for position, field in enumerate(subject.fields):
            if field.refers_to:
                columns.append(f"r{position}.uid")
                joins.append(f"LEFT JOIN {field.refers_to} r{position} ON r{position}.id = t.{field.column}")
            else:
                columns.append(f"t.{field.name}")
        rows = self._ledger.connection.execute(
            f"SELECT t.natural_key, t.uid, {', '.join(columns)} FROM {subject.name} t {' '.join(joins)}"
            f" WHERE {condition}",
            parameters,
        )
        return {row[0]: (row[1], tuple(row[2:])) for row in rows}


def write_steps(ledger: Ledger, steps: Iterable[Step]) -> None:
    """Write the steps inside the running operation: new records first get their numbers, then all are written."""
    # A new record may take the key that another gives up, and refer to one that is written after it.
    ledger.connection.execute("PRAGMA defer_foreign_keys = ON")
    by_subject: defaultdict[str, list[Step]] = defaultdict(list)
    for step in steps:
        by_subject[step.subject].append(step)
    numbers: dict[str, dict[str, int]] = {}
    for name, listed in by_subject.items():
        numbers[name] = _number_new(ledger, name, [step for step in listed if step.before is None])
    for name in SUBJECTS:
        if name in by_subject:
            _write(ledger, SUBJECTS[name], by_subject[name], numbers)


def _number_new(ledger: Ledger, table: str, adds: Sequence[Step]) -> dict[str, int]:
    highest = ledger.connection.execute(f"SELECT ifnull(max(id), 0) FROM {table}").fetchone()[0]
    return {step.uid: number for number, step in enumerate(adds, start=highest + 1)}


def _write(
    ledger: Ledger, subject: Subject, steps: Sequence[Step], numbers: Mapping[str, Mapping[str, int]]
) -> None:
    lookups = _reference_lookups(ledger, subject, steps, numbers)
    own = numbers[subject.name]
    adds, changes = [], []
    for step in _givers_first(ledger, subject.name, steps):
        values = list(step.values)
        for position, lookup in lookups:
            reference = values[position]
            if reference is not None:
                values[position] = lookup[str(reference)]
        if step.before is None:
            adds.append((own[step.uid], step.uid, step.key, *values))
        else:
            changes.append((step.key, *values, step.uid))
    columns = [field.column for field in subject.fields]
    if changes:
        settings = ", ".join(f"{column} = ?" for column in ["natural_key", *columns])
        ledger.connection.executemany(f"UPDATE {subject.name} SET {settings} WHERE uid = ?", changes)
    if adds:
        marks = ", ".join("?" * (len(columns) + 3))
        ledger.connection.executemany(
            f"INSERT INTO {subject.name} (id, uid, natural_key, {', '.join(columns)}) VALUES ({marks})", adds
        )


def _givers_first(ledger: Ledger, table: str, steps: Sequence[Step]) -> list[Step]:
    """Return the steps so that a record gives its key up before another takes it.

    Where keys go round, one of the records gets a key of its own for the time being.
    """
    changed = [step.uid for step in steps if step.before is not None]
    sql = f"SELECT natural_key, uid FROM {table} WHERE uid IN (SELECT value FROM json_each(?))"
    holders = dict(ledger.connection.execute(sql, (json.dumps(changed),)).fetchall())
    by_uid = {step.uid: step for step in steps}
    ordered: dict[str, Step] = {}
    for step in steps:
        chain = [step]
        while (giver := holders.get(chain[-1].key, chain[-1].uid)) != chain[-1].uid and giver not in ordered:
            if giver == step.uid:
                aside = f"UPDATE {table} SET natural_key = uid WHERE uid = ?"
                ledger.connection.execute(aside, (giver,))
                break
            chain.append(by_uid[giver])
        ordered |= {one.uid: one for one in reversed(chain) if one.uid not in ordered}
    return list(ordered.values())


def _reference_lookups(
    ledger: Ledger, subject: Subject, steps: Sequence[Step], numbers: Mapping[str, Mapping[str, int]]
) -> list[tuple[int, dict[str, int]]]:
    """Return for each reference field its position and the number of every uid that the steps name."""
    lookups = []
    for position, field in enumerate(subject.fields):
        if not field.refers_to:
            continue
        new = numbers.get(field.refers_to, {})
        named = {str(step.values[position]) for step in steps if step.values[position] is not None}
        lookup = {uid: new[uid] for uid in named if uid in new}
        lookup.update(numbers_of(ledger, field.refers_to, named - lookup.keys()))
        lookups.append((position, lookup))
    return lookups


def numbers_of(ledger: Ledger, table: str, uids: Collection[str]) -> dict[str, int]:
    """Return the ledger's own numbers of records by uid."""
    rows = ledger.connection.execute(
        f"SELECT uid, id FROM {table} WHERE uid IN (SELECT value FROM json_each(?))",
        (json.dumps(list(uids)),),
    )
    return dict(rows.fetchall())
