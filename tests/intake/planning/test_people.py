from __future__ import annotations

from pathlib import Path

import pytest

from tests.builders import a_ledger, planned
from tests.intake.looking import Row
from tests.intake.planning.plans import (
    A_UNIT,
    TWO_UNITS,
    acts,
    changed,
    codes,
    fields,
    import_of,
    plan_of,
    sentences,
)


def test_a_person_stands_in_the_unit_with_what_they_answer_for(tmp_path: Path) -> None:
    row: Row = {
        "单位名称": "甲",
        "姓名": "张三",
        "职务": "主任",
        "职责": "填表人、经办人；填表人",
        "手机": 13900001234,
    }
    plan = plan_of(a_ledger(), tmp_path, 单位=[A_UNIT], 人员=[row])
    (unit,) = (step.uid for step in plan.of("unit"))
    (person,) = plan.of("person")
    assert fields(plan, "person", "unit", "name", "post", "mobile") == [(unit, "张三", "主任", "13900001234")]
    assert fields(plan, "responsibility", "person", "word") == [
        (person.uid, "填表人"),
        (person.uid, "经办人"),
    ]


def test_names_are_written_alike_and_kept_as_typed(tmp_path: Path) -> None:
    rows = [{"姓名": name, "职务": "主任"} for name in ("张 三", "买买提•阿卜杜拉", "李四")]
    plan = plan_of(a_ledger(), tmp_path, 单位=[A_UNIT], 人员=rows)
    assert fields(plan, "person", "name", "name_as_typed") == [
        ("张三", "张 三"),
        ("买买提·阿卜杜拉", "买买提•阿卜杜拉"),
        ("李四", None),
    ]


def test_a_post_without_a_name_is_a_person_by_the_post(tmp_path: Path) -> None:
    ledger = a_ledger()
    rows: list[Row] = [
        {"职务": "主任", "姓名": None},
        {"职务": "书记", "姓名": ""},
        {"职务": None, "手机": "1"},
    ]
    import_of(ledger, tmp_path, 单位=[A_UNIT], 人员=rows)
    plan = plan_of(ledger, tmp_path, 人员=[{"职务": "书记", "手机": "2"}])
    assert changed(plan) == [("person", "mobile", None, "2")]


def test_two_people_of_one_name_are_two(tmp_path: Path) -> None:
    ledger = a_ledger()
    rows: list[Row] = [{"姓名": "张三", "职务": "一"}, {"姓名": "张三", "职务": "二"}]
    assert acts(import_of(ledger, tmp_path, 单位=[A_UNIT], 人员=rows), "person") == {"新增": 2}
    assert acts(plan_of(ledger, tmp_path, 人员=rows), "person") == {"不变": 2}


def test_a_new_word_is_added_and_none_is_taken_away(tmp_path: Path) -> None:
    ledger = a_ledger()
    import_of(ledger, tmp_path, 单位=[A_UNIT], 人员=[{"姓名": "张三", "职责": "填表人"}])
    plan = plan_of(ledger, tmp_path, 人员=[{"姓名": "张三", "职责": "经办人"}])
    assert (acts(plan, "person"), acts(plan, "responsibility")) == ({"不变": 1}, {"新增": 1})


@pytest.mark.parametrize("column", ["办公电话", "手机", "传真"])
def test_a_number_spoilt_by_the_spreadsheet_is_kept_and_mentioned(tmp_path: Path, column: str) -> None:
    plan = plan_of(a_ledger(), tmp_path, 单位=[A_UNIT], 人员=[{"姓名": "张三", column: "1.39E+10"}])
    assert plan.is_clean
    assert codes(plan) == ["I07C"]
    assert f"「{column}」栏：「1.39E+10」" in sentences(plan)
    assert "1.39E+10" in next(plan.of("person")).values


def test_people_of_unknown_units_are_refused(tmp_path: Path) -> None:
    plan = plan_of(
        a_ledger(), tmp_path, 单位=TWO_UNITS, 人员=[{"单位名称": "丙局", "姓名": "张三"}, {"姓名": "李四"}]
    )
    assert acts(plan, "person") == {"拒收": 2}
    assert "「丙局」没有登记" in sentences(plan)
    assert "没有填写单位名称" in sentences(plan)


def test_people_in_conflict_answer_for_nothing(tmp_path: Path) -> None:
    one: Row = {"姓名": "张三", "手机": "1"}
    ledger = a_ledger()
    import_of(ledger, tmp_path, 单位=[A_UNIT], 人员=[one])
    plan = plan_of(ledger, tmp_path, 人员=[one], 联系人=[{**one, "手机": "2", "职责": "填表人"}])
    assert (acts(plan, "person"), acts(plan, "responsibility")) == ({"不变": 1, "新增": 1}, {"新增": 1})


@pytest.mark.parametrize("word", ["信息报送员", "联络员", "联系人", "信息报送人"])
def test_whoever_reports_is_known_by_what_offices_call_it(word: str, tmp_path: Path) -> None:
    plan = planned(
        a_ledger(),
        tmp_path,
        {"单位": [["单位名称"], ["甲局"]], "人员": [["单位", "姓名", "职责"], ["甲局", "李明", word]]},
    )
    assert [step.values[1] for step in plan.of("responsibility")] == ["信息报送人"]
    assert [finding.code for finding in plan.findings] == []


def test_another_word_is_kept_and_mentioned(tmp_path: Path) -> None:
    plan = planned(
        a_ledger(),
        tmp_path,
        {
            "单位": [["单位名称"], ["甲局"]],
            "人员": [["单位", "姓名", "职责"], ["甲局", "李明", "办公室主任"]],
        },
    )
    assert [step.values[1] for step in plan.of("responsibility")] == ["办公室主任"]
    assert [finding.code for finding in plan.findings] == ["I35"]


def test_a_sheet_named_after_those_who_report_makes_them_so(tmp_path: Path) -> None:
    plan = planned(
        a_ledger(),
        tmp_path,
        {
            "单位": [["单位名称"], ["甲局"]],
            "信息报送人员": [["单位", "姓名", "手机"], ["甲局", "李明", "13900000001"]],
        },
    )
    assert [step.values[1] for step in plan.of("responsibility")] == ["信息报送人"]


def test_rows_of_one_name_are_one_person_unless_they_contradict(tmp_path: Path) -> None:
    rows: list[Row] = [
        {"姓名": "孙甲", "负责科室": "办公室", "职责": "信息报送人"},
        {"姓名": "孙甲", "手机": "13900000001", "职责": "填表人"},
        {"姓名": "孙甲", "手机": "13900000002", "职责": "填表人"},
    ]
    ledger = a_ledger()
    plan = import_of(ledger, tmp_path, 单位=[A_UNIT], 人员=rows)
    assert fields(plan, "person", "department", "mobile") == [
        ("办公室", "13900000001"),
        (None, "13900000002"),
    ]
    assert acts(plan, "responsibility") == {"新增": 3}
    assert not plan_of(ledger, tmp_path, 人员=rows).steps


def test_a_row_that_forgets_its_unit_among_others_is_refused(tmp_path: Path) -> None:
    rows: list[Row] = [{"单位名称": "甲局", "姓名": "张三"}, {"姓名": "李四"}]
    plan = plan_of(a_ledger("甲局"), tmp_path, 单位=[A_UNIT], 人员=rows)
    assert codes(plan) == ["I03A"]
    assert "而本表其他行写了" in sentences(plan)


def test_several_people_in_one_cell_are_refused(tmp_path: Path) -> None:
    row: Row = {"单位名称": "甲局", "姓名": "张三，李四", "职责": "信息报送人，分管领导"}
    plan = plan_of(a_ledger("甲局"), tmp_path, 单位=[A_UNIT], 人员=[row, {**row, "姓名": "买买提·吐尔逊"}])
    assert codes(plan) == ["I73A"]
    assert "一格写了几个人（「张三，李四」）。请每人写一行" in sentences(plan)
    assert fields(plan, "person", "name") == [("买买提·吐尔逊",)]
