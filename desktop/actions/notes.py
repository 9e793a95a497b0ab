"""The notes on how a table was made (编制说明): day, ways of counting, what was typed, explained and left out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from desktop.actions.filling import Request, Situation, fill, situation_of
from desktop.core.campaign import AmountBasis, ProgressKind, Switches, TotalMeaning
from desktop.core.consolidation import Contribution, Origin
from desktop.core.dates import chinese_date
from desktop.core.indicators import TOTAL
from desktop.core.secrecy import NO_CLASSIFIED_COMPUTERS
from desktop.core.unit import Unit
from desktop.forms.filled import FilledForm, is_printed
from desktop.forms.filling.asking import ask, wanted_by
from desktop.forms.paper.prose import Paragraph, Prose
from desktop.store.campaigns import confirmed_facts
from desktop.store.database import Ledger
from desktop.store.indicators import StoredIndicators
from desktop.store.units import all_units

_NUMERALS = "一二三四五六七八九十"
_BASES = {
    AmountBasis.VALID: "截止日有效许可的购买价款",
    AmountBasis.IN_CAMPAIGN: "本任务期间采购的价款",
    AmountBasis.ALL_YEARS: "历年采购的价款",
}


def notes_on(ledger: Ledger, request: Request) -> Prose:
    """Return the notes on a filled form. Raises AppError as `fill` does."""
    asked = situation_of(ledger, request)
    form = fill(ledger, request)
    parts = form.parts
    chapters = [
        ("填报范围", [_scope(ledger, asked, request)]),
        ("统计口径", list(_counting(ledger, asked, parts))),
        ("汇总来源", list(_sources(parts)) if parts is not None else []),
        ("手工填报的单元格", list(_typed(form))),
        ("审核说明", list(_explained(form))),
        ("未计入和需核对的数", list(_left_out(ledger, asked, form))),
        ("保密说明", [f"{NO_CLASSIFIED_COMPUTERS}。"]),
    ]
    paragraphs: list[Paragraph] = []
    filled = [(title, lines) for title, lines in chapters if lines]
    for numeral, (title, lines) in zip(_NUMERALS, filled, strict=False):
        paragraphs.append(Paragraph(f"{numeral}、{title}", is_heading=True))
        paragraphs += map(Paragraph, lines)
    return Prose(f"《{form.title}》编制说明", tuple(paragraphs))


def _scope(ledger: Ledger, asked: Situation, request: Request) -> str:
    whom = (
        f"「{asked.unit.name}」"
        if asked.unit
        else f"分组「{request.group}」"
        if request.group
        else "全部分组"
    )
    names = asked.selection.reporting_names
    dated = f"填表时间 {chinese_date(request.dated)}。" if request.dated else "填表时间在盖章时手填。"
    many = f"，{len(names)} 个单位" if not asked.unit else ""
    period = f"报表期 {request.period}，" if request.period else ""
    day = chinese_date(asked.question.as_of)
    outside = [unit.name for unit in all_units(ledger).values() if _is_outside(unit, asked)]
    left = f"没有纳入的单位 {len(outside)} 个：{_listed(outside)}。" if outside and not asked.unit else ""
    return f"任务「{asked.campaign.name}」，{period}{whom}{many}。数据截止日 {day}。{dated}{left}"


def _is_outside(unit: Unit, asked: Situation) -> bool:
    return unit.reports_alone and unit.id not in asked.question.scope


def _counting(ledger: Ledger, asked: Situation, parts: Sequence[Contribution] | None) -> Iterator[str]:
    """Yield the ways of counting, as far as the form uses them."""
    used = {code for code, _, _ in wanted_by(asked.spec)}
    switches = asked.question.switches
    if "computers" in used:
        servers = "含服务器" if switches.count_servers else "不含服务器"
        idle = "含闲置" if switches.count_idle else "不含闲置"
        yield f"计算机总数为截止日在用的计算机，{servers}，{idle}；没有启用日期的按已启用计。"
    if TOTAL in used:
        yield _total(
            ledger,
            asked,
            of_ledger=all(part.origin in (Origin.LEDGER, Origin.MISSING) for part in parts or ()),
        )
    if "seats" in used:
        oem = "含预装" if switches.count_oem_seats else "不含预装"
        free = "含免费软件" if switches.count_free_seats else "不含免费软件"
        yield f"许可数为截止日有效的许可，{oem}，{free}；升级用掉的原许可不计，配发的计入接收单位。"
    if "amount" in used:
        yield f"金额为{_BASES[switches.amount_basis]}，预装的为零，单位万元，保留 {switches.money_decimals} 位小数。"
    if used & {"progress", "reporting_progress"}:
        yield from _progress(ledger, asked)


def _total(ledger: Ledger, asked: Situation, *, of_ledger: bool) -> str:
    """Return what 总数（个） counts, and what it would be the other way, as far as the ledger knows."""
    switches = asked.question.switches
    meant = switches.total_meaning
    other = TotalMeaning.INSTALLED if meant is TotalMeaning.PACKS else TotalMeaning.PACKS
    sums = [_sum_of_totals(ledger, asked, replace(switches, total_meaning=each)) for each in (meant, other)]
    words = {TotalMeaning.PACKS: "套数（网络版按一套计）", TotalMeaning.INSTALLED: "在用的安装份数"}
    if not of_ledger:
        return f"总数（个）为{words[meant]}；只按台账计，共 {sums[0]}，如按{words[other]}计，共 {sums[1]}，与表中审核通过的报表所印的数可以不同。"
    return f"总数（个）为{words[meant]}，共 {sums[0]}；如按{words[other]}计，共 {sums[1]}。"


def _sum_of_totals(ledger: Ledger, asked: Situation, switches: Switches) -> int:
    answers = ask(asked.spec, StoredIndicators(ledger), replace(asked.question, switches=switches))
    return sum(answers.amount(code, where) for code, where, _ in wanted_by(asked.spec) if code == TOTAL)


def _progress(ledger: Ledger, asked: Situation) -> Iterator[str]:
    units = all_units(ledger)
    names = [
        units[number].name
        for number in asked.question.scope
        if ProgressKind.NOTHING_TO_BUY in confirmed_facts(ledger, number, asked.campaign.id)
    ]
    if not names:
        return
    counted = (
        "视同落实经费、完成采购"
        if asked.question.switches.nothing_to_buy_counts
        else "不计入落实经费、完成采购"
    )
    yield f"无需采购的单位 {len(names)} 个，{counted}：{_listed(names)}。"


def _sources(parts: Sequence[Contribution]) -> Iterator[str]:
    """Yield how many units each source gave, and which are missing."""
    for origin, words in (
        (Origin.ISSUED, "取审核通过的定稿"),
        (Origin.PAPER, "取审核通过的纸质代录"),
        (Origin.LEDGER, "取台账的数"),
    ):
        names = [part.unit.name for part in parts if part.origin is origin]
        if names:
            which = f"：{_listed(names)}" if origin is not Origin.LEDGER else ""
            yield f"{words}的 {len(names)} 个单位{which}。"
    missing = [part.unit.name for part in parts if part.origin is Origin.MISSING]
    yield f"未报的 {len(missing)} 个单位，没有计入：{'、'.join(missing)}。" if missing else "没有未报的单位。"


def _typed(form: FilledForm) -> Iterator[str]:
    if form.is_paper:
        reason = next(cell.reason for cell in form.cells.values() if cell.is_typed)
        yield f"整表为纸质代录，理由：{reason}。"
        return
    for cell in form.cells.values():
        if cell.is_typed:
            computed = "空" if cell.computed is None else cell.computed
            yield f"{cell.path}填报 {cell.text}，台账为 {computed}，理由：{cell.reason}。"


def _explained(form: FilledForm) -> Iterator[str]:
    for finding in form.findings:
        if finding.explained and finding.code != "V11":
            place = f"{finding.place.cell}，" if finding.place.cell else ""
            yield f"{place}{finding.text.rstrip('。')}：{finding.explained.rstrip('。')}。"


def _left_out(ledger: Ledger, asked: Situation, form: FilledForm) -> Iterator[str]:
    """Yield the numbers that only checks read, and computers that the ways of counting leave out."""
    if "computers" in {code for code, _, _ in wanted_by(asked.spec)}:
        yield from _computers_left_out(ledger, asked)
    for cell in form.cells.values():
        if not is_printed(cell) and cell.text not in ("", "0"):
            yield f"{cell.path.partition('/')[2]} {cell.text}，供核对，不另印在表上。"


def _computers_left_out(ledger: Ledger, asked: Situation) -> Iterator[str]:
    switches = asked.question.switches
    everything = replace(asked.question, switches=replace(switches, count_servers=True, count_idle=True))
    totals = StoredIndicators(ledger).totals("computers", everything, ["kind", "state"])
    if not switches.count_servers:
        yield from _some("服务器", sum(n for (kind, _), n in totals.items() if kind == "服务器"))
    if not switches.count_idle:
        yield from _some("闲置的计算机", sum(n for (_, state), n in totals.items() if state == "闲置"))


def _some(what: str, many: int) -> Iterator[str]:
    if many:
        yield f"{what} {many} 台没有计入计算机总数。"


def _listed(names: Sequence[str]) -> str:
    return "、".join(names)
