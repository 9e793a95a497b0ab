"""Blocks of an office's own form: people of a group only, money by product in 万元."""

from __future__ import annotations

import datetime
import tomllib
from pathlib import Path

import pytest

from desktop.core.indicators import Question
from desktop.core.money import FEN_PER_WAN
from desktop.forms.filling.binding import fill_form
from desktop.forms.filling.material import Filling
from desktop.forms.reading.entries import Entry, Source
from desktop.forms.reading.form_reading import form_of
from desktop.forms.reading.toml_lines import lines_of_values
from desktop.forms.spec import FormSpec
from desktop.store.database import Ledger
from desktop.store.form_records import StoredFormRecords
from tests.builders import a_ledger, imported
from tests.forms.form_builders import filled

HEAD = """
format = 1
code = "X01"
version = 1
title = "自定表"
status = "provisional"
columns = [40, 60]
[page]
orientation = "portrait"
margins = [20, 20, 20, 20]
pages = "flow"
[[blocks]]
id = "表"
"""
MONEY = """
rows = [8, { height = 8, each = "lines" }, 8]
cells = [
    { at = "A1", text = "产品" }, { at = "B1", text = "金额（万元）" },
    { at = "A2", id = "{n}.名称", list = "amount", by = "product" },
    { at = "B2", id = "{n}.金额", list = "amount", by = "product", shows = "amount" },
    { at = "A3", text = "小结" }, { at = "B3", id = "小结", summary = "amount", by = "product", lead = "" },
]
"""
PEOPLE = """
group = "县级"
rows = [8, { height = 8, each = "people", where = { responsibility = ["信息报送人"] }, lines = 1 }]
cells = [
    { at = "A1", text = "单位" }, { at = "B1", text = "姓名" },
    { at = "A2", id = "{n}.单位", field = "unit_name" }, { at = "B2", id = "{n}.姓名", field = "name" },
]
"""


def form(words: str) -> FormSpec:
    return form_of(Entry(tomllib.loads(HEAD + words), Source(lines_of_values(HEAD + words))))


def test_a_list_of_money_is_in_ten_thousands_as_every_cell_is() -> None:
    rows = [("amount", {"product": name}, n * FEN_PER_WAN) for name, n in (("甲", 3), ("乙", 1))]
    made = filled(form(MONEY), rows)
    assert [made.cells[f"表.{n}.金额"].text for n in (1, 2)] == ["3.00", "1.00"]
    assert made.cells["表.小结"].text == "甲（3.00万元）、\n乙（1.00万元）"


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    ledger = a_ledger()
    units = [["单位名称", "级别"], ["县局", "县直"], ["市局", "市直"]]
    people = [["单位名称", "姓名", "职责"], ["县局", "张三", "信息报送人"], ["市局", "李四", "信息报送人"]]
    imported(ledger, tmp_path, {"单位": units, "人员": people})
    return ledger


@pytest.mark.parametrize(
    ("scope", "names"),
    [({1: "县级", 2: "市级"}, ["张三"]), ({2: "市级"}, [""]), ({1: "县级", 2: "县级"}, ["张三", "李四"])],
)
def test_a_block_of_a_group_lists_the_people_of_its_units_alone(
    ledger: Ledger, scope: dict[int, str], names: list[str]
) -> None:
    question = Question(datetime.date(2024, 6, 30), scope)
    made = fill_form(form(PEOPLE), Filling(question=question, records=StoredFormRecords(ledger)))
    assert [cell.text for name, cell in made.cells.items() if name.endswith("姓名")] == names
