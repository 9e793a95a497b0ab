from __future__ import annotations

from pathlib import Path

from desktop.actions.importing import catalogue
from desktop.core.subjects import SUBJECTS
from desktop.intake.planning.context import Context
from desktop.intake.planning.drafts import Draft
from desktop.intake.planning.licence_index import LicenceIndex
from desktop.intake.planning.unit_names import UnitNames
from desktop.store.database import Ledger
from desktop.store.records import StoredRecords
from tests.builders import a_ledger
from tests.intake.looking import a_row
from tests.intake.planning.plans import import_of


def a_context(ledger: Ledger) -> Context:
    records = StoredRecords(ledger)
    return Context(records, catalogue(), ledger.new_id, "c", UnitNames(records.all_units()), ledger.today)


def planned(context: Context, subject: str, key: str, **values: str | int) -> str:
    """Plan a record and return its uid."""
    draft = Draft(key, tuple(values.get(field.name) for field in SUBJECTS[subject].fields), a_row())
    return context.settle(subject, [draft])[0]


def a_filled_ledger(folder: Path) -> Ledger:
    ledger = a_ledger()
    rows = [
        {
            "单位名称": "县办",
            "软件名称": "WPS Office 2019",
            "软件编号": "L1",
            "许可数": 10,
            "上级许可编号": None,
        },
        {
            "单位名称": "甲镇",
            "软件名称": "WPS Office 2019",
            "软件编号": "J1",
            "许可数": 3,
            "上级许可编号": "L1",
        },
    ]
    import_of(ledger, folder, 单位=[{"单位名称": "县办"}, {"单位名称": "甲镇"}], 许可=rows)
    return ledger


def uid_of(ledger: Ledger, table: str, place: int = 0) -> str:
    return str(ledger.connection.execute(f"SELECT uid FROM {table} ORDER BY id").fetchall()[place][0])


def test_licences_are_found_by_number_in_the_ledger_and_in_the_plan(tmp_path: Path) -> None:
    ledger = a_filled_ledger(tmp_path)
    context = a_context(ledger)
    new = planned(context, "licence", "k", unit="u", licence_no="L1")
    planned(context, "licence", "none", unit="u")
    index = LicenceIndex(context)
    assert index.numbered("L1") == {uid_of(ledger, "licence"): uid_of(ledger, "unit"), new: "u"}
    assert index.numbered("L9") == index.numbered("None") == {}


def test_what_was_received_is_found_in_the_ledger_and_in_the_plan(tmp_path: Path) -> None:
    ledger = a_filled_ledger(tmp_path)
    context = a_context(ledger)
    planned(context, "allocation", "k", licence="pool", unit="u", licence_no="J9")
    planned(context, "allocation", "none", licence="pool", unit="u")
    index = LicenceIndex(context)
    index.note_received()
    assert index.received("u", "J9") == "pool"
    assert index.received(uid_of(ledger, "unit", 1), "J1") == uid_of(ledger, "licence")
    assert index.received("u", "J8") is None


def test_purchases_and_allocations_are_those_of_the_pools(tmp_path: Path) -> None:
    ledger = a_filled_ledger(tmp_path)
    context = a_context(ledger)
    planned(context, "purchase", "k", licence="pool", seats=5)
    index = LicenceIndex(context)
    stored = uid_of(ledger, "licence")
    assert {(uid, values[2]) for uid, _, values in index.purchases({stored, "pool"})} == {
        (stored, 10),
        ("pool", 5),
    }
    assert [values[4] for _, _, values in index.allocations({stored})] == [3]
    assert list(index.allocations({"pool"})) == []
