"""Plans what a unit received from a pool (上级配发): never more in all than the pool holds."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from desktop.core.findings import FindingClass
from desktop.core.licence import share_of
from desktop.core.money import yuan_text
from desktop.core.plan import Step
from desktop.core.subjects import SUBJECTS, Value, Values, natural_key
from desktop.intake.cells import Problem
from desktop.intake.planning.context import Context
from desktop.intake.planning.drafts import Completion, Draft
from desktop.intake.planning.licence_index import LicenceIndex
from desktop.intake.planning.licence_rows import LicenceRow
from desktop.intake.planning.matching import Corrections
from desktop.intake.planning.pools import Amounts, Pool, amounts_of, whole
from desktop.intake.planning.shares import Shares, licence_of

_ALLOCATION = SUBJECTS["allocation"].positions


def plan_allocations(rows: Sequence[LicenceRow], context: Context, index: LicenceIndex) -> None:
    """Plan the rows that name a pool; refuse a row whose pool is unknown or has not enough left.

    A change that would leave a pool smaller than what is given away from it is refused, too.
    """
    drafts = _drafts(rows, context, index)
    context.find_by_uid("allocation", [(draft.row, draft.key) for draft in drafts])
    held = {key: values for _, key, values in index.allocations({str(draft.values[0]) for draft in drafts})}
    drafts = _CORRECTIONS.apply(drafts, held, context)
    changed = [step for step in context.plan.of("purchase") if step.before is not None]
    pools = _pools({str(draft.values[0]) for draft in drafts} | {licence_of(step) for step in changed}, index)
    shares = Shares.of(context, pools)
    drafts = [shares.followed(draft) for draft in drafts]
    for draft in sorted(drafts, key=lambda draft: not _gives_back(draft, context)):
        _plan(draft, pools[str(draft.values[0])], context)
    shares.mention_left({draft.key for draft in drafts}, index)
    for step in changed:
        _refuse_shrinking(step, pools[licence_of(step)], context)


def _drafts(rows: Sequence[LicenceRow], context: Context, index: LicenceIndex) -> list[Draft]:
    """Return the drafts of the rows whose pool is found; the others are refused."""
    drafts, products = [], []
    for found in rows:
        pool = _pool_of(found, context, index)
        if isinstance(pool, Problem):
            context.refuse("allocation", "I15", pool, found.row.place("pool_no"))
        else:
            drafts.append(_draft(found, pool))
            products.append((found, pool))
    _compare(products, context, index)
    return drafts


def _compare(rows: Sequence[tuple[LicenceRow, str]], context: Context, index: LicenceIndex) -> None:
    """Mention what is allocated as other software than its pool is of; the pool's is what counts."""
    software = index.software({pool for _, pool in rows})
    for found, pool in rows:
        product, name = software.get(pool, (found.product, ""))
        if product != found.product:
            number = found.row.text("pool_no") or found.row.text("licence_no")
            context.find(
                "I53",
                FindingClass.B,
                f"配发的软件与上级许可「{number}」登记的软件「{name}」不同，按后者计。",
                remedy="请核对软件名称和上级许可编号。",
                place=found.row.place("product"),
            )


def _pool_of(found: LicenceRow, context: Context, index: LicenceIndex) -> str | Problem:
    """Return the licence from which the row's unit received: another unit's, with that number."""
    if found.pool:
        return found.pool
    number = found.row.text("pool_no")
    owners = {uid: unit for uid, unit in index.numbered(number).items() if unit != found.unit}
    above = context.units.parents.get(found.unit)
    nearest = [uid for uid, unit in owners.items() if unit == above]
    for candidates in (list(owners), nearest):
        if len(candidates) == 1:
            return candidates[0]
    if not owners:
        return Problem(f"上级许可编号「{number}」没有登记。", "请先登记上级单位的这条许可。")
    return Problem(f"上级许可编号「{number}」在几个单位都有。", "请改用不重复的软件编号。")


def _pools(uids: Collection[str], index: LicenceIndex) -> dict[str, Pool]:
    """Return what each pool holds, in the ledger and by this plan."""
    pools = {uid: Pool(is_site=index.is_site_licence(uid)) for uid in uids}
    for uid, key, values in index.purchases(uids):
        pools[uid].buy(key, values)
    for uid, key, values in index.allocations(uids):
        pools[uid].give(key, values)
    return pools


def _draft(found: LicenceRow, licence: str) -> Draft:
    row = found.row
    base = natural_key(licence, found.unit, row.text("purchased_on"))
    return Draft(base, _values(found, licence), row, row.emptied("allocation"))


def _mention_another(draft: Draft, context: Context) -> None:
    context.find(
        "I14",
        FindingClass.C,
        "本单位从这条许可已有配发登记，本行作为又一次配发计入。",
        remedy="请核对是否确为又一次配发。",
        place=draft.row.place("pool_no"),
    )


_CORRECTIONS = Corrections(
    "allocation",
    owned_by=2,
    keyed=(_ALLOCATION["allocated_on"],),
    telling=(),
    unsure=Problem(
        "与登记的配发对不上：不知道是更正，还是又一次配发。",
        "更正的，请日期和其他栏目分两次改；又一次配发的，请连同登记的各次一起导入。",
    ),
    unclear=Problem("本单位从这条许可配发过几次，本行没有写日期，不知道是哪一次。", "请补填日期。"),
    corrected="除日期外与登记的那一次配发相同，按更正日期计。",
    otherwise="如是又一次配发，请连同原来那一行一起导入。",
    is_another=_mention_another,
)


def _gives_back(draft: Draft, context: Context) -> bool:
    """Return whether an allocation takes fewer seats than it has: such come first, for others may take them."""
    held, seats = context.held("allocation", draft.key), draft.values[_ALLOCATION["seats"]]
    return held is not None and seats is not None and whole(seats) < amounts_of("allocation", held[1]).seats


def _plan(draft: Draft, pool: Pool, context: Context) -> None:
    """Plan one row, if the pool has as much left."""
    row, key = draft.row, draft.key
    completion = _completion(pool)
    outcome = context.outcome("allocation", draft, completion)
    wanted = amounts_of("allocation", outcome)
    lacking = pool.lacks(key, wanted)
    if any(lacking):
        field, problem = _excess(lacking, wanted, pool, (row.text("pool_no") or "上级许可", pool.left(key)))
        context.refuse("allocation", "I16", problem, row.place(field))
    elif context.settle("allocation", [draft], completion)[0]:
        pool.give(key, outcome)


def _excess(lacking: Amounts, wanted: Amounts, pool: Pool, named: tuple[str, Amounts]) -> tuple[str, Problem]:
    """Return in which field, and why, an allocation is more than the pool of this number has left."""
    number, left = named
    bought = pool.bought
    if lacking.seats:
        field = "seats"
        text = f"配发 {wanted.seats} 个，而「{number}」共购买 {bought.seats} 个，只剩 {left.seats} 个可配发。"
    elif lacking.packs:
        field = "packs"
        text = f"配发 {wanted.packs} 套，而「{number}」共购买 {bought.packs} 套，只剩 {left.packs} 套可配发。"
    else:
        field = "amount"
        text = f"配发金额 {yuan_text(wanted.fen)} 元，而「{number}」共 {yuan_text(bought.fen)} 元，只剩 {yuan_text(left.fen)} 元。"
    return field, Problem(text, "请核对配发数，或补登采购。")


def _values(found: LicenceRow, licence: str) -> Values:
    row = found.row
    seats = row["seats"] if row["seats"] is not None else row["packs"]
    numbers = (row["packs"], seats, row["amount"])
    return (
        licence,
        found.unit,
        row["licence_no"],
        *numbers,
        *row.pick(("purchased_on", "valid_from", "valid_to", "note")),
    )


def _completion(pool: Pool) -> Completion:
    """Return how packs and amount follow from the seats received: the amount is the share of the contract."""

    def fill(values: list[Value]) -> list[Value]:
        seats = whole(values[_ALLOCATION["seats"]])
        values[_ALLOCATION["seats"]] = seats
        if values[_ALLOCATION["packs"]] is None:
            values[_ALLOCATION["packs"]] = seats if pool.bought.packs == pool.bought.seats else 0
        if values[_ALLOCATION["amount_fen"]] is None:
            values[_ALLOCATION["amount_fen"]] = share_of(pool.bought.fen, seats, pool.bought.seats)
        return values

    return Completion((_ALLOCATION["packs"], _ALLOCATION["amount_fen"]), fill)


def _refuse_shrinking(change: Step, pool: Pool, context: Context) -> None:
    """Take a changed purchase out of the plan when it makes a pool smaller than what is given away from it.

    What this plan would give away from the pool goes with it, for it was measured by the change.
    """
    shortage = pool.shortage
    pool.buy(change.key, change.before or change.values)
    if all(now <= before for now, before in zip(shortage, pool.shortage, strict=True)):
        pool.buy(change.key, change.values)
        return
    given, asked = _listed(pool.given), _listed(amounts_of("purchase", change.values))
    text = f"已配发 {given}，这笔购买改为 {asked}后不够。"
    place = context.withdraw(change)
    context.find("I16", FindingClass.A, text, remedy="请先核对并减少配发数。", place=place)
    for step in [step for step in context.plan.of("allocation") if step.values[0] == licence_of(change)]:
        context.find(
            "I16",
            FindingClass.A,
            "上级许可的购买没有收下，本行的配发也没有收下。",
            remedy="请先改正上级许可。",
            place=context.withdraw(step),
        )


def _listed(amounts: Amounts) -> str:
    return f"{amounts.seats} 个、{amounts.packs} 套、{yuan_text(amounts.fen)} 元"
