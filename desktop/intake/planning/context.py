"""What planning needs to know and collects: the ledger's records by key, the catalogue, the plan itself."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from desktop.core.findings import Finding, FindingClass, Place
from desktop.core.plan import Act, Plan, Step
from desktop.core.ports import KnownRecords
from desktop.core.product import Catalogue
from desktop.core.subjects import SUBJECTS, Value, Values
from desktop.core.text import match_key
from desktop.intake.planning.drafts import NOTHING_FOLLOWS, Completion, Draft, merged
from desktop.intake.planning.unit_names import UnitNames
from desktop.intake.reading import ReadSheet


@dataclass(slots=True)
class _Held:
    """A record that the ledger holds or this plan adds; `said` is the first row that spoke of it, if one did."""

    uid: str
    values: Values
    said: tuple[ReadSheet, int] | None = None


@dataclass
class Context:
    """The plan in the making, and everything its makers look things up in."""

    known: KnownRecords
    catalogue: Catalogue
    new_id: Callable[[], str]
    campaign: str
    units: UnitNames
    today: datetime.date
    plan: Plan = field(default_factory=Plan)
    _held: dict[str, dict[str, _Held]] = field(default_factory=dict)
    _asked: dict[str, set[str]] = field(default_factory=dict)
    _occurrences: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    _reserved: dict[tuple[str, str], str] = field(default_factory=dict)

    def find(self, code: str, level: FindingClass, text: str, *, remedy: str, place: Place) -> None:
        """Note a finding."""
        self.plan.findings.append(Finding(code, level, text, remedy, place))

    def refuse(self, subject: str, code: str, text: str, *, remedy: str, place: Place) -> None:
        """Refuse a row: note why, as a finding of class A, and count it."""
        self.find(code, FindingClass.A, text, remedy=remedy, place=place)
        self.plan.counts[subject, Act.REFUSE] += 1

    def occurrence(self, file: str, subject: str, base: str) -> int:
        """Return how often the base of a key has come in this file so far, starting with 1."""
        self._occurrences[file, subject, base] += 1
        return self._occurrences[file, subject, base]

    def look_up(self, subject: str, keys: Iterable[str]) -> None:
        """Fetch the records with these keys from the ledger, those not fetched before."""
        asked = self._asked.setdefault(subject, set())
        new = set(keys) - asked
        if new:
            asked |= new
            held = self._held.setdefault(subject, {})
            for key, (uid, values) in self.known.existing(subject, new).items():
                held.setdefault(key, _Held(uid, values))

    def held(self, subject: str, key: str) -> tuple[str, Values] | None:
        """Return uid and values of the record with this key, in the ledger or planned so far."""
        self.look_up(subject, [key])
        record = self._held.get(subject, {}).get(key)
        return None if record is None else (record.uid, record.values)

    def records(self, subject: str) -> Iterator[tuple[str, Values]]:
        """Yield uid and values of the records looked up or planned so far."""
        return ((record.uid, record.values) for record in self._held.get(subject, {}).values())

    def keyed_records(self, subject: str) -> Iterator[tuple[str, Values]]:
        """Yield natural key and values of the records looked up or planned so far."""
        return ((key, record.values) for key, record in self._held.get(subject, {}).items())

    def reserve(self, subject: str, key: str) -> str:
        """Return the uid that the record with this key has, or will have once it is planned."""
        held = self.held(subject, key)
        return held[0] if held else self._reserved.setdefault((subject, key), self.new_id())

    def settle(
        self,
        subject: str,
        drafts: Sequence[Draft],
        sheet: ReadSheet,
        completion: Completion = NOTHING_FOLLOWS,
    ) -> list[str]:
        """Plan the drafts of one sheet and return the uid of each; empty for a row in conflict.

        A record that is new is completed with what follows from its row. Where a row is silent, a record keeps
        what it holds, or what still follows from the rest; what differs is changed. Two rows for one record that
        say different things conflict.
        """
        self.look_up(subject, [draft.key for draft in drafts])
        held = self._held.setdefault(subject, {})
        uids = []
        for draft in drafts:
            record = held.get(draft.key)
            if record is None:
                record = self._add(subject, draft, (sheet, completion.of(draft.values)))
                held[draft.key] = record
                uids.append(record.uid)
            else:
                after = merged(draft, record.values, completion)
                uids.append(self._compare(subject, draft, (sheet, record, after)))
        return uids

    def outcome(self, subject: str, draft: Draft, completion: Completion) -> Values:
        """Return what the draft's record would hold, if settling it meets no conflict."""
        held = self.held(subject, draft.key)
        return merged(draft, held[1], completion) if held else completion.of(draft.values)

    def withdraw(self, step: Step) -> Place:
        """Take a step back out of the plan, counted as refused, and return the row that asked for it.

        Nothing else in the plan may refer to the record of a step that adds one.
        """
        records = self._held[step.subject]
        record = records[step.key]
        self.plan.steps.remove(step)
        self.plan.counts[step.subject, step.act] -= 1
        self.plan.counts[step.subject, Act.REFUSE] += 1
        if step.before is None:
            del records[step.key]
        else:
            record.values = step.before
        return record.said[0].place(record.said[1]) if record.said else Place()

    def _add(self, subject: str, draft: Draft, source: tuple[ReadSheet, Values]) -> _Held:
        sheet, values = source
        uid = self._reserved.get((subject, draft.key)) or self.new_id()
        self.plan.add(Step(subject, uid, draft.key, values, None, sheet.name, draft.row))
        return _Held(uid, values, (sheet, draft.row))

    def _compare(self, subject: str, draft: Draft, source: tuple[ReadSheet, _Held, Values]) -> str:
        sheet, record, after = source
        if after == record.values or (record.said and not self._differing(subject, record.values, after)):
            self.plan.counts[subject, Act.SAME] += 1
        elif record.said is None:
            step = Step(subject, record.uid, draft.key, after, record.values, sheet.name, draft.row)
            self.plan.add(step)
            record.values = after
        else:
            fields = self._differing(subject, record.values, after)
            self._conflict(subject, draft.row, (sheet, record.said), fields=fields)
            return ""
        record.said = record.said or (sheet, draft.row)
        return record.uid

    def _differing(self, subject: str, held: Values, said: Values) -> list[str]:
        """Return the fields in which two rows for one record differ by more than how a word is spelt."""
        return [
            field.name
            for field, one, other in zip(SUBJECTS[subject].fields, held, said, strict=True)
            if one != other and not field.name.endswith("_as_typed") and _key(one) != _key(other)
        ]

    def _conflict(
        self,
        subject: str,
        number: int,
        source: tuple[ReadSheet, tuple[ReadSheet, int]],
        *,
        fields: Sequence[str],
    ) -> None:
        sheet, (earlier, row) = source
        named = "、".join(f"「{heading}」" for name in fields if (heading := sheet.heading_of(name)))
        self.plan.counts[subject, Act.CONFLICT] += 1
        self.find(
            "I04",
            FindingClass.A,
            f"与{earlier.place(row)}是同一条{SUBJECTS[subject].title}记录，{named or '内容'}却不同。",
            remedy="请核对两行，只保留正确的一行。",
            place=sheet.place(number),
        )


def _key(value: Value) -> Value:
    return match_key(value) if isinstance(value, str) else value
