"""Commands that need no ledger of one's own: demo, self-test."""

from __future__ import annotations

import argparse
from pathlib import Path

from desktop.actions.demo import LARGE, Size, make_demo
from desktop.cli.parsing import Parser
from desktop.cli.reporting import print_lines
from desktop.selftest import run_self_test


def add_commands(commands: argparse._SubParsersAction[Parser]) -> None:
    """Add the commands of this group."""
    demo = commands.add_parser("demo", help="用示例县走一遍：导入、填表、审核、追溯")
    demo.add_argument("--out", metavar="文件夹", type=Path, default=Path("demo-out"), help="放结果的文件夹")
    demo.add_argument("--large", action="store_true", help="真实规模的县：200 个单位、8000 台计算机")
    demo.set_defaults(run=run_demo)
    self_test = commands.add_parser("self-test", help="检查程序自身是否完好")
    self_test.set_defaults(run=run_test)


def run_demo(arguments: argparse.Namespace) -> int:
    """Make the sample county and its tables."""
    print_lines(make_demo(arguments.out, LARGE if arguments.large else Size()))
    return 0


def run_test(arguments: argparse.Namespace) -> int:
    """Try every part of the program on a small ledger."""
    del arguments
    results = run_self_test()
    for result in results:
        print(f"{'✓' if result.is_good else '✗'} {result.name}：{result.said}")
    return 0 if all(result.is_good for result in results) else 1
