"""Says in words what an import would change of records that are there: where, which field, from what to what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from desktop.actions.importing import sheet_specs
from desktop.core.money import yuan_text
from desktop.core.plan import Act, Plan, Step
from desktop.core.subjects import SUBJECTS, Value
from desktop.intake.sheet_specs import ColumnSpec
from desktop.intake.sheets import recorded_as
from desktop.store.database import Ledger
from desktop.store.records import StoredRecords

_SHEETS = {
    "responsibility": "person",
    "licence_key": "licence",
    "purchase": "licence",
    "allocation": "licence",
    "progress_fact": "progress",
}
"""Records that come from another record's sheet."""
_OTHERWISE = {
    "allocated_on": "日期",
    "happened_on": "完成日期",
    "withdrawn_on": "撤回日期",
    "computer": "所在计算机",
    "licence": "软件编号",
    "name_as_typed": "姓名写法",
    "user_name_as_typed": "使用人写法",
}
"""Fields that no one column is named after."""
_NAMED_BY = {
    "unit": ("name",),
    "person": ("name",),
    "product": ("name",),
    "campaign": ("name",),
    "computer": ("asset_no", "user_name"),
    "licence": ("licence_no", "edition"),
}
"""The fields that name a record to which others refer; the first that is not empty counts."""

Names = Mapping[tuple[str, str], str]
"""How a record is named, by subject and uid."""


def change_lines(plan: Plan, ledger: Ledger) -> Iterator[str]:
    """Yield a line for every record that changes, in the order of the plan."""
    changes = [step for step in plan.steps if step.act is Act.CHANGE]
    names = _names(plan, changes, ledger)
    for step in changes:
        title = SUBJECTS[step.subject].title
        told = "，".join(_told(step, names))
        yield f"「{step.sheet}」表第 {step.row} 行，{title}：{told}。"


def _names(plan: Plan, changes: Sequence[Step], ledger: Ledger) -> Names:
    """Return the names of all records that are referred to otherwise than before: in the ledger, else in the plan."""
    wanted: defaultdict[str, set[str]] = defaultdict(set)
    for step in changes:
        for field, *values in zip(SUBJECTS[step.subject].fields, step.before or (), step.values, strict=True):
            if field.refers_to in _NAMED_BY and values[0] != values[1]:
                wanted[field.refers_to] |= {str(value) for value in values if value is not None}
    records = StoredRecords(ledger)
    names = {}
    for subject, uids in wanted.items():
        known = records.existing(subject, list(records.keys_of(subject, uids).values())).values()
        planned = ((step.uid, step.values) for step in plan.of(subject) if step.act is Act.ADD)
        for uid, held in (*known, *planned):
            at = SUBJECTS[subject].positions
            named = (held[at[field]] for field in _NAMED_BY[subject])
            names[subject, uid] = str(next(filter(None, named), "没有编号的"))
    return names


def _told(step: Step, names: Names) -> Iterator[str]:
    columns = _columns(step.subject)
    fields = SUBJECTS[step.subject].fields
    for field, before, after in zip(fields, step.before or (), step.values, strict=True):
        column = columns.get(field.name)
        heading = column.heading if column else _OTHERWISE.get(field.name)
        if before == after or heading is None:
            continue
        if field.refers_to:
            old, new = (
                "（空）" if uid is None else f"「{names[field.refers_to, str(uid)]}」"
                for uid in (before, after)
            )
            yield f"{heading} {old} → {new}"
        else:
            kind = column.kind if column else ""
            yield f"{heading} {_text(before, kind)} → {_text(after, kind)}"


def _text(value: Value, kind: str) -> str:
    if value is None:
        return "（空）"
    if kind == "yes_no":
        return "是" if value else "否"
    return f"{yuan_text(int(value))} 元" if kind == "money" else str(value)


@cache
def _columns(subject: str) -> Mapping[str, ColumnSpec]:
    """Return the column that each field of a record comes from."""
    (spec,) = (spec for spec in sheet_specs() if spec.subject == _SHEETS.get(subject, subject))
    return {recorded_as(column.field): column for column in spec.columns}
