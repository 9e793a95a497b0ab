from __future__ import annotations

import pytest

from desktop.store.database import Ledger
from desktop.store.promises import broken_promises
from tests.store.record_builders import a_quick_ledger, add, changed


@pytest.fixture
def ledger() -> Ledger:
    ledger = a_quick_ledger()

    def register() -> None:
        add(ledger, "unit", name="甲局")
        add(ledger, "unit", name="乙所", parent_id=1)
        add(ledger, "product", name="WPS")
        add(ledger, "licence", unit_id=1, product_id=1, licence_no="L1")
        add(ledger, "licence", unit_id=1, product_id=1, licence_no="L2", base_id=1)

    changed(ledger, "登记", register)
    return ledger


def set_to(ledger: Ledger, sql: str) -> None:
    changed(ledger, "改", lambda: ledger.connection.execute(sql))


def test_a_sound_ledger_breaks_no_promise(ledger: Ledger) -> None:
    assert broken_promises(ledger.connection) == frozenset()


def test_circles_are_named(ledger: Ledger) -> None:
    set_to(ledger, "UPDATE unit SET parent_id = 2 WHERE id = 1")
    set_to(ledger, "UPDATE licence SET base_id = 1 WHERE id = 1")
    assert broken_promises(ledger.connection) == {
        "「甲局」的上级单位转回自己",
        "「乙所」的上级单位转回自己",
        "软件编号「L1」的原许可编号转回自己",
    }


@pytest.mark.parametrize(
    ("bought", "given", "method", "is_broken"),
    [
        ({"seats": 10}, {"seats": 10}, None, False),
        ({"seats": 10}, {"seats": 11}, None, True),
        ({"packs": 10}, {"seats": 10}, None, False),
        ({"packs": 10}, {"seats": 11}, None, True),
        ({}, {"seats": 1}, None, True),
        ({}, {"seats": 100}, "场地授权", False),
        ({"seats": 10, "amount_fen": 5}, {"seats": 1, "amount_fen": 6}, None, True),
    ],
)
def test_a_pool_gives_no_more_than_was_bought(
    ledger: Ledger, bought: dict[str, int], given: dict[str, int], method: str | None, *, is_broken: bool
) -> None:
    def register() -> None:
        ledger.connection.execute("UPDATE licence SET method = ? WHERE id = 1", (method,))
        add(ledger, "purchase", licence_id=1, **bought)
        add(ledger, "allocation", licence_id=1, unit_id=2, **given)

    changed(ledger, "配发", register)
    assert broken_promises(ledger.connection) == ({"软件编号「L1」配发的多于购买的"} if is_broken else set())
