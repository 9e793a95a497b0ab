from __future__ import annotations

from dataclasses import replace

import pytest

from tests.forms.form_builders import blank, filled, software

ROWS = [software("seats", ("办公", "国内"), 7), software("seats", ("办公", "国外"), 5)]


@pytest.mark.parametrize(
    "name",
    [
        "县级.国内.办公许可数",
        "县级机关/软件情况/国内/办公软件/许可数（个）",
        "县级机关/软件情况/国内/办公软件/许可数(个)",
        " 县级机关 / 软件情况/国内/办公软件/许可数（个） ",
    ],
)
def test_a_cell_is_found_by_id_or_path_as_a_person_types_it(name: str) -> None:
    cell = filled("T02", ROWS).find(name)
    assert cell is not None
    assert (cell.id, cell.text) == ("县级.国内.办公许可数", "7")


def test_what_is_not_there_is_not_found() -> None:
    assert blank("T02").find("县级机关/软件情况") is None
    assert blank("T02").find("") is None


def test_a_printed_path_goes_before_another_spelling() -> None:
    form = blank("T02")
    first, second = list(form.cells.values())[:2]
    cells = {first.id: replace(first, other_paths=("别名",)), second.id: replace(second, path="别名")}
    found = replace(form, cells=cells).find("别 名")
    assert found is not None
    assert found.id == second.id


def test_the_parts_of_a_sum_are_the_cells_it_reads() -> None:
    form = filled("T02", ROWS)
    total = form.cells["县级.合计.办公许可数"]
    assert total.text == "12"
    assert [part.id for part in form.parts_of(total)] == ["县级.国内.办公许可数", "县级.国外.办公许可数"]
    assert form.parts_of(form.cells["县级.国内.办公许可数"]) == []


def test_the_title_may_be_the_campaigns_own() -> None:
    assert blank("T03", 标题="海宁市国有企业使用软件情况调查表").title.startswith("海宁市")
    assert blank("T02", 标题="别的").title == "软件正版化情况统计表"
