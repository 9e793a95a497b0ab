from __future__ import annotations

from itertools import permutations

import pytest

from desktop.core.subjects import SUBJECTS
from desktop.intake.cell_readers import reader
from desktop.intake.sheet_specs import SheetSpec, heading_key, load_sheet_specs
from desktop.paths import resources

SPECS = load_sheet_specs(resources("intake", "sheets.toml"))


@pytest.mark.parametrize(
    ("heading", "key"),
    [
        ("单位 名称", "单位名称"),
        ("金额\n（万元）", "金额"),
        ("金额(元)", "金额"),
        ("国内/国外", "国内国外"),
        ("*类型*：", "类型"),
        ("Ｅ－Ｍａｉｌ", "email"),
        ("（备注）", "备注"),
        ("", ""),
    ],
)
def test_headings_compare_without_blanks_brackets_and_signs(heading: str, key: str) -> None:
    assert heading_key(heading) == key


@pytest.mark.parametrize(
    "heading", ["金额（千元）", "金额/万元", "金额万元", "金额：元", "金额 (万 元)", "金额（单位：万元）"]
)
def test_a_unit_of_money_is_no_part_of_the_heading(heading: str) -> None:
    assert heading_key(heading) == heading_key("金额")


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.name)
def test_no_heading_of_a_sheet_means_two_things(spec: SheetSpec) -> None:
    keys = [{heading_key(name) for name in (column.heading, *column.also)} for column in spec.columns]
    assert all(one.isdisjoint(other) for one, other in permutations(keys, 2))
    assert all(all(names) for names in keys)


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.name)
def test_every_heading_leads_to_its_field(spec: SheetSpec) -> None:
    for position, column in enumerate(spec.columns):
        assert spec.positions[column.field] == position
        for name in (column.heading, *column.also, f" {column.heading}\n（必填）"):
            assert spec.by_heading[heading_key(name)] == position


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.name)
def test_every_column_has_a_kind_that_is_read(spec: SheetSpec) -> None:
    assert all(callable(reader(column.kind)) for column in spec.columns)


def test_no_name_of_a_sheet_means_two_sheets() -> None:
    names = [{heading_key(name) for name in (spec.name, *spec.also)} for spec in SPECS]
    assert all(one.isdisjoint(other) for one, other in permutations(names, 2))


def test_every_sheet_is_of_a_subject_of_the_ledger() -> None:
    assert {spec.subject for spec in SPECS} - SUBJECTS.keys() == {"progress"}
