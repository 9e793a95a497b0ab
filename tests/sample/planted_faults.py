"""The faults planted in a sample county, found in its rows. The rules that a ledger is checked by are elsewhere."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from desktop.sample.rows import County, Row, number, text

_OFFICE_CAP_YUAN = 1400
_RARE_SIGNS = ("䶮", "仇", "·")

Asset = tuple[str, str]
"""The full name of a unit and an asset number in it."""


@dataclass(frozen=True)
class Fault:
    """Something planted: a stable code, what it is in Chinese, and the things that bear it.

    Units by their full names, licences by their numbers, people by their names.
    """

    code: str
    description: str
    units: tuple[str, ...] = ()
    licences: tuple[str, ...] = ()
    assets: tuple[Asset, ...] = ()
    people: tuple[str, ...] = ()

    @property
    def where(self) -> tuple[str, ...]:
        """Everything that bears the fault, as a person would name it."""
        return (
            *self.units,
            *self.licences,
            *(f"{unit} {asset}" for unit, asset in self.assets),
            *self.people,
        )


def faults(county: County) -> tuple[Fault, ...]:
    """Return every planted fault with the things that bear it in this county."""
    return tuple(find(county) for find in _FINDERS)


def _office_over_seats(county: County) -> Fault:
    uses = _uses(county)
    row = next(
        row
        for row in county.licence
        if row["软件类别"] == "办公"
        and not row["上级许可编号"]
        and uses[text(row, "软件编号")].total() > number(row, "许可数")
    )
    copies = uses[text(row, "软件编号")]
    return Fault(
        "office-over-seats",
        f"{copies.total()} 份 Office 只有 {number(row, '许可数')} 个许可",
        units=tuple(copies),
        licences=_numbers([row]),
    )


def _shared_serial(county: County) -> Fault:
    by_serial: defaultdict[str, list[Row]] = defaultdict(list)
    for row in county.installation:
        by_serial[text(row, "安装序列号")].append(row)
    shared = [row for serial, rows in by_serial.items() if serial and len(rows) > 1 for row in rows]
    return Fault(
        "shared-serial",
        f"同一序列号装在 {len(shared)} 台计算机上",
        units=_units(shared),
        licences=_different(text(row, "软件编号") for row in shared),
        assets=_assets(shared),
    )


def _contract_without_proof(county: County) -> Fault:
    rows = [row for row in county.licence if row["合同编号"] and not row["授权证明"]]
    return Fault("contract-without-proof", "有合同、无授权书", units=_units(rows), licences=_numbers(rows))


def _over_allocation(county: County) -> Fault:
    uses = _uses(county)
    rows = [
        row
        for row in county.licence
        if row["上级许可编号"]
        and uses[text(row, "上级许可编号")][text(row, "单位名称")] > number(row, "许可数")
    ]
    return Fault("over-allocation", "一个镇的安装数比配发数多 3", units=_units(rows), licences=_numbers(rows))


def _two_suites(county: County) -> Fault:
    """Find the computers with two suites; the units are those with more suites than computers."""
    suites = [row for row in county.installation if row["软件类别"] == "办公"]
    per_computer = Counter(_asset(row) for row in suites)
    per_unit = Counter(text(row, "单位名称") for row in suites)
    computers = Counter(text(row, "单位名称") for row in county.computer)
    twice = tuple(asset for asset, count in per_computer.items() if count > 1)
    return Fault(
        "two-suites",
        f"{len(twice)} 台计算机装有两套办公软件，其中一个镇的办公软件比计算机还多",
        units=tuple(unit for unit, count in per_unit.items() if count > computers[unit]),
        assets=twice,
    )


def _home_label(county: County) -> Fault:
    labels = {
        (text(row, "单位名称"), text(row, "软件编号")): row
        for row in county.licence
        if row["版本"] == "家庭版" and row["绑定资产编号"]
    }
    rows = [
        row
        for row in county.installation
        if row["版本"] == "专业版" and (text(row, "单位名称"), text(row, "软件编号")) in labels
    ]
    return Fault(
        "home-label",
        "标签是家庭版，装的是专业版",
        units=_units(rows),
        licences=_numbers(rows),
        assets=_assets(rows),
    )


def _bought_before_funded(county: County) -> Fault:
    rows = [
        row
        for row in county.progress
        if row["完成软件采购"] and not row["落实采购经费"] and row["无需采购"] != "是"
    ]
    return Fault("bought-before-funded", "未落实经费已完成采购", units=_units(rows))


def _same_asset_number(county: County) -> Fault:
    counts = Counter(text(row, "资产编号") for row in county.computer)
    rows = [row for row in county.computer if counts[text(row, "资产编号")] > 1]
    return Fault(
        "same-asset-number",
        "两个单位用了同一资产编号（允许）",
        units=_units(rows),
        assets=_assets(rows),
    )


def _rare_names(county: County) -> Fault:
    rows = [row for row in county.person if any(sign in text(row, "姓名") for sign in _RARE_SIGNS)]
    return Fault(
        "rare-names",
        "姓名中有生僻字、多音姓和间隔号（允许）",
        units=_units(rows),
        people=_different(text(row, "姓名") for row in rows),
    )


def _nameless_director(county: County) -> Fault:
    rows = [row for row in county.person if row["职责"] == "办公室主任" and not row["姓名"]]
    return Fault("nameless-director", "办公室主任姓名为空", units=_units(rows))


def _broken_phone(county: County) -> Fault:
    rows = [row for row in county.person if "E+" in text(row, "手机")]
    return Fault(
        "broken-phone",
        "手机号被表格软件写成 1.39E+10",
        units=_units(rows),
        people=_different(text(row, "姓名") for row in rows),
    )


def _fake_phones(county: County) -> Fault:
    rows = [row for row in county.person if text(row, "手机").startswith("139000")]
    return Fault("fake-phones", "电话号码一看即为虚构", people=_different(text(row, "姓名") for row in rows))


def _office_over_cap(county: County) -> Fault:
    rows = [
        row
        for row in county.licence
        if row["软件类别"] == "办公" and row["单价"] and Decimal(text(row, "单价")) > _OFFICE_CAP_YUAN
    ]
    return Fault(
        "office-over-cap", "一套 Office 1680 元，超过限价", units=_units(rows), licences=_numbers(rows)
    )


_FINDERS: tuple[Callable[[County], Fault], ...] = (
    _office_over_seats,
    _shared_serial,
    _contract_without_proof,
    _over_allocation,
    _two_suites,
    _home_label,
    _bought_before_funded,
    _same_asset_number,
    _rare_names,
    _nameless_director,
    _broken_phone,
    _fake_phones,
    _office_over_cap,
)


def _uses(county: County) -> Mapping[str, Counter[str]]:
    """Return how many copies in each unit refer to each licence number."""
    uses: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for row in county.installation:
        uses[text(row, "软件编号")][text(row, "单位名称")] += 1
    return uses


def _asset(row: Row) -> Asset:
    return text(row, "单位名称"), text(row, "资产编号")


def _assets(rows: Iterable[Row]) -> tuple[Asset, ...]:
    return tuple(_asset(row) for row in rows)


def _units(rows: Iterable[Row]) -> tuple[str, ...]:
    return _different(text(row, "单位名称") for row in rows)


def _numbers(rows: Iterable[Row]) -> tuple[str, ...]:
    return _different(text(row, "软件编号") for row in rows)


def _different(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))
