"""The kinds of record that fill rows of a form, with the fields that a form may show. The queries are in `store`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from desktop.core.installation import Claim
from desktop.core.licence import Source
from desktop.core.product import SoftwareClass


class FieldKind(StrEnum):
    """How a field of a record is written on a form."""

    TEXT = "text"
    COUNT = "count"
    MONEY = "money"
    """An amount in 分, printed in 元."""
    DATE = "date"


@dataclass(frozen=True, slots=True)
class RecordField:
    """A field of a record: its name, its Chinese title, how it is written."""

    name: str
    title: str
    kind: FieldKind = FieldKind.TEXT


@dataclass(frozen=True)
class RecordKind:
    """A kind of record that rows are made of.

    `filters` are what a row of a form may choose by, with the values known beforehand (none for any text).
    Numbers beside a record are indicators taken for it alone, by `dimensions`; without any there are none.
    """

    name: str
    title: str
    fields: tuple[RecordField, ...]
    filters: Mapping[str, Sequence[str]] = field(default_factory=dict)
    dimensions: tuple[str, ...] = ()

    @cached_property
    def positions(self) -> Mapping[str, int]:
        """Where each field stands among a record's values."""
        return {each.name: position for position, each in enumerate(self.fields)}


@dataclass(frozen=True, slots=True)
class Record:
    """A record: its uid, its values in the kind's dimensions, the values of the kind's fields in their order."""

    uid: str
    key: tuple[str, ...]
    values: tuple[str | int | None, ...]


def _fields(text: str) -> tuple[RecordField, ...]:
    """Return fields written as `name:title` or `name:title:kind`, parted by blanks."""
    parted = (each.split(":") for each in text.split())
    return tuple(RecordField(name, title, FieldKind(*kind or ["text"])) for name, title, *kind in parted)


_WHOSE = "unit_name:单位名称"
_SOFTWARE = "licence_no:软件编号 product:软件名称 edition:版本"
_COMPUTER = "asset_no:资产编号 department:科室 user_name:使用人"
_CLASSES = {"class": list(SoftwareClass)}

RECORD_KINDS = {
    kind.name: kind
    for kind in (
        RecordKind(
            "people",
            "人员",
            _fields(
                f"{_WHOSE} name:姓名 department:科室 post:职务 office_phone:办公电话 mobile:手机 fax:传真 email:邮箱"
            ),
            {"responsibility": ()},
        ),
        RecordKind(
            "units",
            "填报单位",
            _fields(
                f"{_WHOSE} category:类别 level:级别 leader_name:负责人 leader_post:负责人职务 leader_phone:负责人电话"
                " leader_mobile:负责人手机 contact_name:联系人 contact_post:联系人职务 contact_phone:联系人电话"
                " contact_mobile:联系人手机 contact_fax:传真 contact_email:邮箱"
            ),
            dimensions=("reporter",),
        ),
        RecordKind(
            "computers",
            "计算机",
            _fields(
                f"{_WHOSE} {_COMPUTER} place:存放地点 kind:类型 state:状态 model:品牌型号 identifier:设备编号"
                " purchased_on:购置日期:date in_use_from:启用日期:date systems:操作系统 office:办公软件"
                " antivirus:杀毒软件 others:其他软件 note:备注"
            ),
            {"kind": ("台式", "便携", "服务器")},
        ),
        RecordKind(
            "licences",
            "许可",
            _fields(
                f"{_WHOSE} {_SOFTWARE} class:软件类别 origin:国内/国外 source:来源 method:授权方式 licensee:被授权单位"
                " purchased_on:购买日期:date valid_to:有效期至 contract_no:合同编号 supplier:供货商 proof:授权证明"
                " note:备注"
            ),
            {
                **_CLASSES,
                "source": list(Source),
                "sort": ("商业软件", "预装软件", "免费软件"),
                "holding": ("有效", "仅在用"),
            },
            dimensions=("licence", "reporter"),
        ),
        RecordKind(
            "purchases",
            "购买和配发",
            _fields(
                f"purchased_on:日期:date {_WHOSE} {_SOFTWARE} source:来源 method:授权方式 packs:套数:count"
                " seats:许可数:count unit_price:单价:money amount:金额:money supplier:供货商 contract_no:合同编号"
                " funding:资金来源 valid_from:有效期起:date valid_to:有效期至:date proof:授权证明 note:备注"
            ),
            _CLASSES,
        ),
        RecordKind(
            "uses",
            "在用软件",
            _fields(
                f"{_WHOSE} {_COMPUTER} computer_kind:计算机类型 class:软件类别 {_SOFTWARE} installed_on:安装日期:date"
                " claim:是否正版 product_identifier:产品ID note:备注"
            ),
            {**_CLASSES, "claim": list(Claim)},
        ),
        RecordKind(
            "events",
            "安装和卸载",
            _fields(
                f"happened_on:日期:date action:动作 {_WHOSE} {_SOFTWARE} {_COMPUTER} user_signed:使用人签字"
                " backed_up:已备份 seats:许可数:count installed:已安装:count remaining:剩余:count note:备注"
            ),
            {**_CLASSES, "action": ("安装", "卸载"), "licence": ()},
        ),
        RecordKind(
            "replacements",
            "更换",
            _fields(
                f"happened_on:更换日期:date {_WHOSE} {_COMPUTER} old_product:原软件 old_edition:原版本"
                " old_licence_no:原软件编号 product:现软件 edition:现版本 licence_no:现软件编号 note:备注"
            ),
            _CLASSES,
        ),
        RecordKind(
            "disposals",
            "报废",
            _fields(
                f"happened_on:日期:date {_WHOSE} {_SOFTWARE} seats:许可数:count reason:原因 asset_no:资产编号 note:备注"
            ),
            _CLASSES,
        ),
    )
}
"""Every kind by its name."""
