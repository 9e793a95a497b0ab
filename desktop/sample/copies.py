"""Which software is installed on which computer: systems, suites, antivirus and the rest. Knows no licences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from random import Random

from desktop.sample.machines import Machine
from desktop.sample.material import WINDOWS, Material, Product
from desktop.sample.shares import apportion

_COUNTY_SUITE = "WPS Office"

Orders = Sequence[tuple[Product, int]]


@dataclass(frozen=True, eq=False)
class Copy:
    """A product on a computer; compared by identity. A planted one belongs to an `at` table of its product."""

    machine: Machine
    product: Product
    is_planted: bool = False


def make_copies(rng: Random, material: Material, machines: Sequence[Machine]) -> list[Copy]:
    """Return every installation of the county, computer by computer in the order of `machines`."""
    in_use = [machine for machine in machines if machine.is_in_use]
    desks = [machine for machine in in_use if machine.kind != "服务器"]
    copies = [Copy(machine, machine.system) for machine in machines]
    copies += _suites(rng, material, machines)
    copies += _deal(rng, in_use, _orders(material, material.antivirus))
    for order in _orders(material, material.extras):
        copies += _deal(rng, desks, [order])
    position = {machine: n for n, machine in enumerate(machines)}
    return sorted(copies, key=lambda copy: position[copy.machine])


def _orders(material: Material, products: Sequence[Product]) -> Orders:
    """Return how many copies of each product there are in a county of this size."""
    total = round(sum(product.copies for product in products) * material.growth)
    return list(zip(products, apportion(total, [p.copies for p in products]), strict=True))


def _suites(rng: Random, material: Material, machines: Sequence[Machine]) -> list[Copy]:
    """Return the office suites: one on most computers, a second one on some; what is out of use goes without first."""
    orders = _orders(material, material.suites)
    seconds = [(product, round(product.second * material.growth)) for product, _ in orders]
    firsts = [
        (product, count - second) for (product, count), (_, second) in zip(orders, seconds, strict=True)
    ]
    desks = [machine for machine in machines if machine.kind != "服务器"]
    desks.sort(key=lambda machine: ("报废", "闲置", "在用").index(machine.state))
    without = len(desks) - sum(count for _, count in firsts)
    copies = _deal(rng, desks[without:], firsts)
    return [*copies, *_second_suites(rng, machines, copies, seconds)]


def _second_suites(
    rng: Random, machines: Sequence[Machine], firsts: Sequence[Copy], orders: Orders
) -> list[Copy]:
    """Return the suites beside another one: where planted, else beside WPS where a unit has computers without."""
    copies: list[Copy] = []
    in_use = [copy for copy in firsts if copy.machine.is_in_use]
    for product, _ in orders:
        for unit, count in product.second_at.items():
            copies += [Copy(c.machine, product) for c in in_use if c.machine.unit == unit][:count]
    room = Counter(machine.unit for machine in machines)
    room.subtract(copy.machine.unit for copy in firsts)
    beside = [copy.machine for copy in in_use if copy.product.name == _COUNTY_SUITE]
    for product, count in orders:
        places = _with_room([m for m in rng.sample(beside, len(beside)) if m.runs(product)], room)
        chosen = list(islice(places, count - sum(product.second_at.values())))
        copies += [Copy(machine, product) for machine in chosen]
        beside = [machine for machine in beside if machine not in chosen]
    return copies


def _with_room(machines: Sequence[Machine], room: Counter[str]) -> Iterator[Machine]:
    """Yield those of the computers, in order, whose unit has still room; each takes one place of it."""
    for machine in machines:
        if room[machine.unit] > 0:
            room[machine.unit] -= 1
            yield machine


def _deal(rng: Random, machines: Sequence[Machine], orders: Orders) -> list[Copy]:
    """Return copies of the products, at most one on a computer: the planted first, then what needs Windows."""
    free = dict.fromkeys(machines)
    copies: list[Copy] = []
    for product, _ in orders:
        for machine in _planted_places(free, product):
            copies.append(Copy(machine, product, is_planted=True))
            del free[machine]
    for product, count in sorted(orders, key=lambda order: order[0].platform != WINDOWS):
        places = [machine for machine in free if machine.runs(product)]
        for machine in rng.sample(places, count - sum(product.at.values())):
            copies.append(Copy(machine, product))
            del free[machine]
    return copies


def _planted_places(free: Mapping[Machine, None], product: Product) -> list[Machine]:
    """Return the computers for the `at` table; raises ValueError where a unit has too few."""
    chosen: list[Machine] = []
    for unit, count in product.at.items():
        places = [m for m in free if m.unit == unit and m.is_in_use and m.runs(product)]
        if len(places) < count:
            raise ValueError(f"{unit} has {len(places)} computers for {count} copies of {product.name}")
        chosen += places[:count]
    return chosen
