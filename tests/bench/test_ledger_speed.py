"""A ledger of 100,000 rows on paper and in a workbook, against the bare calls that write the same."""

from __future__ import annotations

import datetime
import io
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, Side
from reportlab import rl_config
from reportlab.pdfgen.canvas import Canvas

from desktop.actions.filling import Request, fill
from desktop.actions.ledgers import new_ledger, opened
from desktop.actions.printing import fonts, ready_to_print
from desktop.forms.filled import FilledForm
from desktop.forms.paper.fonts import FontRole
from desktop.forms.paper.marks import LineMark, PrintedPage, TextMark
from tests.bench.test_form_speed import populate

ASKED = Request("L02", as_of=datetime.date(2026, 6, 30))
PT = 72 / 25.4
SMOKE = """
import re, sys
from pathlib import Path
from desktop.actions.ledgers import opened
from desktop.actions.printing import ready_to_print
from desktop.actions.filling import Request, fill
import datetime
with opened(Path(sys.argv[1])) as ledger:
    printed = ready_to_print(fill(ledger, Request("L02", as_of=datetime.date(2026, 6, 30))))
    getattr(printed, sys.argv[2])(Path(sys.argv[3]))
# not ru_maxrss: a process begins with that of the one that started it
print(int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]) // 1024)
"""


@pytest.fixture(scope="module")
def ledger_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("大台账") / "大.db"
    with closing(new_ledger(path, "")) as ledger:
        populate(ledger)
    return path


@pytest.fixture(scope="module")
def form(ledger_path: Path) -> FilledForm:
    with opened(ledger_path) as ledger:
        return fill(ledger, ASKED)


def seconds_of(work: Any) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def by_hand(pages: Sequence[PrintedPage], monkeypatch: pytest.MonkeyPatch) -> float:
    """Write the marks of pages by the bare calls of the canvas; return the seconds that these calls took."""
    monkeypatch.setattr(rl_config, "useA85", 0)
    canvas = Canvas(io.BytesIO(), invariant=1)
    names = {role: fonts().name(role) for role in FontRole}
    taken = 0.0
    for page in pages:
        height = page.height_mm * PT
        begun = time.perf_counter()
        canvas.setPageSize((page.width_mm * PT, height))
        for mark in page.marks:
            if isinstance(mark, LineMark):
                canvas.setLineWidth(mark.width_pt)
                canvas.line(
                    mark.x1_mm * PT, height - mark.y1_mm * PT, mark.x2_mm * PT, height - mark.y2_mm * PT
                )
            elif isinstance(mark, TextMark):
                canvas.setFont(names[mark.role], mark.size_pt)
                canvas.drawString(mark.x_mm * PT, height - mark.y_mm * PT, mark.text)
        canvas.showPage()
        taken += time.perf_counter() - begun
    return taken + seconds_of(canvas.save)


def memory_of(ledger_path: Path, what: str, target: Path) -> int:
    done = subprocess.run(  # noqa: S603  # our own words
        [sys.executable, "-c", SMOKE, str(ledger_path), what, str(target)],
        capture_output=True,
        text=True,
        check=True,
    )
    return int(done.stdout)


@pytest.mark.bench
def test_a_ledger_on_paper(
    ledger_path: Path, form: FilledForm, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages = ready_to_print(form).pages
    count = len(pages)
    bare = by_hand(pages, monkeypatch)
    ours = seconds_of(lambda: ready_to_print(form).to_pdf(tmp_path / "册.pdf"))
    memory = memory_of(ledger_path, "to_pdf", tmp_path / "又.pdf")
    print(
        f"\nledger of 95,000 rows, {count} pages, PDF: {ours:.1f} s, bare canvas {bare:.1f} s:"
        f" {ours / bare:.1f} × (bar 2); {memory} MB with filling it (bar 400)"
    )


@pytest.mark.bench
def test_a_ledger_in_a_workbook(ledger_path: Path, form: FilledForm, tmp_path: Path) -> None:
    ready_to_print(form).to_xlsx(tmp_path / "册.xlsx")
    with closing(load_workbook(tmp_path / "册.xlsx", read_only=True)) as made:
        rows: list[Any] = list(made.worksheets[0].iter_rows(values_only=True))
    line = Side("thin")

    def write() -> None:
        workbook = Workbook(write_only=True)
        sheet = workbook.create_sheet()
        for row in rows:
            cells = []
            for value in row:
                cell = WriteOnlyCell(sheet, value)
                cell.font = Font(name="宋体", size=10.5)
                cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
                cell.border = Border(left=line, right=line, top=line, bottom=line)
                cells.append(cell)
            sheet.append(cells)
        workbook.save(tmp_path / "又.xlsx")

    bare = seconds_of(write)
    ours = seconds_of(lambda: ready_to_print(form).to_xlsx(tmp_path / "册.xlsx"))
    memory = memory_of(ledger_path, "to_xlsx", tmp_path / "三.xlsx")
    print(
        f"\nledger of 95,000 rows, XLSX: {ours:.1f} s, write-only openpyxl {bare:.1f} s:"
        f" {ours / bare:.1f} × (bar 1.5); {memory} MB with filling it"
    )
