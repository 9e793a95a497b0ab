"""Plans of small workbooks, and what stands in them, for tests to compare."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from desktop.core.plan import Plan, Step
from desktop.core.subjects import SUBJECTS, Value
from desktop.store.database import Ledger
from tests.builders import imported, planned
from tests.intake.looking import Row, table

A_UNIT: Row = {"单位名称": "甲局", "简称": "甲"}
TWO_UNITS: Sequence[Row] = [A_UNIT, {"单位名称": "乙局"}]


def plan_of(ledger: Ledger, folder: Path, **sheets: Sequence[Row]) -> Plan:
    """Return what importing a workbook of these sheets would do."""
    return planned(ledger, folder, {name: table(*rows) for name, rows in sheets.items()})


def import_of(ledger: Ledger, folder: Path, **sheets: Sequence[Row]) -> Plan:
    """Import a workbook of these sheets, which must be without fault."""
    return imported(ledger, folder, {name: table(*rows) for name, rows in sheets.items()})


def acts(plan: Plan, subject: str) -> dict[str, int]:
    """Return how many records of a subject are added, changed and so on, by the Chinese word."""
    return {act.value: number for (name, act), number in plan.counts.items() if name == subject and number}


def codes(plan: Plan) -> list[str]:
    """Return code and class of the findings, but for the notice of whose a sheet is (`test_whose.py`)."""
    found = [f"{finding.code}{finding.level}" for finding in plan.findings]
    return [code for code in found if code != "I45D"]


def sentences(plan: Plan) -> str:
    """Return everything that is said, a line each."""
    return "\n".join(finding.sentence for finding in plan.findings)


def field(step: Step, name: str) -> Value:
    """Return what a step would write to a field."""
    return step.values[SUBJECTS[step.subject].positions[name]]


def fields(plan: Plan, subject: str, *names: str) -> list[tuple[Value, ...]]:
    """Return these fields of every step of a subject."""
    return [tuple(field(step, name) for name in names) for step in plan.of(subject)]


def changed(plan: Plan) -> list[tuple[str, str, Value, Value]]:
    """Return subject, field, value before and value after of everything that changes."""
    return [
        (step.subject, one.name, before, after)
        for step in plan.steps
        if step.before is not None
        for one, before, after in zip(SUBJECTS[step.subject].fields, step.before, step.values, strict=True)
        if before != after
    ]
