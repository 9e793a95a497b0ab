from __future__ import annotations

import json
from pathlib import Path

import pytest

from desktop.actions.filling import Request, fill
from desktop.actions.printing import as_values, ready_to_print
from desktop.core.findings import FindingClass
from desktop.errors import AppError
from tests.actions.test_filling import SHEETS
from tests.builders import Sheets, a_ledger, imported

RARE: Sheets = {
    "单位": [["单位名称", "排序号"], ["甲局", 1]],
    "人员": [["单位", "姓名", "职责"], ["甲局", "𠮷䶮", "信息报送人"]],
}


def test_the_same_form_gives_the_same_pdf(tmp_path: Path) -> None:
    ledger = a_ledger("县委宣传部")
    imported(ledger, tmp_path, SHEETS)
    for name in ("一.pdf", "二.pdf"):
        ready_to_print(fill(ledger, Request("T02"))).to_pdf(tmp_path / name)
    assert (tmp_path / "一.pdf").read_bytes() == (tmp_path / "二.pdf").read_bytes()


def test_a_character_the_fonts_lack_is_found_before_printing(tmp_path: Path) -> None:
    ledger = a_ledger()
    imported(ledger, tmp_path, RARE)
    found = [f for f in ready_to_print(fill(ledger, Request("T01"))).form.findings if f.code == "P01"]
    assert [(f.level, "「𠮷」" in f.text, "䶮" in f.text) for f in found] == [(FindingClass.B, True, False)]


def test_values_are_plain(tmp_path: Path) -> None:
    ledger = a_ledger("县委宣传部")
    imported(ledger, tmp_path, SHEETS)
    values = as_values(fill(ledger, Request("T01")), {"period": "2024年"})
    assert values["cells"]["第1行/姓名"]["value"] == "王·强"
    assert (values["period"], values["as_of"], len(values["cells"]["第1行/姓名"]["uid"])) == (
        "2024年",
        "2024-06-30",
        32,
    )
    json.dumps(values)


def test_an_unwritable_path_is_said(tmp_path: Path) -> None:
    printed = ready_to_print(fill(a_ledger(), Request("T02", is_blank=True)))
    for write in (printed.to_pdf, printed.to_text, printed.to_xlsx):
        with pytest.raises(AppError) as said:
            write(tmp_path / "没有" / "表")
        assert said.value.remedy
    assert list(tmp_path.iterdir()) == []
