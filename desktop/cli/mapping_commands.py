"""Command mapping: how the columns of a file are read, and keeping other choices."""

from __future__ import annotations

import argparse

from desktop.actions.ledgers import opened, refuse_read_only
from desktop.actions.mapping import Wanted, forget_choice, keep_choice, mapping_lines
from desktop.cli.parsing import Parser, add_ledger, file_argument, named_argument, pair_argument
from desktop.cli.reporting import print_lines


def add_commands(commands: argparse._SubParsersAction[Parser]) -> None:
    """Add the command of this group."""
    mapping = commands.add_parser("mapping", help="查看或指定工作簿各栏的对应")
    mapping.add_argument("file", metavar="文件", type=file_argument, help="工作簿")
    mapping.add_argument("--sheet", metavar="表", type=named_argument, help="哪一张表（只有一张时可不写）")
    mapping.add_argument(
        "--as", metavar="种类", type=named_argument, dest="kind", help="读作哪种表，如 计算机"
    )
    mapping.add_argument("--row", metavar="行", type=int, help="表头所在的行")
    mapping.add_argument(
        "--column",
        metavar="列=栏目",
        type=pair_argument,
        action="append",
        default=[],
        help="一列（字母或表头）对应的栏目，不需要的写“不读”；可写多次",
    )
    mapping.add_argument("--forget", action="store_true", help="取消以前保存的对应")
    mapping.set_defaults(run=run_mapping)
    add_ledger(mapping)


def run_mapping(arguments: argparse.Namespace) -> int:
    """Show how a file is read, after keeping or forgetting what is said of it."""
    wanted = Wanted(arguments.sheet or "", arguments.kind or "", arguments.row, dict(arguments.column))
    is_said = wanted.kind or wanted.heading_row is not None or wanted.columns
    refuse_read_only(is_read_only=arguments.read_only and bool(is_said or arguments.forget))
    with opened(arguments.ledger, is_read_only=arguments.read_only) as ledger:
        if arguments.forget:
            number = forget_choice(ledger, arguments.file, wanted.sheet)
            print(f"已取消，操作号 {number}。")
        elif is_said:
            number = keep_choice(ledger, arguments.file, wanted)
            print(f"已保存，以后表头相同的表都照此读取，操作号 {number}。")
        print_lines(mapping_lines(ledger, arguments.file, wanted.sheet))
    return 0
