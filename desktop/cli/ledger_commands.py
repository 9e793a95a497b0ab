"""Commands over the ledger itself: init, import, undo, withdraw, history."""

from __future__ import annotations

import argparse
from contextlib import closing

from desktop.actions.changes import change_lines
from desktop.actions.importing import apply_import, look_at, plan_import
from desktop.actions.ledgers import new_ledger, opened, opened_to_change, refuse_read_only
from desktop.actions.mapping import kept_choices
from desktop.actions.undoing import history_lines, last_undoable, undo_operation
from desktop.actions.withdrawing import Withdrawal, withdraw
from desktop.cli.parsing import Parser, add_ledger, date_argument, file_argument, named_argument
from desktop.cli.reporting import print_findings, print_first, print_lines, print_notice, print_plan


def add_commands(commands: argparse._SubParsersAction[Parser]) -> None:
    """Add the commands of this group."""
    init = commands.add_parser("init", help="建立台账")
    init.add_argument("--office", metavar="单位", type=named_argument, help="本单位（填表单位）的全称")
    init.set_defaults(run=run_init)
    importing = commands.add_parser("import", help="导入工作簿（.xlsx、.xls、.ods、.csv、.txt 等）")
    importing.add_argument("files", metavar="文件", type=file_argument, nargs="+", help="要导入的工作簿")
    importing.add_argument("--dry-run", action="store_true", help="只看不写：列出会发生什么")
    importing.add_argument("--partial", action="store_true", help="有拒收的行时，仍导入其余各行")
    importing.add_argument("--unit", metavar="单位", type=named_argument, help="没有写明单位的表是哪个单位的")
    importing.add_argument(
        "--campaign", metavar="任务", type=named_argument, help="进度记入哪个任务（不写则为日常台账）"
    )
    importing.set_defaults(run=run_import)
    undo = commands.add_parser("undo", help="撤销一项操作（不写操作号则为最近一项）")
    undo.add_argument("number", metavar="操作号", type=int, nargs="?", help="要撤销的操作")
    undo.set_defaults(run=run_undo)
    withdrawing = commands.add_parser("withdraw", help="撤回一项已确认的进度")
    withdrawing.add_argument("unit", metavar="单位", help="单位名称")
    withdrawing.add_argument("kind", metavar="事项", help="摸查、经费、采购、制度、整改或无需采购")
    withdrawing.add_argument("--reason", metavar="理由", required=True, help="为什么撤回")
    withdrawing.add_argument(
        "--on", metavar="日期", type=date_argument, help="从哪一天起不计（不写则为今天）"
    )
    withdrawing.add_argument(
        "--campaign", metavar="任务", type=named_argument, help="任务名称（不写则为日常台账）"
    )
    withdrawing.set_defaults(run=run_withdraw)
    history = commands.add_parser("history", help="列出各项操作")
    history.set_defaults(run=run_history)
    for parser in (init, importing, undo, withdrawing, history):
        add_ledger(parser)


def run_init(arguments: argparse.Namespace) -> int:
    """Create a ledger."""
    refuse_read_only(is_read_only=arguments.read_only)
    with closing(new_ledger(arguments.ledger, arguments.office or "")) as ledger:
        print(f"已建立台账「{ledger.path}」。")
    print_notice()
    return 0


def run_import(arguments: argparse.Namespace) -> int:
    """Look at the files, plan, and apply the plan unless only looking or rows are refused."""
    refuse_read_only(is_read_only=arguments.read_only and not arguments.dry_run)
    with opened(arguments.ledger, is_read_only=arguments.read_only) as ledger:
        look = look_at(arguments.files, choices=kept_choices(ledger), unit=arguments.unit or "")
        plan = plan_import(ledger, look, campaign=arguments.campaign or "")
        print_plan(plan)
        print_first(change_lines(plan, ledger))
        print_findings(plan.findings)
        if arguments.dry_run:
            print("以上只是预览，没有写入任何内容。")
            return 0 if plan.is_clean else 1
        if not plan.is_clean and not arguments.partial:
            print("有拒收的内容，没有写入任何内容。请改正后重新导入，或加 --partial 只导入其余各行。")
        else:
            names = "、".join(path.name for path in arguments.files)
            number = apply_import(ledger, plan, f"导入{names}", source_hash=look.source_hash)
            print("没有变化。" if number is None else f"已写入，操作号 {number}，可用 undo {number} 撤销。")
    print_notice()
    return 0 if plan.is_clean else 1


def run_withdraw(arguments: argparse.Namespace) -> int:
    """Take a confirmed fact back."""
    asked = Withdrawal(
        arguments.unit, arguments.kind, arguments.reason, campaign=arguments.campaign or "", on=arguments.on
    )
    with opened_to_change(arguments.ledger, is_read_only=arguments.read_only) as ledger:
        number = withdraw(ledger, asked)
        print(f"已撤回，自 {asked.on or ledger.today} 起不计，操作号 {number}。")
        print("此前的截止日仍按已确认计；应从一开始就不计的，请撤销后用 --on 写明更早的日期。")
    return 0


def run_history(arguments: argparse.Namespace) -> int:
    """List every operation, newest first, with what took it back."""
    with opened(arguments.ledger, is_read_only=arguments.read_only) as ledger:
        print_lines(history_lines(ledger))
    return 0


def run_undo(arguments: argparse.Namespace) -> int:
    """Take an operation back."""
    with opened_to_change(arguments.ledger, is_read_only=arguments.read_only) as ledger:
        number = last_undoable(ledger) if arguments.number is None else arguments.number
        undone, undoing = undo_operation(ledger, number)
        print(f"已撤销操作 {undone.id}「{undone.label}」，本次操作号 {undoing}。")
    return 0
