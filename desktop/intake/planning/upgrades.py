"""Says where an upgrade covers only a part of its base licence, which is then not counted at all."""

from __future__ import annotations

from collections import Counter

from desktop.core.findings import FindingClass
from desktop.core.subjects import SUBJECTS
from desktop.intake.planning.context import Context
from desktop.intake.planning.licence_index import LicenceIndex

_LICENCE = SUBJECTS["licence"].positions
_SEATS = SUBJECTS["purchase"].positions["seats"]


def mention_partial_upgrades(context: Context, index: LicenceIndex) -> None:
    """Note a finding for every planned upgrade with fewer seats than the licence it upgrades."""
    steps = {
        step.uid: step for step in context.plan.of("licence") if step.values[_LICENCE["base"]] is not None
    }
    bases = {uid: str(step.values[_LICENCE["base"]]) for uid, step in steps.items()}
    seats: Counter[str] = Counter()
    for licence, _, values in index.purchases({*bases, *bases.values()}):
        seats[licence] += int(values[_SEATS] or 0)
    upgraded: Counter[str] = Counter()
    for upgrade, base in bases.items():
        upgraded[base] += seats[upgrade]
    for upgrade, base in bases.items():
        if upgraded[base] < seats[base]:
            number = steps[upgrade].values[_LICENCE["licence_no"]]
            context.find(
                "I26",
                FindingClass.B,
                f"软件编号「{number or '无'}」只升级原许可 {seats[base]} 个中的 {upgraded[base]} 个，"
                "升级后原许可整条不再计数。",
                remedy="没有升级的部分请另立一个软件编号登记，或书面说明。",
                place=context.place_of(steps[upgrade]),
            )
