from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.actions.importing import apply_import, plan_import
from desktop.core.plan import Plan
from desktop.core.subjects import Value
from desktop.intake.looking import Look
from desktop.store.database import Ledger
from tests.builders import a_ledger
from tests.intake.looking import Row, looked
from tests.intake.planning.plans import acts, changed, codes, fields, import_of, plan_of, sentences

UNITS: list[Row] = [
    {"单位名称": "县办", "备注": "有"},
    *({"单位名称": f"{n}镇", "上级单位": "县办"} for n in "甲乙丙"),
]
POOL: Row = {
    "单位名称": "县办",
    "软件名称": "WPS Office 2019",
    "软件编号": "L1",
    "套数": 100,
    "许可数": 100,
    "金额（元）": "100.00",
}


def share(unit: str, seats: int | None, **cells: object) -> Row:
    return {
        "单位名称": f"{unit}镇",
        "软件名称": "WPS Office 2019",
        "上级许可编号": "L1",
        "许可数": seats,
        **cells,
    }


def shares(plan: Plan) -> list[tuple[Value, ...]]:
    return fields(plan, "allocation", "packs", "seats", "amount_fen")


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    """Return a ledger with a pool of 100 for 100 yuan."""
    opened = a_ledger()
    import_of(opened, tmp_path, 单位=UNITS, 许可=[POOL])
    return opened


def test_a_share_has_its_part_of_the_contract(tmp_path: Path) -> None:
    plan = plan_of(
        a_ledger(), tmp_path, 单位=UNITS, 许可=[share("甲", 33, 软件编号="J1", 购买日期="2024-01-01"), POOL]
    )
    (pool,) = plan.of("licence")
    assert plan.is_clean
    assert shares(plan) == [(33, 33, 3300)]
    assert fields(plan, "allocation", "licence", "licence_no", "allocated_on") == [
        (pool.uid, "J1", "2024-01-01")
    ]


def test_what_a_row_says_of_packs_and_money_counts(ledger: Ledger, tmp_path: Path) -> None:
    rows = [share("甲", 10, 套数=1, 金额=3), share("乙", None, 套数=5), share("丙", None)]
    assert shares(plan_of(ledger, tmp_path, 许可=rows)) == [(1, 10, 300), (5, 5, 500), (0, 0, 0)]


def test_a_network_pack_is_not_torn_apart(tmp_path: Path) -> None:
    pool: Row = {**POOL, "授权方式": "网络授权", "套数": 1}
    assert shares(plan_of(a_ledger(), tmp_path, 单位=UNITS, 许可=[pool, share("甲", 50)])) == [(0, 50, 5000)]


def test_importing_again_changes_nothing_even_when_more_was_bought(ledger: Ledger, tmp_path: Path) -> None:
    row = share("甲", 10, 有效期至="2025-01-01")
    import_of(ledger, tmp_path, 许可=[row])
    apply_import(
        ledger,
        plan_of(ledger, tmp_path, 许可=[{**POOL, "购买日期": "2024-01-01", "金额（元）": 900}]),
        "表.xlsx",
    )
    assert not plan_of(ledger, tmp_path, 许可=[row]).steps
    assert not plan_of(ledger, tmp_path, 许可=[share("甲", None)]).steps
    assert changed(plan_of(ledger, tmp_path, 许可=[{**row, "有效期至": "永久"}])) == [
        ("allocation", "valid_to", "2025-01-01", None)
    ]


def test_a_changed_share_brings_what_followed_from_it(ledger: Ledger, tmp_path: Path) -> None:
    import_of(ledger, tmp_path, 许可=[share("甲", 10)])
    assert changed(plan_of(ledger, tmp_path, 许可=[share("甲", 100)])) == [
        ("allocation", "packs", 10, 100),
        ("allocation", "seats", 10, 100),
        ("allocation", "amount_fen", 1000, 10_000),
    ]


@pytest.mark.parametrize(
    ("row", "column", "text"),
    [
        (share("乙", 41), "许可数", "配发 41 个，而「L1」共购买 100 个，只剩 40 个可配发"),
        (share("乙", 40, 套数=41), "套数", "配发 41 套，而「L1」共购买 100 套，只剩 40 套可配发"),
        (
            share("乙", 40, **{"金额（元）": "40.01"}),
            "金额（元）",
            "配发金额 40.01 元，而「L1」共 100.00 元，只剩 40.00 元",
        ),
    ],
)
def test_more_than_is_left_is_refused_in_one_file_and_against_the_ledger(
    tmp_path: Path, row: Row, column: str, text: str
) -> None:
    opened = a_ledger()
    for plan in (
        plan_of(opened, tmp_path, 单位=UNITS, 许可=[POOL, share("甲", 60), row]),
        (
            import_of(opened, tmp_path, 单位=UNITS, 许可=[POOL, share("甲", 60)]),
            plan_of(opened, tmp_path, 许可=[row]),
        )[1],
    ):
        assert acts(plan, "allocation")["拒收"] == 1
        assert codes(plan) == ["I16A"]
        assert f"「{column}」栏：{text}" in sentences(plan)
        assert not plan.is_clean


def test_more_than_is_left_is_refused_across_files() -> None:
    files = {
        "一.xlsx": {"单位": UNITS, "许可": [share("甲", 60)]},
        "二.xlsx": {"许可": [share("乙", 41), POOL]},
    }
    plan = plan_import(a_ledger(), looked(files))
    assert acts(plan, "allocation") == {"新增": 1, "拒收": 1}


def test_a_row_in_conflict_does_not_free_seats() -> None:
    files = {
        "一.xlsx": {"单位": UNITS, "许可": [POOL, share("甲", 90)]},
        "二.xlsx": {"许可": [share("甲", 10), share("乙", 50)]},
    }
    plan = plan_import(a_ledger(), looked(files))
    assert acts(plan, "allocation") == {"新增": 1, "冲突": 1, "拒收": 1}


def test_a_silent_row_does_not_free_seats(ledger: Ledger, tmp_path: Path) -> None:
    import_of(ledger, tmp_path, 许可=[share("甲", 90)])
    plan = plan_of(ledger, tmp_path, 许可=[share("甲", None), share("乙", 50)])
    assert acts(plan, "allocation") == {"不变": 1, "拒收": 1}


def test_a_site_licence_gives_to_all(tmp_path: Path) -> None:
    pool: Row = {**POOL, "许可数": None, "套数": 1, "授权方式": "场地授权"}
    plan = plan_of(a_ledger(), tmp_path, 单位=UNITS, 许可=[pool, share("甲", 5000)])
    assert plan.is_clean
    assert shares(plan) == [(0, 5000, 0)]


@pytest.mark.parametrize(
    "change",
    [{"许可数": 59}, {"套数": 59}, {"金额（元）": "59.99"}, {"许可数": 59, "套数": 59, "金额（元）": 59}],
)
def test_a_pool_cannot_become_smaller_than_what_is_given_away(
    ledger: Ledger, tmp_path: Path, change: Row
) -> None:
    import_of(ledger, tmp_path, 许可=[share("甲", 60)])
    plan = plan_of(ledger, tmp_path, 许可=[{**POOL, **change}])
    assert acts(plan, "purchase") == {"拒收": 1}
    assert not plan.steps
    assert "第 2 行：已配发 60 个、60 套、60.00 元，这笔购买改为" in sentences(plan)
    assert not plan.is_clean


def test_a_pool_may_become_smaller_together_with_its_shares(ledger: Ledger, tmp_path: Path) -> None:
    import_of(ledger, tmp_path, 许可=[share("甲", 60)])
    plan = plan_of(ledger, tmp_path, 许可=[{**POOL, "许可数": 50, "套数": 50}, share("甲", 50, 金额=60)])
    assert plan.is_clean
    assert acts(plan, "purchase") == acts(plan, "allocation") == {"变更": 1}


def test_shares_measured_by_a_change_that_is_refused_go_with_it(ledger: Ledger, tmp_path: Path) -> None:
    import_of(ledger, tmp_path, 许可=[share("甲", 60)])
    plan = plan_of(
        ledger, tmp_path, 许可=[{**POOL, "许可数": 300, "金额（元）": 59}, share("乙", 90, 套数=1, 金额=0)]
    )
    assert not plan.steps
    assert acts(plan, "purchase") == {"拒收": 1}
    assert acts(plan, "allocation") == {"拒收": 1}
    assert "本行的配发也没有收下" in sentences(plan)


def test_a_pool_that_was_short_already_takes_what_does_not_worsen_it(ledger: Ledger, tmp_path: Path) -> None:
    import_of(ledger, tmp_path, 许可=[share("甲", 60)])
    ledger.connection.execute("DROP TRIGGER journal_allocation_update")
    ledger.connection.execute("UPDATE allocation SET seats = 200")
    plan = plan_of(ledger, tmp_path, 许可=[{**POOL, "供货商": "某店"}])
    assert changed(plan) == [("purchase", "supplier", None, "某店")]
    assert not plan_of(ledger, tmp_path, 许可=[share("甲", 200)]).steps
    assert plan_of(ledger, tmp_path, 许可=[share("甲", 150, 套数=60, 金额=60)]).is_clean
    assert not plan_of(ledger, tmp_path, 许可=[share("甲", 201)]).is_clean


@pytest.mark.parametrize(
    ("row", "text"),
    [
        (share("甲", 1, 上级许可编号="L9"), "「L9」没有登记"),
        ({**share("甲", 1), "单位名称": "县办"}, "「L1」没有登记"),
    ],
)
def test_an_unknown_pool_is_refused(ledger: Ledger, tmp_path: Path, row: Row, text: str) -> None:
    plan = plan_of(ledger, tmp_path, 许可=[row])
    assert codes(plan) == ["I15A"]
    assert text in sentences(plan)


def test_of_two_pools_with_one_number_that_of_the_upper_unit_is_meant(tmp_path: Path) -> None:
    units = [*UNITS, {"单位名称": "市办", "备注": "有"}, {"单位名称": "外镇", "备注": "有"}]
    pools: list[Row] = [{**POOL, "单位名称": "市办"}, POOL]
    plan = plan_of(a_ledger(), tmp_path, 单位=units, 许可=[*pools, share("甲", 1), share("外", 1)])
    uids = {(step.values[0], step.uid) for step in plan.of("licence")}
    office = next(step.uid for step in plan.of("unit") if step.values[0] == "县办")
    assert fields(plan, "allocation", "licence") == [(next(uid for unit, uid in uids if unit == office),)]
    assert "「L1」在几个单位都有" in sentences(plan)


@given(st.integers(0, 10**9), st.lists(st.integers(0, 40), min_size=3, max_size=3))
def test_shares_and_rest_add_up_to_the_contract_to_the_fen(fen: int, seats: list[int]) -> None:
    pool = {**POOL, "金额（元）": f"{fen / 100:.2f}", "许可数": 120, "套数": 120}
    rows = [pool, *(share(unit, number) for unit, number in zip("甲乙丙", seats, strict=True))]
    plan = plan_import(a_ledger(), looked({"表.xlsx": {"单位": UNITS, "许可": rows}}))
    assert plan.is_clean
    amounts = [amount for _, _, amount in shares(plan)]
    assert amounts == [fen * number // 120 for number in seats]
    assert sum(map(int, map(str, amounts))) <= fen


def test_a_thousand_shares_are_planned_quickly(ledger: Ledger) -> None:
    rows = [
        share("甲", 0, 购买日期=f"20{n // 336:02d}-{n // 28 % 12 + 1:02d}-{n % 28 + 1:02d}")
        for n in range(3000)
    ]
    look = looked({"表.xlsx": {"许可": rows}})
    assert acts(plan_import(ledger, Look(look.sheets, [], "")), "allocation") == {"新增": 3000}


def test_a_licence_without_numbers_is_no_bottomless_pool(tmp_path: Path) -> None:
    pool: Row = {**POOL, "许可数": None, "套数": None, "授权方式": "零售"}
    plan = plan_of(a_ledger(), tmp_path, 单位=UNITS, 许可=[pool, share("甲", 100)])
    assert "I16A" in codes(plan)


def test_packs_stand_for_seats_that_nobody_wrote(tmp_path: Path) -> None:
    pool: Row = {**POOL, "许可数": None, "套数": 10, "授权方式": "用户授权"}
    assert plan_of(a_ledger(), tmp_path, 单位=UNITS, 许可=[pool, share("甲", 10)]).is_clean
    assert not plan_of(a_ledger(), tmp_path, 单位=UNITS, 许可=[pool, share("甲", 11)]).is_clean


def test_of_two_changed_purchases_of_a_pool_each_is_measured(tmp_path: Path) -> None:
    ledger = a_ledger()
    days = ("2022-01-01", "2023-01-01")
    import_of(
        ledger, tmp_path, 单位=UNITS, 许可=[*({**POOL, "购买日期": day} for day in days), share("甲", 15)]
    )
    seats = int(str(POOL["许可数"]))
    plan = plan_of(ledger, tmp_path, 许可=[{**POOL, "购买日期": day, "许可数": seats - 1} for day in days])
    assert plan.is_clean is (2 * (seats - 1) >= 15)


def test_a_row_with_the_receivers_own_number_is_about_what_it_received(tmp_path: Path) -> None:
    ledger = a_ledger()
    import_of(ledger, tmp_path, 单位=UNITS, 许可=[POOL, {**share("甲", 5), "软件编号": "J1"}])
    named = {key: value for key, value in share("甲", 5).items() if key != "上级许可编号"}
    plan = plan_of(ledger, tmp_path, 许可=[{**named, "软件编号": "J1", "许可数": 4}])
    assert ("allocation", "seats", 5, 4) in changed(plan)
    assert acts(plan, "licence") == {}


@pytest.mark.parametrize("pools", [[], [POOL]], ids=["registered", "planned"])
def test_a_share_of_other_software_than_its_pool_is_mentioned(
    ledger: Ledger, tmp_path: Path, pools: list[Row]
) -> None:
    target = a_ledger() if pools else ledger
    rows = [*pools, share("甲", 1), share("乙", 1, 软件名称="永中Office")]
    plan = plan_of(target, tmp_path, 单位=UNITS, 许可=rows)
    (finding,) = (each for each in plan.findings if each.code == "I53")
    assert (finding.level, finding.place.column) == ("B", "软件名称")
    assert "上级许可「L1」登记的软件「WPS Office」不同，按后者计" in finding.text
    assert len(shares(plan)) == 2


def test_a_share_follows_the_contract_that_is_put_right(tmp_path: Path) -> None:
    ledger = a_ledger()
    pool: Row = {**POOL, "购买日期": "2024-01-01", "许可数": 50, "套数": 50, "金额（元）": 30000}
    given: Row = {**share("甲", 10), "软件编号": "J1"}
    import_of(ledger, tmp_path, 单位=UNITS, 许可=[pool, given])
    dearer: Row = {**pool, "金额（元）": 40000}
    plan = plan_of(ledger, tmp_path, 许可=[dearer, given])
    assert ("allocation", "amount_fen", 600000, 800000) in changed(plan)
    plan = plan_of(ledger, tmp_path, 许可=[dearer])
    assert "这条许可已配发 1 笔，配发金额是按原来的购买分摊的，这次没有改" in sentences(plan)
    plan = plan_of(ledger, tmp_path, 许可=[{**given, "套数": 12, "许可数": 12, "金额（元）": 6000}])
    assert ("allocation", "amount_fen", 600000, 720000) in changed(plan)
    plan = plan_of(ledger, tmp_path, 许可=[{**given, "金额（元）": 5000}])
    assert changed(plan) == [("allocation", "amount_fen", 600000, 500000)]


def test_one_more_purchase_leaves_earlier_shares_alone(tmp_path: Path) -> None:
    ledger = a_ledger()
    pool: Row = {**POOL, "购买日期": "2024-01-01", "许可数": 50, "套数": 50, "金额（元）": 30000}
    import_of(ledger, tmp_path, 单位=UNITS, 许可=[pool, share("甲", 10)])
    more: Row = {**pool, "购买日期": "2024-05-01", "金额（元）": 90000}
    plan = plan_of(ledger, tmp_path, 许可=[pool, more, share("甲", 10)])
    assert changed(plan) == []
    assert "I62" not in [finding.code for finding in plan.findings]


def test_how_a_licence_was_come_by_may_be_headed_otherwise(ledger: Ledger, tmp_path: Path) -> None:
    plan = plan_of(
        ledger,
        tmp_path,
        许可=[
            {
                "单位名称": "甲镇",
                "软件名称": "WPS Office 2019",
                "软件编号": "Q1",
                "许可数": 3,
                "购置方式": "县级配发",
            }
        ],
    )
    assert fields(plan, "licence", "source") == [("上级配发",)]
