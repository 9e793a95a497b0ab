"""Which licences (许可) the units hold and which copies refer to them. Knows no rows of a sheet."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from random import Random

from desktop.sample.copies import Copy
from desktop.sample.machines import Machine
from desktop.sample.material import Material, Pool, Product
from desktop.sample.shares import some_day
from desktop.sample.sites import Site

_OVER_ALLOCATION = 3
_LARGE_BATCH = 5
_GIVING_OUT = datetime.timedelta(days=30)
_TAGS = {"OEM": "OEM", "信创": "XC", "免费": "MF"}


@dataclass(frozen=True, eq=False)
class Holding:
    """A licence of a unit, or what a unit was allocated of a pool; `pool` is the pool's number then.

    A pool can be installed only when it is given out: `usable` then says from when.
    """

    site: Site
    product: Product
    number: str
    seats: int | None
    price: Decimal
    bought: datetime.date
    source: str
    pool: str | None = None
    machine: Machine | None = None
    usable: datetime.date | None = None


@dataclass(frozen=True)
class Holdings:
    """The licences of the county, and for a copy the one it refers to."""

    all: Sequence[Holding]
    of_copy: Mapping[Copy, Holding]


_Held = tuple[Holding, Sequence[Copy]]


@dataclass(frozen=True)
class _Batch:
    """The copies of a product in a unit."""

    site: Site
    product: Product
    copies: Sequence[Copy]

    @property
    def is_planted(self) -> bool:
        """Whether the data names this unit for the product."""
        return self.site.short in self.product.at


def make_holdings(rng: Random, material: Material, sites: Sequence[Site], copies: Sequence[Copy]) -> Holdings:
    """Return the licences that the units hold: pools, a home label, the largest batches and free software."""
    batches = _batches(sites, copies)
    lead = next(site for site in sites if site.short == material.planted["lead"])
    label = _home_label(material, lead, batches)
    held = [*_pools(rng, material, lead, batches), label]
    pooled = {pool.product for pool in material.pools}
    for right, count in material.rights.items():
        rest = [b for b in batches if b.product.right == right and b.product not in pooled]
        rest.sort(key=lambda batch: (not batch.is_planted, -len(batch.copies)))
        wanted = round(count * material.more_units) - _already(held, right)
        held += [(_own(rng, batch), batch.copies) for batch in rest[:wanted]]
    held += [_free(lead, batch) for batch in _free_batches(material, lead, batches)]
    return _numbered(held, label)


def _already(held: Sequence[_Held], right: str) -> int:
    """Return how many licences of a group there are besides those of batches: pools and the home label."""
    return sum(holding.product.right == right and holding.pool is None for holding, _ in held)


def _batches(sites: Sequence[Site], copies: Sequence[Copy]) -> list[_Batch]:
    """Return the copies by unit and product, planted copies first, in the order of the units."""
    by_short = {site.short: site for site in sites}
    found: dict[tuple[str, Product], list[Copy]] = {}
    for copy in sorted(copies, key=lambda copy: not copy.is_planted):
        found.setdefault((copy.machine.unit, copy.product), []).append(copy)
    batches = [_Batch(by_short[unit], product, tuple(found[unit, product])) for unit, product in found]
    return sorted(batches, key=lambda batch: batch.site.number)


def _pools(rng: Random, material: Material, lead: Site, batches: Sequence[_Batch]) -> Iterator[_Held]:
    """Yield the pools and their allocations; copies refer to the pool, not to the allocation."""
    room = {pool: pool.seats for pool in material.pools}
    served: dict[Pool, list[Copy]] = {pool: [] for pool in material.pools}
    given: list[_Held] = []
    for batch in batches:
        pools = [pool for pool in material.pools if pool.product is batch.product]
        if not pools:
            continue
        seats = _allocated_seats(rng, material, pools[0], batch)
        pool = next(pool for pool in pools if room[pool] >= seats)
        room[pool] -= seats
        served[pool] += [copy for copy in batch.copies if copy.is_planted or not pool.allocated]
        if seats and batch.site is not lead:
            given.append((_allocation(pool, batch.site, seats), ()))
    yield from ((_shared(lead, pool), copies) for pool, copies in served.items())
    yield from given


def _shared(lead: Site, pool: Pool) -> Holding:
    return Holding(
        lead,
        pool.product,
        pool.number,
        pool.seats,
        pool.price,
        pool.bought,
        source="自行采购",
        usable=pool.bought + _GIVING_OUT,
    )


def _allocated_seats(rng: Random, material: Material, pool: Pool, batch: _Batch) -> int:
    """Return the seats a unit was given: fixed, or its copies and perhaps one more; too few for the planted."""
    if pool.allocated:
        return pool.allocated.get(batch.site.short, 0)
    if batch.site.short == material.planted["over_allocation"]:
        return len(batch.copies) - _OVER_ALLOCATION
    return len(batch.copies) + rng.choice((0, 0, 0, 1))


def _allocation(pool: Pool, site: Site, seats: int) -> Holding:
    given_on = pool.bought + _GIVING_OUT - datetime.timedelta(days=site.number % 20)
    return Holding(site, pool.product, "", seats, pool.price, given_on, source="上级配发", pool=pool.number)


def _own(rng: Random, batch: _Batch) -> Holding:
    """Return a licence that a unit bought, or got with its computers, for the copies of a batch."""
    product, short = batch.product, batch.site.short
    is_system = product.software_class == "操作系统"
    is_oem = product.right == "OEM"
    spare = 0 if is_system or len(batch.copies) < _LARGE_BATCH else rng.choice((0, 0, 1, 2))
    bought = batch.copies[0].machine.bought if is_system else some_day(rng, *product.bought)
    return Holding(
        batch.site,
        product,
        "",
        None if product.method == "场地授权" else product.seats_at.get(short, len(batch.copies) + spare),
        Decimal(product.price_at.get(short, product.price)),
        bought,
        source="预装" if is_oem else "自行采购",
        machine=batch.copies[0].machine if is_oem and len(batch.copies) == 1 else None,
    )


def _home_label(material: Material, lead: Site, batches: Sequence[_Batch]) -> _Held:
    """Return the label of a home edition on a computer where the professional one is installed."""
    home = next(p for p in material.systems if p.name == "Windows 10" and p.edition == "家庭版")
    smallest = min(
        (
            batch
            for batch in batches
            if batch.product.name == home.name
            and batch.product.edition == "专业版"
            and batch.site is not lead
        ),
        key=lambda batch: (not batch.copies[0].machine.is_in_use, len(batch.copies)),
    )
    machine = smallest.copies[0].machine
    label = Holding(
        smallest.site, home, "", 1, Decimal(home.price), machine.bought, source="预装", machine=machine
    )
    return label, smallest.copies[:1]


def _free_batches(material: Material, lead: Site, batches: Sequence[_Batch]) -> list[_Batch]:
    """Return the lead office's copies of every product on the county's list of free software."""
    listed = [p for p in (*material.antivirus, *material.extras) if p.right == "免费"]
    own = {batch.product: batch.copies for batch in batches if batch.site is lead}
    return [_Batch(lead, product, own.get(product, ())) for product in listed]


def _free(lead: Site, batch: _Batch) -> _Held:
    listed = Holding(lead, batch.product, "", None, Decimal("0.00"), datetime.date(2024, 3, 1), source="免费")
    return listed, batch.copies


def _numbered(held: Iterable[_Held], label: _Held) -> Holdings:
    """Return the licences by unit with running numbers, and what each copy refers to.

    A computer with the home label refers to that and to no other licence.
    """
    counts: Counter[str] = Counter()
    licences: list[Holding] = []
    of_copy: dict[Copy, Holding] = {}
    for holding, copies in sorted(held, key=lambda pair: pair[0].site.number):
        tag = "PF" if holding.pool else _TAGS.get(holding.product.right, "SY")
        key = f"{holding.site.code}-{tag}"
        counts[key] += not holding.number
        licence = replace(holding, number=holding.number or f"{key}-{counts[key]:02d}")
        licences.append(licence)
        is_label = holding is label[0]
        of_copy |= {copy: licence for copy in copies if is_label or copy not in label[1]}
    return Holdings(tuple(licences), of_copy)
