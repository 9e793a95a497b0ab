"""The argument parser in Chinese, and the arguments that several commands share."""

from __future__ import annotations

import argparse
import datetime
import re
from pathlib import Path
from typing import Any, NoReturn

from desktop.core.dates import DateError, parse_date

MOST_LINES = 10_000
DEFAULT_LEDGER = "正版台账.db"

_SAID = (
    (r"the following arguments are required: (.+)", r"缺少参数：\1"),
    (r"unrecognized arguments: (.+)", r"不认识的参数：\1"),
    (r"argument (.+?): expected one argument", r"\1 后面要有一个值"),
    (r"argument (.+?): expected at least one argument", r"\1 后面至少要有一个值"),
    (r"argument (.+?): not allowed with argument (.+)", r"\1 和 \2 只能用一个"),
    (r"argument 动作: invalid choice: (.+?) \(choose from (.+)\)", r"没有动作 \1，可用的有 \2"),
    (r"argument 命令: invalid choice: (.+?) \(choose from (.+)\)", r"没有命令 \1，可用的有 \2"),
    (r"argument (.+?): invalid int value: (.+)", r"\1 要填一个整数，不能是 \2"),
    (r"argument (.+?): (.+)", r"\1：\2"),
)


class Parser(argparse.ArgumentParser):
    """An argument parser that speaks Chinese and exits with 2 on wrong usage."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings, add_help=False, allow_abbrev=False)
        self._positionals.title = "参数"
        self._optionals.title = "选项"
        self.add_argument("-h", "--help", action="help", help="显示这段说明")

    def format_usage(self) -> str:
        """Return the usage line."""
        return super().format_usage().replace("usage: ", "用法：", 1)

    def format_help(self) -> str:
        """Return the whole help."""
        return super().format_help().replace("usage: ", "用法：", 1)

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the call and exit with 2."""
        for pattern, said in _SAID:
            if re.fullmatch(pattern, message):
                message = re.sub(pattern, said, message)
                break
        self.exit(2, f"用法不对：{message}。\n{self.format_usage()}")


def date_argument(text: str) -> datetime.date:
    """Return a date typed as an argument."""
    try:
        return parse_date(text)
    except DateError as error:
        raise argparse.ArgumentTypeError(f"{error}请写成 2024-06-30 的样子") from error


def lines_argument(text: str) -> int:
    """Return a number of lines typed as an argument."""
    if not (
        text.isascii() and text.isdigit() and len(text) <= len(str(MOST_LINES)) and int(text) <= MOST_LINES
    ):
        raise argparse.ArgumentTypeError(f"要写成 0 至 {MOST_LINES} 的整数")
    return int(text)


def named_argument(text: str) -> str:
    """Return a name typed as an argument; an empty one is a slip, most often an empty variable of a script."""
    if not text.strip():
        raise argparse.ArgumentTypeError("不能为空；不需要时请不写这个选项")
    return text


def pair_argument(text: str) -> tuple[str, str]:
    """Return a word and what it is to be, typed as one argument with = between."""
    word, sign, meant = text.rpartition("=")
    if not (sign and word.strip() and meant.strip()):
        raise argparse.ArgumentTypeError("要写成 名称=内容，中间是等号")
    return word.strip(), meant.strip()


def file_argument(text: str) -> Path:
    """Return a file typed as an argument."""
    return Path(named_argument(text))


def add_ledger(parser: argparse.ArgumentParser, *, default: object = argparse.SUPPRESS) -> None:
    """Add --ledger and --read-only, which may stand before or after the command."""
    parser.add_argument(
        "--ledger",
        metavar="文件",
        type=file_argument,
        default=default,
        help=f"台账文件（不写则为当前文件夹的{DEFAULT_LEDGER}）",
    )
    parser.add_argument(
        "--read-only",
        action="store_true",
        default=argparse.SUPPRESS if default is argparse.SUPPRESS else False,
        help="只读打开，不改动台账",
    )


def add_selection(parser: argparse.ArgumentParser) -> None:
    """Add what says for whom and for which day a form is filled."""
    parser.add_argument(
        "--campaign", metavar="任务", type=named_argument, help="任务名称（不写则为日常台账）"
    )
    parser.add_argument("--period", metavar="报表期", type=named_argument, help="报表期，如 2024年")
    whom = parser.add_mutually_exclusive_group()
    whom.add_argument("--group", metavar="分组", type=named_argument, help="只填一个分组，如 县级")
    whom.add_argument("--unit", metavar="单位", type=named_argument, help="只填一个单位")
    parser.add_argument(
        "--licence",
        metavar="软件编号",
        type=named_argument,
        help="只填一个软件编号（软件安装维护情况明细表）",
    )
    parser.add_argument("--consolidate", action="store_true", help="逐单位汇总：审核通过的报表优先，其次台账")
    parser.add_argument("--as-of", metavar="日期", type=date_argument, help="数据截止日（不写则为今天）")
    parser.add_argument("--date", metavar="日期", type=date_argument, help="填表时间（不写则留空手填）")
