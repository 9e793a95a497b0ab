"""Campaigns: setting one up, settling its ways of counting, its groups of units and its own words."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from desktop.actions.naming import all_forms, campaign_called, form_called, unit_called
from desktop.actions.scoping import first_few, ungrouped_names
from desktop.core.campaign import AmountBasis, Campaign, Group, Switches, TotalMeaning
from desktop.core.text import match_key
from desktop.core.unit import Category, Level
from desktop.errors import AppError
from desktop.forms.spec import BrokenForm, FormSpec, Heading
from desktop.store.campaigns import (
    add_campaign,
    all_campaigns,
    groups_of,
    set_group,
    texts_of,
    write_dates,
    write_switches,
    write_text,
)
from desktop.store.database import Ledger
from desktop.store.operations import Act, operation
from desktop.store.units import all_units

_COUNTED = {"计": True, "不计": False, "是": True, "否": False}
_PRINTED = {"打印": True, "不打印": False}


@dataclass(frozen=True, slots=True)
class _Switch:
    """A way of counting (口径): its word, the field it settles, and what may be said."""

    word: str
    field: str
    choices: Mapping[str, Any]


SWITCHES = (
    _Switch("总数", "total_meaning", {each.value: each for each in TotalMeaning}),
    _Switch("服务器", "count_servers", _COUNTED),
    _Switch("闲置", "count_idle", _COUNTED),
    _Switch("预装", "count_oem_seats", _COUNTED),
    _Switch("免费", "count_free_seats", _COUNTED),
    _Switch("金额", "amount_basis", {each.value: each for each in AmountBasis}),
    _Switch("无需采购", "nothing_to_buy_counts", _COUNTED),
    _Switch("小数", "money_decimals", {"2": 2, "4": 4}),
    _Switch("校验码", "print_code", _PRINTED),
    _Switch("二维码", "print_qr", _PRINTED),
)


@dataclass(frozen=True, slots=True)
class Settled:
    """What a person says of a campaign: its days, and ways of counting as word and choice."""

    starts_on: datetime.date | None = None
    ends_on: datetime.date | None = None
    switches: Mapping[str, str] = field(default_factory=dict)


def new_campaign(ledger: Ledger, name: str, settled: Settled) -> int:
    """Set up a campaign and return the operation's number.

    What 总数 counts has to be said, since it changes every table. Raises AppError for a name that is taken, for days
    the wrong way round, and for a way of counting that there is not.
    """
    if any(match_key(known.name) == match_key(name) for known in all_campaigns(ledger)):
        raise _refused(f"任务「{name}」已经有了。", "请换一个名称，或用 campaign set 修改。")
    if "总数" not in settled.switches:
        raise _refused("没有说明总数（个）计什么。", "请用 --total 套数 或 --total 安装数 指明。")
    switches = _with(Switches(), settled.switches)
    _prove_days(settled.starts_on, settled.ends_on)
    with operation(ledger, Act("任务", f"新建任务「{name}」")) as number:
        add_campaign(ledger, name, switches, starts_on=settled.starts_on, ends_on=settled.ends_on)
    return number


def settle_campaign(ledger: Ledger, name: str, settled: Settled) -> int:
    """Change the days or ways of counting of a campaign; what is not said stays. Return the operation's number."""
    campaign = campaign_called(ledger, name)
    switches = _with(campaign.switches, settled.switches)
    starts, ends = settled.starts_on or campaign.starts_on, settled.ends_on or campaign.ends_on
    _prove_days(starts, ends)
    with operation(ledger, Act("任务", f"修改任务「{campaign.name}」")) as number:
        write_switches(ledger, campaign.id, switches)
        write_dates(ledger, campaign.id, starts, ends)
    return number


@dataclass(frozen=True, slots=True)
class Members:
    """Which units a group takes: those named, and all of certain levels or categories."""

    units: Sequence[str] = ()
    levels: Sequence[str] = ()
    categories: Sequence[str] = ()


def settle_group(ledger: Ledger, name: str, group: Group, members: Members) -> tuple[int, int]:
    """Let a group of a campaign hold exactly these units; return the operation's number and how many they are.

    From then on only units of groups are part of the campaign. Raises AppError for a group that no table knows, a
    unit, level or category that is not there, a unit of another group, and for no unit at all.
    """
    campaign = campaign_called(ledger, name)
    known = sorted({block.group for form in _forms(ledger) for block in form.blocks if block.group})
    if group.code not in known:
        raise _refused(
            f"各表没有分组「{group.code}」。", f"可用的有：{'、'.join(known)}；印出来的名称用 --caption 写。"
        )
    units = all_units(ledger)
    levels = {_word(level, Level, "级别") for level in members.levels}
    categories = {_word(each, Category, "类别") for each in members.categories}
    chosen = {unit_called(ledger, unit).id for unit in members.units}
    chosen |= {n for n, unit in units.items() if unit.level in levels or unit.category in categories}
    if not chosen:
        raise _refused("这个分组没有单位。", "请用 --units、--level 或 --category 指明。")
    for other, own in groups_of(ledger, campaign.id).items():
        shared = [units[n].name for n in own if n in chosen]
        if other.code != group.code and shared:
            raise _refused(
                f"「{shared[0]}」已在分组「{other.code}」。", "一个单位只能在一个分组，请先改那个分组。"
            )
    ordered = [number for number in units if number in chosen]
    with operation(ledger, Act("任务", f"任务「{campaign.name}」的分组「{group.code}」")) as number:
        set_group(ledger, campaign.id, group, ordered)
    return number, len(ordered)


def settle_text(ledger: Ledger, name: str, form: str, *, key: str, text: str) -> int:
    """Give a table the campaign's own words for a key; return the operation's number.

    Raises AppError for a table or key that is not there.
    """
    campaign, spec = campaign_called(ledger, name), form_called(form, ledger.path)
    known = _text_keys(spec)
    if key not in known:
        listed = "、".join(known) or "没有"
        raise _refused(f"《{spec.title}》没有可改的文字「{key}」。", f"可用的有：{listed}。")
    with operation(ledger, Act("任务", f"任务「{campaign.name}」的《{spec.title}》文字「{key}」")) as number:
        write_text(ledger, campaign.id, spec.code, key=key, text=text)
    return number


def campaign_lines(ledger: Ledger, name: str = "") -> Iterator[str]:
    """Yield every campaign on a line, or one with everything that is settled of it."""
    if not name:
        yield from (f"{each.name}　{_days(each)}" for each in all_campaigns(ledger))
        return
    campaign = campaign_called(ledger, name)
    yield f"任务「{campaign.name}」　{_days(campaign)}"
    for switch in SWITCHES:
        value = getattr(campaign.switches, switch.field)
        said = next(word for word, meant in switch.choices.items() if meant == value)
        yield f"  {switch.word}：{said}"
    units = all_units(ledger)
    groups = groups_of(ledger, campaign.id)
    if not groups:
        yield "  分组：按单位级别，纳入本次任务的全部单位"
    for group, members in groups.items():
        names = "、".join(units[number].name for number in members)
        caption = f"（{group.caption}）" if group.caption else ""
        yield f"  分组「{group.code}」{caption}{len(members)} 个单位：{names}"
    yield from (f"  {line}" for line in ungrouped_lines(ledger, campaign.name))
    for form in _forms(ledger):
        for key, text in texts_of(ledger, campaign.id, form.code).items():
            yield f"  {form.code}《{form.title}》「{key}」：{text}"


def ungrouped_lines(ledger: Ledger, name: str) -> Iterator[str]:
    """Yield a line that says which units of a campaign are in no group, if there are any."""
    names = ungrouped_names(ledger, campaign_called(ledger, name))
    if names:
        yield f"另有 {len(names)} 个单位不在任何分组，各表都不计入：{first_few(names)}。"


def said_once(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return ways of counting as word and choice. Raises AppError for one that is settled twice, and differently."""
    said: dict[str, tuple[str, str]] = {}
    for word, choice in pairs:
        before = said.setdefault(match_key(word), (word, choice))[1]
        if before != choice:
            raise _refused(f"口径「{word}」写了两次：{before}、{choice}。", "请只写一次。")
    return dict(said.values())


def _forms(ledger: Ledger) -> list[FormSpec]:
    return [form for form in all_forms(ledger.path).values() if not isinstance(form, BrokenForm)]


def _text_keys(spec: FormSpec) -> list[str]:
    """Return the keys under which a campaign may give a table its own words."""
    cells = (cell.content for block in spec.blocks for cell in block.cells)
    headings = [content.text_key for content in cells if isinstance(content, Heading)]
    keys = [spec.title_key, *headings, *(note.text_key for note in spec.notes)]
    return list(dict.fromkeys(filter(None, keys)))


def _with(switches: Switches, said: Mapping[str, str]) -> Switches:
    """Return switches with what is said of them."""
    changed = {}
    for word, choice in said.items():
        switch = next((each for each in SWITCHES if match_key(each.word) == match_key(word)), None)
        if switch is None:
            raise _refused(
                f"没有口径「{word}」。", f"可用的有：{'、'.join(each.word for each in SWITCHES)}。"
            )
        if choice not in switch.choices:
            raise _refused(f"口径「{word}」不能是「{choice}」。", f"可用的有：{'、'.join(switch.choices)}。")
        changed[switch.field] = switch.choices[choice]
    return replace(switches, **changed)


def _word(text: str, words: type[Level] | type[Category], title: str) -> Level | Category:
    for word in words:
        if match_key(word.value) == match_key(text):
            return word
    raise _refused(f"没有{title}「{text}」。", f"可用的有：{'、'.join(word.value for word in words)}。")


def _prove_days(starts: datetime.date | None, ends: datetime.date | None) -> None:
    if starts and ends and ends < starts:
        raise _refused("截止日期早于开始日期。", "请核对两个日期。")


def _days(campaign: Campaign) -> str:
    if campaign.starts_on is None and campaign.ends_on is None:
        return "没有起止日期"
    return f"{campaign.starts_on or ''}—{campaign.ends_on or ''}"


def _refused(what: str, remedy: str) -> AppError:
    return AppError("CAMPAIGN", "任务没有保存", message=what, remedy=remedy)
