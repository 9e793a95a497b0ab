"""What planning needs to know and collects: the ledger's records by key, the catalogue, the plan itself."""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from desktop.core.findings import Finding, FindingClass, Place
from desktop.core.plan import Act, Plan, Step
from desktop.core.ports import KnownRecords
from desktop.core.product import Catalogue
from desktop.core.subjects import SUBJECTS, Values
from desktop.intake.cells import Problem
from desktop.intake.planning.drafts import (
    NOTHING_FOLLOWS,
    Completion,
    Draft,
    contradicted,
    merged,
    together,
)
from desktop.intake.planning.unit_names import UnitNames
from desktop.intake.sheets import SheetRow

_APART = {
    "purchase": "；确是两笔购买的，请分别写明购买日期或合同编号",
    "allocation": "；确是两次配发的，请分别写明日期",
}
"""How rows of one owner are told apart, where they may be records of their own."""


@dataclass(slots=True)
class _Held:
    """A record that the ledger holds or this plan adds.

    `before` is what the ledger holds of it (None for a new record), `said` everything that rows have said of it so
    far, from the first row that did; `step` the step that this makes, if it changes anything.
    """

    uid: str
    values: Values
    before: Values | None
    said: Draft | None = None
    step: Step | None = None


@dataclass
class Context:
    """The plan in the making, and everything its makers look things up in."""

    known: KnownRecords
    catalogue: Catalogue
    new_id: Callable[[], str]
    campaign: str
    units: UnitNames
    today: datetime.date
    unit_asked: str = ""
    """Whose the sheets are that name no unit, as the person says."""
    plan: Plan = field(default_factory=Plan)
    computers_of_rows: dict[tuple[str, str, int], str] = field(default_factory=dict)
    """The computer that a row registers, for software that stands beside it on the same row; empty in conflict."""
    computer_sheets: set[tuple[str, str]] = field(default_factory=set)
    """The sheets that register computers, by file and name."""
    _held: dict[str, dict[str, _Held]] = field(default_factory=dict)
    _asked: dict[str, set[str]] = field(default_factory=dict)
    _occurrences: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    _reserved: dict[tuple[str, str], str] = field(default_factory=dict)
    _noted: set[Finding] = field(default_factory=set)
    _uids: defaultdict[str, dict[str, bool]] = field(default_factory=lambda: defaultdict(dict))
    """The records of the ledger that rows name by uid, and whether the key that a row gives them is taken."""

    def find(self, code: str, level: FindingClass, text: str, *, remedy: str, place: Place) -> None:
        """Note a finding."""
        self.note(Finding(code, level, text, remedy, place))

    def note(self, *findings: Finding) -> None:
        """Note findings, each once: a cell may be read for several records."""
        for finding in findings:
            if finding not in self._noted:
                self._noted.add(finding)
                self.plan.findings.append(finding)

    def refuse(self, subject: str, code: str, problem: Problem, place: Place) -> None:
        """Refuse a row: note why, as a finding of class A, and count it."""
        self.find(code, FindingClass.A, problem.text, remedy=problem.remedy, place=place)
        self.plan.counts[subject, Act.REFUSE] += 1

    def named_unit(self, row: SheetRow) -> str | Problem:
        """Return the unit that a row names, or why there is none.

        The rows of a sheet that names none have been given one before (`whose.py`).
        """
        if row["unit"] is None:
            return Problem(
                "没有填写单位名称，而本表其他行写了。", "请补填单位名称；与上一行相同的可填“同上”。"
            )
        return self.units.find(row.text("unit"))

    def unit_of(self, row: SheetRow, subject: str) -> str | None:
        """Return the unit that a row names; nothing where it is not found, and the row refused."""
        unit = self.named_unit(row)
        if isinstance(unit, Problem):
            self.refuse(subject, "I03", unit, row.place("unit"))
            return None
        return unit

    def occurrence(self, file: str, subject: str, base: str) -> int:
        """Return how often the base of a key has come in this file so far, starting with 1."""
        self._occurrences[file, subject, base] += 1
        return self._occurrences[file, subject, base]

    @cached_property
    def received(self) -> dict[tuple[str, str], str]:
        """The pool from which a unit received, by the unit and its own number: of the ledger, and of this plan."""
        return dict(self.known.received())

    def look_up(self, subject: str, keys: Iterable[str]) -> None:
        """Fetch the records with these keys from the ledger, those not fetched before."""
        asked = self._asked.setdefault(subject, set())
        new = set(keys) - asked
        if new:
            asked |= new
            held = self._held.setdefault(subject, {})
            for key, (uid, values) in self.known.existing(subject, new).items():
                held.setdefault(key, _Held(uid, values, values))

    def held(self, subject: str, key: str) -> tuple[str, Values] | None:
        """Return uid and values of the record with this key, in the ledger or planned so far."""
        record = self._held.get(subject, {}).get(key)
        if record is None and key not in self._asked.get(subject, ()):
            self.look_up(subject, [key])
            record = self._held[subject].get(key)
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
        completion: Completion = NOTHING_FOLLOWS,
    ) -> list[str]:
        """Plan drafts and return the uid of each; empty for a row in conflict.

        A record that is new is completed with what follows from its row. Where a row is silent, a record keeps
        what it holds, or what still follows from the rest; what differs is changed. Two rows for one record say
        together what each of them says; where both say something and it differs, they conflict.
        """
        self.look_up(subject, [draft.key for draft in drafts])
        held = self._held.setdefault(subject, {})
        uids = []
        for draft in drafts:
            record = held.get(draft.key)
            if self._is_of_another(subject, draft.row, record):
                problem = _of_another(SUBJECTS[subject].title)
                self.refuse(subject, "I58", problem, draft.row.place())
                uids.append("")
                continue
            if record is None:
                record = held[draft.key] = self._new(subject, draft)
            uids.append(self._hear(subject, record, draft, completion))
        return uids

    def outcome(self, subject: str, draft: Draft, completion: Completion) -> Values:
        """Return what the draft's record would hold, if settling it meets no conflict."""
        self.look_up(subject, [draft.key])
        record = self._held[subject].get(draft.key)
        if record is None:
            return completion.of(draft.values)
        return _after(record.before, together(record.said, draft), completion)

    def keyed(self, subject: str, uids: Collection[str]) -> Mapping[str, tuple[str, Values]]:
        """Return natural key and values of the records of the ledger with these uids, by uid."""
        keys = self.known.keys_of(subject, uids)
        self.look_up(subject, keys.values())
        held = {uid: (key, self.held(subject, key)) for uid, key in keys.items()}
        return {uid: (key, found[1]) for uid, (key, found) in held.items() if found and found[0] == uid}

    def by_uid(self, subject: str, uids: Collection[str]) -> Mapping[str, Values]:
        """Return the values of the records with these uids, in the ledger or planned so far, by uid."""
        planned = {uid: values for uid, values in self.records(subject) if uid in uids}
        stored = self.keyed(subject, set(uids) - planned.keys())
        return planned | {uid: values for uid, (_, values) in stored.items()}

    def rekey(self, subject: str, keys: Mapping[str, str]) -> None:
        """Let records that the ledger holds be known by other natural keys from now on, given by the old ones."""
        held = self._held[subject]
        records = {new: held.pop(old) for old, new in keys.items()}
        held.update(records)
        self._asked.setdefault(subject, set()).update(records)

    def find_by_uid(self, subject: str, rows: Sequence[tuple[SheetRow, str]]) -> None:
        """Let records that rows name by uid be known by the natural keys that the rows now give them.

        Records may pass their keys on to one another. A key that a row without uid has, or another record of the
        ledger that keeps it, is left alone: settling then refuses a row that is about another record than its uid says.
        """
        named = [(row.text("uid"), key) for row, key in rows if row["uid"] is not None]
        if not named:
            return
        keys = self.known.keys_of(subject, {uid for uid, _ in named})
        self.look_up(subject, {*keys.values(), *(key for _, key in named)})
        kept = {key for row, key in rows if keys.get(row.text("uid"), key) == key}
        moves = {uid: key for uid, key in named if uid in keys and keys[uid] not in kept}
        wanted = set(moves)
        while blocked := self._blocked(subject, moves):
            moves = {uid: key for uid, key in moves.items() if uid not in blocked}
        self.rekey(subject, {keys[uid]: key for uid, key in moves.items()})
        self._uids[subject] |= {uid: uid in wanted and uid not in moves for uid in keys}
        strange = [row for row, _ in rows if row["uid"] is not None and row.text("uid") not in keys]
        if strange:
            text = f"有 {len(strange)} 行的记录标识不是本台账的，按其他栏目识别。"
            self.find("I46", FindingClass.D, text, remedy="无需处理。", place=strange[0].place())

    def _blocked(self, subject: str, moves: Mapping[str, str]) -> Collection[str]:
        """Return the records whose new key is that of a record that stays, or wanted by several."""
        wanted = Counter(moves.values())
        holders = {key: held[0] for key in wanted if (held := self.held(subject, key))}
        return {uid for uid, key in moves.items() if wanted[key] > 1 or holders.get(key, uid) not in moves}

    def _is_of_another(self, subject: str, row: SheetRow, record: _Held | None) -> bool:
        """Return whether a row that names a record of the ledger by uid would be booked on another one."""
        if subject not in self._uids or row.text("uid") not in self._uids[subject]:
            return False
        if record is None or record.before is None:
            return self._uids[subject][row.text("uid")]
        return record.uid != row.text("uid")

    def place_of(self, step: Step) -> Place:
        """Return where the row stands that first asked for a step of this plan."""
        said = self._held[step.subject][step.key].said
        return said.row.place() if said else Place()

    def withdraw(self, step: Step) -> Place:
        """Take a step back out of the plan, counted as refused, and return the row that asked for it.

        Nothing else in the plan may refer to the record of a step that adds one.
        """
        records = self._held[step.subject]
        record = records[step.key]
        self.plan.remove(step)
        record.step = None
        self.plan.counts[step.subject, Act.REFUSE] += 1
        if step.before is None:
            del records[step.key]
        else:
            record.values = step.before
        return record.said.row.place() if record.said else Place()

    def _new(self, subject: str, draft: Draft) -> _Held:
        return _Held(self._reserved.get((subject, draft.key)) or self.new_id(), draft.values, None)

    def _hear(self, subject: str, record: _Held, draft: Draft, completion: Completion) -> str:
        """Plan what a row says of a record; return its uid, empty where an earlier row says otherwise."""
        if record.said is not None:
            differing = contradicted(record.said, draft)
            if differing:
                fields = [SUBJECTS[subject].fields[place].name for place in differing]
                self._conflict(subject, draft.row, record.said.row, fields)
                return ""
        record.said = together(record.said, draft)
        after = _after(record.before, record.said, completion)
        if record.step is not None or after == record.before:
            self.plan.counts[subject, Act.SAME] += 1
            if record.step is not None and after != record.values:
                record.step = self.plan.replace(record.step, after)
        else:
            row = draft.row
            record.step = Step(
                subject, record.uid, draft.key, after, record.before, row.sheet.name, row.number
            )
            self.plan.add(record.step)
        record.values = after
        return record.uid

    def _conflict(self, subject: str, row: SheetRow, earlier: SheetRow, fields: Sequence[str]) -> None:
        headings = (row.sheet.heading_of(name) for name in fields)
        named = "、".join(f"「{heading}」" for heading in headings if heading)
        title = SUBJECTS[subject].title
        self.plan.counts[subject, Act.CONFLICT] += 1
        self.find(
            "I04",
            FindingClass.A,
            f"与{earlier.place()}是同一条{title}记录，{named or '内容'}却不同。",
            remedy=f"请核对两行，只保留正确的一行{_APART.get(subject, '')}。",
            place=row.place(),
        )


def _of_another(title: str) -> Problem:
    return Problem(
        f"这一行原是另一条{title}记录，改成的编号或名称与别的{title}记录相同，没有收下。",
        "请核对是否改错；两条对调的，请把两行一起改好再导入；复制出来的新行，请清空它隐藏的「记录标识」栏。",
    )


def _after(before: Values | None, said: Draft, completion: Completion) -> Values:
    """Return what a record holds after everything that rows have said of it."""
    return completion.of(said.values) if before is None else merged(said, before, completion)
