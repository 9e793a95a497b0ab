from __future__ import annotations

import datetime
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.actions.campaigns import Settled, settle_campaign
from desktop.actions.comparing import differences, thaw
from desktop.actions.filling import Request, fill
from desktop.actions.issuing import Correction, issue, void
from desktop.actions.papers import Sealing, reprint, seal
from desktop.actions.printing import ready_to_print
from desktop.actions.proving import issued_lines, rows_lines, verify_code, verify_file
from desktop.actions.typing_in import type_cell
from desktop.core.issued import IssuedForm
from desktop.errors import AppError
from desktop.store.database import Ledger
from desktop.store.documents import documents_folder
from desktop.store.issued import frozen
from desktop.store.journal import broken_link
from desktop.store.operations import Act, operation
from tests.builders import Rows, a_ledger, imported

UNITS: Rows = [["单位名称", "级别"], ["县局", "县直"], ["乙局", "县直"]]
PEOPLE: Rows = [["单位名称", "姓名", "职责", "手机"], ["县局", "张三", "填表人、信息报送人", "13900000001"]]
HEAD: Rows = [["单位名称", "软件编号", "软件名称", "软件类别", "国内/国外", "套数", "许可数", "金额（元）"]]
T02 = Request("T02", unit="县局", as_of=datetime.date(2024, 6, 1))
CELL = "县级机关/软件情况/国内/办公软件/许可数（个）"


def licences(seats: int) -> Rows:
    return [*HEAD, ["县局", "W1", "WPS Office", "办公", "国内", 5, seats, 3000]]


def prepared(ledger: Ledger, folder: Path) -> Ledger:
    imported(ledger, folder, {"单位": UNITS, "人员": PEOPLE, "许可": licences(5)})
    return ledger


@pytest.fixture
def ledger(ledger: Ledger, tmp_path: Path) -> Ledger:
    return prepared(ledger, tmp_path)


def pdf_of(ledger: Ledger, form: IssuedForm, path: Path) -> Path:
    path.write_bytes(frozen(ledger, form.hashes.pdf))
    return path


def test_a_code_and_a_pdf_prove_the_form(ledger: Ledger, tmp_path: Path) -> None:
    form = issue(ledger, T02)
    for proof in (
        verify_code(ledger, form.check_code.lower().replace("-", " ")),
        verify_code(ledger, form.printed_number),
        verify_code(ledger, f"{form.printed_number} {form.check_code}"),
        verify_file(ledger, pdf_of(ledger, form, tmp_path / "a.pdf")),
    ):
        assert proof.holds
        assert proof.form == form
        assert any("台账现在的数与定稿一致" in line for line in proof.lines)


def test_a_reprinted_workbook_proves_the_form(ledger: Ledger, tmp_path: Path) -> None:
    form = issue(ledger, T02)
    reprint(ledger, form.number, {"工作簿": tmp_path / "a.xlsx"})
    proof = verify_file(ledger, tmp_path / "a.xlsx")
    assert proof.is_in_order
    assert proof.lines[0] == f"「a.xlsx」与定稿 {form.number} 逐字节一致。"


def test_a_form_issued_in_another_ledger_is_said_to_be(ledger: Ledger, tmp_path: Path) -> None:
    with closing(a_ledger()) as other:
        imported(other, tmp_path, {"单位": UNITS, "人员": PEOPLE, "许可": licences(7)})
        form = issue(other, T02)
        path = pdf_of(other, form, tmp_path / "a.pdf")
    assert issue(ledger, T02).number == form.number
    proof = verify_file(ledger, path)
    assert proof.form is None
    assert proof.lines[0] == (
        f"「a.pdf」写着定稿 {form.number}、校验码 {form.check_code}，这个台账里没有这份定稿：它是别的台账定稿的。"
    )
    assert "请在定稿它的台账里核验" in proof.lines[1]


def test_a_lost_scan_is_a_part_of_the_result(
    ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)  # where a ledger in memory keeps its documents
    form = issue(ledger, T02)
    (tmp_path / "scan.pdf").write_bytes(b"scan")
    seal(ledger, form.number, Sealing(ledger.today, "李局", 1, tmp_path / "scan.pdf"))
    assert verify_code(ledger, form.number).is_in_order
    (kept,) = (path for path in documents_folder(ledger.path).rglob("*") if path.is_file())
    kept.unlink()
    proof = verify_code(ledger, form.number)
    assert (proof.holds, proof.is_in_order) == (True, False)
    assert proof.verdict == "定稿内容一致，但有 1 份盖章扫描件缺失或被改动，见上。"
    void(ledger, form.number, "印错单位")
    assert verify_code(ledger, form.number).verdict == (
        "与定稿时一致，但已作废，不再有效，另有 1 份盖章扫描件缺失或被改动，见上。"
    )


def test_a_changed_pdf_is_known_for_what_it_was(ledger: Ledger, tmp_path: Path) -> None:
    form = issue(ledger, T02)
    path = pdf_of(ledger, form, tmp_path / "a.pdf")
    path.write_bytes(path.read_bytes() + b" ")
    proof = verify_file(ledger, path)
    assert (proof.form, proof.holds) == (form, False)
    assert "已被改动或重新保存过" in proof.lines[0]


def test_what_was_never_issued_is_said(ledger: Ledger, tmp_path: Path) -> None:
    assert verify_code(ledger, "0000-0000-0000").form is None
    ready_to_print(fill(ledger, T02)).to_pdf(tmp_path / "draft.pdf")
    about_draft = verify_file(ledger, tmp_path / "draft.pdf").lines
    assert "这个台账里没有它的定稿" in about_draft[0]
    assert "可能是送审稿" in about_draft[0]
    assert "别的台账定稿" in about_draft[0]
    assert about_draft[1].startswith("请看纸面")
    ready_to_print(fill(ledger, T02)).to_xlsx(tmp_path / "draft.xlsx")
    assert (
        "是本程序输出的工作簿，这个台账里没有它的定稿"
        in verify_file(ledger, tmp_path / "draft.xlsx").lines[0]
    )
    (tmp_path / "other.pdf").write_bytes(b"%PDF-1.4")
    assert "不是从这个台账定稿的" in verify_file(ledger, tmp_path / "other.pdf").lines[0]
    with pytest.raises(AppError, match="打不开"):
        verify_file(ledger, tmp_path / "none.pdf")
    for what, said in (
        ("没有.pdf", "没有「没有.pdf」这个文件"),
        (str(tmp_path), "是文件夹"),
        (" ", "没有「 」"),
    ):
        with pytest.raises(AppError, match=said):
            verify_code(ledger, what)


def test_a_void_form_does_not_prove_anything(ledger: Ledger) -> None:
    form = issue(ledger, T02)
    void(ledger, form.number, "印错单位")
    proof = verify_code(ledger, form.check_code)
    assert not proof.holds
    assert "已作废" in proof.lines[0]
    assert proof.verdict == "与定稿时一致，但已作废，不再有效。"
    wide = form.check_code.translate({code: code + 0xFEE0 for code in range(0x21, 0x7F)})
    assert verify_code(ledger, wide).form is not None


def test_frozen_parts_cannot_be_changed_and_a_forged_one_is_found(ledger: Ledger) -> None:
    form = issue(ledger, T02)
    for statement in ("DELETE FROM frozen", "UPDATE frozen SET packed = x'00'"):
        with pytest.raises(Exception, match="frozen"):
            ledger.connection.execute(statement)
    ledger.connection.execute("DROP TRIGGER frozen_update")
    ledger.connection.execute("UPDATE frozen SET packed = x'00' WHERE sha256 = ?", (form.hashes.filled,))
    proof = verify_code(ledger, form.check_code)
    assert not proof.holds
    assert any("填报表缺失或被改动" in line for line in proof.lines)
    with pytest.raises(AppError, match="从备份中恢复"):
        thaw(ledger, form)


def test_a_forged_record_is_found(ledger: Ledger) -> None:
    form = issue(ledger, T02)
    ledger.connection.execute("INSERT INTO running (id, operation_id) VALUES (1, 2)")
    ledger.connection.execute("UPDATE issued_form SET title = '别的表'")
    ledger.connection.execute("DELETE FROM running")
    proof = verify_code(ledger, form.check_code)
    assert not proof.holds
    assert any("在程序之外被改动过" in line for line in proof.lines)


def forge(ledger: Ledger, statement: str, *values: object) -> None:
    """Change an issued form so that the journal holds."""
    with operation(ledger, Act("填报", "改")):
        ledger.connection.execute(statement, values)


def test_a_record_that_was_changed_with_its_journal_is_found(ledger: Ledger) -> None:
    form = issue(ledger, T02)
    forge(ledger, "UPDATE issued_form SET title = '别的表'")
    assert broken_link(ledger) is None
    proof = verify_code(ledger, form.check_code)
    assert not proof.holds
    assert any("定稿的记录在定稿以后被改动过" in line for line in proof.lines)


@pytest.mark.parametrize(
    ("column", "said"), [("pdf_hash", "PDF 与填报表的内容不符"), ("filled_hash", "校验码与填报表不符")]
)
def test_parts_exchanged_with_their_hashes_are_found(ledger: Ledger, column: str, said: str) -> None:
    form = issue(ledger, T02)
    other = issue(ledger, Request("T02", unit="县局", period="下半年", as_of=T02.as_of))
    digest = other.hashes.pdf if column == "pdf_hash" else other.hashes.filled
    forge(ledger, f"UPDATE issued_form SET {column} = ? WHERE id = ?", digest, form.id)
    last = ledger.connection.execute("SELECT max(id) FROM operation").fetchone()[0]
    ledger.connection.execute("DELETE FROM change WHERE operation_id = ?", (last,))
    proof = verify_code(ledger, form.check_code)
    assert not proof.holds
    assert any(said in line for line in proof.lines)


def test_differences_are_told_cell_by_cell(ledger: Ledger, tmp_path: Path) -> None:
    form = issue(ledger, T02)
    assert differences(ledger, form) == []
    imported(ledger, tmp_path, {"许可": licences(7)})
    changed = {each.path: (each.issued, each.today) for each in differences(ledger, form)}
    assert changed[CELL] == ("5", "7")
    assert len(changed) == 4
    assert any("4 格不同" in line for line in verify_code(ledger, form.check_code).lines)


def test_rows_of_records_are_compared_by_the_record(ledger: Ledger, tmp_path: Path) -> None:
    form = issue(ledger, Request("T01", unit="县局"))
    people = [PEOPLE[0], ["县局", "阿大", "信息报送人", "13900000009"]]
    imported(ledger, tmp_path, {"人员": people})
    changed = differences(ledger, form)
    assert all(not each.issued for each in changed if each.path.endswith(("姓名", "手机")))
    assert "阿大" in [each.today for each in changed]


def test_a_number_can_be_traced_as_it_was(ledger: Ledger, tmp_path: Path) -> None:
    form = issue(ledger, T02)
    imported(ledger, tmp_path, {"许可": licences(7)})
    lines = list(rows_lines(ledger, form, CELL))
    assert lines[0].endswith("：5（T02-0001-2024-0001 定稿时）")
    assert lines[-1] == "共 1 行，合计 5。"
    assert "县局" in lines[1]
    with pytest.raises(AppError, match="没有「没有」"):
        list(rows_lines(ledger, form, "没有"))
    total = list(rows_lines(ledger, form, "县级.合计.办公许可数"))
    assert any(line.endswith("国内/办公软件/许可数（个） = 5") for line in total)


def test_what_happened_is_listed(ledger: Ledger) -> None:
    first = issue(ledger, T02)
    second = issue(ledger, T02, Correction(first.number, "漏登一份"))
    assert any(f"更正 {first.number}，理由：漏登一份" in line for line in issued_lines(second))


CHANGES = st.lists(
    st.one_of(
        st.tuples(st.just("seats"), st.integers(1, 99)),
        st.tuples(st.just("type"), st.integers(0, 99)),
        st.tuples(st.just("switch"), st.sampled_from(["套数", "安装数"])),
        st.tuples(st.just("rename"), st.sampled_from(["县局甲", "县局乙"])),
        st.tuples(st.just("correct"), st.just("重新核对过")),
    ),
    max_size=6,
)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes=CHANGES)
def test_whatever_happens_an_issued_form_prints_the_same_bytes(
    changes: list[tuple[str, int | str]], tmp_path: Path
) -> None:
    ledger = prepared(a_ledger("县局"), tmp_path)
    first = newest = issue(ledger, T02)
    name = "县局"
    printed = {form.number: (form, frozen(ledger, form.hashes.pdf)) for form in (first,)}
    for what, value in changes:
        asked = Request("T02", unit=name, as_of=T02.as_of)
        if what == "seats":
            rows = [HEAD[0], [name, *licences(int(value))[1][1:]]]
            imported(ledger, tmp_path, {"许可": rows})
        elif what == "type":
            type_cell(ledger, asked, CELL, str(value), reason="随意改成别的")
        elif what == "switch":
            settle_campaign(ledger, "", Settled(switches={"总数": str(value)}))
        elif what == "rename":
            imported(ledger, tmp_path, {"单位": [["单位名称", "级别", "曾用名"], [value, "县直", name]]})
            name = str(value)
        else:
            asked_again = Request("T02", unit=name, as_of=T02.as_of)
            newest = issue(ledger, asked_again, Correction(newest.number, str(value)))
            printed[newest.number] = (newest, frozen(ledger, newest.hashes.pdf))
        for form, content in printed.values():
            assert frozen(ledger, form.hashes.pdf) == content
            drawn = ready_to_print(thaw(ledger, form))
            assert drawn.text
            assert verify_code(ledger, form.check_code).form is not None
    ledger.close()
