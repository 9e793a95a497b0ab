from __future__ import annotations

import json
from pathlib import Path

from desktop.actions.demo import make_demo


def test_the_sample_county_comes_out_of_its_workbooks(tmp_path: Path) -> None:
    said = "\n".join(make_demo(tmp_path))
    cells = json.loads((tmp_path / "表" / "T02.json").read_text(encoding="utf-8"))["cells"]
    strip = "县级机关/软件正版化工作进度"
    shown = [cell["value"] for path, cell in cells.items() if path.startswith(strip)]
    assert shown == [58, 562, 54, 40, 33, 37, 26]
    assert "共 16 行，合计 97,173.50 元" in said
