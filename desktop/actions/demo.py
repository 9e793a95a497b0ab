"""The practice county: made as workbooks, imported like any office's, and taken through every table."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from desktop.actions.explaining import explanation_lines
from desktop.actions.filling import Request, explain, fill
from desktop.actions.importing import apply_import, look_at, plan_import
from desktop.actions.ledgers import new_ledger
from desktop.actions.printing import ready_to_print
from desktop.core.findings import FindingClass
from desktop.core.plan import Act
from desktop.core.subjects import SUBJECTS
from desktop.errors import AppError, reason_of
from desktop.paths import resources
from desktop.sample.county import load_data, make_county
from desktop.sample.rows import REFERENCE_DAY
from desktop.sample.workbooks import write_workbooks
from desktop.store.backup import backups_folder
from desktop.store.database import Ledger

OFFICE = "中共示例县委宣传部"
FORMS = ("T01", "T02", "T03")
TRACED = ("T02", "县级机关/软件情况/国外/办公软件/金额（万元）")


def make_demo(folder: Path) -> Iterator[str]:
    """Make the county in a folder and yield what was done, line by line.

    Earlier results of the demo in the folder are replaced. Raises AppError when the folder cannot be written.
    """
    ledger_path = folder / "示例县台账.db"
    _clear(ledger_path)
    county = make_county(data=load_data(resources("sample", "county.toml")))
    workbooks = write_workbooks(county, _made(folder / "工作簿"))
    yield f"一、示例县的 {len(workbooks)} 个工作簿已写入「{folder / '工作簿'}」（全部为虚构数据）。"
    with closing(new_ledger(ledger_path, OFFICE)) as ledger:
        yield from _import(ledger, workbooks)
        yield f"三、各表已填好，PDF、工作簿、文本、JSON 和空表在「{folder / '表'}」："
        for code in FORMS:
            yield from _print_form(ledger, code, _made(folder / "表"))
        yield "四、追溯一个印出来的数："
        yield from _trace(ledger)
    yield f"台账在「{ledger_path}」，可继续用 --ledger 指定它试其他命令。"


def _clear(ledger_path: Path) -> None:
    try:
        shutil.rmtree(backups_folder(ledger_path), ignore_errors=True)
        for ending in ("", "-wal", "-shm", ".lock"):
            ledger_path.with_name(ledger_path.name + ending).unlink(missing_ok=True)
    except OSError as error:
        raise _unwritable(ledger_path.parent, error) from error


def _made(folder: Path) -> Path:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _unwritable(folder, error) from error
    return folder


def _unwritable(folder: Path, error: OSError) -> AppError:
    return AppError(
        "CANNOT-WRITE",
        "无法写入",
        message=f"「{folder}」不能写入（{reason_of(error)}）。",
        remedy="请用 --out 换一个文件夹。",
    )


def _import(ledger: Ledger, workbooks: list[Path]) -> Iterator[str]:
    look = look_at(workbooks)
    plan = plan_import(ledger, look)
    number = apply_import(ledger, plan, "导入示例县工作簿", source_hash=look.source_hash)
    added = "，".join(
        f"{subject.title} {plan.counts[name, Act.ADD]}"
        for name, subject in SUBJECTS.items()
        if plan.counts[name, Act.ADD]
    )
    yield f"二、已导入台账（操作 {number}）：{added}。"
    again = plan_import(ledger, look_at(workbooks))
    yield f"  同样的工作簿再导入一次：{'没有任何变化' if not again.steps else f'{len(again.steps)} 处变化'}。"
    for finding in plan.findings:
        if finding.level is not FindingClass.D:
            yield f"  {finding.level.value} 类：{finding.sentence}"


def _print_form(ledger: Ledger, code: str, folder: Path) -> Iterator[str]:
    request = Request(code, as_of=REFERENCE_DAY, dated=REFERENCE_DAY)
    printed = ready_to_print(fill(ledger, request))
    printed.to_json(folder / f"{code}.json", {"unit": "", "group": ""})
    blank = ready_to_print(fill(ledger, Request(code, is_blank=True)))
    for name, each in ((code, printed), (f"{code}-空表", blank)):
        each.to_pdf(folder / f"{name}.pdf")
        each.to_xlsx(folder / f"{name}.xlsx")
        each.to_text(folder / f"{name}.txt")
    levels = [finding.level for finding in printed.form.findings]
    found = "，".join(f"{level.value} 类 {levels.count(level)}" for level in FindingClass if level in levels)
    yield f"  {code}《{printed.form.title}》{len(printed.pages)} 页，审核：{found or '没有发现问题'}。"


def _trace(ledger: Ledger) -> Iterator[str]:
    form = fill(ledger, Request(TRACED[0], as_of=REFERENCE_DAY))
    yield from (f"  {line}" for line in explanation_lines(form, explain(ledger, form, TRACED[1])))
