from __future__ import annotations

import pytest

from desktop.store.database import Ledger
from desktop.store.people import people_of_unit
from tests.store.record_builders import add, changed


@pytest.fixture
def ledger(ledger: Ledger) -> Ledger:
    """Two units in the office's order 2, 1 and one without a place; people by 职务, not by name."""

    def register() -> None:
        for name, order in (("公安局", 2), ("教育局", 1), ("财政局", None)):
            add(ledger, "unit", name=name, sort_order=order)
        for unit, name, order in (
            (1, "阿丙", 2),
            (1, "曾乙", 1),
            (2, "龚䶮", None),
            (3, "𠮷田", 1),
            (1, "无序", None),
        ):
            person = add(ledger, "person", unit_id=unit, name=name, sort_order=order)
            add(ledger, "responsibility", person_id=person, word="经办人")
        add(ledger, "responsibility", person_id=1, word="填表人")
        add(
            ledger,
            "person",
            uid="p",
            unit_id=2,
            post="主任",
            office_phone="1",
            mobile="2",
            fax="3",
            email="4",
            department="办",
        )
        add(ledger, "responsibility", person_id=6, word="分管领导")

    changed(ledger, "人员", register)
    return ledger


def test_the_people_of_one_unit_need_no_scope(ledger: Ledger) -> None:
    assert [person.name for person in people_of_unit(ledger, 1, "经办人")] == ["曾乙", "阿丙", "无序"]
    assert people_of_unit(ledger, 1, "分管领导") == []
    assert people_of_unit(ledger, 99, "经办人") == []
