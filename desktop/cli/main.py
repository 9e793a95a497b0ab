"""The command line's entry: reads the arguments, runs one command, turns errors into sentences and exit codes.

0 done, 1 findings that stand against it or refused rows, 2 wrong usage or an error of the world.
"""

from __future__ import annotations

import errno
import io
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from desktop import __version__
from desktop.cli import (
    campaign_commands,
    document_commands,
    form_commands,
    issue_commands,
    journal_commands,
    ledger_commands,
    mapping_commands,
    paper_commands,
    report_commands,
    template_commands,
    trial_commands,
)
from desktop.cli.parsing import DEFAULT_LEDGER, Parser, add_ledger
from desktop.cli.reporting import print_error, print_secret_words
from desktop.errors import AppError, FindingsError, reason_of


def make_parser() -> Parser:
    """Return the parser of the whole command line."""
    parser = Parser(prog="zhengban", description="正版台账：一次录入，各表自出。")
    parser.add_argument("--version", action="version", version=f"正版台账 {__version__}", help="显示版本")
    add_ledger(parser, default=Path(DEFAULT_LEDGER))
    commands = parser.add_subparsers(
        dest="命令", metavar="命令", required=True, title="命令", parser_class=Parser
    )
    for group in (
        ledger_commands,
        mapping_commands,
        template_commands,
        campaign_commands,
        form_commands,
        report_commands,
        paper_commands,
        issue_commands,
        document_commands,
        journal_commands,
        trial_commands,
    ):
        group.add_commands(commands)
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    parser = make_parser()
    given = sys.argv[1:] if arguments is None else arguments
    if any("\ud800" <= character <= "\udfff" for text in given for character in text):
        parser.error("参数中有无法识别的字符")
    parsed = parser.parse_args(given)
    try:
        code = int(parsed.run(parsed))
        print_secret_words(given)
        sys.stdout.flush()
    except AppError as error:
        print_error(error)
        return 1 if isinstance(error, FindingsError) else 2
    except KeyboardInterrupt:
        print("已中断，没有写入未完成的内容。", file=sys.stderr)
        return 2
    except OSError as error:
        return _not_all_shown(error)
    return code


def _not_all_shown(error: OSError) -> int:
    """Say that what should be shown could not be; any other fault of the system is ours, for actions name theirs."""
    if not isinstance(error, BrokenPipeError) and error.errno not in (errno.ENOSPC, errno.EIO, errno.EBADF):
        raise error
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
        os.dup2(nowhere.fileno(), sys.stdout.fileno())
    reason = "接收方已关闭" if isinstance(error, BrokenPipeError) else reason_of(error)
    print(f"结果没有全部显示（{reason}）。请用 history 核对操作是否已完成。", file=sys.stderr)
    return 2
