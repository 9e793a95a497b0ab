"""Adding a table up unit by unit: what each unit adds and from where, and what is to be said of the sum."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from desktop.actions.locks import is_accepted
from desktop.actions.scoping import first_few
from desktop.core.campaign import Campaign
from desktop.core.consolidation import Contribution, Origin, differing, summed
from desktop.core.findings import Finding, FindingClass, Place
from desktop.core.indicators import Question, resolve
from desktop.core.issued import State
from desktop.core.report import ReportKey
from desktop.core.unit import Unit, reporting_unit
from desktop.errors import AppError
from desktop.forms.expected import Expected
from desktop.forms.filled import FilledForm
from desktop.forms.filling.asking import ask, with_group
from desktop.forms.filling.binding import fill_form
from desktop.forms.filling.material import Filling
from desktop.forms.freezing import values_in
from desktop.forms.numbers import leaf_value, typed_number
from desktop.forms.spec import Block, FormSpec, Number, Template, Where
from desktop.store.database import Ledger
from desktop.store.indicators import StoredIndicators
from desktop.store.issued import frozen, issued_of
from desktop.store.reports import report_of
from desktop.store.units import all_units

_TELLING = ("computers", "packs", "seats", "amount", "installations", "reporting_progress")
"""Indicators that tell whether the ledger holds anything of a unit: it does where one has rows, be they of nothing."""
_HALF_A_UNIT = Decimal("0.5")


@dataclass(frozen=True, slots=True)
class Sought:
    """Which table is added up, for which campaign, units (by the question's scope) and period."""

    spec: FormSpec
    campaign: Campaign
    question: Question
    period: str


def contributions_to(ledger: Ledger, sought: Sought) -> list[Contribution]:
    """Return what each unit that reports on its own adds, in the office's own order.

    A report that has passed gives its printed values; else the ledger; a unit of which there is neither is 未报.
    Raises AppError for a table whose rows stand for records: it lists them and adds nothing up.
    """
    _refuse_records(sought.spec)
    units = all_units(ledger)
    leaves = _Leaves.asked(ledger, sought, units)
    reporters = [number for number in units if number in sought.question.scope]
    return [
        _contribution(ledger, sought, units[number], leaves)
        for number in reporters
        if reporting_unit(number, units) == number
    ]


def leaf_cells(spec: FormSpec) -> list[str]:
    """Return the ids of the cells that stand for themselves and are added up; formulas give the others."""
    return [number.id for _, number in _leaf_numbers(spec)]


def findings_of(form: FilledForm, contributions: Sequence[Contribution]) -> Iterator[Finding]:
    """Yield what is to be said of a sum: units that are missing, reports not passed, what the ledger says otherwise."""
    missing = [each.unit.name for each in contributions if each.origin is Origin.MISSING]
    if missing:
        late = [
            each.unit.name for each in contributions if each.origin is Origin.MISSING and each.is_unaccepted
        ]
        more = f"其中 {len(late)} 个的报表还没有审核通过：{first_few(late)}。" if late else ""
        text = f"{len(missing)} 个单位未报，没有计入：{first_few(missing)}。{more}"
        yield Finding("V31", FindingClass.C, text, "请催报、审核；确实不报的请说明。")
    from_ledger = [each for each in contributions if each.origin is Origin.LEDGER]
    waiting = [each.unit.name for each in from_ledger if each.is_unaccepted]
    if waiting:
        text = f"{len(waiting)} 个单位的报表还没有审核通过，取的是台账的数：{first_few(waiting)}。"
        yield Finding("V32", FindingClass.B, text, "请先审核（issued accept 或 paper accept），或说明原因。")
    typed = [each.unit.name for each in from_ledger if each.is_typed]
    if typed:
        text = f"{len(typed)} 个单位的表有手工填报的数，没有定稿审核，取的是台账的数：{first_few(typed)}。"
        yield Finding(
            "V34", FindingClass.B, text, "请让单位定稿并审核（issued accept）后再汇总，或说明原因。"
        )
    for name in leaf_cells(form.spec):
        yield from _difference(form, name, differing(contributions, name))


def _difference(
    form: FilledForm, name: str, differences: Sequence[tuple[Unit, Decimal]]
) -> Iterator[Finding]:
    """Yield what the gaps to the ledger are: rounding where half of the last place explains that of each unit."""
    place = Place(cell=form.cells[name].path)
    room = _rounding(form, name)
    measure = " 万元" if room else ""
    real = [(unit, by) for unit, by in differences if abs(by) > room]
    rest = sum((by for _, by in differences if abs(by) <= room), start=Decimal(0))
    if not real:
        if rest:
            text = f"各单位按印出的数相加，比台账{_more_or_less(rest)}{measure}，属四舍五入差。"
            yield Finding("V33", FindingClass.D, text, "不必处理。", place)
        return
    total = sum((by for _, by in real), start=rest)
    lead = f"比台账{_more_or_less(total)}{measure}，其中" if total else "与台账相同，但"
    named = first_few([f"{unit.name}{_more_or_less(by)}{measure}" for unit, by in real])
    text = f"各单位报表之和{lead}有 {len(real)} 个单位的报表与台账不同：{named}。"
    if rest:
        text += f"其余{_more_or_less(rest)}{measure}，属四舍五入差。"
    yield Finding("V33", FindingClass.C, text, "请与有关单位核对，或说明原因。", place)


def _rounding(form: FilledForm, name: str) -> Decimal:
    """Return by how much rounding alone can change one unit's leaf cell: half of the last place of money."""
    if form.question is None:
        return Decimal(0)
    switches = form.question.switches
    code = next(number.indicator for _, number in _leaf_numbers(form.spec) if number.id == name)
    is_money = resolve(code, switches).measure == "分"
    return _HALF_A_UNIT.scaleb(-switches.money_decimals) if is_money else Decimal(0)


def _more_or_less(difference: Decimal) -> str:
    said = format(abs(difference).normalize(), "f")
    return f"{'多' if difference > 0 else '少'} {said}"


def remark_of(contributions: Sequence[Contribution]) -> list[str]:
    """Return what is printed under a table that is added up: how many units are missing."""
    missing = [each.unit.name for each in contributions if each.origin is Origin.MISSING]
    return [f"本表另有 {len(missing)} 个单位未报，没有计入：{first_few(missing)}。"] if missing else []


def given_by(spec: FormSpec, contributions: Sequence[Contribution]) -> dict[str, Decimal]:
    """Return the sums of the leaf cells."""
    return summed(contributions, leaf_cells(spec))


def _refuse_records(spec: FormSpec) -> None:
    if any(row.repeats for block in spec.blocks for row in block.rows):
        raise AppError(
            "NOT-ADDED",
            "不能汇总",
            message=f"《{spec.title}》逐行登记，没有可以相加的格。",
            remedy="请直接填表，各单位的行都会列出。",
        )


def _leaf_numbers(spec: FormSpec) -> Iterator[tuple[Block, Number]]:
    for block in spec.blocks:
        for cell in block.cells:
            content = cell.content
            numbers = content.numbers if isinstance(content, Template) else (content,)
            yield from ((block, each) for each in numbers if isinstance(each, Number) and each.indicator)


@dataclass(frozen=True)
class _Leaves:
    """What the ledger gives for the leaf cells of each unit, in the smallest measure (money in 分).

    `known` are the units of which the ledger holds anything.
    """

    amounts: Mapping[str, Mapping[int, int]]
    known: frozenset[int]

    @classmethod
    def asked(cls, ledger: Ledger, sought: Sought, units: Mapping[int, Unit]) -> _Leaves:
        """Ask the ledger once for all units."""
        indicators = StoredIndicators(ledger)
        answers = ask(sought.spec, indicators, sought.question, also_by=("unit",))
        amounts = {
            number.id: _rolled_up(answers.beside(number.indicator, _where(number, block), ("unit",)), units)
            for block, number in _leaf_numbers(sought.spec)
        }
        known = {
            unit
            for code in _TELLING
            for unit in _rolled_up(indicators.totals(code, sought.question, ["unit"]), units)
        }
        return cls(amounts, frozenset(known))


def _where(number: Number, block: Block) -> Where:
    return with_group(number.where, block)


def _rolled_up(amounts: Mapping[tuple[str, ...], int], units: Mapping[int, Unit]) -> dict[int, int]:
    """Return amounts by the unit that reports them."""
    sums: defaultdict[int, int] = defaultdict(int)
    for (unit,), amount in amounts.items():
        sums[reporting_unit(int(unit), units)] += amount
    return sums


def _contribution(ledger: Ledger, sought: Sought, unit: Unit, leaves: _Leaves) -> Contribution:
    by_ledger = _exact(sought, unit, leaves) if unit.id in leaves.known else None
    key = ReportKey(sought.spec.code, sought.campaign.id, unit.id, "", sought.period)
    holding = next((form for form in issued_of(ledger, key) if form.holds), None)
    if holding is not None and holding.state is State.ACCEPTED:
        values = _numbers(sought.spec, values_in(frozen(ledger, holding.hashes.filled)))
        return Contribution(unit, Origin.ISSUED, values, by_ledger, holding.number)
    report = report_of(ledger, key)
    if report.is_paper and is_accepted(ledger, key):
        values = _numbers(sought.spec, {name: typed.value for name, typed in report.cells.items()})
        return Contribution(unit, Origin.PAPER, values, by_ledger)
    is_waiting = holding is not None or report.is_paper
    if by_ledger is None:
        return Contribution(unit, Origin.MISSING, {}, is_unaccepted=is_waiting)
    values = _by_ledger(sought, unit, leaves)
    is_typed = bool(report.cells) and not is_waiting
    return Contribution(unit, Origin.LEDGER, values, by_ledger, is_unaccepted=is_waiting, is_typed=is_typed)


def _numbers(spec: FormSpec, values: Mapping[str, Decimal | str]) -> dict[str, Decimal]:
    """Return the numbers among what a report holds, those that only checks read left out."""
    expected = Expected(spec)
    unprinted = {each.id for each in spec.unprinted}
    found = {}
    for name, value in values.items():
        number = value if isinstance(value, Decimal) else typed_number(value)
        if number is not None and expected.is_number(name) and name not in unprinted:
            found[name] = Decimal(number)
    return found


def _own_leaves(sought: Sought, unit: Unit) -> Iterator[Number]:
    """Yield the leaf cells that a unit fills: those of the blocks of its group."""
    group = sought.question.scope[unit.id]
    yield from (number for block, number in _leaf_numbers(sought.spec) if block.group in ("", group))


def _exact(sought: Sought, unit: Unit, leaves: _Leaves) -> dict[str, Decimal]:
    switches = sought.question.switches
    return {
        number.id: Decimal(leaves.amounts[number.id].get(unit.id, 0)).scaleb(
            -6 if resolve(number.indicator, switches).measure == "分" else 0
        )
        for number in _own_leaves(sought, unit)
    }


def _by_ledger(sought: Sought, unit: Unit, leaves: _Leaves) -> dict[str, Decimal]:
    """Return a unit's numbers as its own table would print them, totals worked out."""
    given = {
        number.id: leaf_value(number.indicator, leaves.amounts[number.id].get(unit.id, 0), sought.question)
        for number in _own_leaves(sought, unit)
    }
    form = fill_form(sought.spec, Filling(question=sought.question, given=given))
    return _numbers(
        sought.spec, {cell.id: cell.value for cell in form.cells.values() if cell.value is not None}
    )
