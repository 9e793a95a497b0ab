"""Commands over sealed sheets that units hand in on paper: paper enter, compare, accept, return, drop."""

from __future__ import annotations

import argparse

from desktop.actions.ledgers import opened, opened_to_change
from desktop.actions.paper_entry import (
    USUAL_REASON,
    PaperSheet,
    accept_paper,
    compare_paper,
    drop_paper,
    enter_paper,
    paper_lines,
    return_paper,
    secrets_in,
)
from desktop.cli.form_commands import request_of
from desktop.cli.parsing import Parser, add_ledger, add_selection, file_argument
from desktop.cli.reporting import print_findings, print_lines


def add_commands(commands: argparse._SubParsersAction[Parser]) -> None:
    """Add the commands of this group."""
    paper = commands.add_parser("paper", help="纸质代录：单位只交了盖章纸质表的，整表录入")
    acts = paper.add_subparsers(dest="动作", metavar="动作", required=True, title="动作", parser_class=Parser)
    entering = acts.add_parser("enter", help="整表录入（先用 fill --blank --xlsx 输出空表，在里面录入）")
    entering.add_argument(
        "--reason", metavar="理由", default=USUAL_REASON, help=f"不写则为「{USUAL_REASON}」"
    )
    entering.add_argument("--scan", metavar="文件", type=file_argument, help="纸质表的扫描件")
    entering.set_defaults(run=run_enter)
    comparing = acts.add_parser("compare", help="与第二人录入的同一张表核对")
    comparing.set_defaults(run=run_compare)
    accepting = acts.add_parser("accept", help="审核通过并锁定")
    accepting.set_defaults(run=run_accept)
    returning = acts.add_parser("return", help="退回单位，解除锁定")
    returning.add_argument("--reason", metavar="理由", default="", help="理由")
    returning.set_defaults(run=run_return)
    dropping = acts.add_parser("drop", help="不再代录，恢复为台账的数")
    dropping.set_defaults(run=run_drop)
    showing = acts.add_parser("show", help="代录的经过")
    showing.set_defaults(run=run_show)
    for parser in (entering, comparing, accepting, returning, dropping, showing):
        parser.add_argument("form", metavar="表", help="表样编号或表名，如 T02")
    for parser in (entering, comparing):
        parser.add_argument("workbook", metavar="工作簿", type=file_argument, help="录好的工作簿")
    for parser in (entering, comparing, accepting, returning, dropping, showing):
        add_selection(parser)
        add_ledger(parser)


def run_enter(arguments: argparse.Namespace) -> int:
    """Enter a sealed sheet."""
    sheet = PaperSheet(arguments.workbook, arguments.reason, arguments.scan)
    with opened_to_change(arguments.ledger, is_read_only=arguments.read_only) as ledger:
        cells = enter_paper(ledger, request_of(arguments), sheet)
    print_findings(secrets_in(arguments.workbook))
    print(f"已代录 {cells} 格。请用 check 审核，第二人可用 paper compare 核对。")
    return 0


def run_compare(arguments: argparse.Namespace) -> int:
    """Compare a second entry."""
    with opened_to_change(arguments.ledger, is_read_only=arguments.read_only) as ledger:
        unlike = compare_paper(ledger, request_of(arguments), arguments.workbook)
    print_findings(secrets_in(arguments.workbook))
    if not unlike:
        print("两次录入一致，已记为复核。")
        return 0
    print(f"两次录入有 {len(unlike)} 格不同：")
    print_lines(
        f"  {each.path}：第一次 {each.first or '空'}，第二次 {each.second or '空'}" for each in unlike
    )
    return 1


def run_accept(arguments: argparse.Namespace) -> int:
    """Let an entered sheet pass."""
    with opened_to_change(arguments.ledger, is_read_only=arguments.read_only) as ledger:
        print(f"已审核通过并锁定，操作号 {accept_paper(ledger, request_of(arguments))}。")
    return 0


def run_return(arguments: argparse.Namespace) -> int:
    """Return an entered sheet."""
    with opened_to_change(arguments.ledger, is_read_only=arguments.read_only) as ledger:
        print(f"已退回，操作号 {return_paper(ledger, request_of(arguments), arguments.reason)}。")
    return 0


def run_drop(arguments: argparse.Namespace) -> int:
    """Let the form follow the ledger again."""
    with opened_to_change(arguments.ledger, is_read_only=arguments.read_only) as ledger:
        print(f"已恢复为台账的数，操作号 {drop_paper(ledger, request_of(arguments))}。")
    return 0


def run_show(arguments: argparse.Namespace) -> int:
    """Show what became of an entered sheet."""
    with opened(arguments.ledger, is_read_only=arguments.read_only) as ledger:
        print_lines(list(paper_lines(ledger, request_of(arguments))) or ["还没有复核、审核的记录。"])
    return 0
