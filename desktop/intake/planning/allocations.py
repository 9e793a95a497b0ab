"""Plans what a unit received from a pool (上级配发): never more in all than the pool holds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field

from desktop.core.licence import share_of
from desktop.core.money import yuan_text
from desktop.core.plan import Step
from desktop.core.subjects import SUBJECTS, Value, Values, natural_key
from desktop.intake.cells import Problem
from desktop.intake.planning.context import Context, Draft
from desktop.intake.planning.licence_index import LicenceIndex, whole
from desktop.intake.planning.licence_rows import Batch, LicenceRow
from desktop.intake.reading import ReadSheet

_PURCHASE = SUBJECTS["purchase"].positions
_ALLOCATION = SUBJECTS["allocation"].positions


@dataclass
class _Pool:
    """What was bought for a pool, and what of it is given away: seats and amount by the allocation's key."""

    seats: int = 0
    amount: int = 0
    packs: int = 0
    is_unlimited: bool = False
    given: dict[str, tuple[int, int]] = field(default_factory=dict)
    seats_given: int = 0
    amount_given: int = 0

    def buy(self, purchase: Values) -> None:
        """Take in a purchase; one that names no number of seats is a site licence."""
        self.is_unlimited |= purchase[_PURCHASE["seats"]] is None
        self.seats += whole(purchase[_PURCHASE["seats"]])
        self.amount += whole(purchase[_PURCHASE["amount_fen"]])
        self.packs += whole(purchase[_PURCHASE["packs"]])

    def take_back(self, change: Step) -> None:
        """Let a purchase be what it was before a change."""
        for place, name in ((_SEATS, "seats"), (_AMOUNT, "amount"), (_PACKS, "packs")):
            before = whole(change.before[place]) if change.before else 0
            setattr(self, name, getattr(self, name) + before - whole(change.values[place]))

    def give(self, key: str, allocation: Values) -> None:
        """Take in an allocation, in place of what it was before."""
        seats_before, amount_before = self.given.get(key, (0, 0))
        now = whole(allocation[_ALLOCATION["seats"]]), whole(allocation[_ALLOCATION["amount_fen"]])
        self.given[key] = now
        self.seats_given += now[0] - seats_before
        self.amount_given += now[1] - amount_before

    def left_without(self, key: str) -> tuple[int, int]:
        """Return seats and amount that are left for one allocation."""
        seats, amount = self.given.get(key, (0, 0))
        return self.seats - self.seats_given + seats, self.amount - self.amount_given + amount


def plan_allocations(batches: Sequence[Batch], context: Context, index: LicenceIndex) -> None:
    """Plan the rows that name a pool; refuse a row whose pool is unknown or has not enough left.

    A change that would leave a pool smaller than what is given away from it is refused, too.
    """
    found = [(sheet, row, _pool_of(row, context, index)) for sheet, rows in batches for row in rows]
    changed = [step for step in context.plan.of("purchase") if step.before is not None]
    named = {pool for _, _, pool in found if isinstance(pool, str)}
    pools = _pools(named | {_licence_of(step) for step in changed}, index)
    for sheet, row, pool in found:
        if isinstance(pool, Problem):
            place = sheet.place(row.number, "pool_no")
            context.refuse("allocation", "I15", pool.text, remedy=pool.remedy, place=place)
        else:
            _plan(row, (pool, pools[pool]), (sheet, context))
    for step in changed:
        _refuse_shrinking(step, pools[_licence_of(step)], context)


def _licence_of(purchase: Step) -> str:
    return str(purchase.values[_PURCHASE["licence"]])


def _pool_of(row: LicenceRow, context: Context, index: LicenceIndex) -> str | Problem:
    """Return the licence from which the row's unit received: another unit's, with that number."""
    number = row.text("pool_no")
    owners = {uid: unit for uid, unit in index.numbered(number).items() if unit != row.unit}
    above = context.units.parents.get(row.unit)
    nearest = [uid for uid, unit in owners.items() if unit == above]
    for candidates in (list(owners), nearest):
        if len(candidates) == 1:
            return candidates[0]
    if not owners:
        return Problem(f"上级许可编号「{number}」没有登记。", "请先登记上级单位的这条许可。")
    return Problem(f"上级许可编号「{number}」在几个单位都有。", "请改用不重复的软件编号。")


def _pools(uids: Collection[str], index: LicenceIndex) -> dict[str, _Pool]:
    """Return what each pool holds, in the ledger and by this plan."""
    pools: defaultdict[str, _Pool] = defaultdict(_Pool, {uid: _Pool() for uid in uids})
    for uid, _, values in index.purchases(uids):
        pools[uid].buy(values)
    for uid, key, values in index.allocations(uids):
        pools[uid].give(key, values)
    return pools


def _plan(row: LicenceRow, chosen: tuple[str, _Pool], source: tuple[ReadSheet, Context]) -> None:
    """Plan one row, if the pool has as much left."""
    uid, pool = chosen
    sheet, context = source
    base = natural_key(uid, row.unit, row.text("purchased_on"))
    key = natural_key(base, context.occurrence(sheet.file, "allocation", base))
    draft = Draft(key, _values(row, uid), row.number, row.emptied(_ALLOCATION))
    complete = _completion(pool)
    outcome = context.outcome("allocation", draft, complete)
    excess = _excess(row, outcome, pool.left_without(key), pool)
    if excess is not None:
        field_name, problem = excess
        place = sheet.place(row.number, field_name)
        context.refuse("allocation", "I16", problem.text, remedy=problem.remedy, place=place)
    elif context.settle("allocation", [draft], sheet, complete)[0]:
        pool.give(key, outcome)


def _excess(
    row: LicenceRow, outcome: Values, left: tuple[int, int], pool: _Pool
) -> tuple[str, Problem] | None:
    """Return in which field, and why, an allocation is more than the pool has left; nothing when it is not."""
    seats, amount = whole(outcome[_ALLOCATION["seats"]]), whole(outcome[_ALLOCATION["amount_fen"]])
    number = row.text("pool_no")
    if seats > left[0] and not pool.is_unlimited:
        text = f"配发 {seats} 个，而「{number}」共购买 {pool.seats} 个，只剩 {left[0]} 个可配发。"
        return "seats", Problem(text, "请核对配发数或补登采购。")
    if amount > left[1]:
        text = f"配发金额 {yuan_text(amount)} 元，而「{number}」的合同金额共 {yuan_text(pool.amount)} 元，只剩 {yuan_text(left[1])} 元。"
        return "amount", Problem(text, "请核对配发金额或补登采购金额。")
    return None


def _values(row: LicenceRow, uid: str) -> Values:
    seats = row.cells["seats"] if row.cells["seats"] is not None else row.cells["packs"]
    dates = (row.cells["purchased_on"], row.cells["valid_from"], row.last_day)
    numbers = (row.cells["packs"], seats, row.cells["amount"])
    return (uid, row.unit, row.cells["licence_no"], *numbers, *dates, row.cells["note"])


def _completion(pool: _Pool) -> Callable[[list[Value]], Values]:
    """Return how packs and amount follow from the seats received: the amount is the share of the contract."""

    def complete(values: list[Value]) -> Values:
        seats = whole(values[_ALLOCATION["seats"]])
        values[_ALLOCATION["seats"]] = seats
        if values[_ALLOCATION["packs"]] is None:
            values[_ALLOCATION["packs"]] = seats if pool.packs == pool.seats else 0
        if values[_ALLOCATION["amount_fen"]] is None:
            values[_ALLOCATION["amount_fen"]] = share_of(pool.amount, seats, pool.seats)
        return tuple(values)

    return complete


def _refuse_shrinking(change: Step, pool: _Pool, context: Context) -> None:
    """Take a changed purchase out of the plan when less would be left than is given away."""
    seats, amount = (change.values[_PURCHASE[name]] for name in ("seats", "amount_fen"))
    is_short = pool.seats_given > pool.seats and not pool.is_unlimited
    if not (is_short or pool.amount_given > pool.amount):
        return
    pool.take_back(change)
    text = f"改为 {whole(seats)} 个、{yuan_text(whole(amount))} 元后，少于已配发的 {pool.seats_given} 个、{yuan_text(pool.amount_given)} 元。"
    context.find("I16", FindingClass.A, text, remedy="请先核对并减少配发数。", place=context.withdraw(change))
