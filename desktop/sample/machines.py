"""The computers (计算机) of the sample county: system, kind, state and dates, and their rows."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random

from desktop.sample.material import SERVER, WINDOWS, Material, Product
from desktop.sample.rows import REFERENCE_DAY, Row
from desktop.sample.shares import apportion, some_day
from desktop.sample.sites import Site

_SMALLEST_BATCH = 3


@dataclass(frozen=True, eq=False)
class Machine:
    """A computer of the county; compared by identity. `unit` is the short name of its unit."""

    unit: str
    asset_no: str
    kind: str
    system: Product
    bought: datetime.date
    in_use: datetime.date
    state: str = "在用"
    retired: datetime.date | None = None

    @property
    def is_in_use(self) -> bool:
        """Whether it is 在用."""
        return self.state == "在用"

    def runs(self, product: Product) -> bool:
        """Return whether the product can be installed on it: some need Windows."""
        return product.platform != WINDOWS or self.system.platform in (WINDOWS, SERVER)


def make_machines(rng: Random, material: Material, sites: Sequence[Site]) -> list[Machine]:
    """Return the computers unit by unit, each bought in one batch with others of its system."""
    systems = _deal_systems(rng, material, sites)
    bought = [list(_bought(rng, site, dealt)) for site, dealt in zip(sites, systems, strict=True)]
    machines = _with_kinds(rng, material, [machine for batch in bought for machine in batch])
    return _with_states(rng, material, _with_same_number(material, machines))


def _deal_systems(rng: Random, material: Material, sites: Sequence[Site]) -> list[list[Product]]:
    """Return the systems of each unit's computers. Poor units choose first, and take the oldest."""
    count = round(material.totals["computers"] * material.growth)
    shares = apportion(count, [product.copies for product in material.systems])
    left = dict(zip(material.systems, shares, strict=True))
    dealt: dict[str, list[Product]] = {}
    for site in sorted(sites, key=lambda site: not site.seed.is_old):
        wanted = (("国产", site.domestic), (WINDOWS, site.windows), (SERVER, site.servers))
        dealt[site.short] = [
            product
            for platform, count in wanted
            for product in _take(rng, left, (platform, count), oldest_first=site.seed.is_old)
        ]
    return [dealt[site.short] for site in sites]


def _take(
    rng: Random, left: dict[Product, int], wanted: tuple[str, int], *, oldest_first: bool
) -> Iterator[Product]:
    """Yield systems of a platform in batches of about half of what is wanted, and take them from `left`."""
    platform, count = wanted
    batch = max(_SMALLEST_BATCH, -(-count // 2))
    while count > 0:
        open_kinds = [product for product, n in left.items() if n and product.platform == platform]
        weights = [left[product] for product in open_kinds]
        product = open_kinds[0] if oldest_first else rng.choices(open_kinds, weights)[0]
        size = min(batch, count, left[product])
        left[product] -= size
        count -= size
        yield from [product] * size


def _bought(rng: Random, site: Site, systems: Sequence[Product]) -> Iterator[Machine]:
    """Yield a unit's computers, numbered in the order of their purchase."""
    days = {product: some_day(rng, *product.bought) for product in dict.fromkeys(systems)}
    ordered = sorted(systems, key=lambda product: days[product])
    for n, product in enumerate(ordered, start=1):
        day = days[product]
        asset_no = f"{site.code}-{day.year}-{n:03d}"
        in_use = min(day + datetime.timedelta(days=rng.randint(0, 30)), REFERENCE_DAY)
        kind = "服务器" if product.platform == SERVER else "台式"
        yield Machine(site.short, asset_no, kind, product, day, in_use)


def _with_kinds(rng: Random, material: Material, machines: Sequence[Machine]) -> list[Machine]:
    """Return the computers with some of the desktops made portables."""
    desktops = [n for n, machine in enumerate(machines) if machine.kind == "台式"]
    count = round(material.totals["portable"] * material.growth)
    portable = dict.fromkeys(rng.sample(desktops, count))
    return [replace(m, kind="便携") if n in portable else m for n, m in enumerate(machines)]


def _with_same_number(material: Material, machines: Sequence[Machine]) -> list[Machine]:
    """Return the computers; the first of each planted unit bears the same 资产编号, which is valid."""
    number: str = material.planted["asset_no"]
    first = {unit: next(m for m in machines if m.unit == unit) for unit in material.planted["same_asset"]}
    return [replace(m, asset_no=number) if first.get(m.unit) is m else m for m in machines]


def _with_states(rng: Random, material: Material, machines: Sequence[Machine]) -> list[Machine]:
    """Return the computers, the oldest of them 报废 or 闲置; at most a fifth of a unit's, none where planted."""
    scrapped, idle = (round(material.totals[state] * material.growth) for state in ("scrapped", "idle"))
    room = _room_to_retire(material, machines)
    state: dict[Machine, str] = {}
    for machine in sorted(machines, key=lambda machine: machine.bought):
        if len(state) < scrapped + idle and room[machine.unit] and machine.kind != "服务器":
            state[machine] = "报废" if len(state) < scrapped else "闲置"
            room[machine.unit] -= 1
    first = datetime.date(REFERENCE_DAY.year - 1, 1, 1)
    return [
        replace(m, state=state[m], retired=some_day(rng, first, REFERENCE_DAY)) if m in state else m
        for m in machines
    ]


def _room_to_retire(material: Material, machines: Sequence[Machine]) -> dict[str, int]:
    """Return how many computers of each unit may be out of use; none where a suite is planted."""
    planted = {unit for suite in material.suites for unit in (*suite.at, *suite.second_at)}
    sizes: dict[str, int] = {}
    for machine in machines:
        sizes[machine.unit] = sizes.get(machine.unit, 0) + 1
    return {unit: 0 if unit in planted else size // 5 for unit, size in sizes.items()}


def computer_row(rng: Random, material: Material, machine: Machine, *, order: int, user: str | None) -> Row:
    """Return the computer's row without its unit; `order` counts the computers of the county."""
    is_server = machine.kind == "服务器"
    tail = f"{order // 65536:02X}-{order // 256 % 256:02X}-{order % 256:02X}"
    return {
        "资产编号": machine.asset_no,
        "科室": "信息中心" if is_server else rng.choice(material.words["departments"]),
        "使用人": user,
        "存放地点": "机房" if is_server else f"{rng.randint(1, 6)}{rng.randint(1, 18):02d}室",
        "类型": machine.kind,
        "品牌型号": rng.choice(_models(material.models, machine)),
        "序列号": f"SLX{order:07d}",
        "MAC地址": f"02-00-00-{tail}",
        "购置日期": machine.bought,
        "启用日期": machine.in_use,
        "停用日期": machine.retired,
        "状态": machine.state,
        "预装正版系统": "是" if machine.system.right else "否",
        "备注": None,
    }


def _models(models: Mapping[str, Sequence[str]], machine: Machine) -> Sequence[str]:
    is_server = machine.kind == "服务器"
    return models["服务器" if is_server else machine.system.platform + machine.kind]
