from __future__ import annotations

import pytest

from desktop.cli.reporting import print_findings, print_plan
from desktop.core.findings import Finding, FindingClass, Place
from desktop.core.plan import Act, Plan


def a_finding(level: FindingClass) -> Finding:
    return Finding("X01", level, "内容不对。", "请改正。", Place(row=3))


def test_the_gravest_findings_come_first(capsys: pytest.CaptureFixture[str]) -> None:
    print_findings([a_finding(FindingClass.D), a_finding(FindingClass.A)])
    said = capsys.readouterr().out
    assert said.index("A 类（强制）1 条") < said.index("D 类（提示）1 条")
    assert "[X01] 第 3 行：内容不对。请改正。" in said


def test_of_very_many_findings_the_rest_is_counted(capsys: pytest.CaptureFixture[str]) -> None:
    print_findings([a_finding(FindingClass.C)] * 250)
    assert "另有 50 条" in capsys.readouterr().out


def test_a_plan_is_counted_by_subject(capsys: pytest.CaptureFixture[str]) -> None:
    plan = Plan()
    plan.counts["unit", Act.ADD] = 2
    plan.counts["unit", Act.REFUSE] = 1
    print_plan(plan)
    assert capsys.readouterr().out == "单位：新增 2，拒收 1。\n"
