from __future__ import annotations

from collections.abc import Sequence

from desktop.forms.grid import HeaderText
from desktop.forms.tables.xlsx_header import header_runs


def runs(columns_mm: Sequence[float], *fields: tuple[float, str]) -> list[tuple[int, int, str]]:
    header = [HeaderText(at, text) for at, text in fields]
    return [(run.first, run.last, run.text) for run in header_runs(header, columns_mm, 10.5)]


def test_a_field_begins_at_the_column_nearest_to_its_place() -> None:
    assert runs([30] * 4, (0, "甲："), (0.6, "乙：")) == [(0, 1, "甲："), (2, 3, "乙：")]
    assert runs([30] * 4, (0, "甲："), (0.7, "乙：")) == [(0, 2, "甲："), (3, 3, "乙：")]


def test_every_field_has_a_column_of_its_own() -> None:
    assert runs([30] * 3, (0.9, "甲"), (0.9, "乙"), (0.9, "丙")) == [(0, 0, "甲"), (1, 1, "乙"), (2, 2, "丙")]


def test_a_field_takes_room_that_its_neighbour_does_not_need() -> None:
    date, name = "填表时间：2024年6月28日", "填表单位：西岭县软件正版化工作领导小组"
    assert runs([30] * 4, (0, "甲："), (0.75, date)) == [(0, 1, "甲："), (2, 3, date)]
    assert runs([30] * 4, (0, name), (0.5, "乙：")) == [(0, 2, name), (3, 3, "乙：")]


def test_no_room_is_taken_from_a_neighbour_that_needs_it() -> None:
    name = "填表单位：西岭县软件正版化工作领导小组"
    assert runs([30] * 4, (0, name), (0.5, name)) == [(0, 1, name), (2, 3, name)]


def test_more_fields_than_columns_share_one_run() -> None:
    assert runs([50], (0, "甲："), (0.5, "乙：")) == [(0, 0, "甲：  乙：")]
