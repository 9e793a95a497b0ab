from __future__ import annotations

import pytest

from desktop.core.indicators import Question
from desktop.core.person import Person
from desktop.store.database import Ledger
from desktop.store.people import StoredPeople, people_of_unit
from tests.builders import NOON
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


def asked(ledger: Ledger, word: str, *units: int) -> list[Person]:
    question = Question(NOON.date(), dict.fromkeys(units, "县级"))
    return list(StoredPeople(ledger).people(question, word))


def test_people_come_in_the_offices_own_order_of_units_and_posts(ledger: Ledger) -> None:
    names = [person.name for person in asked(ledger, "经办人", 1, 2, 3)]
    assert names == ["龚䶮", "曾乙", "阿丙", "无序", "𠮷田"]


def test_only_the_units_in_scope_and_the_responsibility_count(ledger: Ledger) -> None:
    assert [person.name for person in asked(ledger, "经办人", 2, 3)] == ["龚䶮", "𠮷田"]
    assert [person.name for person in asked(ledger, "填表人", 1, 2, 3)] == ["阿丙"]
    assert asked(ledger, "第一责任人", 1, 2, 3) == []
    assert asked(ledger, "经办人") == []


def test_a_vacant_post_is_a_person_without_a_name(ledger: Ledger) -> None:
    assert asked(ledger, "分管领导", 2) == [Person("p", "教育局", "", "办", "主任", "1", "2", "3", "4")]


def test_the_people_of_one_unit_need_no_scope(ledger: Ledger) -> None:
    assert [person.name for person in people_of_unit(ledger, 1, "经办人")] == ["曾乙", "阿丙", "无序"]
    assert people_of_unit(ledger, 1, "分管领导") == []
    assert people_of_unit(ledger, 99, "经办人") == []
