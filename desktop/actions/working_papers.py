"""The working paper of a consolidation, as pages and as a workbook."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from desktop.actions.filling import Request, fill, situation_of
from desktop.actions.printing import fonts
from desktop.core.dates import chinese_date
from desktop.files import write_whole
from desktop.forms.filled import FilledForm
from desktop.forms.grid import Sheet
from desktop.forms.paper.drawing import draw_one_after_the_other
from desktop.forms.paper.marks import PrintedPage
from desktop.forms.paper.render_pdf import pdf_bytes
from desktop.forms.tables.render_xlsx import xlsx_bytes
from desktop.forms.working_paper import wide_sheet, working_sheets
from desktop.store.database import Ledger


@dataclass(frozen=True)
class WorkingPaper:
    """A working paper (汇总底稿): the form it belongs to, its sheets for paper, and the wide one for a workbook."""

    form: FilledForm
    sheets: Sequence[Sheet]
    wide: Sheet

    @property
    def pages(self) -> list[PrintedPage]:
        """The pages, numbered through all sheets."""
        return draw_one_after_the_other(self.sheets, fonts())

    def write(self, kind: str, path: Path) -> None:
        """Write the PDF or the 工作簿. Raises AppError when it cannot be written."""
        write_whole(path, self.pdf() if kind == "PDF" else self.xlsx())

    def pdf(self) -> bytes:
        """Return the PDF."""
        return pdf_bytes(self.pages, fonts(), f"{self.form.title}汇总底稿")

    def xlsx(self) -> bytes:
        """Return the workbook."""
        return xlsx_bytes(self.wide, dated=self.form.question.as_of if self.form.question else None)


def working_paper(ledger: Ledger, request: Request) -> WorkingPaper:
    """Return the working paper of a consolidated form. Raises AppError as `fill` does."""
    asked = situation_of(ledger, request)
    form = fill(ledger, replace(request, is_consolidated=True))
    parts = form.parts or ()
    whom = f"，分组：{request.group}" if request.group else ""
    header = f"任务：{asked.campaign.name}{whom}　数据截止日：{chinese_date(asked.question.as_of)}"
    return WorkingPaper(form, working_sheets(form, parts, header), wide_sheet(form, parts, header))
