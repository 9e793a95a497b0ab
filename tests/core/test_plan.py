from __future__ import annotations

import pytest

from desktop.core.findings import Finding, FindingClass
from desktop.core.plan import Act, Plan, Step


def a_step(subject: str = "unit", before: tuple[str, ...] | None = None) -> Step:
    return Step(subject, "uid", "key", ("教育局",), before, "单位", 2)


def test_a_step_adds_what_is_new_and_changes_what_is_there() -> None:
    assert a_step().act is Act.ADD
    assert a_step(before=("教委",)).act is Act.CHANGE
    assert a_step(before=()).act is Act.CHANGE


def test_a_plan_counts_its_steps_by_subject_and_act() -> None:
    plan = Plan()
    for step in (a_step(), a_step("computer"), a_step(before=("教委",)), a_step()):
        plan.add(step)
    assert plan.counts == {("unit", Act.ADD): 2, ("unit", Act.CHANGE): 1, ("computer", Act.ADD): 1}
    assert [step.subject for step in plan.of("computer")] == ["computer"]
    assert len(plan.steps) == 4


@pytest.mark.parametrize("act", list(Act))
def test_a_plan_with_a_refused_or_conflicting_row_is_not_clean(act: Act) -> None:
    plan = Plan()
    assert plan.is_clean
    plan.counts["unit", act] += 0
    assert plan.is_clean
    plan.counts["unit", act] += 1
    assert plan.is_clean is (act not in (Act.REFUSE, Act.CONFLICT))


@pytest.mark.parametrize("level", list(FindingClass))
def test_a_plan_with_a_finding_of_class_a_is_not_clean(level: FindingClass) -> None:
    plan = Plan(findings=[Finding("I01", level, "错。", "请改。")])
    assert plan.is_clean is (level is not FindingClass.A)


def test_plans_share_nothing() -> None:
    Plan().add(a_step())
    assert not Plan().steps
    assert not Plan().counts


def test_steps_are_replaced_and_removed_wherever_they_stand() -> None:
    plan = Plan()
    steps = [Step("unit", uid, uid, ("甲",), None, "单位", 2) for uid in "abc"]
    for step in steps:
        plan.add(step)
    changed = plan.replace(steps[2], ("丙",))
    plan.remove(steps[0])
    plan.replace(changed, ("丁",))
    assert [(step.uid, step.values) for step in plan.steps] == [("b", ("甲",)), ("c", ("丁",))]
    assert plan.counts["unit", Act.ADD] == 2
