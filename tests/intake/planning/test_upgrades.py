from __future__ import annotations

from pathlib import Path

import pytest

from tests.builders import Rows, a_ledger, planned

HEADS = ["单位名称", "软件编号", "软件名称", "软件类别", "国内/国外", "许可数", "原许可编号"]


def found(tmp_path: Path, *rows: list[object]) -> list[str]:
    listed: Rows = [HEADS, ["甲局", "B", "某办公", "办公", "国内", 10, None], *rows]
    plan = planned(a_ledger(), tmp_path, {"单位": [["单位名称"], ["甲局"]], "许可": listed})
    return [finding.text for finding in plan.findings if finding.code == "I26"]


def test_an_upgrade_of_a_part_is_said(tmp_path: Path) -> None:
    (text,) = found(tmp_path, ["甲局", "U", "某办公新版", "办公", "国内", 4, "B"])
    assert text.startswith("软件编号「U」只升级原许可 10 个中的 4 个")


@pytest.mark.parametrize("parts", [(10,), (4, 6), (12,)])
def test_an_upgrade_of_the_whole_is_not(parts: tuple[int, ...], tmp_path: Path) -> None:
    rows: list[list[object]] = [["甲局", f"U{n}", "某办公新版", "办公", "国内", n, "B"] for n in parts]
    assert found(tmp_path, *rows) == []
