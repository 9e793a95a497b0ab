"""Commands over issued forms: issue, issued, verify."""

from __future__ import annotations

import argparse
from pathlib import Path

from desktop.actions.comparing import differences
from desktop.actions.issuing import Correction, issue, issued_called, void
from desktop.actions.ledgers import opened, opened_to_change
from desktop.actions.papers import Sealing, accept, issued_list, issued_text, reprint, seal, send_back
from desktop.actions.proving import issued_lines, rows_lines, verify_code, verify_file
from desktop.cli.form_commands import request_of
from desktop.cli.parsing import (
    Parser,
    add_ledger,
    add_selection,
    date_argument,
    file_argument,
    named_argument,
)
from desktop.cli.reporting import print_lines, print_notice


def add_commands(commands: argparse._SubParsersAction[Parser]) -> None:
    """Add the commands of this group."""
    issuing = commands.add_parser("issue", help="定稿：编号、冻结，可打印盖章")
    issuing.add_argument("form", metavar="表", help="表样编号或表名，如 T02")
    add_selection(issuing)
    issuing.add_argument("--pdf", metavar="文件", type=file_argument, help="同时输出定稿的 PDF")
    issuing.add_argument("--corrects", metavar="编号", type=named_argument, help="更正哪一份定稿")
    issuing.add_argument("--reason", metavar="理由", default="", help="更正的理由")
    issuing.set_defaults(run=run_issue)
    verifying = commands.add_parser("verify", help="凭校验码、PDF 或工作簿核对表与定稿是否一致")
    verifying.add_argument("what", metavar="校验码或文件", help="纸上的校验码或编号，或 PDF、XLSX 文件")
    verifying.set_defaults(run=run_verify)
    for parser in (issuing, verifying):
        add_ledger(parser)
    _add_acts(commands)


def _add_acts(commands: argparse._SubParsersAction[Parser]) -> None:
    """Add what can be done with an issued form."""
    issued = commands.add_parser("issued", help="定稿的查询、打印、用印、审核、作废")
    acts = issued.add_subparsers(
        dest="动作", metavar="动作", required=True, title="动作", parser_class=Parser
    )
    listing = acts.add_parser("list", help="列出全部定稿和应收回的旧表")
    listing.set_defaults(run=run_list)
    showing = acts.add_parser("show", help="显示一份定稿，或其中一个数定稿时的来历")
    showing.add_argument("--cell", metavar="单元格", type=named_argument, help="表头路径或编号")
    showing.set_defaults(run=run_show)
    comparing = acts.add_parser("compare", help="逐格列出台账现在与定稿的不同")
    comparing.set_defaults(run=run_compare)
    printing = acts.add_parser("print", help="原样输出定稿")
    printing.add_argument("--pdf", metavar="文件", type=file_argument, help="输出 PDF")
    printing.add_argument("--xlsx", metavar="文件", type=file_argument, help="输出工作簿")
    printing.set_defaults(run=run_print)
    sealing = acts.add_parser("seal", help="用印登记")
    sealing.add_argument("--on", metavar="日期", type=date_argument, required=True, help="盖章日期")
    sealing.add_argument(
        "--approved-by", metavar="姓名", type=named_argument, required=True, help="批准用印的人"
    )
    sealing.add_argument("--copies", metavar="份数", type=int, default=1, help="盖章份数")
    sealing.add_argument("--scan", metavar="文件", type=file_argument, help="盖章后的扫描件")
    sealing.set_defaults(run=run_seal)
    accepting = acts.add_parser("accept", help="上级审核通过")
    accepting.set_defaults(run=run_accept)
    returning = acts.add_parser("return", help="退回")
    returning.set_defaults(run=run_return)
    voiding = acts.add_parser("void", help="作废")
    voiding.set_defaults(run=run_void)
    for parser in (showing, comparing, printing, sealing, accepting, returning, voiding):
        parser.add_argument("number", metavar="编号", help="定稿的编号或校验码")
    for parser in (returning, voiding):
        parser.add_argument("--reason", metavar="理由", default="", help="理由")
    for parser in (listing, showing, comparing, printing, sealing, accepting, returning, voiding):
        add_ledger(parser)


def run_issue(arguments: argparse.Namespace) -> int:
    """Issue a form."""
    correction = Correction(arguments.corrects or "", arguments.reason)
    with opened_to_change(arguments.ledger, is_read_only=arguments.read_only) as ledger:
        form = issue(ledger, request_of(arguments), correction)
        print(f"已定稿：{form.number}《{form.title}》，校验码 {form.check_code}。")
        if arguments.pdf:
            reprint(ledger, form.number, {"PDF": arguments.pdf})
            print(f"已输出「{arguments.pdf}」。")
            print_notice()
    return 0


def run_list(arguments: argparse.Namespace) -> int:
    """List the issued forms."""
    with opened(arguments.ledger, is_read_only=arguments.read_only) as ledger:
        print_lines(list(issued_list(ledger)) or ["还没有定稿。"])
    return 0


def run_show(arguments: argparse.Namespace) -> int:
    """Show an issued form, or where a number of it came from."""
    with opened(arguments.ledger, is_read_only=arguments.read_only) as ledger:
        form = issued_called(ledger, arguments.number)
        if arguments.cell:
            print_lines(rows_lines(ledger, form, arguments.cell))
            return 0
        print_lines(issued_lines(form))
        print(issued_text(ledger, form))
    return 0


def run_compare(arguments: argparse.Namespace) -> int:
    """List what the ledger says otherwise today."""
    with opened(arguments.ledger, is_read_only=arguments.read_only) as ledger:
        form = issued_called(ledger, arguments.number)
        changed = differences(ledger, form)
    if not changed:
        print(f"台账与定稿 {form.number} 一致。")
        return 0
    print(f"台账已变化：与定稿 {form.number} 有 {len(changed)} 格不同。")
    print_lines(f"  {each.path}：定稿 {each.issued or '空'}，现在 {each.today or '空'}" for each in changed)
    return 1


def run_print(arguments: argparse.Namespace) -> int:
    """Write exactly what was issued."""
    asked = {"PDF": arguments.pdf, "工作簿": arguments.xlsx}
    outputs = {kind: path for kind, path in asked.items() if path is not None}
    if not outputs:
        print("请用 --pdf 或 --xlsx 指明输出的文件。")
        return 2
    with opened(arguments.ledger, is_read_only=arguments.read_only) as ledger:
        form = reprint(ledger, arguments.number, outputs)
    for path in outputs.values():
        print(f"已原样输出 {form.number} 到「{path}」。")
    print_notice()
    if not form.holds:
        print(f"注意：{form.number} {form.state.value}。")
    return 0


def run_seal(arguments: argparse.Namespace) -> int:
    """Enter a sealing."""
    sealing = Sealing(arguments.on, arguments.approved_by, arguments.copies, arguments.scan)
    with opened_to_change(arguments.ledger, is_read_only=arguments.read_only) as ledger:
        print(f"已登记用印，操作号 {seal(ledger, arguments.number, sealing)}。")
    return 0


def run_accept(arguments: argparse.Namespace) -> int:
    """Let a form pass."""
    with opened_to_change(arguments.ledger, is_read_only=arguments.read_only) as ledger:
        print(f"已审核通过并锁定，操作号 {accept(ledger, arguments.number)}。")
    return 0


def run_return(arguments: argparse.Namespace) -> int:
    """Return a form."""
    with opened_to_change(arguments.ledger, is_read_only=arguments.read_only) as ledger:
        print(f"已退回，操作号 {send_back(ledger, arguments.number, arguments.reason)}。")
    return 0


def run_void(arguments: argparse.Namespace) -> int:
    """Void a form."""
    with opened_to_change(arguments.ledger, is_read_only=arguments.read_only) as ledger:
        number = void(ledger, arguments.number, arguments.reason)
        form = issued_called(ledger, arguments.number)
        print(f"已作废 {form.number}，操作号 {number}。")
        if form.sealed_copies:
            print(f"请收回已盖章的 {form.sealed_copies} 份。")
    return 0


def run_verify(arguments: argparse.Namespace) -> int:
    """Prove a check code, a PDF or a workbook."""
    path = Path(arguments.what)
    with opened(arguments.ledger, is_read_only=arguments.read_only) as ledger:
        proof = verify_file(ledger, path) if path.is_file() else verify_code(ledger, arguments.what)
    print_lines(proof.lines)
    print(f"核验结果：{proof.verdict}")
    return 0 if proof.is_in_order else 1
