from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.core.indicators import Question
from desktop.errors import AppError
from desktop.store.database import Ledger
from desktop.store.faults import DatabaseFault, IntegrityFault
from desktop.store.indicators import StoredIndicators
from desktop.store.journal import broken_link
from desktop.store.operations import Act, chain_head, operation, operations
from desktop.store.undoing import UNDO, undo
from tests.builders import NOON, a_ledger, imported
from tests.store.record_builders import (
    A_CHANGE,
    a_quick_ledger,
    add,
    changed,
    copy_of,
    everything,
    records,
    renamed,
)


def test_an_operation_says_who_did_what_when_and_why(ledger: Ledger) -> None:
    ledger.who = "王䶮"
    with operation(ledger, Act("导入", "单位.xlsx", "补登", "ab12")) as number:
        add(ledger, "unit", name="教育局")
    op = operations(ledger)[-1]
    assert (op.id, op.who, op.kind, op.label) == (number, "王䶮", "导入", "单位.xlsx")
    assert (op.reason, op.source_hash, op.undoes) == ("补登", "ab12", None)
    assert op.at == NOON.isoformat(timespec="seconds")


def test_operations_are_chained_from_the_first_on(ledger: Ledger) -> None:
    for name in "甲乙丙":
        changed(ledger, name, lambda name=name: add(ledger, "unit", name=name))  # type: ignore[misc]  # bound now
    listed = operations(ledger)
    assert [op.label for op in listed] == ["建立台账", "甲", "乙", "丙"]
    assert [op.previous_hash for op in listed] == ["", *(op.hash for op in listed[:-1])]
    assert chain_head(ledger) == listed[-1].hash
    assert broken_link(ledger) is None


def test_a_ledger_without_history_has_an_empty_head(ledger: Ledger) -> None:
    ledger.connection.executescript("DELETE FROM change; DELETE FROM operation;")
    assert chain_head(ledger) == ""


@pytest.mark.parametrize(
    "change",
    [
        "INSERT INTO unit (uid, natural_key, name) VALUES ('u', 'u', '教育局')",
        "INSERT OR REPLACE INTO unit (id, uid, natural_key) VALUES (1, 'u', 'u')",
        "UPDATE unit SET name = '教育局'",
        "DELETE FROM unit",
        "DELETE FROM campaign",
    ],
)
def test_a_change_outside_an_operation_is_impossible(ledger: Ledger, change: str) -> None:
    changed(ledger, "单位", lambda: add(ledger, "unit", name="财政局"))
    before = everything(ledger)
    with pytest.raises(IntegrityFault):
        ledger.connection.execute(change)
    assert everything(ledger) == before


def test_a_fault_inside_an_operation_leaves_the_ledger_as_before(ledger: Ledger) -> None:
    before = everything(ledger)

    def fail() -> None:
        add(ledger, "unit", name="教育局")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        changed(ledger, "出错", fail)
    assert everything(ledger) == before
    changed(ledger, "单位", lambda: add(ledger, "unit", name="财政局"))
    assert broken_link(ledger) is None


def test_a_reference_to_nothing_is_found_at_the_end_and_nothing_is_written(ledger: Ledger) -> None:
    before = everything(ledger)
    with pytest.raises(IntegrityFault):
        changed(ledger, "计算机", lambda: add(ledger, "computer", unit_id=99))
    assert everything(ledger) == before


def test_an_operation_within_an_operation_is_refused_and_both_are_gone(ledger: Ledger) -> None:
    before = everything(ledger)
    with pytest.raises(DatabaseFault, match="within a transaction"):
        changed(ledger, "外", lambda: changed(ledger, "内", lambda: None))
    assert everything(ledger) == before


def test_when_the_disk_is_full_nothing_is_written(ledger: Ledger) -> None:
    before = everything(ledger)
    pages = ledger.connection.execute("PRAGMA page_count").fetchone()[0]
    ledger.connection.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(AppError) as caught:
        changed(ledger, "大", lambda: add(ledger, "unit", name="长" * 1_000_000))
    assert caught.value.code == "DISK-FULL"
    assert str(ledger.path) in caught.value.message
    assert caught.value.remedy
    assert everything(ledger) == before
    ledger.connection.execute(f"PRAGMA max_page_count = {pages + 1000}")
    changed(ledger, "大", lambda: add(ledger, "unit", name="长" * 1_000_000))
    assert broken_link(ledger) is None


def test_a_scope_loaded_inside_a_failed_operation_is_loaded_again(ledger: Ledger) -> None:
    changed(ledger, "单位", lambda: add(ledger, "unit", name="教育局"))
    question, asked = Question(NOON.date(), {1: "县级"}), StoredIndicators(ledger)

    def ask_and_fail() -> None:
        assert asked.totals("units", question, []) == {(): 1}
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        changed(ledger, "出错", ask_and_fail)
    assert asked.totals("units", question, []) == {(): 1}


def test_undo_is_an_operation_of_its_own_that_names_what_it_undoes(ledger: Ledger) -> None:
    number = changed(ledger, "单位", lambda: add(ledger, "unit", name="教育局"))
    undoing = undo(ledger, number)
    op = operations(ledger)[-1]
    assert (op.id, op.kind, op.label, op.undoes) == (undoing, UNDO, "撤销：单位", number)
    assert records(ledger)["unit"] == []


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=8) | st.sampled_from(
    ["䶮", "𠮷", "a\0b", '{"a":null}']
)
steps = st.tuples(
    st.sampled_from(["add", "rename", "computer", "move", "order", "replace", "drop"]),
    st.integers(0, 9),
    texts,
)


def make(ledger: Ledger, step: tuple[str, int, str]) -> None:
    """Make one change to the ledger, as far as there is something to change."""
    kind, pick, text = step
    run = ledger.connection.execute
    units, computers = ([row[0] for row in run(f"SELECT id FROM {table}")] for table in ("unit", "computer"))
    unit, computer = (ids[pick % len(ids)] if ids else None for ids in (units, computers))
    if kind == "add":
        add(ledger, "unit", name=text, parent_id=unit)
    elif kind == "computer" and unit:
        add(ledger, "computer", unit_id=unit, note=text)
    elif kind == "rename":
        run("UPDATE unit SET name = ?, note = NULL, short_name = ? WHERE id = ?", (text, text or None, unit))
    elif kind == "order":
        run("UPDATE unit SET sort_order = ? WHERE id = ?", ((-1) ** pick * (2**62 + pick), unit))
    elif kind == "move":
        run("UPDATE computer SET unit_id = ? WHERE id = ?", (unit, computer))
    elif kind == "replace" and computer:
        run(
            "INSERT OR REPLACE INTO computer (id, uid, natural_key) VALUES (?, ?, ?)",
            (computer, f"r{text}", text),
        )
    elif kind == "drop":
        run("DELETE FROM computer WHERE id = ?", (computer,))


@settings(deadline=None)
@given(st.lists(st.lists(steps, min_size=1, max_size=5), min_size=1, max_size=5))
def test_undo_and_undo_of_undo_restore_every_table_byte_for_byte(
    acts: list[list[tuple[str, int, str]]],
) -> None:
    ledger = a_quick_ledger()
    states, numbers = [records(ledger)], []
    for act in acts:
        with operation(ledger, A_CHANGE) as number:
            for step in act:
                make(ledger, step)
        numbers.append(number)
        states.append(records(ledger))
    undone = []
    for number, before in zip(reversed(numbers), reversed(states[:-1]), strict=True):
        undone.append(undo(ledger, number))
        assert records(ledger) == before
    for number, after in zip(reversed(undone), states[1:], strict=True):
        undo(ledger, number)
        assert records(ledger) == after
    assert broken_link(ledger) is None
    ledger.close()


SHEETS = {
    "单位": [["单位名称", "上级单位"], ["公安局", ""], ["城关派出所", "公安局"]],
    "计算机": [["单位名称", "资产编号", "类型"], ["公安局", "A1", "台式"], ["城关派出所", "A2", "便携"]],
}
MORE = {
    "单位": [["单位名称", "简称"], ["公安局", "公安"], ["教育局", "教育"]],
    "计算机": [["单位名称", "资产编号", "类型", "使用人"], ["公安局", "A1", "服务器", "龚 䶮"]],
}


def test_imports_are_taken_back_one_after_the_other(tmp_path: Path) -> None:
    ledger = a_ledger()
    empty = records(ledger)
    imported(ledger, tmp_path, SHEETS)
    first = records(ledger)
    imported(ledger, tmp_path, MORE)
    second = records(ledger)
    undo(ledger, 3)
    assert records(ledger) == first
    undo(ledger, 2)
    assert records(ledger) == empty
    undo(ledger, 5)
    undo(ledger, 4)
    assert records(ledger) == second
    assert broken_link(ledger) is None
    ledger.close()


def refusal(ledger: Ledger, number: int) -> AppError:
    """Return why an operation cannot be undone; nothing may have changed by asking."""
    before = everything(ledger)
    with pytest.raises(AppError) as caught:
        undo(ledger, number)
    assert everything(ledger) == before
    assert caught.value.remedy
    assert ledger.connection.execute("PRAGMA foreign_keys").fetchone()[0] == 1
    return caught.value


def test_undo_of_nothing_is_refused(ledger: Ledger) -> None:
    assert "操作 99 不存在" in refusal(ledger, 99).message


def test_undo_is_refused_by_name_when_a_later_operation_touched_a_record(ledger: Ledger) -> None:
    first = changed(ledger, "单位", lambda: add(ledger, "unit", name="教育局"))
    renamed(ledger, 1, "教体局")
    third = renamed(ledger, 1, "教科局")
    error = refusal(ledger, first)
    assert error.code == "TOUCHED-LATER"
    assert f"操作 {third}「更名为教科局」改动过" in error.message
    assert f"请先撤销操作 {third}" in error.remedy


def test_following_the_remedies_leads_back_to_the_beginning(ledger: Ledger) -> None:
    first = changed(ledger, "单位", lambda: add(ledger, "unit", name="教育局"))
    second, third = renamed(ledger, 1, "教体局"), renamed(ledger, 1, "教科局")
    for number in (third, second, first):
        undo(ledger, number)
    assert records(ledger)["unit"] == []
    assert broken_link(ledger) is None


def test_a_restored_operation_stands_in_the_way_again(ledger: Ledger) -> None:
    first = changed(ledger, "单位", lambda: add(ledger, "unit", name="教育局"))
    second = renamed(ledger, 1, "教体局")
    undo(ledger, undo(ledger, second))
    assert f"操作 {second}「更名为教体局」" in refusal(ledger, first).message


def test_undo_is_refused_by_name_when_a_later_record_refers_to_one_of_it(ledger: Ledger) -> None:
    first = changed(ledger, "单位", lambda: add(ledger, "unit", name="教育局"))
    later = changed(ledger, "电脑", lambda: add(ledger, "computer", unit_id=1))
    error = refusal(ledger, first)
    assert f"操作 {first}「单位」的记录后来被操作 {later}「电脑」用到" in error.message
    assert f"请先撤销操作 {later}" in error.remedy
    undo(ledger, later)
    undo(ledger, first)
    assert records(ledger)["unit"] == []


def test_undo_is_refused_by_name_when_what_it_refers_to_is_gone(ledger: Ledger) -> None:
    for name in "甲乙":
        changed(ledger, name, lambda name=name: add(ledger, "unit", name=name))  # type: ignore[misc]  # bound now
    changed(ledger, "电脑", lambda: add(ledger, "computer", unit_id=1))
    moved = changed(ledger, "划转", lambda: ledger.connection.execute("UPDATE computer SET unit_id = 2"))
    gone = changed(ledger, "撤并甲", lambda: ledger.connection.execute("DELETE FROM unit WHERE id = 1"))
    assert f"操作 {gone}「撤并甲」" in refusal(ledger, moved).message


def test_undo_is_refused_by_name_when_the_record_was_registered_anew(ledger: Ledger) -> None:
    first = changed(ledger, "单位", lambda: add(ledger, "unit", natural_key="教育局"))
    changed(ledger, "别的", lambda: add(ledger, "unit", natural_key="财政局"))
    undone = undo(ledger, first)
    again = changed(ledger, "再登", lambda: add(ledger, "unit", natural_key="教育局"))
    error = refusal(ledger, undone)
    assert f"被操作 {again}「再登」重新登记过" in error.message
    undo(ledger, again)
    undo(ledger, undone)
    assert len(records(ledger)["unit"]) == 2


def test_what_is_taken_back_is_not_taken_back_again(ledger: Ledger) -> None:
    number = changed(ledger, "单位", lambda: add(ledger, "unit", name="教育局"))
    undoing = undo(ledger, number)
    error = refusal(ledger, number)
    assert error.code == "UNDONE"
    assert f"已由操作 {undoing} 撤销" in error.message
    assert f"请撤销操作 {undoing}" in error.remedy


def test_what_was_taken_back_and_restored_can_be_taken_back_again(ledger: Ledger) -> None:
    number = changed(ledger, "单位", lambda: add(ledger, "unit", name="教育局"))
    undo(ledger, undo(ledger, number))
    assert len(records(ledger)["unit"]) == 1
    again = undo(ledger, number)
    assert records(ledger)["unit"] == []
    assert f"已由操作 {again} 撤销" in refusal(ledger, number).message


def test_taking_a_restoration_back_takes_the_operation_back(ledger: Ledger) -> None:
    number = changed(ledger, "单位", lambda: add(ledger, "unit", name="教育局"))
    undoing = undo(ledger, number)
    undo(ledger, undo(ledger, undoing))
    assert records(ledger)["unit"] == []
    assert f"已由操作 {undoing} 撤销" in refusal(ledger, number).message


def test_an_operation_without_changes_can_be_taken_back_too(ledger: Ledger) -> None:
    number = changed(ledger, "空", lambda: None)
    undoing = undo(ledger, number)
    assert refusal(ledger, number).code == "UNDONE"
    undo(ledger, undoing)
    undo(ledger, number)
    assert broken_link(ledger) is None


def test_taking_back_many_records_takes_no_time(ledger: Ledger) -> None:
    """Undo searches neither the journal nor the references once for every record."""
    count = 20_000
    numbered = f"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {count})"
    changed(ledger, "单位", lambda: add(ledger, "product", name="甲"))
    first = changed(
        ledger,
        "电脑",
        lambda: ledger.connection.execute(
            f"{numbered} INSERT INTO computer (uid, natural_key) SELECT 'c' || i, 'c' || i FROM n"
        ),
    )
    second = changed(
        ledger,
        "许可",
        lambda: ledger.connection.execute(
            f"{numbered} INSERT INTO licence (uid, natural_key, product_id) SELECT 'l' || i, 'l' || i, 1 FROM n"
        ),
    )
    calls = 0

    def tick() -> int:
        nonlocal calls
        calls += 1
        return 0

    ledger.connection.set_progress_handler(tick, 10_000)
    undo(ledger, first)
    ledger.connection.set_progress_handler(None, 0)
    assert calls < 1_000
    assert second == first + 1


def test_a_copy_is_not_the_ledger() -> None:
    ledger = a_quick_ledger()
    other = copy_of(ledger)
    changed(other, "单位", lambda: add(other, "unit", name="教育局"))
    assert records(ledger) != records(other)
    ledger.close()
    other.close()
