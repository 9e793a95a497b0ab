"""The rows of the sheets 许可 and 安装. Knows no files."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from decimal import Decimal
from random import Random

from desktop.sample.copies import Copy
from desktop.sample.holdings import Holding, Holdings
from desktop.sample.material import Product
from desktop.sample.rows import REFERENCE_DAY, Cell, Row
from desktop.sample.shares import some_day

_ONE_PACK = ("网络授权", "场地授权", "用户授权")
_LONGEST_DELAY = datetime.timedelta(days=150)


def licence_row(rng: Random, words: Mapping[str, Sequence[str]], holding: Holding) -> Row:
    """Return the licence's row in the sheet 许可; who allocated it keeps contract and proof."""
    product = holding.product
    method = "免费使用" if holding.source == "免费" else product.method
    return {
        "单位名称": holding.site.name,
        "软件编号": holding.number,
        **_named(product),
        "来源": holding.source,
        "授权方式": method,
        "被授权单位": None if holding.source in ("免费", "预装") else holding.site.name,
        "套数": 1 if holding.seats is None or method in _ONE_PACK else holding.seats,
        "许可数": holding.seats,
        "单价": _yuan(holding.price),
        "金额": _yuan(holding.price * (holding.seats or 1)),
        "购买日期": holding.bought,
        "有效期起": holding.bought,
        "有效期至": _last_day(holding),
        **_contract(rng, words, holding),
        "上级许可编号": holding.pool,
        "原许可编号": None,
        "绑定资产编号": holding.machine.asset_no if holding.machine else None,
        "安装序列号": product.serial_at.get(holding.site.short),
        "备注": "县可使用免费软件清单" if holding.source == "免费" else None,
    }


def _named(product: Product) -> dict[str, Cell]:
    return {
        "软件名称": product.name,
        "版本": product.edition or None,
        "软件类别": product.software_class,
        "国内/国外": product.origin,
    }


def _yuan(amount: Decimal) -> str:
    return f"{amount:.2f}"


def _last_day(holding: Holding) -> Cell:
    if not holding.product.years or holding.source == "免费":
        return "永久"
    return holding.bought + datetime.timedelta(days=365 * holding.product.years - 1)


def _contract(rng: Random, words: Mapping[str, Sequence[str]], holding: Holding) -> dict[str, Cell]:
    """Return contract, supplier, money and proof; a planted licence has a contract and no proof."""
    if holding.source == "自行采购":
        is_unproven = holding.site.short in holding.product.unproven_at
        return {
            "合同编号": f"HT{holding.bought:%Y%m%d}-{holding.site.number:03d}",
            "供货商": rng.choice(words["suppliers"]),
            "资金来源": rng.choice(words["fundings"]),
            "授权证明": None if is_unproven else f"授权书（{holding.number}）",
        }
    proofs = {"预装": "COA标签照片", "上级配发": f"配发清单（{holding.pool}）", "免费": None}
    return {"合同编号": None, "供货商": None, "资金来源": None, "授权证明": proofs[holding.source]}


def installation_rows(
    rng: Random, unit_names: Mapping[str, str], copies: Sequence[Copy], held: Holdings
) -> list[Row]:
    """Return the sheet 安装; `unit_names` leads from short to full names."""
    return [
        {"单位名称": unit_names[copy.machine.unit], **_installed(rng, copy, held.of_copy.get(copy), order)}
        for order, copy in enumerate(copies, start=1)
    ]


def _installed(rng: Random, copy: Copy, licence: Holding | None, order: int) -> dict[str, Cell]:
    product = copy.product
    is_orderly = licence is not None and rng.random() < 0.97
    return {
        "资产编号": copy.machine.asset_no,
        **_named(product),
        "软件编号": licence.number if licence else None,
        "安装日期": _installed_on(rng, copy, licence),
        "卸载日期": None,
        "是否正版": "正版" if licence else product.claim,
        "使用人签字": "是" if is_orderly else "否",
        "已备份": "是" if is_orderly else "否",
        "产品ID": _product_id(product, order),
        "安装序列号": _serial(copy, licence, order),
        "备注": product.note,
    }


def _installed_on(rng: Random, copy: Copy, licence: Holding | None) -> datetime.date:
    """Return a day when the computer was in use and the licence was there; a system comes with the computer."""
    machine = copy.machine
    if copy.product is machine.system:
        return machine.in_use
    usable = (licence.usable or licence.bought) if licence else copy.product.bought[0]
    first = max(machine.in_use, usable)
    last = machine.retired or REFERENCE_DAY
    return min(some_day(rng, first, min(last, first + _LONGEST_DELAY)), REFERENCE_DAY)


def _product_id(product: Product, order: int) -> str | None:
    """Return a made-up product id of a Windows; that of a preinstalled one holds OEM."""
    if not product.name.startswith("Windows"):
        return None
    return f"00000-{'OEM' if product.right == 'OEM' else '000'}-{order:07d}-00000"


def _serial(copy: Copy, licence: Holding | None, order: int) -> str | None:
    """Return the serial number: the same on all copies where planted, else one for each retail copy."""
    shared = copy.product.serial_at.get(copy.machine.unit) if copy.is_planted else None
    if shared or licence is None or licence.product.method != "零售":
        return shared
    return f"SHILI-00000-00000-{order:05d}"
