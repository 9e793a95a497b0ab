"""Plans what a unit received from a pool (上级配发): never more in all than the pool holds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from desktop.core.licence import share_of
from desktop.core.subjects import SUBJECTS, Value, natural_key
from desktop.intake.cells import Problem
from desktop.intake.planning.context import Context, Draft
from desktop.intake.planning.licence_index import LicenceIndex, whole
from desktop.intake.planning.licence_rows import LicenceRow
from desktop.intake.reading import ReadSheet

_PURCHASE = SUBJECTS["purchase"].positions
_ALLOCATION = SUBJECTS["allocation"].positions


@dataclass
class _Pool:
    """What a pool holds: seats and amount by the key of each purchase, seats by the key of each allocation."""

    seats: dict[str, int | None] = field(default_factory=dict)
    amounts: dict[str, int] = field(default_factory=dict)
    packs: dict[str, int] = field(default_factory=dict)
    given: dict[str, int] = field(default_factory=dict)

    @property
    def is_unlimited(self) -> bool:
        """Whether a purchase names no number: a site licence."""
        return None in self.seats.values()

    @property
    def seats_bought(self) -> int:
        """All seats bought."""
        return sum(seats or 0 for seats in self.seats.values())


def plan_allocations(
    rows: Sequence[LicenceRow], sheet: ReadSheet, context: Context, *, index: LicenceIndex
) -> None:
    """Plan the rows that name a pool; refuse a row whose pool is unknown or has not enough seats left."""
    found = {row.number: _pool_of(row, (context, index)) for row in rows}
    pools = _pools({pool for pool in found.values() if isinstance(pool, str)}, index)
    drafts = []
    for row in rows:
        pool = found[row.number]
        if isinstance(pool, Problem):
            place = sheet.place(row.number, "pool_no")
            context.refuse("allocation", "I15", pool.text, remedy=pool.remedy, place=place)
            continue
        draft = _draft(row, pool, (sheet, context, pools[pool]))
        if draft is not None:
            drafts.append(draft)
    context.settle("allocation", drafts, sheet)


def _pool_of(row: LicenceRow, known: tuple[Context, LicenceIndex]) -> str | Problem:
    """Return the licence from which the row's unit received: another unit's, with that number."""
    context, index = known
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
    pools: defaultdict[str, _Pool] = defaultdict(_Pool)
    for uid, key, values in index.purchases(uids):
        seats = values[_PURCHASE["seats"]]
        pools[uid].seats[key] = None if seats is None else whole(seats)
        pools[uid].amounts[key] = whole(values[_PURCHASE["amount_fen"]])
        pools[uid].packs[key] = whole(values[_PURCHASE["packs"]])
    for uid, key, values in index.allocations(uids):
        pools[uid].given[key] = whole(values[_ALLOCATION["seats"]])
    return pools


def _draft(row: LicenceRow, uid: str, source: tuple[ReadSheet, Context, _Pool]) -> Draft | None:
    sheet, context, pool = source
    base = natural_key(uid, row.unit, row.text("purchased_on"))
    key = natural_key(base, context.occurrence(sheet.file, "allocation", base))
    seats = row.cells["seats"] if row.cells["seats"] is not None else row.cells["packs"]
    number = seats if isinstance(seats, int) else 0
    left = pool.seats_bought - sum(given for k, given in pool.given.items() if k != key)
    if number > left and not pool.is_unlimited:
        context.refuse(
            "allocation",
            "I16",
            f"配发 {number} 个，而「{row.text('pool_no')}」共购买 {pool.seats_bought} 个，只剩 {left} 个可配发。",
            remedy="请核对配发数或补登采购。",
            place=sheet.place(row.number, "seats"),
        )
        return None
    pool.given[key] = number
    return Draft(key, _values(row, uid, (number, pool)), row.number)


def _values(row: LicenceRow, uid: str, share: tuple[int, _Pool]) -> tuple[Value, ...]:
    """Return the allocation's values; packs and amount follow the seats where the row is silent."""
    number, pool = share
    amount: Value = row.cells["amount"]
    if amount is None:
        amount = share_of(sum(pool.amounts.values()), number, pool.seats_bought)
    packs: Value = row.cells["packs"]
    if packs is None:
        packs = number if sum(pool.packs.values()) == pool.seats_bought else 0
    dates = (row.cells["purchased_on"], row.cells["valid_from"], row.cells["valid_to"])
    return (uid, row.unit, row.cells["licence_no"], packs, number, amount, *dates, row.cells["note"])
