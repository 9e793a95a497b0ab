"""What is odd about how a form is asked for, whatever table it is: its days, its unit, its header."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from desktop.actions.scoping import first_few, ungrouped_names
from desktop.core.campaign import Campaign
from desktop.core.dates import chinese_date
from desktop.core.findings import Finding, FindingClass, Place
from desktop.core.issued import IssuedForm
from desktop.core.text import match_key
from desktop.core.unit import Unit, reporting_unit
from desktop.forms.filled import FilledForm
from desktop.forms.header import ROOM, VARIABLES
from desktop.store.database import Ledger
from desktop.store.units import all_units

_MUST_BE_FILLED = {
    "unit": "一个单位的表请用 --unit 指明单位",
    "filler": "请在「人员」表中登记填表人（职责写填表人、信息报送人或经办人）",
    "phones": "请在「人员」表中登记填表人的办公电话或手机",
}
"""The variables of the header that must be filled, and where they are filled from.

填表时间 is not among them: it may be left for handwriting.
"""


@dataclass(frozen=True, slots=True)
class Asked:
    """For which campaign, unit (None for several), days and group (empty for all) a form is asked.

    `issued` is its issued form that holds.
    """

    campaign: Campaign
    unit: Unit | None
    as_of: datetime.date
    dated: datetime.date | None
    group: str = ""
    issued: IssuedForm | None = None


def doubts_about(ledger: Ledger, form: FilledForm, asked: Asked) -> Iterator[Finding]:
    """Yield what is odd about a filled form apart from its own checks."""
    yield from _days(asked)
    yield from _header(form)
    if asked.issued is not None:
        text = f"本表已有定稿 {asked.issued.number}。"
        yield Finding(
            "F05", FindingClass.D, text, "盖章请用 issued print 原样打印；要改请用 issue --corrects 更正。"
        )
    if asked.unit is not None:
        yield from _unit(ledger, asked.unit)
        yield from _other_unit(form, asked.unit)
    elif not asked.group:
        yield from _ungrouped(ledger, asked.campaign)


def _days(asked: Asked) -> Iterator[Finding]:
    dated, campaign = asked.dated, asked.campaign
    if dated is None:
        return
    day = chinese_date(dated)
    if dated < asked.as_of:
        text = f"填表时间 {day}早于数据截止日 {chinese_date(asked.as_of)}。"
        yield Finding("F02", FindingClass.C, text, "请核对填表时间和数据截止日。")
    if campaign.ends_on and dated > campaign.ends_on:
        text = f"填表时间 {day}晚于任务「{campaign.name}」的截止日期 {chinese_date(campaign.ends_on)}。"
        yield Finding("V20", FindingClass.C, text, "请核对填表时间，迟报的请说明原因。")
    elif campaign.starts_on and dated < campaign.starts_on:
        text = f"填表时间 {day}早于任务「{campaign.name}」的开始日期 {chinese_date(campaign.starts_on)}。"
        yield Finding("V20", FindingClass.C, text, "请核对填表时间和所选的任务。")


def _header(form: FilledForm) -> Iterator[Finding]:
    """Yield the fields of the header that are empty (V19); before a form is issued they must be filled."""
    for name, source in _MUST_BE_FILLED.items():
        cell = form.cells.get(f"{ROOM}.{VARIABLES[name]}")
        if cell is None or cell.value is not None:
            continue
        remedy = f"{source}，或用 type 填写「{cell.path}」；定稿前必须填好。"
        if form.is_paper:
            remedy = (
                "请照纸质表在工作簿的表头补录，再用 paper enter 重新代录；纸质表上也没有的，请退回单位补填。"
            )
        yield Finding("V19", FindingClass.D, "还没有填。", remedy, Place(cell=cell.path))


def _other_unit(form: FilledForm, unit: Unit) -> Iterator[Finding]:
    """Yield that the header was typed with another name than the unit's."""
    cell = form.cells.get(f"{ROOM}.{VARIABLES['unit']}")
    if cell is None or not cell.is_typed or match_key(cell.text) in map(match_key, unit.names):
        return
    text = f"写的是「{cell.text}」，本表是「{unit.name}」的。"
    yield Finding("F07", FindingClass.B, text, "请核对是哪个单位的表，或说明原因。", Place(cell=cell.path))


def _ungrouped(ledger: Ledger, campaign: Campaign) -> Iterator[Finding]:
    names = ungrouped_names(ledger, campaign)
    if names:
        text = f"任务「{campaign.name}」设了分组，有 {len(names)} 个单位不在任何分组，没有计入：{first_few(names)}。"
        remedy = "请用 campaign group 补齐分组，或在「单位」表中改为不纳入本次任务；确不计入的请说明。"
        yield Finding("F06", FindingClass.C, text, remedy)


def _unit(ledger: Ledger, unit: Unit) -> Iterator[Finding]:
    units = all_units(ledger)
    reporter = units[reporting_unit(unit.id, units)]
    if reporter.id != unit.id:
        text = f"「{unit.name}」不独立填报，它的数已计入「{reporter.name}」。"
        yield Finding("F03", FindingClass.D, text, "本表只供核对，上报用上级单位的表。")
    elif not unit.in_scope:
        text = f"「{unit.name}」没有纳入本次任务，各汇总表不含它的数。"
        yield Finding("F03", FindingClass.D, text, "本表只供核对；应纳入的，请在「单位」表中改正后导入。")
