"""Filling a form for a unit, a group or the whole campaign, on a cut-off day."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, replace

from desktop.actions.consolidating import (
    Sought,
    contributions_to,
    findings_of,
    given_by,
    remark_of,
)
from desktop.actions.doubts import Asked, doubts_about
from desktop.actions.earlier import previous_values
from desktop.actions.naming import campaign_called, form_called, licence_called, unit_called
from desktop.actions.scoping import Selection, group_code, scope_of
from desktop.core.campaign import Campaign
from desktop.core.consolidation import Contribution
from desktop.core.dates import chinese_date
from desktop.core.indicators import IndicatorRow, Question
from desktop.core.person import Person, Responsibility
from desktop.core.report import ReportKey
from desktop.core.unit import Unit
from desktop.errors import AppError
from desktop.forms.filled import FilledCell, FilledForm
from desktop.forms.filling.binding import fill_form
from desktop.forms.filling.material import Filling
from desktop.forms.spec import FormSpec
from desktop.store import settings
from desktop.store.campaigns import texts_of
from desktop.store.database import Ledger
from desktop.store.form_records import StoredFormRecords
from desktop.store.indicators import StoredIndicators
from desktop.store.issued import issued_of
from desktop.store.licences import NamedLicence
from desktop.store.people import people_of_unit
from desktop.store.reports import report_of
from desktop.store.units import all_units, units_called


@dataclass(frozen=True, slots=True)
class Request:
    """Which form is wanted, for whom and when. Names are those a person types.

    `as_of` is the cut-off day (数据截止日), today unless given; `dated` is printed as 填表时间, and left for
    writing by hand unless given. A blank copy has at least so many `lines` in its repeated rows. A consolidated
    form is added up from the units' reports.
    """

    form: str
    campaign: str = ""
    unit: str = ""
    group: str = ""
    licence: str = ""
    period: str = ""
    as_of: datetime.date | None = None
    dated: datetime.date | None = None
    is_blank: bool = False
    lines: int = 0
    is_consolidated: bool = False


@dataclass(frozen=True)
class Situation:
    """A request looked up: the form, for which campaign, units and days, and what was added to it."""

    spec: FormSpec
    campaign: Campaign
    unit: Unit | None
    selection: Selection
    licence: NamedLicence | None
    texts: Mapping[str, str]
    key: ReportKey
    question: Question

    @property
    def sought(self) -> Sought:
        """What is added up when the form is consolidated."""
        return Sought(self.spec, self.campaign, self.question, self.key.period)


def situation_of(ledger: Ledger, request: Request) -> Situation:
    """Return what a request is about. Raises AppError for a form, campaign, unit or group that is not there."""
    spec = form_called(request.form, ledger.path)
    campaign = campaign_called(ledger, request.campaign)
    unit, licence = _whose(ledger, spec, request)
    selection = scope_of(ledger, campaign, unit=unit, group=request.group)
    question = Question(
        as_of=request.as_of or ledger.today,
        scope=selection.scope,
        switches=campaign.switches,
        campaign_id=campaign.id,
        campaign_from=campaign.starts_on,
    )
    texts = {**_captions(selection), **texts_of(ledger, campaign.id, spec.code)}
    key = report_key(ledger, request)
    return Situation(spec, campaign, unit, selection, licence, texts, key, question)


def fill(ledger: Ledger, request: Request) -> FilledForm:
    """Return the form filled from the ledger, added up unit by unit if so asked, or blank. Writes nothing.

    Raises AppError for a form, campaign, unit or group that is not there, and for what cannot be added up.
    """
    asked = situation_of(ledger, request)
    if request.is_blank:
        return blank_form(asked.spec, asked.texts, _lines(asked.spec, request.lines))
    report = report_of(ledger, asked.key)
    parts = contributions(ledger, request) if request.is_consolidated else None
    form = fill_form(
        asked.spec,
        Filling(
            question=asked.question,
            indicators=StoredIndicators(ledger),
            records=StoredFormRecords(ledger),
            header={
                **_header(ledger, asked.unit, request.dated),
                **_of_licence(ledger, asked.licence, asked.question),
            },
            texts=asked.texts,
            expected=asked.selection.reporting_names,
            typed=report.cells,
            is_paper=report.is_paper,
            previous=previous_values(ledger, asked.key, asked.question.as_of),
            deadline=asked.campaign.ends_on,
            narrowed={"licence": frozenset({asked.licence.uid})} if asked.licence else {},
            given=None if parts is None else given_by(asked.spec, parts),
            remarks=() if parts is None else remark_of(parts),
        ),
    )
    holding = next((each for each in issued_of(ledger, asked.key) if each.holds), None)
    whose = Asked(
        asked.campaign, asked.unit, asked.question.as_of, request.dated, group=request.group, issued=holding
    )
    doubts = doubts_about(ledger, form, whose)
    of_parts = findings_of(form, parts) if parts is not None else ()
    form = replace(form, explanations=report.explanations, parts=None if parts is None else tuple(parts))
    findings = map(form.explained, (*form.findings, *of_parts, *doubts))
    return replace(form, findings=tuple(findings))


def contributions(ledger: Ledger, request: Request) -> list[Contribution]:
    """Return what each unit adds to a consolidated form. Raises AppError for one unit alone, and as `fill` does."""
    if request.unit:
        message = "一个单位的表不用汇总。"
        raise AppError(
            "NOT-ADDED", "不能汇总", message=message, remedy="请去掉 --unit，或去掉 --consolidate。"
        )
    return contributions_to(ledger, situation_of(ledger, request).sought)


def blank_form(spec: FormSpec, texts: Mapping[str, str], lines: Mapping[tuple[str, int], int]) -> FilledForm:
    """Return a blank copy with a campaign's words, and so many lines in the repeated rows that are named."""
    return fill_form(spec, Filling(texts=texts, lines=lines))


def _lines(spec: FormSpec, least: int) -> dict[tuple[str, int], int]:
    return {
        (block.id, number): max(least, row.least_lines)
        for block in spec.blocks
        for number, row in enumerate(block.rows)
        if row.repeats
    }


def report_key(ledger: Ledger, request: Request) -> ReportKey:
    """Return which filled form a request is about. Raises AppError for what is not there."""
    spec, campaign = form_called(request.form, ledger.path), campaign_called(ledger, request.campaign)
    unit, licence = _whose(ledger, spec, request)
    group = group_code(ledger, campaign, request.group)
    return ReportKey(
        spec.code,
        campaign.id,
        unit.id if unit else None,
        group,
        request.period,
        licence.uid if licence else "",
    )


def _whose(ledger: Ledger, spec: FormSpec, request: Request) -> tuple[Unit | None, NamedLicence | None]:
    """Return the unit and the licence that a form is about; a receiver's own 软件编号 names its unit by itself."""
    unit = unit_called(ledger, request.unit) if request.unit else None
    licence = _licence(ledger, spec, request, unit)
    if unit is None and licence is not None and not licence.is_owners:
        unit = all_units(ledger)[licence.unit_ids[0]]
    return unit, licence


def _licence(ledger: Ledger, spec: FormSpec, request: Request, unit: Unit | None) -> NamedLicence | None:
    """Return the licence that a form for one is about. Raises AppError when it is not named or not there."""
    if not spec.is_per_licence:
        if request.licence:
            message, remedy = f"《{spec.title}》不按软件编号填。", "请去掉 --licence。"
            raise AppError("NOT-PER-LICENCE", "不能这样填", message=message, remedy=remedy)
        return None
    if request.is_blank:
        return None
    if not request.licence:
        message = f"《{spec.title}》每个软件编号一张。"
        raise AppError(
            "WHICH-LICENCE", "没有指明软件编号", message=message, remedy="请用 --licence 指明软件编号。"
        )
    return licence_called(ledger, request.licence, unit)


def _of_licence(ledger: Ledger, licence: NamedLicence | None, question: Question) -> Mapping[str, str]:
    """Return the header's words about the licence that a form is about."""
    if licence is None:
        return {}
    totals = StoredIndicators(ledger).totals("seats", question, ["licence"])
    seats = str(totals.get((licence.uid,), 0))
    return {
        "licence_no": licence.number,
        "product": licence.product,
        "edition": licence.edition,
        "seats": seats,
    }


def _captions(selection: Selection) -> dict[str, str]:
    """Return the words of the campaign's own groups for the blocks named after them."""
    return {f"{group.code}机关": group.caption for group in selection.groups if group.caption}


def _header(ledger: Ledger, unit: Unit | None, dated: datetime.date | None) -> Mapping[str, str]:
    """Return the header's words: the filling unit, who fills and how to reach them, the date if given."""
    name = unit.name if unit else settings.setting(ledger, settings.OWN_OFFICE)
    known = [unit] if unit else units_called(ledger, name)
    office = known[0] if len(known) == 1 else None
    words = {"unit": office.name if office else name, "date": chinese_date(dated) if dated else ""}
    if office is None:
        return words
    filler = _first(ledger, office, (Responsibility.FILLER, Responsibility.REPORTER, Responsibility.HANDLER))
    manager = _first(ledger, office, (Responsibility.ENTERPRISE_MANAGER, Responsibility.LEADER))
    if filler is not None:
        phones = "、".join(phone for phone in (filler.office_phone, filler.mobile) if phone)
        words |= {"filler": filler.name, "phones": phones, "fax": filler.fax}
    if manager is not None:
        words |= {"manager": manager.name, "manager_phone": manager.office_phone or manager.mobile}
    return words


def _first(ledger: Ledger, unit: Unit, words: tuple[Responsibility, ...]) -> Person | None:
    people = (person for word in words for person in people_of_unit(ledger, unit.id, word))
    return next(people, None)


@dataclass(frozen=True)
class Explanation:
    """Where a cell's value comes from: the rows behind it, or the cells its formula reads."""

    cell: FilledCell
    rows: tuple[IndicatorRow, ...] = ()
    parts: tuple[FilledCell, ...] = ()


def explain(ledger: Ledger, form: FilledForm, name: str) -> Explanation:
    """Return where the cell with this id or path comes from. Raises AppError when the form has no such cell."""
    cell = form.find(name)
    if cell is None:
        near = "、".join(f"「{path}」" for path in form.near(name))
        raise AppError(
            "NO-CELL",
            "没有这个单元格",
            message=f"《{form.title}》中没有「{name}」。",
            remedy=f"是否应为{near}？" if near else "请用表头路径，自左、自上写起，各级之间用 / 隔开。",
        )
    if cell.trace.formula:
        return Explanation(cell, parts=tuple(form.parts_of(cell)))
    if not cell.trace.indicator or form.question is None or cell.value is None:
        return Explanation(cell)
    rows = StoredIndicators(ledger).rows(cell.trace.indicator, form.question, cell.trace.where or {})
    return Explanation(cell, rows=tuple(rows))
