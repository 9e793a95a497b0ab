"""Commands over forms: forms, fill, check, explain."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from functools import partial
from pathlib import Path

from desktop.actions.explaining import explained
from desktop.actions.filling import Request, fill
from desktop.actions.issuing import draft
from desktop.actions.ledgers import opened
from desktop.actions.naming import all_forms
from desktop.actions.outputs import refuse_bad_outputs
from desktop.actions.printing import Printed, ready_to_print
from desktop.cli.parsing import Parser, add_ledger, add_selection, file_argument, lines_argument
from desktop.cli.reporting import print_findings, print_lines, print_notice
from desktop.core.findings import must_be_mended
from desktop.errors import AppError
from desktop.forms.spec import BrokenForm

OUTPUTS = {"pdf": "PDF", "xlsx": "工作簿", "text": "文本", "json": "JSON"}


def add_commands(commands: argparse._SubParsersAction[Parser]) -> None:
    """Add the commands of this group."""
    forms = commands.add_parser("forms", help="列出表样")
    forms.set_defaults(run=run_forms)
    filling = commands.add_parser("fill", help="填表并输出")
    filling.add_argument("--blank", action="store_true", help="打印空表")
    filling.add_argument(
        "--lines", metavar="行数", type=lines_argument, default=0, help="空表每个可增行处至少几行"
    )
    filling.add_argument("--draft", action="store_true", help="送审稿：加水印，不编号")
    for name, what in OUTPUTS.items():
        filling.add_argument(f"--{name}", metavar="文件", type=file_argument, help=f"输出{what}")
    filling.set_defaults(run=run_fill)
    checking = commands.add_parser("check", help="审核一张表")
    checking.set_defaults(run=run_check)
    explaining = commands.add_parser("explain", help="说明一个数从哪里来")
    explaining.set_defaults(run=run_explain)
    for parser in (filling, checking, explaining):
        parser.add_argument("form", metavar="表", help="表样编号或表名，如 T02")
        add_selection(parser)
    explaining.add_argument("cell", metavar="单元格", help="表头路径或编号")
    for parser in (forms, filling, checking, explaining):
        add_ledger(parser)


def request_of(arguments: argparse.Namespace) -> Request:
    """Return what the arguments ask for."""
    return Request(
        form=arguments.form,
        campaign=arguments.campaign or "",
        unit=arguments.unit or "",
        group=arguments.group or "",
        licence=arguments.licence or "",
        period=arguments.period or "",
        as_of=arguments.as_of,
        dated=arguments.date,
        is_blank=getattr(arguments, "blank", False),
        lines=getattr(arguments, "lines", 0),
        is_consolidated=arguments.consolidate,
    )


def run_forms(arguments: argparse.Namespace) -> int:
    """List every form, broken ones with their reason."""
    broken = 0
    for code, form in all_forms(arguments.ledger).items():
        if isinstance(form, BrokenForm):
            broken += 1
            print(f"✗ {form}")
        else:
            others = "".join(f"，又名《{title}》" for title in form.other_titles)
            kind = "" if form.is_official else "（暂拟样式）"
            print(f"{code} 《{form.title}》{kind}{others}，来源：{form.source}")
    return 1 if broken else 0


def run_fill(arguments: argparse.Namespace) -> int:
    """Fill a form and write what is asked for; without any file, show the table."""
    _refuse_contradictions(arguments)
    refuse_bad_outputs(_outputs(arguments), arguments.ledger)
    with opened(arguments.ledger, is_read_only=arguments.read_only) as ledger:
        form = fill(ledger, request_of(arguments))
        printed = draft(form) if arguments.draft and not arguments.blank else ready_to_print(form)
    _write(printed, arguments)
    if not printed.form.spec.is_official:
        print(f"《{printed.form.title}》为暂拟样式。")
    print_findings(printed.form.findings)
    return 1 if must_be_mended(printed.form.findings) else 0


def _refuse_contradictions(arguments: argparse.Namespace) -> None:
    """Refuse options that say nothing beside one another."""
    named = {"--draft": arguments.draft, "--consolidate": arguments.consolidate}
    beside = [option for option, is_given in named.items() if is_given and arguments.blank]
    if beside:
        raise AppError(
            "USAGE",
            "不能这样填",
            message=f"空表（--blank）不能同时用 {'、'.join(beside)}。",
            remedy="请去掉其中一个。",
        )
    if arguments.lines and not arguments.blank:
        raise AppError(
            "USAGE", "不能这样填", message="--lines 只用于空表。", remedy="请加上 --blank，或去掉 --lines。"
        )


def _outputs(arguments: argparse.Namespace) -> dict[str, Path]:
    """Return the files asked for, by what is to be written into each."""
    asked = {option: getattr(arguments, option) for option in OUTPUTS}
    return {OUTPUTS[option]: path for option, path in asked.items() if path is not None}


def _write(printed: Printed, arguments: argparse.Namespace) -> None:
    about = {
        **{name: getattr(arguments, name) or "" for name in ("campaign", "period", "unit", "group")},
        "date": arguments.date.isoformat() if arguments.date else None,
    }
    writers: dict[str, Callable[[Path], None]] = {
        "PDF": printed.to_pdf,
        "工作簿": printed.to_xlsx,
        "文本": printed.to_text,
        "JSON": partial(printed.to_json, about=about),
    }
    outputs = _outputs(arguments)
    for kind, path in outputs.items():
        writers[kind](path)
        print(f"已输出「{path}」。")
    if outputs:
        print_notice()
    else:
        print(printed.text)


def run_check(arguments: argparse.Namespace) -> int:
    """Check a form and print what was found."""
    with opened(arguments.ledger, is_read_only=arguments.read_only) as ledger:
        form = ready_to_print(fill(ledger, request_of(arguments))).form
    print(
        f"《{form.title}》审核：" + ("没有发现问题。" if not form.findings else f"{len(form.findings)} 条。")
    )
    print_findings(form.findings)
    return 1 if must_be_mended(form.findings) else 0


def run_explain(arguments: argparse.Namespace) -> int:
    """Print where a number comes from, row by row."""
    with opened(arguments.ledger, is_read_only=arguments.read_only) as ledger:
        print_lines(explained(ledger, request_of(arguments), arguments.cell))
    return 0
