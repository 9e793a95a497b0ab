"""Says in words what an import would change of records that are there: where, which field, from what to what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from desktop.actions.importing import sheet_specs
from desktop.core.money import yuan_text
from desktop.core.plan import Act, Plan, Step
from desktop.core.subjects import SUBJECTS, Field, Value
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

_YES_NO = {
    *(
        "reports_alone",
        "counts_as_organ",
        "in_scope",
        "preinstalled",
        "user_signed",
        "backed_up",
        "is_server",
    ),
}


def change_lines(plan: Plan) -> Iterator[str]:
    """Yield a line for every record that changes, in the order of the plan."""
    for step in plan.steps:
        if step.act is Act.CHANGE:
            title = SUBJECTS[step.subject].title
            told = "，".join(_told(step))
            yield f"「{step.sheet}」表第 {step.row} 行，{title}：{told}。"


def _told(step: Step) -> Iterator[str]:
    headings = _headings(step.subject)
    fields = SUBJECTS[step.subject].fields
    for field, before, after in zip(fields, step.before or (), step.values, strict=True):
        if before != after and field.name in headings:
            heading = headings[field.name]
            is_named = field.refers_to != ""
            yield (
                f"{heading}改变" if is_named else f"{heading} {_text(field, before)} → {_text(field, after)}"
            )


def _text(field: Field, value: Value) -> str:
    if value is None:
        return "（空）"
    if field.name in _YES_NO:
        return "是" if value else "否"
    return f"{yuan_text(int(value))} 元" if field.name.endswith("_fen") else str(value)


@cache
def _headings(subject: str) -> Mapping[str, str]:
    """Return the official heading of every field of a record that a sheet has a column of."""
    (spec,) = (spec for spec in sheet_specs() if spec.subject == _SHEETS.get(subject, subject))
    return _OTHERWISE | {recorded_as(column.field): column.heading for column in spec.columns}
