"""Says in words what an import would change of records that are there: where, which field, from what to what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from desktop.actions.importing import sheet_specs
from desktop.core.money import yuan_text
from desktop.core.plan import Act, Plan, Step
from desktop.core.subjects import SUBJECTS, Value
from desktop.intake.sheet_specs import ColumnSpec
from desktop.intake.sheets import recorded_as

_SHEETS = {
    "responsibility": "person",
    "licence_key": "licence",
    "purchase": "licence",
    "allocation": "licence",
    "progress_fact": "progress",
}
"""Records that come from another record's sheet."""
_OTHERWISE = {"allocated_on": "日期", "happened_on": "完成日期", "withdrawn_on": "撤回日期"}
"""Fields that no one column is named after."""


def change_lines(plan: Plan) -> Iterator[str]:
    """Yield a line for every record that changes, in the order of the plan."""
    for step in plan.steps:
        if step.act is Act.CHANGE:
            title = SUBJECTS[step.subject].title
            told = "，".join(_told(step))
            yield f"「{step.sheet}」表第 {step.row} 行，{title}：{told}。"


def _told(step: Step) -> Iterator[str]:
    columns = _columns(step.subject)
    fields = SUBJECTS[step.subject].fields
    for field, before, after in zip(fields, step.before or (), step.values, strict=True):
        column = columns.get(field.name)
        heading = column.heading if column else _OTHERWISE.get(field.name)
        if before == after or heading is None:
            continue
        if field.refers_to:
            yield f"{heading}改变"
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
