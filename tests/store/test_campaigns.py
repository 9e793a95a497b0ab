from __future__ import annotations

import datetime

import pytest

from desktop.core.campaign import DEFAULT_CAMPAIGN, AmountBasis, Group, ProgressKind, Switches, TotalMeaning
from desktop.store.campaigns import (
    add_campaign,
    add_group,
    all_campaigns,
    groups_of,
    texts_of,
    withdraw_fact,
    write_switches,
    write_text,
)
from desktop.store.database import Ledger
from desktop.store.faults import IntegrityFault
from tests.store.record_builders import add, changed, records

ODD = Switches(count_idle=True, total_meaning=TotalMeaning.INSTALLED, amount_basis=AmountBasis.ALL_YEARS)


def test_a_new_ledger_has_its_default_campaign_with_the_usual_ways_of_counting(ledger: Ledger) -> None:
    (campaign,) = all_campaigns(ledger)
    assert (campaign.name, campaign.starts_on, campaign.ends_on) == (DEFAULT_CAMPAIGN, None, None)
    assert campaign.switches == Switches()


def test_a_campaign_is_read_as_it_was_added_after_the_default_one(ledger: Ledger) -> None:
    begin, end = datetime.date(2012, 3, 15), datetime.date(2012, 12, 31)
    changed(ledger, "任务", lambda: add_campaign(ledger, "整改", ODD, starts_on=begin, ends_on=end))
    default, campaign = all_campaigns(ledger)
    assert default.name == DEFAULT_CAMPAIGN
    assert (campaign.name, campaign.starts_on, campaign.ends_on) == ("整改", begin, end)
    assert campaign.switches == ODD


def test_two_campaigns_of_one_name_are_refused(ledger: Ledger) -> None:
    with pytest.raises(IntegrityFault):
        changed(ledger, "任务", lambda: add_campaign(ledger, DEFAULT_CAMPAIGN))


def test_the_ways_of_counting_can_be_settled_later(ledger: Ledger) -> None:
    changed(ledger, "口径", lambda: write_switches(ledger, 1, ODD))
    assert all_campaigns(ledger)[0].switches == ODD


def test_a_campaign_without_groups_has_none(ledger: Ledger) -> None:
    assert groups_of(ledger, 1) == {}


def test_groups_come_in_the_order_in_which_they_were_added_with_their_members(ledger: Ledger) -> None:
    city, county = Group("市级", "示范区机关"), Group("县级", "")

    def register() -> None:
        for name in "甲乙丙":
            add(ledger, "unit", name=name)
        add_group(ledger, 1, city, [3, 1])
        add_group(ledger, 1, county, [])

    changed(ledger, "分组", register)
    assert groups_of(ledger, 1) == {city: [3, 1], county: []}
    assert list(groups_of(ledger, 1)) == [city, county]
    assert groups_of(ledger, 2) == {}


def test_a_campaigns_own_words_are_kept_by_form_and_key(ledger: Ledger) -> None:
    for text in ("示范区机关", "市级机关"):
        changed(ledger, "文字", lambda text=text: write_text(ledger, 1, "T02", key="A1", text=text))  # type: ignore[misc]  # bound now
    changed(ledger, "文字", lambda: write_text(ledger, 1, "T01", key="A1", text="别的"))
    assert texts_of(ledger, 1, "T02") == {"A1": "市级机关"}
    assert texts_of(ledger, 1, "T03") == {}


def withdraw(ledger: Ledger, kind: ProgressKind, reason: str) -> None:
    on = datetime.date(2024, 6, 30)
    changed(ledger, "撤回", lambda: withdraw_fact(ledger, 1, kind, campaign_id=1, on=on, reason=reason))


def facts(ledger: Ledger) -> list[tuple[object, ...]]:
    return [row[5:] for row in records(ledger)["progress_fact"]]


def test_a_withdrawn_fact_stays_on_record_with_the_reason(ledger: Ledger) -> None:
    """进度事实：一经确认，撤回须写明理由。"""

    def confirm() -> None:
        add(ledger, "unit", name="教育局")
        for kind in ("摸查", "经费"):
            add(ledger, "progress_fact", campaign_id=1, unit_id=1, kind=kind, happened_on="2024-06-01")

    changed(ledger, "确认", confirm)
    withdraw(ledger, ProgressKind.FUNDED, "批复已收回")
    assert facts(ledger) == [
        ("摸查", "2024-06-01", None, None, None),
        ("经费", "2024-06-01", None, "2024-06-30", "批复已收回"),
    ]


@pytest.mark.parametrize("reason", ["", " ", "　\n"])
def test_a_withdrawal_without_a_reason_is_refused(ledger: Ledger, reason: str) -> None:
    with pytest.raises(ValueError, match="reason"):
        withdraw(ledger, ProgressKind.FUNDED, reason)
