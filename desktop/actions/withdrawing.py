"""Taking a confirmed progress fact back, with a reason."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from desktop.actions.naming import campaign_called, unit_called
from desktop.core.campaign import ProgressKind
from desktop.core.text import match_key
from desktop.errors import AppError
from desktop.store.campaigns import confirmed_facts, withdraw_fact
from desktop.store.database import Ledger
from desktop.store.operations import Act, operation


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """Which fact of which unit is taken back, from which day on (today unless given), and why."""

    unit: str
    kind: str
    reason: str
    campaign: str = ""
    on: datetime.date | None = None


def withdraw(ledger: Ledger, asked: Withdrawal) -> int:
    """Take a confirmed fact back and return the number of the operation; from that day on it does not count.

    Raises AppError for a unit, kind or campaign that is not there, a fact that is not confirmed, or no reason.
    """
    unit = unit_called(ledger, asked.unit)
    campaign = campaign_called(ledger, asked.campaign)
    kind = _kind_called(asked.kind)
    if not asked.reason.strip():
        raise AppError("NO-REASON", "没有理由", message="撤回要写明理由。", remedy="请用 --reason 写明理由。")
    if kind not in confirmed_facts(ledger, unit.id, campaign.id):
        raise AppError(
            "NO-FACT",
            "没有可撤回的",
            message=f"「{unit.name}」的「{kind.value}」没有确认，或已经撤回。",
            remedy="无需处理。",
        )
    label = f"撤回{unit.name}的{kind.value}"
    with operation(ledger, Act("撤回进度", label, reason=asked.reason)) as number:
        day = asked.on or ledger.today
        withdraw_fact(ledger, unit.id, kind, campaign_id=campaign.id, on=day, reason=asked.reason)
    return number


def _kind_called(name: str) -> ProgressKind:
    for kind in ProgressKind:
        if match_key(name) == match_key(kind.value):
            return kind
    raise AppError(
        "NO-KIND",
        "没有这个事项",
        message=f"没有「{name}」。",
        remedy=f"可用的有：{'、'.join(ProgressKind)}。",
    )
