"""The practice county: made as workbooks, imported like any office's, and taken through every table."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from desktop.actions.booklet import print_booklet
from desktop.actions.explaining import explanation_lines
from desktop.actions.filling import Request, explain, fill
from desktop.actions.importing import apply_import, look_at, plan_import
from desktop.actions.issuing import draft, issue, unsettled
from desktop.actions.ledgers import new_ledger
from desktop.actions.papers import reprint
from desktop.actions.printing import ready_to_print
from desktop.actions.proving import verify_file
from desktop.actions.typing_in import explain_finding
from desktop.actions.working_papers import working_paper
from desktop.core.findings import FindingClass
from desktop.core.plan import Act
from desktop.core.subjects import SUBJECTS
from desktop.errors import AppError, reason_of
from desktop.files import write_whole
from desktop.paths import resources
from desktop.sample.county import load_data, make_county
from desktop.sample.rows import REFERENCE_DAY
from desktop.sample.workbooks import write_workbooks
from desktop.store.database import Ledger

OFFICE = "中共示例县委宣传部"
LEDGER, WORKBOOKS, PRINTED, LISTING = "示例县台账.db", "工作簿", "表", "示例清单.json"
_TOWN = "示例县城关镇人民政府"
FORMS = (
    *(Request(code) for code in ("T01", "T02", "T03", "T21", "T22")),
    Request("L01", unit=_TOWN),
    Request("L02", unit=_TOWN),
    Request("L03", licence="SLX-WPS-2024"),
    *(Request(code) for code in ("D01", "D05", "M01")),
)
"""The tables that are printed, and for whom those that are not for all."""
TRACED = ("T02", "县级机关/软件情况/国外/办公软件/金额（万元）")


@dataclass(frozen=True, slots=True)
class Size:
    """How large the practice county is."""

    units: int = 60
    computers: int = 600


LARGE = Size(200, 8000)
"""A county of real size, to try how the program bears it."""


def make_demo(folder: Path, size: Size = Size()) -> Iterator[str]:  # frozen
    """Make the county in a folder and yield what was done, line by line.

    Results of an earlier demo are replaced as long as nobody has changed them. Raises AppError when the folder
    holds files of the same names that are not the demo's own any more, or cannot be written.
    """
    _clear_away(folder)
    try:
        yield from _made_anew(folder, size)
    finally:
        _list_what_is_there(folder)  # also when cut short, so that the next demo knows it for its own
    yield f"台账在「{folder / LEDGER}」，可继续用 --ledger 指定它试其他命令。"


def _made_anew(folder: Path, size: Size) -> Iterator[str]:
    with _writing(folder):
        for below in (WORKBOOKS, PRINTED):
            (folder / below).mkdir(parents=True, exist_ok=True)
        data = load_data(resources("sample", "county.toml"))
        county = make_county(data=data, units=size.units, computers=size.computers)
        workbooks = write_workbooks(county, folder / WORKBOOKS)
    yield f"一、示例县的 {len(workbooks)} 个工作簿已写入「{folder / WORKBOOKS}」（全部为虚构数据）。"
    with closing(new_ledger(folder / LEDGER, OFFICE)) as ledger:
        yield from _import(ledger, workbooks)
        yield f"三、各表已填好，PDF、工作簿、文本、JSON 和空表在「{folder / PRINTED}」："
        for asked in FORMS:
            yield from _print_form(ledger, asked, folder / PRINTED)
        yield "四、追溯一个印出来的数："
        yield from _trace(ledger)
        yield "五、逐单位汇总、送审、定稿，一年后也能证明盖章的表就是这一份："
        yield from _issue(ledger, folder / PRINTED)


def _list_what_is_there(folder: Path) -> None:
    """Write down what the demo left, by which the next one knows whether anybody has changed it."""
    with _writing(folder):
        if folder.is_dir():
            write_whole(folder / LISTING, json.dumps(_digests(folder), ensure_ascii=False, indent=1).encode())


def _clear_away(folder: Path) -> None:
    """Remove what an earlier demo left; raise AppError where it was changed since, or is not the demo's at all."""
    with _writing(folder):
        there = _digests(folder)
        listed = _listed(folder)
        own = (name for name in there if name == LEDGER or name.split("/")[0] in (WORKBOOKS, PRINTED))
        for name in own:
            if listed.get(name) != there[name]:
                raise AppError(
                    "NOT-THE-DEMO",
                    "没有生成示例",
                    message=f"「{folder / name}」不是示例生成的，或生成以后改动过，没有改动它。",
                    remedy="请用 --out 换一个文件夹，或先移走它。",
                )
        for name in there.keys() & listed.keys():
            if listed[name] == there[name]:
                (folder / name).unlink()
        (folder / f"{LEDGER}.lock").unlink(missing_ok=True)


def _listed(folder: Path) -> Mapping[str, str]:
    """Return the digests of the files that the last demo left in a folder; nothing where there was none."""
    try:
        listed = json.loads((folder / LISTING).read_bytes())
    except (FileNotFoundError, ValueError):  # no demo yet, or no list of one: then nothing here is the demo's
        return {}
    return listed if isinstance(listed, dict) else {}


def _digests(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of the files where a demo writes, by their path below the folder."""
    places = [folder / LEDGER, *sorted(folder.glob("*/*"))]
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in places
        if path.is_file()
    }


@contextmanager
def _writing(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise _unwritable(folder, error) from error


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


def _print_form(ledger: Ledger, asked: Request, folder: Path) -> Iterator[str]:
    code = asked.form
    printed = ready_to_print(fill(ledger, replace(asked, as_of=REFERENCE_DAY, dated=REFERENCE_DAY)))
    printed.to_json(folder / f"{code}.json", {"unit": asked.unit, "group": ""})
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


def _issue(ledger: Ledger, folder: Path) -> Iterator[str]:
    """Add T02 up, explain what has to be explained, issue it with all that goes with it, and prove the PDF."""
    asked = Request("T02", as_of=REFERENCE_DAY, dated=REFERENCE_DAY, is_consolidated=True)
    form = fill(ledger, asked)
    draft(form).to_pdf(folder / "T02-送审稿.pdf")
    open_findings = unsettled(form.findings)
    for finding in open_findings:
        explain_finding(ledger, asked, finding.code, finding.place.cell, text="示例数据，已经核实")
    yield f"  送审稿已输出；{len(open_findings)} 条审核写了说明。"
    issued = issue(ledger, asked)
    paper = working_paper(ledger, asked)
    for kind, name in (("PDF", "T02-汇总底稿.pdf"), ("工作簿", "T02-汇总底稿.xlsx")):
        paper.write(kind, folder / name)
    reprint(ledger, issued.number, {"PDF": folder / "T02-定稿.pdf"})
    parts = print_booklet(
        ledger, [asked, replace(asked, form="T21"), replace(asked, form="T01")], folder / "整套.pdf"
    )
    yield f"  定稿编号 {issued.number}，校验码 {issued.check_code}。整套 {len(parts)} 份在「{folder / '整套.pdf'}」。"
    proof = verify_file(ledger, folder / "T02-定稿.pdf")
    yield f"  {proof.lines[0]}核验结果：{'一致' if proof.holds else '不一致'}。"
