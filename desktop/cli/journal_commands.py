"""Command journal: whether the audit trail holds, and every change as a table."""

from __future__ import annotations

import argparse

from desktop.actions.auditing import export_journal, verify
from desktop.actions.ledgers import opened
from desktop.cli.parsing import Parser, add_ledger, file_argument
from desktop.cli.reporting import print_notice


def add_commands(commands: argparse._SubParsersAction[Parser]) -> None:
    """Add the command of this group."""
    journal = commands.add_parser("journal", help="操作日志：核对、导出")
    acts = journal.add_subparsers(
        dest="动作", metavar="动作", required=True, title="动作", parser_class=Parser
    )
    proving = acts.add_parser("verify", help="核对台账有没有在程序之外被改动过")
    proving.set_defaults(run=run_verify)
    exporting = acts.add_parser("export", help="导出每项操作的每处改动（CSV）")
    exporting.add_argument("file", metavar="文件", type=file_argument, help="导出到哪个文件")
    exporting.set_defaults(run=run_export)
    for parser in (proving, exporting):
        add_ledger(parser)


def run_verify(arguments: argparse.Namespace) -> int:
    """Say whether the audit trail holds."""
    with opened(arguments.ledger, is_read_only=arguments.read_only) as ledger:
        holds, said = verify(ledger)
    print(said)
    return 0 if holds else 1


def run_export(arguments: argparse.Namespace) -> int:
    """Write every change into a file."""
    with opened(arguments.ledger, is_read_only=arguments.read_only) as ledger:
        count = export_journal(ledger, arguments.file)
    print(f"已导出 {count} 行到「{arguments.file}」。")
    print_notice()
    return 0
