"""What was bought for a pool of licences, and what of it is given away (配发). Knows no rows and no plan."""

from __future__ import annotations

from typing import NamedTuple

from desktop.core.subjects import SUBJECTS, Value, Values


class Amounts(NamedTuple):
    """Seats, packs and money of a purchase, an allocation, or of many."""

    seats: int = 0
    packs: int = 0
    fen: int = 0

    def plus(self, other: Amounts) -> Amounts:
        """Return the sum."""
        return Amounts(self.seats + other.seats, self.packs + other.packs, self.fen + other.fen)

    def minus(self, other: Amounts) -> Amounts:
        """Return the difference."""
        return Amounts(self.seats - other.seats, self.packs - other.packs, self.fen - other.fen)


def amounts_of(subject: str, values: Values) -> Amounts:
    """Return the amounts of a purchase's or an allocation's values; what is not said is 0, seats then the packs."""
    at = SUBJECTS[subject].positions
    seats, packs, fen = (values[at[name]] for name in ("seats", "packs", "amount_fen"))
    return Amounts(whole(packs if seats is None else seats), whole(packs), whole(fen))


def whole(value: Value) -> int:
    """Return a number, 0 where there is none."""
    return value if isinstance(value, int) else 0


class Pool:
    """The purchases of one licence and the allocations from it, each by its natural key, and their sums."""

    def __init__(self, *, is_site: bool = False) -> None:
        self._is_site = is_site
        self.bought = self.given = Amounts()
        self._purchases: dict[str, Amounts] = {}
        self._allocations: dict[str, Amounts] = {}
        self._boundless: set[str] = set()

    @property
    def is_unlimited(self) -> bool:
        """Whether it is a site licence, and a purchase names no number of seats."""
        return bool(self._boundless)

    def buy(self, key: str, purchase: Values) -> None:
        """Take in a purchase, in place of what it was before."""
        now = amounts_of("purchase", purchase)
        is_boundless = self._is_site and purchase[SUBJECTS["purchase"].positions["seats"]] is None
        if is_boundless:
            now = now._replace(seats=0)
        self.bought = self.bought.minus(self._purchases.get(key, Amounts())).plus(now)
        self._purchases[key] = now
        if is_boundless:
            self._boundless.add(key)
        else:
            self._boundless.discard(key)

    def give(self, key: str, allocation: Values) -> None:
        """Take in an allocation, in place of what it was before."""
        now = amounts_of("allocation", allocation)
        self.given = self.given.minus(self._allocations.get(key, Amounts())).plus(now)
        self._allocations[key] = now

    def left(self, key: str = "") -> Amounts:
        """Return what is left: for one allocation, with what it has already."""
        return self.bought.minus(self.given).plus(self._allocations.get(key, Amounts()))

    def lacks(self, key: str, wanted: Amounts) -> Amounts:
        """Return how much more an allocation would take than is left; one that does not grow lacks nothing."""
        growth = wanted.minus(self._allocations.get(key, Amounts()))
        missing = self._bounded(wanted.minus(self.left(key)))
        return Amounts(*(max(0, min(pair)) for pair in zip(growth, missing, strict=True)))

    @property
    def shortage(self) -> Amounts:
        """How much more is given away than was bought."""
        return Amounts(*(max(0, number) for number in self._bounded(self.given.minus(self.bought))))

    def _bounded(self, missing: Amounts) -> Amounts:
        """Return what is missing; a site licence never lacks seats or packs."""
        return Amounts(0, 0, missing.fen) if self.is_unlimited else missing
