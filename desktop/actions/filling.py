"""Filling a form for a unit, a group or the whole campaign, on a cut-off day."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from desktop.actions.scoping import Selection, scope_of
from desktop.core.campaign import Campaign
from desktop.core.dates import chinese_date
from desktop.core.indicators import IndicatorRow, Question
from desktop.core.person import Person, Responsibility
from desktop.core.text import match_key
from desktop.core.unit import Unit
from desktop.errors import AppError
from desktop.forms.filled import FilledCell, FilledForm
from desktop.forms.filling.binding import Filling, fill_form
from desktop.forms.reading.loader import load_forms
from desktop.forms.spec import BrokenForm, FormSpec
from desktop.paths import bundled_forms
from desktop.store import settings
from desktop.store.campaigns import all_campaigns, texts_of
from desktop.store.database import Ledger
from desktop.store.indicators import StoredIndicators
from desktop.store.people import StoredPeople, people_of_unit
from desktop.store.units import units_called


@dataclass(frozen=True, slots=True)
class Request:
    """Which form is wanted, for whom and when. Names are those a person types.

    `as_of` is the cut-off day (数据截止日), today unless given; `dated` is printed as 填表时间, and left for
    writing by hand unless given.
    """

    form: str
    campaign: str = ""
    unit: str = ""
    group: str = ""
    as_of: datetime.date | None = None
    dated: datetime.date | None = None
    is_blank: bool = False


def all_forms(ledger_path: Path | None = None) -> dict[str, FormSpec | BrokenForm]:
    """Return the official tables and the office's own beside its ledger, broken ones among them."""
    own = [ledger_path.parent / "forms"] if ledger_path else []
    return load_forms([bundled_forms(), *own])


def form_called(name: str, ledger_path: Path | None = None) -> FormSpec:
    """Return the form with this code or one of these titles; raises AppError when there is none or it is broken."""
    forms = all_forms(ledger_path)
    wanted = match_key(name)
    for code, form in forms.items():
        if isinstance(form, BrokenForm) and wanted in (match_key(code), match_key(Path(form.file).stem)):
            raise AppError("BROKEN-FORM", "表样不能用", message=f"{form}", remedy="请改正这个文件后再试。")
    for code, form in forms.items():
        if isinstance(form, FormSpec) and wanted in map(match_key, (code, form.title, *form.other_titles)):
            return form
    listed = "、".join(
        f"{code}《{form.title}》" for code, form in forms.items() if isinstance(form, FormSpec)
    )
    raise AppError("NO-FORM", "没有这张表", message=f"没有「{name}」。", remedy=f"可用的有：{listed}。")


def campaign_called(ledger: Ledger, name: str) -> Campaign:
    """Return the campaign with this name, or the default one; raises AppError when there is none."""
    campaigns = all_campaigns(ledger)
    if not name:
        return campaigns[0]
    for campaign in campaigns:
        if match_key(campaign.name) == match_key(name):
            return campaign
    listed = "、".join(campaign.name for campaign in campaigns)
    raise AppError(
        "NO-CAMPAIGN", "没有这个任务", message=f"没有任务「{name}」。", remedy=f"可用的有：{listed}。"
    )


def unit_called(ledger: Ledger, name: str) -> Unit:
    """Return the unit with this name; raises AppError when there is none or several answer to it."""
    found = units_called(ledger, name)
    if len(found) == 1:
        return found[0]
    if found:
        listed = "、".join(unit.name for unit in found)
        raise AppError(
            "MANY-UNITS", "不止一个单位", message=f"「{name}」可能是{listed}。", remedy="请用全称。"
        )
    raise AppError("NO-UNIT", "没有这个单位", message=f"单位「{name}」没有登记。", remedy="请核对名称。")


def fill(ledger: Ledger, request: Request) -> FilledForm:
    """Return the form filled from the ledger, or blank. Writes nothing.

    Raises AppError for a form, campaign, unit or group that is not there.
    """
    spec = form_called(request.form, ledger.path)
    campaign = campaign_called(ledger, request.campaign)
    texts = texts_of(ledger, campaign.id, spec.code)
    if request.is_blank:
        return fill_form(spec, Filling(texts=texts))
    unit = unit_called(ledger, request.unit) if request.unit else None
    selection = scope_of(ledger, campaign, unit=unit, group=request.group)
    question = Question(
        as_of=request.as_of or ledger.today,
        scope=selection.scope,
        switches=campaign.switches,
        campaign_id=campaign.id,
        campaign_from=campaign.starts_on,
    )
    return fill_form(
        spec,
        Filling(
            question=question,
            indicators=StoredIndicators(ledger),
            records=StoredPeople(ledger),
            header=_header(ledger, unit, request.dated),
            texts={**_captions(selection), **texts},
            expected=selection.reporting_names,
        ),
    )


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
        raise AppError(
            "NO-CELL",
            "没有这个单元格",
            message=f"《{form.title}》中没有「{name}」。",
            remedy="请用表头路径或编号，例如 --json 输出中的任何一条。",
        )
    if cell.trace.formula:
        return Explanation(cell, parts=tuple(form.parts_of(cell)))
    if not cell.trace.indicator or form.question is None or cell.value is None:
        return Explanation(cell)
    rows = StoredIndicators(ledger).rows(cell.trace.indicator, form.question, cell.trace.where or {})
    return Explanation(cell, rows=tuple(rows))
