from __future__ import annotations

import datetime
import gc
import hashlib
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Literal

import openpyxl
import pytest

from desktop.actions.importing import (
    apply_import,
    catalogue,
    look_at,
    plan_import,
    sheet_specs,
    without_collecting,
)
from desktop.actions.ledgers import new_ledger
from desktop.core.findings import FindingClass
from desktop.core.plan import Act, Plan
from desktop.errors import AppError
from desktop.intake.looking import Look
from desktop.paths import resources
from desktop.sample.county import load_data, make_county
from desktop.sample.rows import REFERENCE_DAY
from desktop.sample.workbooks import write_workbooks
from desktop.store.database import Ledger
from desktop.store.operations import operations
from desktop.store.undoing import undo
from tests.builders import a_ledger, a_workbook, imported, planned
from tests.intake.files.raw_xlsx import LAST_CELL, MEMBERS, SHEET, TEXTS, WORKBOOK, packed, spoilt

UNITS = [["单位名称", "简称"], ["甲局", "甲"]]
COMPUTERS = [["单位名称", "资产编号", "类型"], ["甲", "007", "台式"]]


def said(look: Look) -> list[str]:
    return [f"{finding.code}{finding.level} {finding.place}" for finding in look.findings]


def test_looking_reads_every_sheet_of_every_file(tmp_path: Path) -> None:
    one = a_workbook(tmp_path / "一.xlsx", {"单位": UNITS, "计算机": COMPUTERS})
    (tmp_path / "06进度.csv").write_text("单位名称,摸查\n甲局,是\n", encoding="gb18030")
    look = look_at([one, tmp_path / "06进度.csv"])
    assert [(sheet.file, sheet.name, sheet.spec.subject) for sheet in look.sheets] == [
        ("一.xlsx", "单位", "unit"),
        ("一.xlsx", "计算机", "computer"),
        ("06进度.csv", "06进度", "progress"),
    ]
    assert look.findings == []


def test_the_hash_is_that_of_all_bytes(tmp_path: Path) -> None:
    path = a_workbook(tmp_path / "一.xlsx", {"单位": UNITS})
    inner = hashlib.sha256(path.read_bytes()).digest()
    assert look_at([path]).source_hash == hashlib.sha256(inner).hexdigest()
    assert look_at([path]).source_hash != look_at([packed(tmp_path / "二.xlsx")]).source_hash


def test_a_sheet_that_is_not_understood_is_said_and_the_others_are_read(tmp_path: Path) -> None:
    sheets = {"填表须知": [["先读这里"]], "空": [], "单位": UNITS}
    look = look_at([a_workbook(tmp_path / "一.xlsx", sheets)])
    assert said(look) == ["I21C 《一.xlsx》「填表须知」表"]
    assert [sheet.name for sheet in look.sheets] == ["单位"]


def test_a_sheet_whose_name_promises_records_must_be_understood(tmp_path: Path) -> None:
    look = look_at([a_workbook(tmp_path / "一.xlsx", {"计算机": [["甲", "乙"]], "单位": UNITS})])
    assert said(look) == ["I21A 《一.xlsx》「计算机」表"]
    assert said(look_at([a_workbook(tmp_path / "二.xlsx", {"须知": [["先读这里"]]})])) == [
        "I21A 《二.xlsx》「须知」表"
    ]


@pytest.mark.parametrize("name", ["许可", "Sheet1"])
def test_what_a_sheet_lacks_to_be_understood_is_named(tmp_path: Path, name: str) -> None:
    rows: list[list[object]] = [
        ["正版软件台账"],
        ["单位名称", "软件编号", "许可数", "金额（元）"],
        ["甲局", "L1", 3, 100],
    ]
    look = look_at([a_workbook(tmp_path / "一.xlsx", {name: rows, "单位": UNITS})])
    assert said(look) == [f"I21A 《一.xlsx》「{name}」表第 2 行"]
    assert "像是「许可」表，但缺少「软件名称」栏" in look.findings[0].text


def test_a_column_that_comes_twice_is_read_once_and_said(tmp_path: Path) -> None:
    rows = [["单位名称", "简称", "单位简称", "简称"], ["甲局", "甲", "乙", "丙"]]
    look = look_at([a_workbook(tmp_path / "一.xlsx", {"单位": rows})])
    assert said(look) == ["I22D 《一.xlsx》「单位」表"] * 2
    assert "「单位简称」栏与已读取的「简称」栏是同一栏目" in look.findings[0].text
    assert "「简称」栏出现了两次" in look.findings[1].text
    assert look.sheets[0].rows[0][1][1] == "甲"


def test_columns_that_are_not_read_are_named(tmp_path: Path) -> None:
    rows = [["单位名称", "简称", "区划", "等级制"], ["甲局", "甲", "x", "y"]]
    look = look_at([a_workbook(tmp_path / "一.xlsx", {"单位": rows})])
    assert said(look) == ["I22D 《一.xlsx》「单位」表"]
    assert "「区划」、「等级制」不是台账的栏目" in look.findings[0].text


@pytest.mark.parametrize("sheets", [{"Sheet1": []}, {"单位": UNITS[:1]}, {"单位": [[], [None]], "人员": []}])
def test_a_file_without_anything_to_import_is_said(
    tmp_path: Path, sheets: dict[str, list[list[str | None]]]
) -> None:
    look = look_at([a_workbook(tmp_path / "空.xlsx", sheets)])
    assert said(look) == ["I23C 《空.xlsx》"]
    assert plan_import(a_ledger(), look).is_clean


def test_an_empty_csv_is_said(tmp_path: Path) -> None:
    (tmp_path / "空.csv").write_bytes(b"")
    assert said(look_at([tmp_path / "空.csv"])) == ["I23C 《空.csv》"]


def test_a_file_given_twice_is_read_once(tmp_path: Path) -> None:
    path = a_workbook(tmp_path / "一.xlsx", {"单位": UNITS})
    assert len(look_at([path, path, tmp_path / "." / "一.xlsx"]).sheets) == 1


def test_files_of_one_name_are_told_apart_by_their_folder(tmp_path: Path) -> None:
    paths = []
    for folder in ("甲/一", "乙/一", "二"):
        (tmp_path / folder).mkdir(parents=True)
        paths.append(
            a_workbook(
                tmp_path / folder / "台账.xlsx", {"单位": UNITS, "人员": [["姓名", "手机"], ["张三", "1"]]}
            )
        )
    look = look_at(paths)
    names = {sheet.file for sheet in look.sheets}
    assert names == {str(paths[0]), str(paths[1]), "二/台账.xlsx"}
    assert plan_import(a_ledger(), look).counts["person", Act.ADD] == 1


def test_a_plan_writes_nothing(tmp_path: Path) -> None:
    ledger = a_ledger()
    before = ledger.connection.total_changes
    plan = planned(ledger, tmp_path, {"单位": UNITS, "计算机": COMPUTERS})
    assert len(plan.steps) == 2
    assert ledger.connection.total_changes == before


def test_everything_is_new_the_first_time_and_nothing_the_second(tmp_path: Path) -> None:
    ledger = a_ledger()
    sheets = {"单位": UNITS, "计算机": COMPUTERS}
    assert {act for _, act in imported(ledger, tmp_path, sheets).counts} == {Act.ADD}
    again = planned(ledger, tmp_path, sheets)
    assert {act for _, act in again.counts} == {Act.SAME}
    assert apply_import(ledger, again, "表.xlsx") is None
    assert operations(ledger)[-1].label == "表.xlsx"


def test_an_import_is_one_operation_with_its_source(tmp_path: Path) -> None:
    ledger = a_ledger()
    plan = planned(ledger, tmp_path, {"单位": UNITS, "计算机": COMPUTERS})
    number = apply_import(ledger, plan, "导入一.xlsx", source_hash="abc")
    last = operations(ledger)[-1]
    assert (last.id, last.kind, last.label, last.source_hash) == (number, "导入", "导入一.xlsx", "abc")
    undo(ledger, last.id)
    assert ledger.connection.execute("SELECT count(*) FROM unit").fetchone() == (0,)


def test_the_own_office_is_not_taken_for_a_sheet_that_names_no_unit(tmp_path: Path) -> None:
    sheets = {"计算机": [["类型", "资产编号"], ["台式", "1"]], "单位": [*UNITS, ["乙局", "乙"]]}
    plan = planned(a_ledger("乙局"), tmp_path, sheets)
    assert not plan.is_clean
    assert not list(plan.of("computer"))


def test_a_plan_with_refused_rows_is_not_clean_but_can_be_applied(tmp_path: Path) -> None:
    ledger = a_ledger()
    computers = [*COMPUTERS, ["乙局", "008", "台式"], ["甲", "009", "飞机"], ["甲", "010", "便携"]]
    plan = planned(ledger, tmp_path, {"单位": UNITS, "计算机": computers})
    assert not plan.is_clean
    assert plan.counts["computer", Act.REFUSE] == 2
    apply_import(ledger, plan, "表.xlsx")
    assert ledger.connection.execute("SELECT asset_no FROM computer").fetchall() == [("007",), ("010",)]


def test_a_ledger_on_disk_is_backed_up_before(tmp_path: Path) -> None:
    with closing(new_ledger(tmp_path / "县.ledger")) as ledger:
        imported(ledger, tmp_path, {"单位": UNITS})
        backups = [path for path in tmp_path.rglob("*") if "导入前" in path.name]
        assert backups


def test_what_ships_is_read_once() -> None:
    assert sheet_specs() is sheet_specs()
    assert catalogue() is catalogue()


ENTITIES = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
LAUGHS = f'<!DOCTYPE sst [<!ENTITY a0 "哈哈">{ENTITIES}]>' + MEMBERS[TEXTS].replace("甲局", "&a11;")


def bad_files(folder: Path) -> Iterator[Path]:
    """Make one file of every bad kind."""
    yield folder / "没有.xlsx"
    yield packed(folder / "笑.xlsx", {TEXTS: LAUGHS})
    yield spoilt(folder / "远.xlsx", SHEET, 'r="B2"', 'r="XFD1048576"')
    yield spoilt(folder / "字.xlsx", TEXTS, 'uniqueCount="4"', 'uniqueCount="4294967295"')
    yield spoilt(folder / "慌.xlsx", SHEET, LAST_CELL, '<c r="B2" s="1"><v>-99999999999999</v></c>')
    yield packed(folder / "弹.xlsx", {SHEET: bytes(30_000_000)})
    yield packed(folder / "无.xlsx", {SHEET: None})
    whole = packed(folder / "半.xlsx").read_bytes()
    for name, content in {
        "半.xlsx": whole[: len(whole) // 2],
        "零.xlsx": b"",
        "密.xlsx": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
        "旧.xls": b"x",
        "空字符.csv": b"a,\x00b",
        "引号.csv": b'a,"b',
        "乱.csv": b"\xff\x81\xff",
    }.items():
        (folder / name).write_bytes(content)
        yield folder / name


def test_every_bad_file_is_refused_with_a_sentence_and_a_remedy(tmp_path: Path) -> None:
    begun = time.monotonic()
    for path in bad_files(tmp_path):
        with pytest.raises(AppError) as caught:
            look_at([path])
        assert f"《{path.name}》" in caught.value.message
        assert caught.value.remedy.endswith("。")
    assert time.monotonic() - begun < 5


def test_a_workbook_without_its_index_has_nothing_to_import(tmp_path: Path) -> None:
    assert said(look_at([packed(tmp_path / "空.xlsx", {WORKBOOK: None})])) == ["I23C 《空.xlsx》"]


def test_utf_16_is_read_and_half_a_character_refused(tmp_path: Path) -> None:
    path = tmp_path / "计算机.csv"
    path.write_bytes("类型\t备注\r\n台式\t甲".encode("utf-16") + b"\x00")
    (sheet,) = look_at([path]).sheets
    assert (sheet.rows, sheet.refused) == ([], 1)
    assert sheet.findings[0].sentence.startswith(
        "《计算机.csv》「计算机」表第 2 行「备注」栏：「甲\ufffd」中有无法识别的字符。"
    )


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Return the workbooks of the sample county."""
    data = load_data(resources("sample", "county.toml"))
    return write_workbooks(make_county(data=data), tmp_path_factory.mktemp("county"))


@pytest.fixture(scope="module")
def county_ledger(county: list[Path]) -> tuple[Ledger, Plan]:
    """Return a ledger with the sample county, and the plan that brought it."""
    ledger = a_ledger()
    later = datetime.datetime.combine(REFERENCE_DAY, datetime.time(12), datetime.UTC)
    ledger.clock = lambda: later
    plan = plan_import(ledger, look_at(county))
    apply_import(ledger, plan, "示例县")
    return ledger, plan


def test_the_sample_county_is_taken_whole(county_ledger: tuple[Ledger, Plan]) -> None:
    _, plan = county_ledger
    assert plan.is_clean
    assert {act for _, act in plan.counts} == {Act.ADD}
    assert {subject: number for (subject, _), number in plan.counts.items()} == {
        "unit": 60,
        "person": 229,
        "responsibility": 242,
        "computer": 600,
        "product": 40,
        "licence": 90,
        "licence_key": 1,
        "purchase": 90,
        "allocation": 59,
        "installation": 3000,
        "progress_fact": 183,
    }


def test_the_sample_county_has_only_the_faults_that_an_import_sees(
    county_ledger: tuple[Ledger, Plan],
) -> None:
    _, plan = county_ledger
    assert [f.code for f in plan.findings if f.level is not FindingClass.D] == ["I07"]
    assert {f.code for f in plan.findings if f.level is FindingClass.D} == {"I22", "I35"}


ORGAN_FACTS = "progress_fact f JOIN unit u ON u.id = f.unit_id AND u.counts_as_organ"


@pytest.mark.parametrize(
    ("sql", "number"),
    [
        ("SELECT count(*) FROM unit WHERE counts_as_organ", 58),
        ("SELECT count(*) FROM computer WHERE state = '在用'", 562),
        ("SELECT count(*) FROM computer WHERE state = '闲置'", 22),
        ("SELECT count(*) FROM computer WHERE state = '报废'", 16),
        ("SELECT sum(staff_quota) FROM unit", 640),
        (f"SELECT count(*) FROM {ORGAN_FACTS} WHERE kind = '摸查'", 54),
        (f"SELECT count(*) FROM {ORGAN_FACTS} WHERE kind = '制度'", 37),
        (f"SELECT count(*) FROM {ORGAN_FACTS} WHERE kind = '整改'", 26),
    ],
)
def test_the_ledger_counts_what_the_sample_county_says_of_itself(
    county_ledger: tuple[Ledger, Plan], sql: str, number: int
) -> None:
    assert county_ledger[0].connection.execute(sql).fetchone() == (number,)


def test_the_sample_county_again_changes_nothing(
    county: list[Path], county_ledger: tuple[Ledger, Plan]
) -> None:
    ledger, first = county_ledger
    again = plan_import(ledger, look_at([*reversed(county)]))
    assert not again.steps
    subjects = {subject for subject, _ in first.counts} - {"product"}
    assert {subject: again.counts[subject, Act.SAME] for subject in subjects} == {
        subject: first.counts[subject, Act.ADD] for subject in subjects
    }


def test_hidden_rows_are_read_and_said_once(tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    sheet = workbook.worksheets[0]
    for row in (["类型", "资产编号"], ["台式", "1"], ["台式", "2"], ["便携", "3"]):
        sheet.append(row)
    for number in (3, 4, 9):
        sheet.row_dimensions[number].hidden = True
    workbook.save(tmp_path / "表.xlsx")
    look = look_at([tmp_path / "表.xlsx"])
    (text,) = [f.text for f in look.findings if f.code == "I60" and f.level == "C"]
    assert text == "有 2 行是隐藏的（或被筛选掉的），也已读取。"
    assert len(look.sheets[0].rows) == 3


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_a_hidden_sheet_is_said(tmp_path: Path, state: Literal["hidden", "veryHidden"]) -> None:
    path = a_workbook(tmp_path / "一.xlsx", {"单位": UNITS, "计算机": COMPUTERS})
    workbook = openpyxl.load_workbook(path)
    workbook["计算机"].sheet_state = state
    workbook.save(path)
    look = look_at([path])
    assert said(look) == ["I40C 《一.xlsx》「计算机」表"]
    assert [sheet.name for sheet in look.sheets] == ["单位"]


def test_a_row_of_csv_with_more_cells_than_headings_is_refused(tmp_path: Path) -> None:
    text = "单位名称,软件名称,金额（元）\n甲局,WPS,12,000\n甲局,WPS,12000,\n"
    (tmp_path / "许可.csv").write_text(text, encoding="utf-8")
    (sheet,) = look_at([tmp_path / "许可.csv"]).sheets
    assert [str(finding.place) for finding in sheet.findings] == ["《许可.csv》「许可」表第 2 行"]
    assert ([number for number, _ in sheet.rows], sheet.refused) == ([3], 1)


def test_a_note_beside_the_table_of_a_workbook_is_said_and_not_read(tmp_path: Path) -> None:
    rows = [["单位名称", "简称"], ["甲局", "甲", "记得打电话"]]
    (sheet,) = look_at([a_workbook(tmp_path / "一.xlsx", {"单位": rows})]).sheets
    assert [(f.code, f.level.value) for f in sheet.findings] == [("I39", "D")]
    assert len(sheet.rows) == 1


def test_keys_with_semicolons_do_not_part_the_cells_of_csv(tmp_path: Path) -> None:
    text = "软件编号,软件名称,安装序列号\nL1,WPS,A-1;A-2;A-3;A-4;A-5;A-6;A-7\n"
    (tmp_path / "许可.csv").write_text(text, encoding="utf-8")
    (sheet,) = look_at([tmp_path / "许可.csv"]).sheets
    assert [row.text("product") for row in sheet] == ["WPS"]


def test_a_device_is_never_read_to_its_end(tmp_path: Path) -> None:
    (tmp_path / "零.csv").symlink_to("/dev/zero")
    with pytest.raises(AppError, match="不存在"):
        look_at([tmp_path / "零.csv"])


def test_a_text_that_nothing_parts_into_columns_says_how_to_part_them(tmp_path: Path) -> None:
    path = tmp_path / "电脑.txt"
    path.write_text("资产编号。类型\nC1。台式\n", encoding="utf-8")
    (finding,) = look_at([path]).findings
    assert (finding.code, finding.level.value) == ("I21", "A")
    assert "用什么分开" in finding.text
    assert "半角逗号或制表符" in finding.remedy


def test_the_collector_rests_while_an_import_runs_and_is_as_before_then() -> None:
    with without_collecting():
        assert not gc.isenabled()
        with without_collecting():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()
