"""The indicators counted a second time, in plain Python, from the words of the rules and from no SQL."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from desktop.core.campaign import AmountBasis, Switches
from tests.store.counties import (
    AComputer,
    ALicence,
    AnAllocation,
    APurchase,
    AUnit,
    County,
    Day,
    licence_uid,
    name_of,
)

Row = tuple[dict[str, str], int]
Totals = dict[tuple[str, ...], int]


@dataclass(frozen=True)
class Recount:
    """A county looked at on a cut-off day (数据截止日), by the ways of counting that a campaign settled."""

    county: County
    day: datetime.date
    switches: Switches
    campaign_from: Day

    def totals(self, code: str, dimensions: Sequence[str]) -> Totals:
        """Return the sums that are not zero."""
        sums: Counter[tuple[str, ...]] = Counter()
        for row, amount in getattr(self, code)():
            sums[tuple(row[dimension] for dimension in dimensions)] += amount
        return {key: amount for key, amount in sums.items() if amount}

    def _place(self, unit: int) -> dict[str, str] | None:
        """Return unit and group of what belongs to a unit, or nothing when it is not part of the campaign.

        Who does not report on its own rolls up to the nearest above that does, and counts in that one's group.
        """
        reporter = unit
        while not self.county.units[reporter].alone:
            above = self.county.units[reporter].above
            if above is None:
                break
            reporter = above
        who = self.county.units[reporter]
        if self.county.has_groups:
            group = who.group
        elif who.in_scope:
            group = "市级" if who.level == "市直" else "县级"
        else:
            group = None
        own = self.county.units[unit]
        if group is None:
            return None
        whose = {"unit": str(unit + 1), "reporter": str(reporter + 1)}
        return {**whose, "group": group, "category": own.category}

    # 机关总数: the units of the campaign that the office counts as 机关.

    def units(self) -> Iterator[Row]:
        for number, unit in enumerate(self.county.units):
            place = self._place(number)
            if place and unit.organ:
                yield {**place, "level": unit.level}, 1

    def reporting_units(self) -> Iterator[Row]:
        for number, unit in enumerate(self.county.units):
            place = self._place(number)
            if place and (unit.alone or unit.above is None):
                yield {**place, "level": unit.level}, 1

    def staff(self) -> Iterator[Row]:
        for number, unit in enumerate(self.county.units):
            place = self._place(number)
            told = {"编制": unit.quota, "实有": unit.actual, "使用计算机": unit.computing}
            for kind, count in told.items():
                if place and count:
                    yield {**place, "staff": kind}, count

    # 计算机: 启用 ≤ D < 停用, a missing date counts as existing.

    def _is_in_use(self, computer: AComputer) -> bool:
        if computer.begun is not None and computer.begun > self.day:
            return False
        if computer.kind == "服务器" and not self.switches.count_servers:
            return False
        if computer.state == "闲置" and self.switches.count_idle:
            return True
        if computer.ended is not None:
            return self.day < computer.ended
        return computer.state == "在用"

    def computers(self) -> Iterator[Row]:
        for computer in self.county.computers:
            place = self._place(computer.unit)
            if place and self._is_in_use(computer):
                yield {**place, "kind": computer.kind, "state": computer.state, **dated(computer.begun)}, 1

    # 安装数: copies in use on computers in use.

    def installations(self) -> Iterator[Row]:
        for copy in self.county.installations:
            computer = self.county.computers[copy.computer]
            place = self._place(computer.unit)
            is_there = (copy.installed or self.day) <= self.day and (
                copy.removed is None or self.day < copy.removed
            )
            if place and is_there and self._is_in_use(computer):
                software = self._software(copy.product, copy.edition)
                cover = {"cover": self._cover(copy.licence), "licence": self._licence(copy.licence)}
                yield (
                    {**place, **software, "claim": copy.claim or "待核实", "kind": computer.kind, **cover},
                    1,
                )

    def _licence(self, licence: int | None) -> str:
        return "" if licence is None else licence_uid(licence)

    def _cover(self, licence: int | None) -> str:
        """Return whether the licence that a copy is recorded under holds on the day."""
        if licence is None:
            return "未指明"
        return "有效" if self._counted(self.county.licences[licence], AmountBasis.VALID) else "到期"

    def _software(self, product: int, edition: str | None) -> dict[str, str]:
        made = self.county.products[product]
        name = f"{name_of(product)} {edition}" if edition else name_of(product)
        return {"class": made.software_class, "origin": made.origin, "product": name}

    # 进度: confirmed facts, once per counted unit; 无需采购视同落实、完成.

    def progress(self) -> Iterator[Row]:
        return self._facts(lambda unit: unit.organ)

    def reporting_progress(self) -> Iterator[Row]:
        return self._facts(lambda unit: unit.alone or unit.above is None)

    def _facts(self, counts: Callable[[AUnit], bool]) -> Iterator[Row]:
        for number, unit in enumerate(self.county.units):
            held = {
                kind: self.county.facts[number, kind].happened
                for kind in ("摸查", "经费", "采购", "制度", "整改", "无需采购")
                if self._holds(number, kind)
            }
            if "无需采购" in held:
                happened = held.pop("无需采购")
                if self.switches.nothing_to_buy_counts:
                    held = {"经费": happened, "采购": happened} | held
            place = self._place(number)
            if place and counts(unit):
                yield from (({**place, "progress": kind, **dated(day)}, 1) for kind, day in held.items())

    def _holds(self, unit: int, kind: str) -> bool:
        fact = self.county.facts.get((unit, kind))
        if fact is None or (fact.happened is not None and fact.happened > self.day):
            return False
        return fact.withdrawn is None or fact.withdrawn > self.day

    # 许可: what counts on the day, and who holds how much of it.

    def packs(self) -> Iterator[Row]:
        return self._holdings(AmountBasis.VALID, lambda _, one, __: one.packs or 0, self._free_counts)

    def seats(self) -> Iterator[Row]:
        def counts(licence: ALicence) -> bool:
            return self._free_counts(licence) and (self.switches.count_oem_seats or not is_oem(licence))

        return self._holdings(AmountBasis.VALID, self._seats, counts)

    def amount(self) -> Iterator[Row]:
        """金额: the price paid for what is counted; preinstalled software has none."""

        def counts(licence: ALicence) -> bool:
            return self._free_counts(licence) and not is_oem(licence)

        return self._holdings(self.switches.amount_basis, lambda _, one, __: one.fen or 0, counts)

    def _holdings(
        self, basis: AmountBasis, measure: Measure, counts: Callable[[ALicence], bool]
    ) -> Iterator[Row]:
        """Yield what each unit holds: the owner of a pool the unallocated rest, the others what they received."""
        for number, licence in enumerate(self.county.licences):
            bought = self._counted(licence, basis)
            upgrades = (other for other in self.county.licences if other.base == number)
            if not bought or not counts(licence) or any(self._counted(other, basis) for other in upgrades):
                continue
            if self._died(licence):
                continue
            held = [
                (licence.unit, licence.source or "", one.bought, measure(licence, one, bought))
                for one in bought
            ]
            for share in licence.allocations:
                if self._share_counts(share, basis):
                    amount = measure(licence, share, bought)
                    held.append((licence.unit, licence.source or "", share.given, -amount))
                    held.append((share.unit, "上级配发", share.given, amount))
            software = {**self._software(licence.product, licence.edition), "licence": licence_uid(number)}
            for unit, source, day, amount in held:
                place = self._place(unit)
                if place:
                    yield {**place, **software, "source": source, **dated(day)}, amount

    def _died(self, licence: ALicence) -> bool:
        """Preinstalled software dies with the computer it came with."""
        if licence.computer is None or not is_oem(licence):
            return False
        computer = self.county.computers[licence.computer]
        return computer.state == "报废" and (computer.ended is None or computer.ended <= self.day)

    def _seats(self, licence: ALicence, one: APurchase | AnAllocation, bought: Sequence[APurchase]) -> int:
        """Seats as written; without a number a site licence has the computers it covers, another its packs."""
        if one.seats is not None or isinstance(one, AnAllocation):
            return one.seats or 0
        if licence.method != "场地授权":
            return one.packs or 0
        covered = [c for c in self.county.computers if c.unit == licence.unit and self._is_in_use(c)]
        return len(covered) if one is next(each for each in bought if each.seats is None) else 0

    def _counted(self, licence: ALicence, basis: AmountBasis) -> list[APurchase]:
        """Return the terms that count: 购买 ≤ D ≤ 有效期, or those of the campaign, or all up to D."""
        up_to = [one for one in licence.purchases if one.bought is None or one.bought <= self.day]
        if basis is AmountBasis.VALID:
            return [one for one in up_to if self._is_valid(one)]
        if basis is AmountBasis.IN_CAMPAIGN and self.campaign_from is not None:
            return [one for one in up_to if one.bought is not None and one.bought >= self.campaign_from]
        return up_to

    def _share_counts(self, share: AnAllocation, basis: AmountBasis) -> bool:
        if share.given is None:
            return basis is not AmountBasis.VALID or self._is_valid(share)
        if (
            basis is AmountBasis.IN_CAMPAIGN
            and self.campaign_from is not None
            and share.given < self.campaign_from
        ):
            return False
        return share.given <= self.day and (basis is not AmountBasis.VALID or self._is_valid(share))

    def _is_valid(self, one: APurchase | AnAllocation) -> bool:
        return (one.begins or self.day) <= self.day <= (one.ends or self.day)

    def _free_counts(self, licence: ALicence) -> bool:
        is_free = licence.source == "免费" or licence.method == "免费使用"
        return self.switches.count_free_seats or not is_free


Measure = Callable[[ALicence, APurchase | AnAllocation, Sequence[APurchase]], int]


def dated(day: object) -> dict[str, str]:
    """Return whether a row has its date: without one it counts as existing and is listed."""
    return {"dated": "无日期" if day is None else "有日期"}


def is_oem(licence: ALicence) -> bool:
    return licence.source == "预装" or licence.method == "OEM"
