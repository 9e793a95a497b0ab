from __future__ import annotations

import pytest

from desktop.core.campaign import Switches, TotalMeaning
from desktop.core.indicators import INDICATORS, Filters, Question
from desktop.store.database import Ledger
from desktop.store.indicators import StoredIndicators
from tests.builders import NOON
from tests.store.record_builders import add, changed

SCOPE = {1: "县级", 2: "县级", 3: "市级"}
HERE = Question(NOON.date(), SCOPE, campaign_id=1)


@pytest.fixture
def asked(ledger: Ledger) -> StoredIndicators:
    """A ledger of three units in the office's order 3, 1, 2, of which the second has no place."""

    def register() -> None:
        for name, order in (("教育局", 5), ("公安局", None), ("示范区办", 1)):
            add(ledger, "unit", name=name, sort_order=order)
        for unit, number, user in ((1, "A2", "龚䶮"), (1, "A1", None), (2, None, "王明"), (3, "B1", None)):
            add(ledger, "computer", unit_id=unit, asset_no=number, user_name=user)
        add(ledger, "product", name="WPS Office", **{"class": "办公"})
        add(ledger, "product", name="Windows 7 专业版", origin="国外", **{"class": "操作系统"})
        add(ledger, "installation", computer_id=1, product_id=1, edition="专业版", claim="正版")
        add(ledger, "installation", computer_id=4, product_id=2, edition="专业版")
        add(ledger, "licence", unit_id=1, product_id=1, edition="专业版", licence_no="R1", source=None)
        add(ledger, "purchase", licence_id=1, packs=10, seats=10, amount_fen=1000)
        add(ledger, "allocation", licence_id=1, unit_id=2, packs=3, seats=3, amount_fen=300)
        add(ledger, "progress_fact", campaign_id=1, unit_id=1, kind="无需采购", happened_on="2024-06-01")
        add(ledger, "progress_fact", campaign_id=1, unit_id=2, kind="采购")

    changed(ledger, "登记", register)
    return StoredIndicators(ledger)


def test_totals_are_asked_once_for_all_cells(asked: StoredIndicators) -> None:
    assert asked.totals("computers", HERE, ["group", "unit"]) == {
        ("县级", "1"): 2,
        ("县级", "2"): 1,
        ("市级", "3"): 1,
    }
    assert asked.totals("computers", HERE, ["unit", "group"])["1", "县级"] == 2
    assert asked.totals("computers", HERE, []) == {(): 4}


def test_what_nobody_filled_in_is_nothing_and_found_as_such(asked: StoredIndicators) -> None:
    assert asked.totals("seats", HERE, ["source"]) == {("",): 7, ("上级配发",): 3}
    rows = asked.rows("seats", HERE, {"source": frozenset({""})})
    assert sum(row.amount for row in rows) == 7


def test_only_the_units_in_scope_count_and_each_in_its_group(asked: StoredIndicators) -> None:
    only_one = Question(NOON.date(), {2: "别组"}, campaign_id=1)
    assert asked.totals("computers", only_one, ["group"]) == {("别组",): 1}
    assert asked.totals("seats", only_one, ["group"]) == {("别组",): 3}
    nowhere = Question(NOON.date(), {}, campaign_id=1)
    for code in INDICATORS:
        assert asked.totals(code, nowhere, []) == {}
        assert asked.rows(code, nowhere, {}) == []


def test_without_a_campaign_there_is_no_progress(asked: StoredIndicators) -> None:
    assert asked.totals("progress", Question(NOON.date(), SCOPE), []) == {}


def test_rows_come_in_the_offices_own_order_of_units(asked: StoredIndicators) -> None:
    rows = asked.rows("computers", HERE, {})
    assert [row.unit_name for row in rows] == ["示范区办", "教育局", "教育局", "公安局"]
    assert [row.label for row in rows] == [
        "资产编号 B1，台式，未填使用人",
        "资产编号 A1，台式，未填使用人",
        "资产编号 A2，台式，龚䶮",
        "资产编号 无，台式，王明",
    ]


@pytest.mark.parametrize(
    ("filters", "names"),
    [
        ({"unit": {"1", "3"}}, ["示范区办", "教育局", "教育局"]),
        ({"group": {"县级"}, "kind": {"台式"}}, ["教育局", "教育局", "公安局"]),
        ({"kind": {"服务器"}}, []),
        ({"kind": set()}, []),
        ({"kind": {"台式' OR '1'='1", '"台式"'}}, []),
    ],
)
def test_filters_choose_rows(asked: StoredIndicators, filters: dict[str, set[str]], names: list[str]) -> None:
    wanted: Filters = {name: frozenset(values) for name, values in filters.items()}
    assert [row.unit_name for row in asked.rows("computers", HERE, wanted)] == names


def test_a_row_says_what_it_is_and_how_much_it_adds(asked: StoredIndicators) -> None:
    said = {
        code: [(r.unit_name, r.label, r.amount) for r in asked.rows(code, HERE, {})] for code in INDICATORS
    }
    assert said["units"][0] == ("示范区办", "政府", 1)
    assert said["amount"] == [
        ("教育局", "R1，WPS Office 专业版", 1000),
        ("教育局", "R1，WPS Office 专业版，已配发 公安局", -300),
        ("公安局", "R1，WPS Office 专业版，上级配发", 300),
    ]
    assert said["progress"] == [
        ("教育局", "经费（无需采购）：2024-06-01", 1),
        ("教育局", "采购（无需采购）：2024-06-01", 1),
        ("公安局", "采购：未填日期", 1),
    ]
    assert said["installations"][0] == ("示范区办", "Windows 7 专业版，资产编号 B1，台式，未填使用人", 1)


def test_a_product_is_named_with_its_edition_once_and_a_claim_not_made_is_pending(
    asked: StoredIndicators,
) -> None:
    assert asked.totals("installations", HERE, ["product", "claim"]) == {
        ("WPS Office 专业版", "正版"): 1,
        ("Windows 7 专业版", "待核实"): 1,
    }


def test_seats_guessed_from_the_computers_covered_are_marked(ledger: Ledger, asked: StoredIndicators) -> None:
    def register() -> None:
        add(ledger, "licence", unit_id=2, product_id=1, method="场地授权")
        add(ledger, "purchase", licence_id=2, packs=1)

    changed(ledger, "场地", register)
    rows = asked.rows("seats", HERE, {"unit": frozenset({"2"})})
    assert ("WPS Office，未写许可数，按所覆盖的计算机计", 1) in [(row.label, row.amount) for row in rows]


@pytest.mark.parametrize(("meaning", "total"), [(TotalMeaning.PACKS, 10), (TotalMeaning.INSTALLED, 2)])
def test_the_total_follows_the_campaigns_meaning(
    asked: StoredIndicators, meaning: TotalMeaning, total: int
) -> None:
    question = Question(NOON.date(), SCOPE, Switches(total_meaning=meaning))
    assert asked.totals("total", question, []) == {(): total}
    assert sum(row.amount for row in asked.rows("total", question, {})) == total


@pytest.mark.parametrize(
    ("code", "dimension"), [("computers", "class"), ("total", "claim"), ("units", 'level"; --')]
)
def test_a_dimension_that_an_indicator_does_not_have_is_an_error_of_the_program(
    asked: StoredIndicators, code: str, dimension: str
) -> None:
    with pytest.raises(KeyError, match="has no dimension"):
        asked.totals(code, HERE, [dimension])
    with pytest.raises(KeyError, match="has no dimension"):
        asked.rows(code, HERE, {dimension: frozenset()})
    with pytest.raises(KeyError):
        asked.totals("nothing", HERE, [])
