"""A whole set of tables as one PDF (整套打印): cover, index, tables, their working papers and notes, list of proofs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from desktop.actions.comparing import differences, request_of, thaw
from desktop.actions.filling import Request, fill, situation_of
from desktop.actions.issuing import draft
from desktop.actions.notes import notes_on
from desktop.actions.outputs import refuse_bad_outputs
from desktop.actions.printing import fonts, imprint_of, ready_to_print
from desktop.actions.working_papers import working_paper
from desktop.core.campaign import Campaign
from desktop.core.dates import chinese_date
from desktop.core.issued import IssuedForm
from desktop.errors import AppError
from desktop.forms.grid import Box, GridRow, HeaderText, Sheet
from desktop.forms.paper.drawing import draw
from desktop.forms.paper.marks import PrintedPage
from desktop.forms.paper.prose import draw_cover, draw_prose
from desktop.forms.paper.render_pdf import render_pdf
from desktop.forms.spec import FormSpec, Page
from desktop.store import settings
from desktop.store.database import Ledger
from desktop.store.issued import issued_of

TITLE = "软件正版化工作报表"
PROOFS = "M01"
CHANGED = "台账已变化"
"""Said of what goes with an issued table when the ledger would fill it otherwise today."""
_INDEX_PAGE = Page(is_landscape=False, top_mm=30, right_mm=25, bottom_mm=25, left_mm=25, is_single=False)
_INDEX_MM = (14.0, 88.0, 16.0, 42.0)
_HEADS = ("序号", "名称", "页数", "状态")


@dataclass(frozen=True)
class Part:
    """A part of the set: what it is called in the index, whether it is issued, and its pages."""

    name: str
    state: str
    pages: Sequence[PrintedPage]


def print_booklet(ledger: Ledger, requests: Sequence[Request], path: Path) -> list[Part]:
    """Write the tables of the requests with all that goes with them as one PDF; return the parts.

    An issued table is printed as issued, another one as a draft (送审稿). Raises AppError for a table that is not
    there or has a grave finding, and for a file that cannot be written.
    """
    if not requests:
        raise AppError(
            "NOTHING", "没有可打印的表", message="没有指明打印哪些表。", remedy="请写表样编号，如 T02 T21。"
        )
    refuse_bad_outputs({"PDF": path}, ledger.path)
    parts = [part for request in requests for part in _parts_of(ledger, request)]
    if not any(request.form.upper() == PROOFS for request in requests):
        parts.append(_table(ledger, replace(requests[0], form=PROOFS, is_consolidated=False)))
    cover = _cover(ledger, requests[0])
    index = draw(_index(parts), fonts())
    render_pdf([cover, *index, *(page for part in parts for page in part.pages)], fonts(), path, title=TITLE)
    return parts


def _parts_of(ledger: Ledger, request: Request) -> Iterator[Part]:
    """Yield a table, its working paper if it is added up, and its notes."""
    asked = situation_of(ledger, request)
    issued = next((form for form in issued_of(ledger, asked.key) if form.holds), None)
    added = request.is_consolidated and is_added_up(asked.spec)
    request = request_of(ledger, issued) if issued else replace(request, is_consolidated=added)
    changed = CHANGED if issued and differences(ledger, issued) else ""
    yield _issued(ledger, issued, asked.campaign) if issued else _table(ledger, request)
    if request.is_consolidated:
        paper = working_paper(ledger, request)
        yield Part(f"《{paper.form.title}》汇总底稿", changed, paper.pages)
    notes = notes_on(ledger, request)
    yield Part(notes.title, changed, draw_prose(notes, fonts()))


def is_added_up(spec: FormSpec) -> bool:
    """Return whether a table holds cells that are added up, and not rows that stand for records."""
    return not any(row.repeats for block in spec.blocks for row in block.rows)


def _table(ledger: Ledger, request: Request) -> Part:
    form = fill(ledger, request)
    return Part(f"《{form.title}》", "送审稿", draft(form).pages)


def _issued(ledger: Ledger, issued: IssuedForm, campaign: Campaign) -> Part:
    printed = ready_to_print(thaw(ledger, issued))
    imprint = imprint_of(issued.printed_number, issued.check_code, campaign.switches)
    return Part(f"《{issued.title}》", f"定稿 {issued.printed_number}", printed.with_imprint(imprint).pages)


def _cover(ledger: Ledger, request: Request) -> PrintedPage:
    asked = situation_of(ledger, request)
    office = asked.unit.name if asked.unit else settings.setting(ledger, settings.OWN_OFFICE)
    dated = chinese_date(request.dated) if request.dated else "　　年　　月　　日"
    lines = (
        f"填报单位：{office}（盖章）",
        f"数据截止日：{chinese_date(asked.question.as_of)}",
        f"填报日期：{dated}",
    )
    return draw_cover(TITLE, asked.campaign.name, lines, fonts())


def _index(parts: Sequence[Part]) -> Sheet:
    """Return the index as a table."""
    boxes = [Box(0, place, 1, 1, words, is_heading=True) for place, words in enumerate(_HEADS)]
    for row, part in enumerate(parts, start=1):
        said = (Decimal(row), part.name, Decimal(len(part.pages)), part.state or None)
        boxes += [
            Box(row, place, 1, 1, str(value or ""), value, f"{row}.{place}", aligns_left=place == 1)
            for place, value in enumerate(said)
        ]
    total = sum(len(part.pages) for part in parts)
    return Sheet(
        code="",
        page=_INDEX_PAGE,
        marker="",
        title="目　录",
        title_pt=22.0,
        text_pt=10.5,
        header=((HeaderText(0.0, f"共 {len(parts)} 份，{total} 页（不含封面和目录）"),),),
        columns_mm=_INDEX_MM,
        rows=(GridRow(9.0, is_head=True), *([GridRow(9.0)] * len(parts))),
        boxes=tuple(boxes),
        notes=(),
    )
