"""Command template: workbooks to be filled in, blank or with the ledger's records."""

from __future__ import annotations

import argparse

from desktop.actions.ledgers import opened
from desktop.actions.naming import unit_called
from desktop.actions.templates import write_blank_templates, write_filled_template
from desktop.cli.parsing import Parser, add_ledger, file_argument, named_argument
from desktop.cli.reporting import print_notice


def add_commands(commands: argparse._SubParsersAction[Parser]) -> None:
    """Add the command of this group."""
    template = commands.add_parser("template", help="输出登记表（空白的，或带台账内容的）")
    template.add_argument("folder", metavar="文件夹", type=file_argument, help="放登记表的文件夹")
    template.add_argument("--filled", action="store_true", help="带上台账现有的内容，改好后可再导入")
    template.add_argument("--unit", metavar="单位", type=named_argument, help="只要一个单位及其下级的")
    template.set_defaults(run=run_template)
    add_ledger(template)


def run_template(arguments: argparse.Namespace) -> int:
    """Write the workbooks."""
    if not (arguments.filled or arguments.unit):
        for path in write_blank_templates(arguments.folder):
            print(f"已输出「{path}」。")
        return 0
    with opened(arguments.ledger, is_read_only=arguments.read_only) as ledger:
        unit = unit_called(ledger, arguments.unit) if arguments.unit else None
        path, left_out = write_filled_template(ledger, arguments.folder, unit=unit)
    print(f"已输出「{path}」。改好后用 import 导入，隐藏的记录标识请不要改动。")
    if left_out:
        print(f"有 {left_out} 条安装没有列出：所在的计算机没有资产编号。")
    print_notice()
    return 0
