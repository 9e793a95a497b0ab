"""Command campaign: list, show, new, set, group, text."""

from __future__ import annotations

import argparse

from desktop.actions.campaigns import (
    Members,
    Settled,
    campaign_lines,
    new_campaign,
    said_once,
    settle_campaign,
    settle_group,
    settle_text,
    ungrouped_lines,
)
from desktop.actions.ledgers import opened, opened_to_change
from desktop.cli.parsing import Parser, add_ledger, date_argument, named_argument, pair_argument
from desktop.cli.reporting import print_lines
from desktop.core.campaign import Group


def add_commands(commands: argparse._SubParsersAction[Parser]) -> None:
    """Add the commands of this group."""
    campaign = commands.add_parser("campaign", help="任务（一轮工作）：口径、分组、起止日期、自己的文字")
    acts = campaign.add_subparsers(
        dest="动作", metavar="动作", required=True, title="动作", parser_class=Parser
    )
    listing = acts.add_parser("list", help="列出任务")
    listing.set_defaults(run=run_show, name="")
    show = _act(acts, "show", "一个任务的口径、分组和文字")
    show.set_defaults(run=run_show)
    new = _act(acts, "new", "新建任务")
    new.add_argument("--total", metavar="口径", type=named_argument, help="总数（个）计什么：套数或安装数")
    new.set_defaults(run=run_new)
    settle = _act(acts, "set", "修改口径或起止日期")
    settle.set_defaults(run=run_set)
    for parser in (new, settle):
        parser.add_argument("--from", metavar="日期", type=date_argument, dest="starts", help="开始日期")
        parser.add_argument("--to", metavar="日期", type=date_argument, dest="ends", help="截止日期")
        parser.add_argument(
            "--switch",
            metavar="口径=取值",
            type=pair_argument,
            action="append",
            default=[],
            help="如 服务器=不计、金额=历年累计、小数=4；可写多次",
        )
    group = _act(acts, "group", "指定一个分组的单位")
    group.add_argument("code", metavar="分组", type=named_argument, help="表中的分组，如 市级、县级")
    group.add_argument("--caption", metavar="名称", type=named_argument, help="印在表上的名称，如 示范区机关")
    group.add_argument("--units", metavar="单位", nargs="+", default=[], help="单位名称")
    group.add_argument("--level", metavar="级别", nargs="+", default=[], help="这些级别的全部单位")
    group.add_argument("--category", metavar="类别", nargs="+", default=[], help="这些类别的全部单位")
    group.set_defaults(run=run_group)
    text = _act(acts, "text", "给一张表换上本任务的文字")
    text.add_argument("form", metavar="表", help="表样编号或表名")
    text.add_argument("key", metavar="文字", help="哪一处，如 标题、县级机关")
    text.add_argument("text", metavar="内容", type=named_argument, help="印成什么")
    text.set_defaults(run=run_text)
    for parser in (listing, show, new, settle, group, text):
        add_ledger(parser)


def _act(acts: argparse._SubParsersAction[Parser], name: str, words: str) -> Parser:
    """Return the parser of an act on one campaign, which is named first."""
    parser = acts.add_parser(name, help=words)
    parser.add_argument("name", metavar="任务", type=named_argument, help="任务名称")
    return parser


def run_show(arguments: argparse.Namespace) -> int:
    """List the campaigns, or show one."""
    with opened(arguments.ledger, is_read_only=arguments.read_only) as ledger:
        print_lines(campaign_lines(ledger, arguments.name))
    return 0


def run_new(arguments: argparse.Namespace) -> int:
    """Set up a campaign."""
    total = [("总数", arguments.total)] if arguments.total else []
    switches = said_once([*total, *arguments.switch])
    with opened_to_change(arguments.ledger, is_read_only=arguments.read_only) as ledger:
        number = new_campaign(ledger, arguments.name, Settled(arguments.starts, arguments.ends, switches))
        print(f"已新建任务，操作号 {number}。")
        print_lines(campaign_lines(ledger, arguments.name))
    return 0


def run_set(arguments: argparse.Namespace) -> int:
    """Change what is settled of a campaign."""
    settled = Settled(arguments.starts, arguments.ends, said_once(arguments.switch))
    with opened_to_change(arguments.ledger, is_read_only=arguments.read_only) as ledger:
        number = settle_campaign(ledger, arguments.name, settled)
        print(f"已修改任务，操作号 {number}。")
        print_lines(campaign_lines(ledger, arguments.name))
    return 0


def run_group(arguments: argparse.Namespace) -> int:
    """Settle the units of a group."""
    group = Group(arguments.code, arguments.caption or "")
    members = Members(arguments.units, arguments.level, arguments.category)
    with opened_to_change(arguments.ledger, is_read_only=arguments.read_only) as ledger:
        number, count = settle_group(ledger, arguments.name, group, members)
        print(f"分组「{group.code}」有 {count} 个单位，操作号 {number}。")
        print_lines(ungrouped_lines(ledger, arguments.name))
    return 0


def run_text(arguments: argparse.Namespace) -> int:
    """Give a table the campaign's own words."""
    with opened_to_change(arguments.ledger, is_read_only=arguments.read_only) as ledger:
        number = settle_text(ledger, arguments.name, arguments.form, key=arguments.key, text=arguments.text)
        print(f"已保存，操作号 {number}。")
    return 0
