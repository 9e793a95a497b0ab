"""Tries every part of the program on a small ledger: what ships is what was tried."""

from __future__ import annotations

import datetime
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from desktop.actions.demo import OFFICE
from desktop.actions.filling import Request, fill
from desktop.actions.importing import apply_import, catalogue, look_at, plan_import
from desktop.actions.issuing import issue
from desktop.actions.ledgers import new_ledger
from desktop.actions.naming import all_forms
from desktop.actions.papers import reprint
from desktop.actions.printing import fonts, ready_to_print
from desktop.actions.proving import verify_code, verify_file
from desktop.actions.undoing import last_undoable, undo_operation
from desktop.forms.spec import BrokenForm, FormSpec
from desktop.paths import resources
from desktop.sample.county import load_data, make_county
from desktop.sample.workbooks import write_workbooks
from desktop.store.database import Ledger
from desktop.store.journal import broken_link
from desktop.store.licences import a_licence_number

DAY = datetime.date(2026, 6, 30)
_TO_ISSUE = "D05"
"""A form of which nothing has to be explained before it is issued."""


@dataclass(frozen=True, slots=True)
class Result:
    """What came of trying one part."""

    name: str
    is_good: bool
    said: str


def run_self_test() -> list[Result]:
    """Return the result of every part, tried in a temporary folder that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="zhengban-") as name:
        folder = Path(name)
        results = [_tried("随附文件", _bundled)]
        with closing(new_ledger(folder / "自检.db", OFFICE)) as ledger:
            results.append(_tried("导入示例工作簿", lambda: _imported(ledger, folder)))
            results += [
                _tried(f"表样 {form.code}", partial(_printed, ledger, form, folder)) for form in _forms()
            ]
            results.append(_tried("定稿与核验", lambda: _proved(ledger, folder)))
            results.append(_tried("操作日志与撤销", lambda: _undone(ledger)))
    return results


def _tried(name: str, part: Callable[[], str]) -> Result:
    """Try one part; whatever it raises is its result."""
    try:
        return Result(name, is_good=True, said=part())
    except Exception as error:  # the edge of the self-test: any fault at all is what it looks for
        return Result(name, is_good=False, said=f"{type(error).__name__}：{error}")


def _forms() -> Iterator[FormSpec]:
    return (form for form in all_forms().values() if isinstance(form, FormSpec))


def _bundled() -> str:
    broken = [form for form in all_forms().values() if isinstance(form, BrokenForm)]
    if broken:
        raise ValueError(str(broken[0]))
    return f"软件目录 {len(catalogue().products)} 种，字体 {len(fonts().faces)} 种，表样 {len(list(_forms()))} 张"


def _imported(ledger: Ledger, folder: Path) -> str:
    workbooks = write_workbooks(make_county(data=load_data(resources("sample", "county.toml"))), folder)
    plan = plan_import(ledger, look_at(workbooks))
    apply_import(ledger, plan, "自检")
    if not plan.is_clean or plan_import(ledger, look_at(workbooks)).steps:
        raise ValueError("导入结果不符")
    return f"{len(plan.steps)} 条记录"


def _printed(ledger: Ledger, form: FormSpec, folder: Path) -> str:
    request = Request(form.code, as_of=DAY, licence=a_licence_number(ledger) if form.is_per_licence else "")
    printed = ready_to_print(fill(ledger, request))
    printed.to_pdf(folder / "一.pdf")
    ready_to_print(fill(ledger, request)).to_pdf(folder / "二.pdf")
    printed.to_xlsx(folder / "表.xlsx")
    if (folder / "一.pdf").read_bytes() != (folder / "二.pdf").read_bytes():
        raise ValueError("两次输出的 PDF 不同")
    return f"{len(printed.pages)} 页，{len(printed.form.cells)} 格"


def _proved(ledger: Ledger, folder: Path) -> str:
    """Issue a form, and prove it by its PDF and its code."""
    form = issue(ledger, Request(_TO_ISSUE, unit=OFFICE, as_of=DAY, dated=DAY))
    reprint(ledger, form.number, {"PDF": folder / "定稿.pdf"})
    proofs = (verify_file(ledger, folder / "定稿.pdf"), verify_code(ledger, form.check_code))
    if not all(proof.holds for proof in proofs):
        raise ValueError("核验结果不符")
    return form.number


def _undone(ledger: Ledger) -> str:
    undo_operation(ledger, last_undoable(ledger))
    if broken_link(ledger) is not None:
        raise ValueError("操作日志不完整")
    return "完好"
