"""Records that fill rows: the fields each kind promises, and that rows and numbers never tell two counts."""

from __future__ import annotations

import datetime
import itertools
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.actions.ledgers import prepare
from desktop.core.campaign import Switches
from desktop.core.indicators import Question
from desktop.core.records import RECORD_KINDS
from desktop.store.database import Ledger, in_memory
from desktop.store.form_records import StoredFormRecords
from desktop.store.indicators import StoredIndicators
from tests.builders import NOON, imported
from tests.store.counties import AROUND, County, a_ledger_of, counties
from tests.store.record_builders import add, changed

DAY = NOON.date()


def listed(ledger: Ledger, kind: str, /, *units: int, **where: str) -> list[tuple[str | int | None, ...]]:
    question = Question(DAY, dict.fromkeys(units, "县级"))
    filters = {name: frozenset({value}) for name, value in where.items()}
    return [record.values for record in StoredFormRecords(ledger).listed(kind, question, filters)]


@pytest.mark.parametrize("kind", RECORD_KINDS.values(), ids=lambda kind: kind.name)
def test_every_kind_has_its_fields_and_filters(ledger: Ledger, kind: object) -> None:
    assert listed(ledger, kind.name, 1, **dict.fromkeys(kind.filters, "甲")) == []  # type: ignore[attr-defined]


def test_what_a_kind_does_not_have_is_not_asked(ledger: Ledger) -> None:
    with pytest.raises(KeyError):
        listed(ledger, "people", 1, colour="红")
    with pytest.raises(KeyError):
        listed(ledger, "aeroplanes", 1)


@pytest.fixture
def people(ledger: Ledger) -> Ledger:
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

    changed(ledger, "人员", register)
    return ledger


def names(ledger: Ledger, word: str, *units: int) -> list[object]:
    return [values[1] for values in listed(ledger, "people", *units, responsibility=word)]


def test_people_come_in_the_offices_own_order_of_units_and_posts(people: Ledger) -> None:
    assert names(people, "经办人", 1, 2, 3) == ["龚䶮", "曾乙", "阿丙", "无序", "𠮷田"]


def test_only_the_units_in_scope_and_the_responsibility_count(people: Ledger) -> None:
    assert names(people, "经办人", 2, 3) == ["龚䶮", "𠮷田"]
    assert names(people, "填表人", 1, 2, 3) == ["阿丙"]
    assert names(people, "第一责任人", 1, 2, 3) == []
    assert names(people, "经办人") == []


def test_a_person_with_two_responsibilities_is_one_row(people: Ledger) -> None:
    assert len(listed(people, "people", 1, 2, 3)) == 5


def test_the_first_that_answers_is_the_head_of_a_unit(people: Ledger) -> None:
    def appoint() -> None:
        add(people, "responsibility", person_id=2, word="分管领导")
        add(people, "responsibility", person_id=1, word="第一责任人")

    changed(people, "职责", appoint)
    at = RECORD_KINDS["units"].positions
    found = listed(people, "units", 1, 2)
    assert [(values[at["leader_name"]], values[at["contact_name"]]) for values in found] == [
        (None, "龚䶮"),
        ("阿丙", "曾乙"),
    ]


@given(
    counties(),
    st.sampled_from([day for day in AROUND if day]),
    st.builds(Switches, st.booleans(), st.booleans(), count_free_seats=st.booleans()),
)
def test_rows_and_numbers_tell_one_count(county: County, day: object, switches: Switches) -> None:
    """The commonest fault of such programs is two screens that show two counts."""
    ledger = a_ledger_of(county)
    scope = {number + 1: "县级" for number in range(len(county.units))}
    question = Question(day, scope, switches, campaign_id=1)  # type: ignore[arg-type]  # a day
    records, numbers = StoredFormRecords(ledger), StoredIndicators(ledger)

    def total(code: str) -> int:
        return sum(numbers.totals(code, question, []).values())

    assert len(records.listed("computers", question, {})) == total("computers")
    assert len(records.listed("uses", question, {})) == total("installations")
    assert len(records.listed("units", question, {})) == total("reporting_units")
    assert beside(ledger, question, "seats") == total("seats")
    by_licence = numbers.totals("installations", question, ["licence"])
    under_licences = sum(count for (licence,), count in by_licence.items() if licence)
    assert beside(ledger, question, "installations") == under_licences
    for (licence,), count in by_licence.items():
        events = records.listed("events", question, {"licence": frozenset({licence})})
        last = max(events, key=lambda event: int(event.values[at_events["installed"]] or 0), default=None)
        ends = [1 if event.values[at_events["action"]] == "安装" else -1 for event in events]
        assert sum(ends) == count
        assert last is None or not licence or events[-1].values[at_events["installed"]] == count
    ledger.connection.close()


at_events = RECORD_KINDS["events"].positions


def beside(ledger: Ledger, question: Question, code: str) -> int:
    """Return the sum of an indicator over the rows of licences, as the usage table prints it beside each."""
    numbers = StoredIndicators(ledger).totals(code, question, RECORD_KINDS["licences"].dimensions)
    rows = StoredFormRecords(ledger).listed("licences", question, {})
    assert len({row.key for row in rows}) == len(rows)
    return sum(numbers.get(row.key, 0) for row in rows)


@given(counties(), st.sampled_from([day for day in AROUND if day]))
def test_seats_beside_a_line_are_those_of_its_day(county: County, day: object) -> None:
    ledger = a_ledger_of(county)
    scope = {number + 1: "县级" for number in range(len(county.units))}
    question = Question(day, scope, campaign_id=1)  # type: ignore[arg-type]  # a day
    for (licence,) in StoredIndicators(ledger).totals("installations", question, ["licence"]):
        asked = {"licence": frozenset({licence})}
        for event in StoredFormRecords(ledger).listed("events", question, asked):
            then, seats, installed, left = (
                event.values[at_events[name]] for name in ("happened_on", "seats", "installed", "remaining")
            )
            on = datetime.date.fromisoformat(str(then)) if then else question.as_of
            held = StoredIndicators(ledger).totals("seats", replace(question, as_of=on), ["licence"])
            assert seats in (None, held.get((licence,), 0))
            assert left is None if seats is None else left == int(seats) - int(installed or 0)
    ledger.connection.close()


@pytest.mark.parametrize("step", [1, -1])
def test_what_was_given_on_one_day_stands_in_the_order_registered(tmp_path: Path, step: int) -> None:
    numbers = itertools.count(10**6, step)
    ledger = in_memory(lambda: NOON, lambda: f"{next(numbers):032x}")
    prepare(ledger, "")
    units = ("县办", "丙", "甲", "乙")
    head = ["单位名称", "软件编号", "软件名称", "许可数", "购买日期", "上级许可编号"]
    rows = [[unit, "", "WPS Office 2019", 1, "2024-01-02", "L1"] for unit in units[1:]]
    pool = ["县办", "L1", "WPS Office 2019", 9, "2024-01-01", ""]
    imported(
        ledger, tmp_path, {"单位": [["单位名称"], *([unit] for unit in units)], "许可": [head, pool, *rows]}
    )
    names = [str(values[-1]) for values in listed(ledger, "purchases", 1)]
    assert names[1:] == ["配发给丙", "配发给甲", "配发给乙"]
