from __future__ import annotations

import json
from pathlib import Path

import pytest

from desktop.actions.demo import make_demo
from desktop.errors import AppError


def test_the_sample_county_comes_out_of_its_workbooks(tmp_path: Path) -> None:
    said = "\n".join(make_demo(tmp_path))
    cells = json.loads((tmp_path / "表" / "T02.json").read_text(encoding="utf-8"))["cells"]
    strip = "县级机关/软件正版化工作进度"
    shown = [cell["value"] for path, cell in cells.items() if path.startswith(strip)]
    assert shown == [58, 562, 54, 40, 33, 37, 26]
    assert "共 16 行，合计 97,173.50 元" in said
    assert "没有改动它" not in said
    list(make_demo(tmp_path))  # once more, over what nobody changed


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
