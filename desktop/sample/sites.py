"""The units (单位) of the sample county: how many computers and people each has, and its row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from desktop.sample.material import Material, UnitSeed
from desktop.sample.rows import Row
from desktop.sample.shares import apportion

_ORGANS = frozenset({"党委", "监委", "人大", "政协", "法院", "检察院", "政府", "人民团体", "民主党派"})
_CODE_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CODE_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)


@dataclass(frozen=True)
class Site:
    """A unit of the county with what falls to it; `code` is its number in the budget."""

    seed: UnitSeed
    number: int
    computers: int
    servers: int
    domestic: int

    @property
    def name(self) -> str:
        """The name as on the seal."""
        return self.seed.name

    @property
    def short(self) -> str:
        """The name as people write it, unique in the county."""
        return self.seed.short

    @property
    def code(self) -> str:
        """The number of the unit in the budget (预算单位编码)."""
        return f"{101 if self.seed.level == '县直' else 201}{self.number:03d}"

    @property
    def windows(self) -> int:
        """How many of its computers run Windows and are no servers."""
        return self.computers - self.servers - self.domestic

    @property
    def counts_as_organ(self) -> bool:
        """Whether it is one of the 机关; what rolls up to a parent or is no organ is not."""
        return self.seed.category in _ORGANS and self.seed.parent is None


def make_sites(material: Material) -> list[Site]:
    """Return the units in the office's own order, with their computers, servers and domestic systems."""
    seeds = material.units
    growth = material.growth
    computers = round(material.totals["computers"] * growth)
    servers = round(sum(s.copies for s in material.systems if s.platform == "服务器") * growth)
    domestic = round(sum(s.copies for s in material.systems if s.platform == "国产") * growth)
    shares = zip(
        apportion(computers, [seed.computers for seed in seeds]),
        apportion(servers, [seed.servers for seed in seeds]),
        apportion(domestic, [seed.domestic for seed in seeds]),
        strict=True,
    )
    return [Site(seed, n, *share) for n, (seed, share) in enumerate(zip(seeds, shares, strict=True), start=1)]


def staff_sizes(material: Material, in_use: Sequence[int]) -> list[tuple[int, int]]:
    """Return each unit's staff quota (编制) and how many use a computer, from its computers in use."""
    quota = round(material.totals["staff_quota"] * material.growth)
    computing = round(material.totals["staff_computing"] * material.growth)
    return list(zip(apportion(quota, in_use), apportion(computing, in_use), strict=True))


def unit_row(rng: Random, site: Site, staff: tuple[int, int]) -> Row:
    """Return the unit's row in the sheet 单位."""
    quota, computing = staff
    seed = site.seed
    return {
        "单位名称": seed.name,
        "简称": seed.short,
        "曾用名": seed.former,
        "挂牌名称": seed.aliases,
        "上级单位": seed.parent,
        "行业主管单位": seed.industry_parent,
        "级别": seed.level,
        "类别": seed.category,
        "统一社会信用代码": _credit_code(site),
        "预算单位编码": site.code,
        "排序号": site.number,
        "编制人数": quota,
        "实有人数": max(computing, quota - rng.randint(0, quota // 10)),
        "使用计算机人数": computing,
        "独立填报": "是" if seed.parent is None else "否",
        "计入机关总数": "是" if site.counts_as_organ else "否",
        "纳入本次任务": "是",
        "备注": None,
    }


def _credit_code(site: Site) -> str:
    """Return a code with a right check digit (GB 32100-2015) in a region, 999999, that does not exist."""
    body = f"{11 if site.counts_as_organ else 12}999999MB{site.number:07d}"
    total = sum(_CODE_SIGNS.index(sign) * weight for sign, weight in zip(body, _CODE_WEIGHTS, strict=True))
    return body + _CODE_SIGNS[-total % 31]
