from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from desktop.actions.filling import Request, fill
from desktop.actions.typing_in import type_cell
from desktop.forms.freezing import about_frozen, frozen_form, thawed, values_in
from desktop.forms.grid import compose
from desktop.store.database import Ledger
from tests.builders import Rows, imported

CELL = "县级机关/软件情况/国内/办公软件/许可数（个）"


@pytest.fixture
def ledger(ledger: Ledger, tmp_path: Path) -> Ledger:
    units = [["单位名称", "级别"], ["县局", "县直"]]
    people = [["单位名称", "姓名", "职责", "手机"], ["县局", "𠮷三", "信息报送人", "13900000001"]]
    licences: Rows = [
        ["单位名称", "软件编号", "软件名称", "软件类别", "国内/国外", "套数", "许可数", "金额（元）"],
        ["县局", "W1", "WPS Office", "办公", "国内", 1, 5, 3000],
    ]
    imported(ledger, tmp_path, {"单位": units, "人员": people, "许可": licences})
    return ledger


@pytest.mark.parametrize("code", ["T01", "T02", "T03", "D01", "T21"])
def test_what_is_thawed_is_what_was_frozen(ledger: Ledger, code: str) -> None:
    form = fill(ledger, Request(code))
    back = thawed(frozen_form(form, {}), form.spec)
    assert back.cells == dict(form.cells)
    assert compose(back) == compose(form)
    assert back.question is not None
    assert form.question is not None
    assert back.question.scope == form.question.scope


def test_typed_cells_keep_their_reason(ledger: Ledger) -> None:
    type_cell(ledger, Request("T02"), CELL, "7", reason="依据合同核对")
    form = fill(ledger, Request("T02"))
    assert thawed(frozen_form(form, {}), form.spec).cells == dict(form.cells)


def test_values_are_found_by_id(ledger: Ledger) -> None:
    form = fill(ledger, Request("T02"))
    content = frozen_form(form, {"number": "T02-1"})
    filled = {name: cell.value for name, cell in form.cells.items() if cell.value is not None}
    assert values_in(content) == filled
    assert about_frozen(content) == {"number": "T02-1"}


def test_the_same_form_gives_the_same_bytes(ledger: Ledger) -> None:
    assert frozen_form(fill(ledger, Request("T02")), {}) == frozen_form(fill(ledger, Request("T02")), {})


def test_a_blank_form_is_not_frozen(ledger: Ledger) -> None:
    form = fill(ledger, replace(Request("T02"), is_blank=True))
    with pytest.raises(ValueError, match="blank"):
        frozen_form(form, {})
