"""Commands over what goes with a table: worksheet (汇总底稿), notes (编制说明), booklet (整套打印)."""

from __future__ import annotations

import argparse
from dataclasses import replace

from desktop.actions.booklet import print_booklet
from desktop.actions.ledgers import opened
from desktop.actions.notes import notes_on
from desktop.actions.outputs import refuse_bad_outputs
from desktop.actions.printing import fonts
from desktop.actions.working_papers import working_paper
from desktop.cli.form_commands import request_of
from desktop.cli.parsing import Parser, add_ledger, add_selection, file_argument
from desktop.cli.reporting import print_notice
from desktop.forms.paper.prose import draw_prose
from desktop.forms.paper.render_pdf import render_pdf
from desktop.forms.tables.render_text import render_text


def add_commands(commands: argparse._SubParsersAction[Parser]) -> None:
    """Add the commands of this group."""
    sheets = commands.add_parser("worksheet", help="汇总底稿：每个单位一行，末行即汇总表")
    sheets.add_argument("--pdf", metavar="文件", type=file_argument, help="输出 PDF")
    sheets.add_argument("--xlsx", metavar="文件", type=file_argument, help="输出工作簿")
    sheets.set_defaults(run=run_worksheet)
    notes = commands.add_parser("notes", help="编制说明：截止日、口径、手工填报、审核说明、未报单位")
    notes.add_argument("--pdf", metavar="文件", type=file_argument, help="输出 PDF")
    notes.set_defaults(run=run_notes)
    booklet = commands.add_parser("booklet", help="整套打印：封面、目录、各表、底稿、编制说明、证明材料清单")
    booklet.add_argument("pdf", metavar="文件", type=file_argument, help="输出的 PDF")
    booklet.add_argument("forms", metavar="表", nargs="+", help="表样编号，如 T02 T21")
    booklet.set_defaults(run=run_booklet, form="")
    for parser in (sheets, notes):
        parser.add_argument("form", metavar="表", help="表样编号或表名，如 T02")
    for parser in (sheets, notes, booklet):
        add_selection(parser)
        add_ledger(parser)


def run_worksheet(arguments: argparse.Namespace) -> int:
    """Write the working paper of a consolidation, or show it."""
    asked = {"PDF": arguments.pdf, "工作簿": arguments.xlsx}
    outputs = {kind: path for kind, path in asked.items() if path is not None}
    refuse_bad_outputs(outputs, arguments.ledger)
    request = replace(request_of(arguments), is_consolidated=True)
    with opened(arguments.ledger, is_read_only=arguments.read_only) as ledger:
        paper = working_paper(ledger, request)
    for kind, path in outputs.items():
        paper.write(kind, path)
        print(f"已输出「{path}」。")
    if outputs:
        print_notice()
    else:
        print("\n".join(render_text(sheet) for sheet in paper.sheets))
    return 0


def run_notes(arguments: argparse.Namespace) -> int:
    """Write the notes on a table, or show them."""
    outputs = {"PDF": arguments.pdf} if arguments.pdf else {}
    refuse_bad_outputs(outputs, arguments.ledger)
    with opened(arguments.ledger, is_read_only=arguments.read_only) as ledger:
        notes = notes_on(ledger, request_of(arguments))
    for path in outputs.values():
        render_pdf(draw_prose(notes, fonts()), fonts(), path, title=notes.title)
        print(f"已输出「{path}」。")
        print_notice()
    if not outputs:
        print(notes.text)
    return 0


def run_booklet(arguments: argparse.Namespace) -> int:
    """Write a whole set of tables."""
    requests = [replace(request_of(arguments), form=form) for form in arguments.forms]
    with opened(arguments.ledger, is_read_only=arguments.read_only) as ledger:
        parts = print_booklet(ledger, requests, arguments.pdf)
    for part in parts:
        print(f"  {part.name}　{len(part.pages)} 页　{part.state}".rstrip())
    print(f"已输出「{arguments.pdf}」。")
    print_notice()
    return 0
