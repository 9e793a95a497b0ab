"""The faults planted in the sample county that the checks of T01–T03 can see, each found where it lies."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from desktop.actions.filling import Request, fill
from desktop.actions.importing import apply_import, look_at, plan_import
from desktop.core.findings import Finding
from desktop.forms.filled import FilledForm
from desktop.paths import resources
from desktop.sample.county import load_data, make_county
from desktop.sample.rows import REFERENCE_DAY, County
from desktop.sample.workbooks import write_workbooks
from desktop.store.database import Ledger
from tests.builders import a_ledger
from tests.sample.planted_faults import Fault, faults


@cache
def county() -> County:
    return make_county(data=load_data(resources("sample", "county.toml")))


@pytest.fixture(scope="module")
def ledger() -> Ledger:
    ledger = a_ledger("中共示例县委宣传部")
    with TemporaryDirectory() as folder:
        plan = plan_import(ledger, look_at(write_workbooks(county(), Path(folder))))
    apply_import(ledger, plan, "示例县")
    return ledger


def planted(code: str) -> Fault:
    return next(fault for fault in faults(county()) if fault.code == code)


def form(ledger: Ledger, code: str, unit: str = "") -> FilledForm:
    return fill(ledger, Request(code, unit=unit, as_of=REFERENCE_DAY))


def found(ledger: Ledger, code: str, check: str, unit: str = "") -> list[Finding]:
    return [finding for finding in form(ledger, code, unit).findings if finding.code == check]


def shown(filled: FilledForm, path: str) -> str:
    cell = filled.find(path)
    assert cell is not None
    return cell.text


def test_the_countys_progress_is_as_planted(ledger: Ledger) -> None:
    strip = [cell.text for cell in form(ledger, "T02").cells.values() if ".进度." in cell.id and cell.text]
    assert strip == ["58", "562", "54", "40", "33", "37", "26"]


def test_every_unit_has_its_row_in_the_list_of_reporters(ledger: Ledger) -> None:
    filled = form(ledger, "T01")
    names = {cell.text for cell in filled.cells.values() if cell.id.endswith("单位名称")}
    assert names == {str(row["单位名称"]) for row in county().unit}


def test_a_purchase_before_there_was_money_is_found(ledger: Ledger) -> None:
    (unit,) = planted("bought-before-funded").units
    findings = found(ledger, "T02", "V05", unit)
    assert [finding.place.cell for finding in findings] == [
        "县级机关/软件正版化工作进度/完成软件采购单位个数"
    ]
    assert "1 个，多于应先完成的前一项 0" in findings[0].text


def test_an_office_suite_above_the_price_cap_is_found(ledger: Ledger) -> None:
    (unit,) = planted("office-over-cap").units
    findings = found(ledger, "T02", "V09", unit)
    assert any("超过 1400 元" in f.text and "国外/办公软件" in f.place.cell for f in findings)


def test_two_suites_on_one_computer_are_found(ledger: Ledger) -> None:
    crowded = [
        u
        for u in planted("two-suites").units
        if any("办公软件" in f.text for f in found(ledger, "T03", "V17", u))
    ]
    assert "示例县青石镇人民政府" in crowded


def test_a_telephone_turned_into_a_power_of_ten_is_found(ledger: Ledger) -> None:
    (person,) = planted("broken-phone").people
    findings = found(ledger, "T01", "V18")
    assert [finding.text for finding in findings] == ["「1.39E+10」不是 11 位手机号。"]
    row = findings[0].place.cell.split("/")[0]
    assert shown(form(ledger, "T01"), f"{row}/姓名") == person


def test_rare_names_are_printed_as_they_are(ledger: Ledger) -> None:
    kept = {
        name
        for (name,) in ledger.connection.execute(
            "SELECT user_name FROM computer UNION SELECT name FROM person"
        )
    }
    assert set(planted("rare-names").people) <= kept


def test_a_vacant_post_is_kept(ledger: Ledger) -> None:
    vacant = ledger.connection.execute(
        "SELECT count(*) FROM person WHERE name IS NULL AND post = '办公室主任'"
    ).fetchone()
    assert vacant[0] == 1


def test_the_same_asset_number_in_two_units_is_two_computers(ledger: Ledger) -> None:
    assets = planted("same-asset-number").assets
    held = ledger.connection.execute(
        "SELECT count(*) FROM computer WHERE asset_no = ?", (assets[0][1],)
    ).fetchone()[0]
    assert held == len(assets) == 2
