from __future__ import annotations

import itertools
import time
from pathlib import Path

import pytest

from desktop.actions.importing import apply_import, plan_import
from desktop.intake.looking import Look
from tests.builders import a_ledger
from tests.intake.looking import Row, looked, read
from tests.intake.planning.plans import acts, changed, codes, fields, import_of, plan_of, sentences


def tree(**parents: str | None) -> list[Row]:
    return [{"单位名称": name, "上级单位": parent, "备注": "有"} for name, parent in parents.items()]


def test_a_new_unit_gets_what_its_name_suggests(tmp_path: Path) -> None:
    rows: list[Row] = [
        {"单位名称": "示例县中学"},
        {"单位名称": "城关镇人民政府", "独立填报": "否"},
        {"单位名称": "某局", "类别": "党", "级别": "市", "计入机关总数": "否", "纳入本次任务": "否"},
    ]
    plan = plan_of(a_ledger(), tmp_path, 单位=rows)
    assert fields(
        plan, "unit", "name", "category", "level", "reports_alone", "counts_as_organ", "in_scope"
    ) == [
        ("示例县中学", "学校", "县直", 1, 0, 1),
        ("城关镇人民政府", "政府", "乡镇", 0, 0, 1),
        ("某局", "党委", "市级", 1, 0, 0),
    ]


def test_an_upper_unit_may_stand_in_a_later_row(tmp_path: Path) -> None:
    plan = plan_of(a_ledger(), tmp_path, 单位=tree(甲="乙", 乙="丙", 丙=None))
    uids = {step.values[0]: step.uid for step in plan.steps}
    assert plan.is_clean
    assert fields(plan, "unit", "name", "parent") == [("甲", uids["乙"]), ("乙", uids["丙"]), ("丙", None)]


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_upper_units_may_stand_in_any_sheet_of_any_file(order: tuple[int, ...]) -> None:
    sheets = [
        read("单位", [["单位名称", "上级单位"], ["甲", "老乙"]], "一.xlsx"),
        read("单位名录", [["单位名称", "上级单位", "曾用名"], ["乙", "丙", "老乙"]], "一.xlsx"),
        read("单位", [["单位名称", "简称"], ["丙", "小丙"]], "二.xlsx"),
    ]
    plan = plan_import(a_ledger(), Look([sheets[n] for n in order], [], ""))
    assert plan.is_clean
    assert acts(plan, "unit") == {"新增": 3}


@pytest.mark.parametrize("name", ["乙局", "乙", "老乙", "乙办", "县 乙"])
def test_an_upper_unit_is_found_by_any_name(tmp_path: Path, name: str) -> None:
    upper: Row = {"单位名称": "乙局", "简称": "乙", "曾用名": "老乙", "挂牌名称": "乙办、县乙"}
    row: Row = {"单位名称": "甲局", "上级单位": name, "行业主管单位": name}
    together = plan_of(a_ledger(), tmp_path, 单位=[row, upper])
    ledger = a_ledger()
    import_of(ledger, tmp_path, 单位=[upper])
    later = plan_of(ledger, tmp_path, 单位=[row])
    for plan in (together, later):
        assert plan.is_clean
        ((_, parent, industry),) = (
            found for found in fields(plan, "unit", "name", "parent", "industry_parent") if found[0] == "甲局"
        )
        assert parent == industry is not None


def test_an_unknown_upper_unit_is_refused_with_all_that_hangs_on_it(tmp_path: Path) -> None:
    rows = [*tree(甲="天上", 乙="甲", 丙="乙", 丁=None), {"单位名称": "戊", "行业主管单位": "丙"}]
    plan = plan_of(a_ledger(), tmp_path, 单位=rows)
    assert acts(plan, "unit") == {"新增": 1, "拒收": 4}
    assert fields(plan, "unit", "name") == [("丁",)]
    assert "「天上」没有登记" in sentences(plan)
    assert "上级单位「乙」所在的行没有收下" in sentences(plan)


@pytest.mark.parametrize(
    ("rows", "way"),
    [
        (tree(甲="甲"), "甲 → 甲"),
        (tree(甲="乙", 乙="甲"), "甲 → 乙 → 甲"),
        (tree(甲="乙", 乙="丙", 丙="甲"), "甲 → 乙 → 丙 → 甲"),
    ],
)
def test_a_unit_above_itself_is_refused_with_what_hangs_on_it(
    tmp_path: Path, rows: list[Row], way: str
) -> None:
    plan = plan_of(a_ledger(), tmp_path, 单位=[*rows, *tree(下="甲", 旁=None)])
    assert fields(plan, "unit", "name") == [("旁",)]
    assert acts(plan, "unit")["拒收"] == len(rows) + 1
    assert f"上级单位转回自己：{way}。" in sentences(plan)
    assert not plan.is_clean


@pytest.mark.parametrize("above", ["甲", "乙", "丙"])
def test_a_circle_through_the_ledger_is_refused(tmp_path: Path, above: str) -> None:
    ledger = a_ledger()
    import_of(ledger, tmp_path, 单位=tree(甲=None, 乙="甲", 丙="乙"))
    plan = plan_of(ledger, tmp_path, 单位=tree(甲=above, 丁="丙"))
    assert acts(plan, "unit") == {"拒收": 1, "新增": 1}
    assert codes(plan) == ["I05A"]


def test_two_rows_that_differ_do_not_hide_a_circle(tmp_path: Path) -> None:
    rows = [*tree(甲="丙"), *tree(甲="乙"), *tree(丙="甲"), *tree(乙=None)]
    plan = plan_of(a_ledger(), tmp_path, 单位=rows)
    assert fields(plan, "unit", "name") == [("乙",)]


def test_a_second_row_may_not_hang_a_known_unit_on_a_refused_one(tmp_path: Path) -> None:
    ledger = a_ledger()
    import_of(ledger, tmp_path, 单位=tree(甲=None))
    plan = plan_of(ledger, tmp_path, 单位=[*tree(甲=None), *tree(甲="乙"), *tree(乙="天上")])
    assert acts(plan, "unit") == {"拒收": 3}


def test_a_unit_is_moved_and_keeps_what_a_row_does_not_say(tmp_path: Path) -> None:
    ledger = a_ledger()
    import_of(ledger, tmp_path, 单位=[*tree(上=None), {"单位名称": "甲", "编制人数": 5, "类别": "学校"}])
    plan = plan_of(ledger, tmp_path, 单位=tree(甲="上"))
    assert [(subject, name, before) for subject, name, before, _ in changed(plan)] == [
        ("unit", "parent", None),
        ("unit", "note", None),
    ]


def test_what_follows_from_the_category_follows_it_unless_it_was_set(tmp_path: Path) -> None:
    ledger = a_ledger()
    import_of(
        ledger,
        tmp_path,
        单位=[{"单位名称": "甲", "类别": "政府"}, {"单位名称": "乙", "类别": "学校", "计入机关总数": "是"}],
    )
    plan = plan_of(
        ledger, tmp_path, 单位=[{"单位名称": "甲", "类别": "学校"}, {"单位名称": "乙", "类别": "卫生"}]
    )
    assert changed(plan) == [
        ("unit", "category", "政府", "学校"),
        ("unit", "counts_as_organ", 1, 0),
        ("unit", "category", "学校", "卫生"),
    ]


def test_equal_rows_for_one_unit_agree_and_different_ones_conflict(tmp_path: Path) -> None:
    plan = plan_of(
        a_ledger(), tmp_path, 单位=[*tree(甲=None), *tree(甲=None), {"单位名称": "甲", "备注": "另"}]
    )
    assert acts(plan, "unit") == {"新增": 1, "不变": 1, "冲突": 1}
    assert "第 4 行：与《表.xlsx》「单位」表第 2 行是同一条单位记录，「备注」却不同。" in sentences(plan)
    assert not plan.is_clean


@pytest.mark.parametrize(
    "row",
    [{"单位名称": "甲"}, {"单位名称": "新甲局", "曾用名": "甲"}, {"单位名称": "新甲局", "简称": "甲"}],
)
def test_a_new_unit_with_a_name_of_another_is_mentioned(tmp_path: Path, row: Row) -> None:
    ledger = a_ledger()
    import_of(ledger, tmp_path, 单位=[{"单位名称": "甲局", "简称": "甲"}])
    plan = plan_of(ledger, tmp_path, 单位=[{**row, "备注": "有"}])
    assert codes(plan) == ["I19C"]
    assert "「甲局」" in sentences(plan)
    apply_import(ledger, plan, "表.xlsx")
    assert codes(plan_of(ledger, tmp_path, 单位=[{**row, "备注": "有"}])) == []


def test_a_new_unit_in_traditional_characters_is_mentioned(tmp_path: Path) -> None:
    ledger = a_ledger()
    import_of(ledger, tmp_path, 单位=[{"单位名称": "某县财政局"}])
    plan = plan_of(ledger, tmp_path, 单位=[{"单位名称": "某县財政局"}])
    assert codes(plan) == ["I19C"]
    assert "「某县財政局」与「某县财政局」只差繁体、简体，按两个单位登记。" in sentences(plan)


def test_a_row_with_the_former_name_renames_the_unit(tmp_path: Path) -> None:
    ledger = a_ledger()
    old: Row = {"单位名称": "甲局", "曾用名": "老甲局", "简称": "甲"}
    import_of(ledger, tmp_path, 单位=[old, {"单位名称": "乙局", "上级单位": "甲局"}])
    new: Row = {"单位名称": "新甲局", "曾用名": "甲局"}
    plan = import_of(
        ledger, tmp_path, 单位=[new], 计算机=[{"单位名称": "甲局", "资产编号": "1", "类型": "台式"}]
    )
    assert codes(plan) == ["I37C"]
    assert changed(plan) == [
        ("unit", "name", "甲局", "新甲局"),
        ("unit", "former_names", "老甲局", "老甲局、甲局"),
    ]
    assert acts(plan, "computer") == {"新增": 1}
    outdated = plan_of(ledger, tmp_path, 单位=[{**old, "曾用名": None}])
    assert codes(outdated) == ["I19A"]
    assert "「甲局」已更名为「新甲局」。请改用现在的名称。" in sentences(outdated)
    again = plan_of(ledger, tmp_path, 单位=[new, {"单位名称": "乙局", "上级单位": "新甲局"}])
    assert (codes(again), again.steps) == ([], [])


def test_a_unit_cannot_take_the_former_name_of_another_but_its_own(tmp_path: Path) -> None:
    ledger = a_ledger()
    import_of(ledger, tmp_path, 单位=[{"单位名称": "农业农村局", "曾用名": "农业局"}, {"单位名称": "白沙镇"}])
    uid = ledger.connection.execute("SELECT uid FROM unit WHERE name = '白沙镇'").fetchone()[0]
    for row in ({"单位名称": "农业局", "曾用名": "白沙镇"}, {"单位名称": "农业局", "记录标识": uid}):
        plan = plan_of(ledger, tmp_path, 单位=[row])
        assert codes(plan) == ["I19A"]
        assert "「农业局」是「农业农村局」的曾用名，不能再作另一个单位的名称。" in sentences(plan)
        assert not plan.steps
    back = plan_of(ledger, tmp_path, 单位=[{"单位名称": "农业局", "曾用名": "农业农村局"}])
    assert codes(back) == ["I37C"]
    assert acts(back, "unit") == {"变更": 1}


@pytest.mark.parametrize(
    ("registered", "written", "kept"),
    [
        ("某县财政局", "某县 财政局", "某县财政局"),
        ("某县档案馆（本级）", "某县档案馆(本级)", "某县档案馆（本级）"),
        ("某县 财政局", "某县财政局", "某县财政局"),
        ("某县abc中心", "某县ABC中心", "某县ABC中心"),
    ],
)
def test_a_name_with_other_blanks_or_width_is_no_new_name(
    tmp_path: Path, registered: str, written: str, kept: str
) -> None:
    ledger = a_ledger()
    import_of(ledger, tmp_path, 单位=[{"单位名称": registered}])
    import_of(ledger, tmp_path, 单位=[{"单位名称": written, "备注": "有"}])
    assert ledger.connection.execute("SELECT name FROM unit").fetchall() == [(kept,)]


def test_a_unit_that_has_a_row_of_its_own_is_not_renamed(tmp_path: Path) -> None:
    ledger = a_ledger()
    import_of(ledger, tmp_path, 单位=tree(甲局=None))
    plan = plan_of(ledger, tmp_path, 单位=[*tree(甲局=None), {"单位名称": "新甲局", "曾用名": "甲局"}])
    assert codes(plan) == ["I19C"]
    assert acts(plan, "unit") == {"新增": 1, "不变": 1}


def test_a_wrong_credit_code_is_mentioned(tmp_path: Path) -> None:
    rows: list[Row] = [
        {"单位名称": "甲", "统一社会信用代码": "11370000MB2854198F"},
        {"单位名称": "乙", "统一社会信用代码": "11370000MB2854198E"},
    ]
    plan = plan_of(a_ledger(), tmp_path, 单位=rows)
    assert [(f.code, f.place.row) for f in plan.findings] == [("I06", 2)]
    assert plan.is_clean


def test_a_chain_of_many_units_is_planned_or_refused_quickly() -> None:
    for last in (None, "天上"):
        rows = [
            {"单位名称": f"单位{n}", "上级单位": f"单位{n + 1}" if n < 4999 else last} for n in range(5000)
        ]
        look = looked({"表.xlsx": {"单位": rows}})
        begun = time.monotonic()
        plan = plan_import(a_ledger(), look)
        assert time.monotonic() - begun < 5
        assert acts(plan, "unit") == {"拒收" if last else "新增": 5000}


def test_rows_that_say_more_of_one_record_may_come_in_any_order(tmp_path: Path) -> None:
    plain: Row = {"单位名称": "甲局", "备注": None}
    full: Row = {"单位名称": "甲局", "级别": "市直", "简称": "甲"}
    for rows in itertools.permutations([plain, full, {"单位名称": "甲局", "备注": "新"}]):
        plan = plan_of(a_ledger(), tmp_path, 单位=list(rows))
        assert plan.is_clean
        assert fields(plan, "unit", "name", "level", "short_name", "note") == [("甲局", "市直", "甲", "新")]


@pytest.mark.parametrize(
    ("name", "category"),
    [
        ("中共某县委组织部", "党委"),
        ("某县财政局", "政府"),
        ("某县行政学院", "政府"),
        ("某县人民法院", "法院"),
    ],
)
def test_a_unit_only_said_to_be_an_organ_is_the_one_of_its_name(
    tmp_path: Path, name: str, category: str
) -> None:
    plan = plan_of(a_ledger(), tmp_path, 单位=[{"单位名称": name, "类别": "党政机关"}])
    assert fields(plan, "unit", "category", "counts_as_organ") == [(category, 1)]


def test_an_organ_that_the_ledger_knows_stays_the_one_it_is(tmp_path: Path) -> None:
    ledger = a_ledger()
    import_of(ledger, tmp_path, 单位=[{"单位名称": "某会", "类别": "人大"}])
    assert acts(plan_of(ledger, tmp_path, 单位=[{"单位名称": "某会", "类别": "机关"}]), "unit") == {"不变": 1}
