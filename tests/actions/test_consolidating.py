from __future__ import annotations

import datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.actions.comparing import differences
from desktop.actions.explaining import unit_lines
from desktop.actions.filling import Request, contributions, explain, fill
from desktop.actions.issuing import issue
from desktop.actions.papers import accept
from desktop.actions.proving import rows_lines
from desktop.actions.typing_in import explain_finding, type_cell
from desktop.core.consolidation import Origin
from desktop.core.findings import Finding
from desktop.errors import AppError
from desktop.forms.filled import is_printed
from desktop.store.database import Ledger
from tests.actions.test_paper_entry import WRITTEN, written
from tests.builders import Rows, Sheets, a_ledger, imported

DAY = datetime.date(2024, 6, 30)
ALL = Request("T02", as_of=DAY, is_consolidated=True)
SEATS = "县级.国内.办公许可数"
MONEY = "县级.国内.办公金额"
UNITS: Rows = [
    ["单位名称", "级别", "排序号", "独立填报", "上级单位"],
    *(["县局", "县直", 1, "", ""], ["甲镇", "乡镇", 2, "", ""], ["乙镇", "乡镇", 3, "", ""]),
    ["县局派出所", "县直", 4, "否", "县局"],
]
PEOPLE: Rows = [
    ["单位名称", "姓名", "职责", "手机"],
    *([name, f"{name}经办人", "填表人、信息报送人", "13900000001"] for name in ("县局", "甲镇", "乙镇")),
]


def licences(*rows: tuple[str, int, object]) -> Rows:
    head = ["单位名称", "软件编号", "软件名称", "软件类别", "国内/国外", "套数", "许可数", "金额（元）"]
    return [head, *([unit, "W1", "WPS Office", "办公", "国内", n, n, money] for unit, n, money in rows)]


def of_two_units(folder: Path) -> Ledger:
    """Return a ledger of an office, of two units with licences and one of which there is nothing."""
    ledger = a_ledger("县局")
    held = licences(("县局", 5, 3333), ("甲镇", 2, 1249))
    imported(ledger, folder, {"单位": UNITS, "人员": PEOPLE, "许可": held})
    return ledger


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    ledger = a_ledger("县局")
    held = licences(("县局", 5, 3333), ("县局派出所", 1, 4), ("甲镇", 2, 1249))
    imported(ledger, tmp_path, {"单位": UNITS, "人员": PEOPLE, "许可": held})
    return ledger


def found(ledger: Ledger, code: str) -> list[Finding]:
    return [finding for finding in fill(ledger, ALL).findings if finding.code == code]


def test_a_unit_of_which_there_is_nothing_is_missing_and_counts_nothing(ledger: Ledger) -> None:
    parts = contributions(ledger, ALL)
    assert [(each.unit.name, each.origin) for each in parts] == [
        ("县局", Origin.LEDGER),
        ("甲镇", Origin.LEDGER),
        ("乙镇", Origin.MISSING),
    ]
    form = fill(ledger, ALL)
    assert form.cells["县级.进度.机关总数"].text == "2"
    assert form.remarks == ("本表另有 1 个单位未报，没有计入：乙镇。",)
    (missing,) = found(ledger, "V31")
    assert missing.text == "1 个单位未报，没有计入：乙镇。"


def test_a_unit_that_only_received_seats_of_a_network_licence_counts(ledger: Ledger, tmp_path: Path) -> None:
    head = ["单位名称", "软件编号", "软件名称", "套数", "许可数", "金额（元）", "上级许可编号"]
    imported(
        ledger,
        tmp_path,
        {
            "许可": [
                head,
                ["县局", "N1", "WPS Office 2019", 1, 10, 10000, ""],
                ["乙镇", "N2", "WPS Office 2019", "", 4, "", "N1"],
            ]
        },
    )
    assert [each.origin for each in contributions(ledger, ALL)] == [Origin.LEDGER] * 3
    plain, added = (fill(ledger, request).cells[SEATS].text for request in (Request("T02", as_of=DAY), ALL))
    assert plain == added == "18"


def test_a_unit_that_does_not_report_alone_counts_with_its_parent(ledger: Ledger) -> None:
    parts = contributions(ledger, ALL)
    assert parts[0].values[SEATS] == 6
    assert fill(ledger, ALL).cells[SEATS].text == "8"


def test_printed_cells_are_added_and_the_gap_to_the_ledger_is_rounding(ledger: Ledger) -> None:
    assert fill(ledger, Request("T02", as_of=DAY)).cells[MONEY].text == "0.46"  # 4,586 元
    assert fill(ledger, ALL).cells[MONEY].text == "0.45"  # 0.33 + 0.12
    (rounding,) = found(ledger, "V33")
    assert (rounding.level, rounding.text) == (
        "D",
        "各单位按印出的数相加，比台账少 0.0086 万元，属四舍五入差。",
    )


def test_rounding_explains_no_more_than_half_of_the_last_place_of_one_unit(
    ledger: Ledger, tmp_path: Path
) -> None:
    many: Rows = [["单位名称", "级别"], *([f"{n}号局", "县直"] for n in range(50))]
    held = licences(*((f"{n}号局", 1, 1) for n in range(50)))
    imported(ledger, tmp_path, {"单位": many, "许可": held})
    type_cell(ledger, Request("T02", unit="甲镇", as_of=DAY), MONEY, "0.32", reason="依据合同核对")
    accepted(ledger, "甲镇")
    (named,) = found(ledger, "V33")
    assert (named.level, named.text) == (
        "C",
        "各单位报表之和比台账多 0.1864 万元，其中有 1 个单位的报表与台账不同：甲镇多 0.1951 万元。"
        "其余少 0.0087 万元，属四舍五入差。",
    )


def test_two_units_that_differ_are_named_though_their_sum_is_right(ledger: Ledger) -> None:
    for unit, seats in (("甲镇", "4"), ("县局", "4")):
        type_cell(ledger, Request("T02", unit=unit, as_of=DAY), SEATS, seats, reason="依据合同核对")
        accepted(ledger, unit)
    (named,) = [each for each in found(ledger, "V33") if each.place.cell.endswith("许可数（个）")]
    assert named.text == "各单位报表之和与台账相同，但有 2 个单位的报表与台账不同：县局少 2、甲镇多 2。"


def settled(ledger: Ledger, request: Request) -> Request:
    """Explain what has to be explained and return the request."""
    for finding in fill(ledger, request).findings:
        if finding.level in "BC" and not finding.explained:
            explain_finding(ledger, request, finding.code, finding.place.cell, text="已与单位核对")
    return request


def accepted(ledger: Ledger, unit: str) -> str:
    form = issue(ledger, settled(ledger, Request("T02", unit=unit, as_of=DAY)))
    accept(ledger, form.number)
    return form.number


def test_a_report_that_has_passed_comes_before_the_ledger(ledger: Ledger, tmp_path: Path) -> None:
    type_cell(ledger, Request("T02", unit="甲镇", as_of=DAY), SEATS, "12", reason="依据合同核对")
    assert fill(ledger, ALL).cells[SEATS].text == "8"
    number = accepted(ledger, "甲镇")
    imported(ledger, tmp_path, {"许可": licences(("甲镇", 3, 1249))})
    assert fill(ledger, ALL).cells[SEATS].text == "18"
    (differing,) = [each for each in found(ledger, "V33") if each.place.cell.endswith("许可数（个）")]
    assert (differing.level, differing.text) == (
        "C",
        "各单位报表之和比台账多 9，其中有 1 个单位的报表与台账不同：甲镇多 9。",
    )
    assert contributions(ledger, ALL)[1].source == f"定稿 {number}"


def test_a_report_that_waits_is_said(ledger: Ledger) -> None:
    issue(ledger, Request("T02", unit="甲镇", as_of=DAY))
    (waiting,) = found(ledger, "V32")
    assert "1 个单位的报表还没有审核通过，取的是台账的数：甲镇。" in waiting.text
    assert waiting.level == "B"


def test_a_missing_unit_whose_report_waits_is_missing_and_no_more(ledger: Ledger, tmp_path: Path) -> None:
    from desktop.actions.paper_entry import PaperSheet, enter_paper

    enter_paper(
        ledger, Request("T02", unit="乙镇"), PaperSheet(written(ledger, tmp_path / "纸.xlsx", WRITTEN))
    )
    assert found(ledger, "V32") == []
    (missing,) = found(ledger, "V31")
    assert missing.text == "1 个单位未报，没有计入：乙镇。其中 1 个的报表还没有审核通过：乙镇。"


def test_what_was_typed_in_a_unit_and_not_issued_is_said(ledger: Ledger) -> None:
    type_cell(ledger, Request("T02", unit="甲镇"), SEATS, "9", reason="依据合同核对后增加")
    (typed,) = found(ledger, "V34")
    assert typed.text == "1 个单位的表有手工填报的数，没有定稿审核，取的是台账的数：甲镇。"


def test_paper_counts_once_it_has_passed(ledger: Ledger, tmp_path: Path) -> None:
    from desktop.actions.paper_entry import PaperSheet, accept_paper, enter_paper

    paper = Request("T02", unit="乙镇", as_of=DAY)
    enter_paper(ledger, paper, PaperSheet(written(ledger, tmp_path / "纸.xlsx", WRITTEN)))
    assert contributions(ledger, ALL)[2].origin is Origin.MISSING
    accept_paper(ledger, paper)
    assert contributions(ledger, ALL)[2].origin is Origin.PAPER
    form = fill(ledger, ALL)
    assert (form.cells[SEATS].text, form.cells["县级.合计.办公许可数"].text) == ("28", "28")
    assert form.cells["县级.进度.机关总数"].text == "3"


def test_a_block_that_no_unit_fills_stays_empty(ledger: Ledger) -> None:
    form = fill(ledger, ALL)
    assert {cell.text for cell in form.cells.values() if cell.id.startswith("市级.")} == {""}


def test_a_number_is_told_unit_by_unit(ledger: Ledger) -> None:
    form = fill(ledger, ALL)
    lines = list(unit_lines(form, form.cells[SEATS], contributions(ledger, ALL)))
    assert lines[1:] == [
        "  县局｜台账｜6",
        "  甲镇｜台账｜2",
        "共 2 个单位，合计 8。",
        "未报 1 个单位：乙镇。",
    ]
    assert [part.id for part in explain(ledger, form, "县级.合计.办公许可数").parts] == [
        SEATS,
        "县级.国外.办公许可数",
    ]


def test_a_consolidated_form_is_issued_and_proved(ledger: Ledger, tmp_path: Path) -> None:
    for finding in fill(ledger, ALL).findings:
        if finding.level in "BC":
            explain_finding(ledger, ALL, finding.code, finding.place.cell, text="已与单位核对")
    form = issue(ledger, ALL)
    assert differences(ledger, form) == []
    assert list(rows_lines(ledger, form, SEATS))[1:] == [
        "  县局｜台账｜6",
        "  甲镇｜台账｜2",
        "共 2 行，合计 8。",
    ]
    imported(ledger, tmp_path, {"许可": licences(("乙镇", 4, 0))})
    assert SEATS in changed_ids(ledger, form.number)


def changed_ids(ledger: Ledger, number: str) -> list[str]:
    from desktop.actions.issuing import issued_called

    old = issued_called(ledger, number)
    paths = {each.path for each in differences(ledger, old)}
    return [cell.id for cell in fill(ledger, ALL).cells.values() if cell.path in paths]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (Request("T01", is_consolidated=True), "逐行登记"),
        (Request("T02", unit="县局", is_consolidated=True), "一个单位的表不用汇总"),
    ],
)
def test_what_cannot_be_added_up_is_refused(ledger: Ledger, asked: Request, said: str) -> None:
    with pytest.raises(AppError, match=said):
        fill(ledger, asked)


HELD = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 99_999)), min_size=1, max_size=6)


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(held=HELD)
def test_the_sum_is_that_of_the_units_own_tables(held: list[tuple[int, int]], tmp_path: Path) -> None:
    """Every printed cell of the sum is the sum of that cell in the tables that the units would print themselves."""
    ledger = a_ledger("县局")
    names = [f"甲{n}局" for n in range(len(held))]
    sheets: Sheets = {
        "单位": [["单位名称", "级别"], *([name, "县直"] for name in names)],
        "许可": licences(*((name, n, fen / 100) for name, (n, fen) in zip(names, held, strict=True))),
    }
    imported(ledger, tmp_path, sheets)
    parts = [each for each in contributions(ledger, ALL) if each.origin is Origin.LEDGER]
    own = [fill(ledger, Request("T02", unit=each.unit.name, as_of=DAY)) for each in parts]
    for cell in fill(ledger, ALL).cells.values():
        if is_printed(cell) and isinstance(cell.value, Decimal):
            assert cell.value == sum(Decimal(form.cells[cell.id].text) for form in own)
    ledger.close()
