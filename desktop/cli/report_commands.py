"""Commands over what is added to a filled form by hand: type, justify, typed."""

from __future__ import annotations

import argparse

from desktop.actions.ledgers import opened, opened_to_change
from desktop.actions.typing_in import clear_cell, explain_finding, type_cell, typed_lines
from desktop.cli.form_commands import request_of
from desktop.cli.parsing import Parser, add_ledger, add_selection, named_argument
from desktop.cli.reporting import print_lines


def add_commands(commands: argparse._SubParsersAction[Parser]) -> None:
    """Add the commands of this group."""
    typing = commands.add_parser("type", help="手工填报一格，写明理由")
    typing.add_argument("form", metavar="表", help="表样编号或表名，如 T02")
    typing.add_argument("cell", metavar="单元格", help="表头路径或编号")
    typing.add_argument("value", metavar="内容", nargs="?", default="", help="填报的内容")
    typing.add_argument("--reason", metavar="理由", default="", help="为什么与台账不同")
    typing.add_argument("--clear", action="store_true", help="恢复为台账的数")
    typing.set_defaults(run=run_type)
    justify = commands.add_parser("justify", help="给一条审核写说明")
    justify.add_argument("form", metavar="表", help="表样编号或表名，如 T02")
    justify.add_argument("code", metavar="审核", type=named_argument, help="审核的编号，如 V08")
    justify.add_argument("text", metavar="说明", nargs="?", default="", help="说明")
    justify.add_argument("--cell", metavar="单元格", type=named_argument, help="哪一格（只有一条时可不写）")
    justify.add_argument("--clear", action="store_true", help="取消说明")
    justify.set_defaults(run=run_justify)
    typed = commands.add_parser("typed", help="列出全部手工填报和说明")
    typed.set_defaults(run=run_typed)
    for parser in (typing, justify):
        add_selection(parser)
    for parser in (typing, justify, typed):
        add_ledger(parser)


def run_type(arguments: argparse.Namespace) -> int:
    """Type a value into a cell, or let it follow the ledger again."""
    request = request_of(arguments)
    with opened_to_change(arguments.ledger, is_read_only=arguments.read_only) as ledger:
        if arguments.clear:
            number = clear_cell(ledger, request, arguments.cell)
        else:
            number = type_cell(ledger, request, arguments.cell, arguments.value, reason=arguments.reason)
        print(f"已保存，操作号 {number}。")
    return 0


def run_justify(arguments: argparse.Namespace) -> int:
    """Explain a finding, or take the explanation back."""
    text = "" if arguments.clear else arguments.text
    with opened_to_change(arguments.ledger, is_read_only=arguments.read_only) as ledger:
        request = request_of(arguments)
        number = explain_finding(ledger, request, arguments.code, arguments.cell or "", text=text)
        print(f"已保存，操作号 {number}。")
    return 0


def run_typed(arguments: argparse.Namespace) -> int:
    """List what was typed and explained."""
    with opened(arguments.ledger, is_read_only=arguments.read_only) as ledger:
        lines = list(typed_lines(ledger))
    print_lines(lines or ["没有手工填报和说明。"])
    return 0
