"""The money of what was allocated, where it is the share of the contract that falls on the seats received."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from desktop.core.findings import FindingClass
from desktop.core.licence import share_of
from desktop.core.plan import Step
from desktop.core.subjects import SUBJECTS, Values
from desktop.intake.planning.context import Context
from desktop.intake.planning.drafts import Draft
from desktop.intake.planning.licence_index import LicenceIndex
from desktop.intake.planning.pools import Amounts, Pool, amounts_of, whole

_LICENCE = SUBJECTS["purchase"].positions["licence"]
_AMOUNT, _SEATS = (SUBJECTS["allocation"].positions[name] for name in ("amount_fen", "seats"))


def licence_of(purchase: Step) -> str:
    """Return the licence that a step buys."""
    return str(purchase.values[_LICENCE])


@dataclass(frozen=True)
class Shares:
    """Money that follows from the seats received: it follows the contract when that is put right, too.

    `before` is what was bought for each pool as the ledger has it, `after` with the purchases that the plan puts right.
    One more purchase leaves what was given away earlier alone.
    """

    context: Context
    before: Mapping[str, Amounts]
    after: Mapping[str, Amounts]

    @classmethod
    def of(cls, context: Context, pools: Mapping[str, Pool]) -> Shares:
        """Return the shares of these pools."""
        before = {licence: pool.bought for licence, pool in pools.items()}
        after = dict(before)
        for step in context.plan.of("purchase"):
            licence = licence_of(step)
            if licence in before:
                before[licence] = before[licence].minus(amounts_of("purchase", step.values))
                if step.before is None:
                    after[licence] = after[licence].minus(amounts_of("purchase", step.values))
                else:
                    before[licence] = before[licence].plus(amounts_of("purchase", step.before))
        return cls(context, before, after)

    def followed(self, draft: Draft) -> Draft:
        """Return a draft with the money that falls on its seats, where what is held was such a share and stands in the row."""
        held = self.context.held("allocation", draft.key)
        said = draft.values[_AMOUNT]
        is_said_anew = said is not None and held is not None and said != held[1][_AMOUNT]
        if held is None or is_said_anew or _AMOUNT in draft.emptied:
            return draft
        seats = draft.values[_SEATS]
        share = self._share(held[1], whole(seats) if seats is not None else None)
        if share is None:
            return draft
        values = list(draft.values)
        values[_AMOUNT] = share
        return replace(draft, values=tuple(values))

    def _share(self, held: Values, seats: int | None = None) -> int | None:
        """Return what falls on an allocation's seats now; nothing where what is held was set otherwise, or stays."""
        licence, now = str(held[0]), amounts_of("allocation", held)
        before, after = self.before[licence], self.after[licence]
        if now.fen != share_of(before.fen, now.seats, before.seats):
            return None
        share = share_of(after.fen, now.seats if seats is None else seats, after.seats)
        return None if share == now.fen else share

    def mention_left(self, planned: Collection[str], index: LicenceIndex) -> None:
        """Say of each changed purchase how many allocations that no row is about keep their share of the old amount."""
        left: defaultdict[str, int] = defaultdict(int)
        for licence, key, values in index.allocations(self.before.keys()):
            left[licence] += key not in planned and self._share(values) is not None
        for step in self.context.plan.of("purchase"):
            number = left.pop(licence_of(step), 0)
            if number:
                self.context.find(
                    "I62",
                    FindingClass.C,
                    f"这条许可已配发 {number} 笔，配发金额是按原来的购买分摊的，这次没有改。",
                    remedy="请把配发的各行一起导入，金额留空即按现在的购买重新分摊；不必改的请说明。",
                    place=self.context.place_of(step),
                )
