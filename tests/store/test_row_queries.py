"""The rules by which offices count, one by one; `test_recount` has them meet. The cut-off day is 2024-06-30."""

from __future__ import annotations

import datetime

import pytest

from desktop.core.campaign import AmountBasis, Switches
from desktop.core.indicators import Question
from desktop.store.database import Ledger
from desktop.store.indicators import StoredIndicators
from tests.store.record_builders import add, changed

D = datetime.date(2024, 6, 30)
BEFORE, ON, AFTER = "2024-06-29", "2024-06-30", "2024-07-01"
CAMPAIGN_FROM = datetime.date(2024, 3, 1)
EARLIER = "2024-02-29"


@pytest.fixture
def ledger(ledger: Ledger) -> Ledger:
    """A ledger with two units, a product, and a free one."""

    def register() -> None:
        add(ledger, "unit", name="教育局")
        add(ledger, "unit", name="公安局")
        add(ledger, "product", name="WPS Office")
        add(ledger, "product", name="阅读器", kind="免费")

    changed(ledger, "登记", register)
    return ledger


def count(ledger: Ledger, code: str, *, unit: int = 0, **switches: object) -> int:
    """Return an indicator of both units, or of one."""
    asked = Switches(**switches)  # type: ignore[arg-type]  # names and values of switches
    question = Question(D, {1: "县级", 2: "县级"}, asked, campaign_id=1, campaign_from=CAMPAIGN_FROM)
    totals = StoredIndicators(ledger).totals(code, question, ["unit"])
    return sum(amount for (number,), amount in totals.items() if not unit or number == str(unit))


def computer(ledger: Ledger, **values: object) -> None:
    changed(ledger, "计算机", lambda: add(ledger, "computer", **{"unit_id": 1, **values}))


def licence(ledger: Ledger, *purchases: dict[str, object], **values: object) -> int:
    """Register a licence of the first unit with its purchases and return its number."""
    numbers = []

    def register() -> None:
        numbers.append(add(ledger, "licence", **{"unit_id": 1, "product_id": 1, **values}))
        for purchase in purchases:
            add(ledger, "purchase", licence_id=numbers[0], **purchase)

    changed(ledger, "许可", register)
    return numbers[0]


def allocate(ledger: Ledger, pool: int, **values: object) -> None:
    changed(ledger, "配发", lambda: add(ledger, "allocation", **{"licence_id": pool, "unit_id": 2, **values}))


# 计算机总数


@pytest.mark.parametrize(("begun", "counts"), [(None, 1), (BEFORE, 1), (ON, 1), (AFTER, 0)])
def test_a_computer_counts_from_the_day_it_is_taken_into_use(ledger: Ledger, begun: str, counts: int) -> None:
    """启用 ≤ D；缺日期的视为存在。"""
    computer(ledger, in_use_from=begun)
    assert count(ledger, "computers") == counts


@pytest.mark.parametrize("state", ["在用", "闲置", "报废"])
@pytest.mark.parametrize(("ended", "counts"), [(BEFORE, 0), (ON, 0), (AFTER, 1)])
def test_a_computer_counts_until_the_day_before_it_is_retired(
    ledger: Ledger, state: str, ended: str, counts: int
) -> None:
    """D < 停用；闲置和报废自停用日期起。"""
    computer(ledger, state=state, retired_on=ended)
    assert count(ledger, "computers") == counts


@pytest.mark.parametrize(("state", "counts"), [("在用", 1), ("闲置", 0), ("报废", 0)])
def test_without_a_day_of_retirement_the_state_decides(ledger: Ledger, state: str, counts: int) -> None:
    computer(ledger, state=state)
    assert count(ledger, "computers") == counts


@pytest.mark.parametrize("ended", [None, BEFORE, AFTER])
def test_idle_computers_count_when_the_campaign_says_so(ledger: Ledger, ended: str) -> None:
    """口径：闲置计算机计入。"""
    computer(ledger, state="闲置", retired_on=ended)
    computer(ledger, state="报废", retired_on=BEFORE)
    assert count(ledger, "computers", count_idle=True) == 1


def test_servers_count_unless_the_campaign_leaves_them_out(ledger: Ledger) -> None:
    """计算机总数含服务器；口径：服务器不计入。"""
    for kind in ("台式", "便携", "服务器"):
        computer(ledger, kind=kind)
    assert count(ledger, "computers") == 3
    assert count(ledger, "computers", count_servers=False) == 2


# 安装数


@pytest.mark.parametrize(
    ("installed", "removed", "counts"),
    [(None, None, 1), (ON, AFTER, 1), (AFTER, None, 0), (None, ON, 0), (BEFORE, BEFORE, 0)],
)
def test_a_copy_counts_while_it_is_installed(
    ledger: Ledger, installed: str, removed: str, counts: int
) -> None:
    computer(ledger)
    copy = {"computer_id": 1, "product_id": 1, "installed_on": installed, "removed_on": removed}
    changed(ledger, "安装", lambda: add(ledger, "installation", **copy))
    assert count(ledger, "installations") == counts


def test_a_copy_on_a_computer_out_of_use_does_not_count(ledger: Ledger) -> None:
    computer(ledger, state="报废")
    changed(ledger, "安装", lambda: add(ledger, "installation", computer_id=1, product_id=1))
    assert count(ledger, "installations") == 0


# 进度


def confirm(ledger: Ledger, *kinds: str, unit: int = 1, **values: object) -> None:
    def register() -> None:
        for kind in kinds:
            add(ledger, "progress_fact", campaign_id=1, unit_id=unit, kind=kind, **values)

    changed(ledger, "进度", register)


@pytest.mark.parametrize(
    ("happened", "withdrawn", "counts"),
    [(None, None, 1), (ON, None, 1), (AFTER, None, 0), (None, AFTER, 1), (BEFORE, ON, 0), (None, BEFORE, 0)],
)
def test_a_fact_counts_from_its_day_until_it_is_withdrawn(
    ledger: Ledger, happened: str, withdrawn: str, counts: int
) -> None:
    confirm(ledger, "摸查", happened_on=happened, withdrawn_on=withdrawn)
    assert count(ledger, "progress") == counts


def test_nothing_to_buy_stands_for_funded_and_purchased_unless_the_campaign_says_no(ledger: Ledger) -> None:
    """无需采购视同落实、完成。"""
    confirm(ledger, "无需采购", "摸查")
    assert count(ledger, "progress") == 3
    assert count(ledger, "progress", nothing_to_buy_counts=False) == 1


def test_a_unit_counts_once_for_each_fact(ledger: Ledger) -> None:
    """每个单位每项只计一次：已采购又填无需采购，或登记两次，仍为一次。"""
    confirm(ledger, "无需采购", "采购", "经费", "经费", happened_on=BEFORE)
    assert count(ledger, "progress") == 2


def test_only_units_counted_as_organs_count(ledger: Ledger) -> None:
    changed(
        ledger, "口径", lambda: ledger.connection.execute("UPDATE unit SET counts_as_organ = 0 WHERE id = 2")
    )
    for unit in (1, 2):
        confirm(ledger, "摸查", unit=unit)
    assert count(ledger, "progress") == count(ledger, "units") == 1


def test_facts_of_another_campaign_do_not_count(ledger: Ledger) -> None:
    def register() -> None:
        add(ledger, "campaign", name="另一轮")
        add(ledger, "progress_fact", campaign_id=2, unit_id=1, kind="摸查")

    changed(ledger, "另一轮", register)
    assert count(ledger, "progress") == 0


# 套数、许可数


@pytest.mark.parametrize(
    ("term", "counts"),
    [
        ({}, 5),
        ({"purchased_on": ON, "valid_from": ON, "valid_to": ON}, 5),
        ({"purchased_on": AFTER}, 0),
        ({"valid_from": AFTER}, 0),
        ({"valid_to": BEFORE}, 0),
    ],
)
def test_a_licence_counts_when_it_is_bought_and_valid(
    ledger: Ledger, term: dict[str, object], counts: int
) -> None:
    """购买 ≤ D ≤ 有效期。"""
    licence(ledger, {"packs": 1, "seats": 5, **term})
    assert count(ledger, "seats") == counts
    assert count(ledger, "packs") == bool(counts)


def test_of_a_renewed_licence_only_the_term_of_the_day_counts(ledger: Ledger) -> None:
    """续费只计涵盖数据截止日的一期。"""
    licence(
        ledger,
        {"seats": 5, "amount_fen": 100, "valid_to": BEFORE},
        {"seats": 7, "amount_fen": 300, "valid_from": ON},
    )
    assert count(ledger, "seats") == 7
    assert count(ledger, "amount") == 300


def test_a_network_pack_is_one_pack_with_many_seats_and_a_pack_without_seats_is_one(ledger: Ledger) -> None:
    """套数按实物套数，网络版按 1 套；许可数为实际授权数。"""
    licence(ledger, {"packs": 1, "seats": 50}, method="网络授权")
    licence(ledger, {"packs": 3})
    assert (count(ledger, "packs"), count(ledger, "seats")) == (4, 53)


def test_a_base_licence_used_up_by_an_upgrade_is_not_counted(ledger: Ledger) -> None:
    """升级所用的原许可不计；升级许可到期后又计。"""
    base = licence(ledger, {"packs": 1, "seats": 5, "amount_fen": 500})
    licence(ledger, {"packs": 1, "seats": 5, "amount_fen": 200, "valid_to": ON}, base_id=base)
    assert [count(ledger, code) for code in ("packs", "seats", "amount")] == [1, 5, 200]
    licence(ledger, {"packs": 9, "seats": 9, "purchased_on": AFTER}, base_id=2)
    assert count(ledger, "seats") == 5


def test_free_software_counts_only_when_the_campaign_says_so(ledger: Ledger) -> None:
    """免费软件不计入套数和许可数；口径：计入。采购的商业版照计，不论产品是否有免费版。"""
    licence(ledger, {"packs": 1, "seats": 1}, source="免费")
    licence(ledger, {"packs": 1, "seats": 1}, method="免费使用")
    licence(ledger, {"packs": 1, "seats": 1}, product_id=2)
    licence(ledger, {"packs": 1, "seats": 1}, source=None, method=None)
    assert (count(ledger, "packs"), count(ledger, "seats")) == (2, 2)
    assert (count(ledger, "packs", count_free_seats=True), count(ledger, "seats", count_free_seats=True)) == (
        4,
        4,
    )


def test_preinstalled_software_has_seats_as_the_campaign_says_and_never_a_price(ledger: Ledger) -> None:
    """预装（OEM）计入许可数；口径：不计入。金额为 0。"""
    licence(ledger, {"packs": 1, "seats": 1, "amount_fen": 100}, source="预装", method=None)
    licence(ledger, {"packs": 1, "seats": 1, "amount_fen": 100}, source=None, method="OEM")
    licence(ledger, {"packs": 1, "seats": 1, "amount_fen": 100}, source="自行采购", method=None)
    assert (count(ledger, "packs"), count(ledger, "seats"), count(ledger, "amount")) == (3, 3, 100)
    assert count(ledger, "seats", count_oem_seats=False) == 1
    assert count(ledger, "packs", count_oem_seats=False) == 3


@pytest.mark.parametrize(
    ("state", "ended", "counted"),
    [("报废", None, 0), ("报废", ON, 0), ("报废", AFTER, 1), ("闲置", BEFORE, 1), ("在用", None, 1)],
)
def test_preinstalled_software_dies_with_its_computer(
    ledger: Ledger, state: str, ended: str | None, counted: int
) -> None:
    """预装（OEM）许可随所绑定的计算机报废而失效；闲置的仍在。另购的许可不受影响。"""
    computer(ledger, state=state, retired_on=ended)
    licence(ledger, {"packs": 1, "seats": 1}, method="OEM", computer_id=1)
    assert (count(ledger, "packs"), count(ledger, "seats")) == (counted, counted)
    licence(ledger, {"packs": 1, "seats": 1}, method="零售", source="自行采购", computer_id=1)
    assert count(ledger, "seats") == counted + 1


# 场地授权


def test_a_site_licence_without_a_number_counts_the_computers_it_covers_once(ledger: Ledger) -> None:
    """场地授权未写许可数的，按所覆盖的在用计算机计，几期同时有效也只计一次。"""
    for state in ("在用", "在用", "报废"):
        computer(ledger, state=state)
    computer(ledger, unit_id=2)
    licence(ledger, {"packs": 1, "valid_to": BEFORE}, {"packs": 1}, {"packs": 1}, method="场地授权")
    assert count(ledger, "seats") == 2
    assert count(ledger, "packs") == 2


def test_a_site_licence_with_a_number_counts_the_number(ledger: Ledger) -> None:
    computer(ledger)
    licence(ledger, {"packs": 1, "seats": 300}, method="场地授权")
    assert count(ledger, "seats") == 300


# 统一采购与配发


def test_what_is_given_out_of_a_pool_counts_at_the_receiver_and_the_sum_is_the_contract(
    ledger: Ledger,
) -> None:
    """配发的许可和金额计入接收单位，采购单位只计余下的，合计等于合同。"""
    pool = licence(ledger, {"packs": 10, "seats": 10, "amount_fen": 1001})
    allocate(ledger, pool, packs=3, seats=3, amount_fen=300)
    for code, whole, received in (("packs", 10, 3), ("seats", 10, 3), ("amount", 1001, 300)):
        assert count(ledger, code) == whole
        assert count(ledger, code, unit=2) == received
        assert count(ledger, code, unit=1) == whole - received


@pytest.mark.parametrize("share", [{"allocated_on": AFTER}, {"valid_from": AFTER}, {"valid_to": BEFORE}])
def test_what_is_not_given_out_yet_or_any_more_counts_at_the_owner(
    ledger: Ledger, share: dict[str, object]
) -> None:
    allocate(ledger, licence(ledger, {"seats": 10, "amount_fen": 1000}), seats=3, amount_fen=300, **share)
    assert (count(ledger, "seats", unit=1), count(ledger, "seats", unit=2)) == (10, 0)
    assert count(ledger, "amount", unit=1) == 1000


@pytest.mark.parametrize("basis", list(AmountBasis))
def test_nothing_is_received_from_a_pool_of_which_nothing_counts(ledger: Ledger, basis: AmountBasis) -> None:
    """采购不计的，其配发也不计：谁也不欠谁。"""
    allocate(
        ledger,
        licence(ledger, {"seats": 10, "amount_fen": 1000, "purchased_on": AFTER}),
        seats=3,
        amount_fen=300,
    )
    allocate(ledger, licence(ledger), seats=3, amount_fen=300)
    for unit in (1, 2):
        assert count(ledger, "seats", unit=unit) == 0
        assert count(ledger, "amount", unit=unit, amount_basis=basis) == 0


def test_the_receiver_came_by_its_seats_by_allocation(ledger: Ledger) -> None:
    """来源：接收单位的为上级配发，采购单位的为自行采购。"""
    allocate(ledger, licence(ledger, {"seats": 10}), seats=3)
    totals = StoredIndicators(ledger).totals("seats", Question(D, {1: "县级", 2: "县级"}), ["unit", "source"])
    assert totals == {("1", "自行采购"): 7, ("2", "上级配发"): 3}


# 金额


@pytest.mark.parametrize(
    ("basis", "fen"),
    [(AmountBasis.VALID, 4 + 8 + 16 + 32), (AmountBasis.IN_CAMPAIGN, 2 + 4 + 8), (AmountBasis.ALL_YEARS, 63)],
)
def test_the_price_is_of_what_is_valid_or_was_bought_in_the_campaign_or_ever(
    ledger: Ledger, basis: AmountBasis, fen: int
) -> None:
    """口径：现有有效、本任务期间采购、历年累计。没有日期的不知是否在本任务期间。"""
    licence(ledger, {"amount_fen": 1, "purchased_on": EARLIER, "valid_to": BEFORE})
    licence(ledger, {"amount_fen": 2, "purchased_on": BEFORE, "valid_to": BEFORE})
    licence(ledger, {"amount_fen": 4, "purchased_on": "2024-03-01"}, {"amount_fen": 8, "purchased_on": ON})
    licence(ledger, {"amount_fen": 16}, {"amount_fen": 32, "purchased_on": EARLIER})
    licence(ledger, {"amount_fen": 64, "purchased_on": AFTER})
    assert count(ledger, "amount", amount_basis=basis) == fen


@pytest.mark.parametrize(
    ("given", "received"), [(None, 300), (ON, 300), ("2024-03-01", 300), (EARLIER, 0), (AFTER, 0)]
)
def test_of_a_pool_bought_in_the_campaign_only_what_was_given_before_it_does_not_count(
    ledger: Ledger, given: str, received: int
) -> None:
    """本任务期间采购：任务之前的配发出自早先的采购。"""
    pool = licence(
        ledger,
        {"amount_fen": 500, "purchased_on": EARLIER},
        {"amount_fen": 1000, "purchased_on": "2024-03-01"},
    )
    allocate(ledger, pool, amount_fen=300, allocated_on=given)
    basis = AmountBasis.IN_CAMPAIGN
    assert count(ledger, "amount", unit=2, amount_basis=basis) == received
    assert count(ledger, "amount", unit=1, amount_basis=basis) == 1000 - received


def test_a_campaign_without_a_beginning_leaves_nothing_out(ledger: Ledger) -> None:
    licence(ledger, {"amount_fen": 1}, {"amount_fen": 2, "purchased_on": EARLIER})
    question = Question(D, {1: "县级"}, Switches(amount_basis=AmountBasis.IN_CAMPAIGN))
    assert StoredIndicators(ledger).totals("amount", question, []) == {(): 3}


# 缺日期


def test_what_counts_without_a_date_can_be_listed(ledger: Ledger) -> None:
    """缺日期的视为存在，并逐条列出。"""
    computer(ledger)
    computer(ledger, in_use_from=BEFORE)
    licence(ledger, {"seats": 5}, {"seats": 2, "purchased_on": BEFORE})
    confirm(ledger, "摸查")
    asked, question = StoredIndicators(ledger), Question(D, {1: "县级"}, campaign_id=1)
    assert asked.totals("computers", question, ["dated"]) == {("无日期",): 1, ("有日期",): 1}
    assert asked.totals("seats", question, ["dated"]) == {("无日期",): 5, ("有日期",): 2}
    assert asked.totals("progress", question, ["dated"]) == {("无日期",): 1}


def test_what_was_paid_for_free_software_counts_only_with_it(ledger: Ledger) -> None:
    """金额是所计许可的购买价款：免费软件不计许可数时，金额也不计。"""
    licence(ledger, {"packs": 1, "seats": 1, "amount_fen": 80_00}, source="免费")
    assert (count(ledger, "amount"), count(ledger, "amount", count_free_seats=True)) == (0, 80_00)
