"""Finds what a person names: a form, a campaign, a unit. What is not there is said with what is."""

from __future__ import annotations

import difflib
from pathlib import Path

from desktop.core.campaign import Campaign
from desktop.core.text import match_key
from desktop.core.unit import Unit
from desktop.errors import AppError
from desktop.forms.reading.loader import load_forms
from desktop.forms.spec import BrokenForm, FormSpec
from desktop.paths import bundled_forms
from desktop.store.campaigns import all_campaigns
from desktop.store.database import Ledger
from desktop.store.licences import NamedLicence, licences_numbered
from desktop.store.units import all_units, units_called

_MOST_NEAR = 3


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


def licence_called(ledger: Ledger, number: str, unit: Unit | None = None) -> NamedLicence:
    """Return the licence with this 软件编号, of a unit if one is named; raises AppError for none or several."""
    found = licences_numbered(ledger, number)
    own = [each for each in found if unit is not None and unit.id in each.unit_ids]
    different = {each.uid: each for each in (own if unit is not None else found)}
    found_one = next(iter(different.values())) if len(different) == 1 else None
    if found_one and (unit is not None or found_one.is_owners or len(found_one.unit_ids) == 1):
        return found_one
    if different:
        message = f"软件编号「{number}」在几个单位都有。"
        raise AppError("MANY-LICENCES", "不止一条许可", message=message, remedy="请用 --unit 指明单位。")
    where = f"「{unit.name}」没有" if unit is not None else "没有"
    raise AppError(
        "NO-LICENCE", "没有这条许可", message=f"{where}软件编号「{number}」。", remedy="请核对软件编号。"
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
    names = [unit.name for unit in all_units(ledger).values()]
    holding = [each for each in names if match_key(name) in match_key(each)]
    likely = (holding or difflib.get_close_matches(name, names, n=1))[:_MOST_NEAR]
    near = f"是否应为{'、'.join(f'「{each}」' for each in likely)}？" if likely else ""
    raise AppError(
        "NO-UNIT", "没有这个单位", message=f"单位「{name}」没有登记。", remedy=f"{near}请核对名称。"
    )
