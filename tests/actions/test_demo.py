from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import Any

import pytest

from desktop.actions.demo import make_demo
from desktop.actions.filling import Request, fill
from desktop.actions.ledgers import opened
from desktop.errors import AppError
from desktop.store.database import Ledger


def test_the_sample_county_comes_out_of_its_workbooks(tmp_path: Path) -> None:
    said = "\n".join(make_demo(tmp_path))
    cells = json.loads((tmp_path / "表" / "T02.json").read_text(encoding="utf-8"))["cells"]
    strip = "县级机关/软件正版化工作进度"
    shown = [cell["value"] for path, cell in cells.items() if path.startswith(strip)]
    assert shown == [58, 562, 54, 40, 33, 37, 26]
    assert "共 16 行，合计 97,173.50 元" in said
    assert "没有改动它" not in said
    list(make_demo(tmp_path))  # once more, over what nobody changed
    with opened(tmp_path / "示例县台账.db") as ledger:
        _tells_one_count(ledger)


def _tells_one_count(ledger: Ledger) -> None:
    """The usage table and the register of use tell one count, for the county and for a unit with over-use."""
    for unit in ("", "示例县城关镇人民政府"):
        asked: dict[str, Any] = {"as_of": datetime.date(2026, 6, 30), "unit": unit}
        usage, register = (fill(ledger, Request(code, **asked)) for code in ("L01", "D04"))
        installed = [int(cell.text or 0) for name, cell in usage.cells.items() if name.endswith("已安装数量")]
        numbers = [cell.value for name, cell in register.cells.items() if name.endswith("软件编号")]
        assert sum(installed) == sum(number is not None for number in numbers) > 0
    whole = fill(ledger, Request("L01", as_of=datetime.date(2026, 6, 30)))
    expired = [name for name, cell in whole.cells.items() if name.endswith("备注") and cell.text == "无效"]
    assert sum(int(whole.cells[name.replace("备注", "已安装数量")].text) for name in expired) == 9


@pytest.mark.parametrize("name", ["示例县台账.db", "工作簿/01单位和人员.xlsx", "表/T02.pdf", "表/我的.txt"])
def test_files_that_are_not_the_demos_own_stay(tmp_path: Path, name: str) -> None:
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_bytes(b"mine")
    with pytest.raises(AppError, match="没有改动它"):
        list(make_demo(tmp_path))
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == [tmp_path / name]
    assert (tmp_path / name).read_bytes() == b"mine"


def test_a_demo_cut_short_does_not_stand_in_the_way_of_the_next(tmp_path: Path) -> None:
    cut_short = make_demo(tmp_path)
    next(cut_short)
    next(cut_short)
    cut_short.close()  # type: ignore[attr-defined]  # it is a generator
    assert "共 16 行，合计 97,173.50 元" in "\n".join(make_demo(tmp_path))
