"""The command line's entry: reads the arguments, runs one command, turns errors into sentences and exit codes.

0 done, 1 findings of class A or refused rows, 2 wrong usage or an error of the world.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Sequence
from pathlib import Path

from desktop import __version__
from desktop.cli import form_commands, ledger_commands, trial_commands
from desktop.cli.parsing import DEFAULT_LEDGER, Parser, add_ledger
from desktop.cli.reporting import print_error
from desktop.errors import AppError


def make_parser() -> Parser:
    """Return the parser of the whole command line."""
    parser = Parser(prog="zhengban", description="正版台账：一次录入，各表自出。")
    parser.add_argument("--version", action="version", version=f"正版台账 {__version__}", help="显示版本")
    add_ledger(parser, default=Path(DEFAULT_LEDGER))
    commands = parser.add_subparsers(
        dest="命令", metavar="命令", required=True, title="命令", parser_class=Parser
    )
    for group in (ledger_commands, form_commands, trial_commands):
        group.add_commands(commands)
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    parsed = make_parser().parse_args(arguments)
    try:
        return int(parsed.run(parsed))
    except AppError as error:
        print_error(error)
        return 2
    except KeyboardInterrupt:
        print("已中断，没有写入未完成的内容。", file=sys.stderr)
        return 2
