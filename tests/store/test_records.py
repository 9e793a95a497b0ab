from __future__ import annotations

from pathlib import Path

import pytest

from desktop.core.plan import Step
from desktop.core.subjects import SUBJECTS, natural_key
from desktop.core.text import match_key
from desktop.store.database import Ledger
from desktop.store.faults import IntegrityFault
from desktop.store.operations import operation
from desktop.store.records import StoredRecords, numbers_of, write_steps
from desktop.store.schema_1 import _TABLES
from tests.builders import Sheets, a_ledger, imported
from tests.store.record_builders import A_CHANGE, add, changed, records


def a_step(subject: str, uid: str, before: tuple[object, ...] | None = None, /, **values: object) -> Step:
    fields = tuple(values.get(field.name) for field in SUBJECTS[subject].fields)
    return Step(subject, uid, f"key of {uid}", fields, before, "表", 2)  # type: ignore[arg-type]  # plain values


def write(ledger: Ledger, *steps: Step) -> None:
    with operation(ledger, A_CHANGE):
        write_steps(ledger, steps)


def test_what_is_written_is_found_by_key_with_references_as_uids(ledger: Ledger) -> None:
    write(ledger, a_step("computer", "c", unit="u", kind="台式"), a_step("unit", "u", name="教育局"))
    known = StoredRecords(ledger)
    found = known.existing("computer", ["key of c", "no such key"])
    assert list(found) == ["key of c"]
    uid, values = found["key of c"]
    at = SUBJECTS["computer"].positions
    assert (uid, values[at["unit"]], values[at["kind"]], values[at["model"]]) == ("c", "u", "台式", None)
    assert list(known.all_units()) == ["key of u"]
    assert known.existing("unit", []) == {}


def test_steps_may_come_in_any_order_and_refer_to_later_ones(ledger: Ledger) -> None:
    write(
        ledger,
        a_step("unit", "low", name="派出所", parent="high"),
        a_step("unit", "high", name="公安局", parent=None),
    )
    parents = {
        uid: values[SUBJECTS["unit"].positions["parent"]]
        for uid, values in StoredRecords(ledger).all_units().values()
    }
    assert parents == {"low": "high", "high": None}


def test_a_change_refers_to_old_and_new_records_and_leaves_others_alone(ledger: Ledger) -> None:
    write(
        ledger,
        a_step("unit", "u1", name="甲"),
        a_step("computer", "c1", unit="u1"),
        a_step("computer", "c2", unit="u1"),
    )
    before = records(ledger)["computer"]
    write(ledger, a_step("computer", "c1", (None,), unit="u2", note="划转"), a_step("unit", "u2", name="乙"))
    after = records(ledger)["computer"]
    assert after[1] == before[1]
    assert after[0][3] == numbers_of(ledger, "unit", ["u2"])["u2"]
    assert len(after) == 2


def test_a_reference_to_nobody_is_an_error_of_the_program_and_writes_nothing(ledger: Ledger) -> None:
    before = records(ledger)
    with pytest.raises(KeyError):
        write(ledger, a_step("unit", "u", name="甲"), a_step("computer", "c", unit="nobody"))
    assert records(ledger) == before


def test_steps_are_written_inside_an_operation_only(ledger: Ledger) -> None:
    with pytest.raises(IntegrityFault):
        write_steps(ledger, [a_step("unit", "u", name="甲")])
    assert records(ledger)["unit"] == []


def test_no_steps_are_no_change(ledger: Ledger) -> None:
    before = records(ledger)
    write(ledger)
    assert records(ledger) == before


@pytest.mark.parametrize("name", list(SUBJECTS))
def test_every_field_of_a_subject_is_a_column_of_its_table(name: str) -> None:
    columns = {column.rstrip("#") for column in _TABLES[name].split()}
    fields = {f"{f.name}>{f.refers_to}" if f.refers_to else f.name for f in SUBJECTS[name].fields}
    assert fields <= columns
    assert columns - fields <= {"withdrawn_on", "withdrawn_reason"}


def a_pool(ledger: Ledger) -> None:
    for uid in ("owner", "receiver", "other"):
        add(ledger, "unit", uid=uid, name=uid)
    add(ledger, "product", name="WPS")
    for uid, unit, number in (("pool", 1, "R1"), ("own", 3, "R1"), ("more", 1, "R2")):
        add(ledger, "licence", uid=uid, unit_id=unit, licence_no=number, product_id=1)
    for licence, key in ((1, "p1"), (1, "p2"), (3, "p3")):
        add(ledger, "purchase", licence_id=licence, natural_key=key)
    add(ledger, "allocation", natural_key="a1", licence_id=1, unit_id=2, licence_no="R1-2")


def test_who_owns_a_licence_number_is_known(ledger: Ledger) -> None:
    changed(ledger, "许可", lambda: a_pool(ledger))
    known = StoredRecords(ledger)
    assert known.licences_numbered("R1") == {"pool": ("owner", ""), "own": ("other", "")}
    assert known.licences_numbered("R9") == {}


def test_the_pool_a_unit_received_from_is_known_by_its_own_number(ledger: Ledger) -> None:
    changed(ledger, "许可", lambda: a_pool(ledger))
    known = StoredRecords(ledger)
    assert known.received() == {("receiver", "R1-2"): "pool"}


def test_the_purchases_and_allocations_of_licences_are_known_by_key(ledger: Ledger) -> None:
    changed(ledger, "许可", lambda: a_pool(ledger))
    known = StoredRecords(ledger)
    assert sorted(known.keys_of_licences("purchase", ["pool", "own"])) == ["p1", "p2"]
    assert list(known.keys_of_licences("allocation", ["pool"])) == ["a1"]
    assert list(known.keys_of_licences("purchase", [])) == []


def test_numbers_are_found_by_uid(ledger: Ledger) -> None:
    changed(ledger, "许可", lambda: a_pool(ledger))
    assert numbers_of(ledger, "unit", ["owner", "other", "nobody"]) == {"owner": 1, "other": 3}


def test_the_same_workbook_again_changes_nothing(tmp_path: Path) -> None:
    ledger = a_ledger()
    sheets: Sheets = {
        "单位": [["单位名称", "简称"], ["教育局", "教育"]],
        "计算机": [["单位名称", "资产编号", "类型"], ["教育局", "A1", "台式"], ["教育局", None, "便携"]],
        "进度": [["单位名称", "摸查"], ["教育局", "是"]],
    }
    imported(ledger, tmp_path, sheets)
    assert imported(ledger, tmp_path, sheets).steps == []
    assert natural_key(match_key("教育局")) in StoredRecords(ledger).all_units()
    ledger.close()


def test_who_holds_a_number_is_known_of_computers_and_licences(ledger: Ledger) -> None:
    changed(ledger, "许可", lambda: a_pool(ledger))
    known = StoredRecords(ledger)
    assert known.holders("licence", ["R1", "R9"]).keys() == {"R1"}
    assert known.holders("computer", ["R1"]) == {}
