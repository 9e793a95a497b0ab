"""The audit trail for an auditor: whether it holds, and every change of every record as a table."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from pathlib import Path

from desktop.actions.importing import vocabulary
from desktop.actions.outputs import refuse_bad_outputs
from desktop.actions.scoping import first_few
from desktop.actions.trail import trail_faults
from desktop.core.money import yuan_text
from desktop.core.subjects import SUBJECTS
from desktop.files import written_whole
from desktop.intake.sheets import recorded_as
from desktop.store.database import Ledger
from desktop.store.documents import lost_documents
from desktop.store.issued import frozen_digests, is_whole
from desktop.store.journal import Change, changes, name_today
from desktop.store.operations import Operation, chain_head, operations

HEADINGS = (
    "操作号",
    "时间",
    "操作人",
    "类别",
    "操作",
    "理由",
    "记录",
    "编号或名称",
    "变化",
    "栏目",
    "原值",
    "现值",
)
_NAMED_BY = (
    "number",
    "name",
    "asset_no",
    "licence_no",
    "key_text",
    "word",
    "kind",
    "key",
    "form",
    "contract_no",
)
_TABLES = {
    "setting": "设置",
    "campaign": "任务",
    "campaign_group": "分组",
    "group_member": "分组单位",
    "campaign_text": "任务文字",
    "document": "证明材料",
    "report": "填报表",
    "report_cell": "手工填报",
    "explanation": "审核说明",
    "issued_form": "定稿",
    "form_event": "填报表的经过",
    "unit_succession": "单位沿革",
}
_BESIDE = {"licence": ("purchase", "allocation")}
"""The records that a sheet describes besides its own."""
_TITLES = {
    "campaign": "任务",
    "campaign_group": "分组",
    "caption": "名称",
    "code": "分组",
    "starts_on": "开始日期",
    "ends_on": "截止日期",
    "switches": "口径",
    "text_key": "文字",
    "text": "内容",
    "form": "表样",
    "key": "设置",
    "value": "内容",
    "unit": "单位名称",
    "happened_on": "日期",
    "withdrawn_on": "撤回日期",
    "withdrawn_reason": "撤回理由",
    "kind": "种类",
    "sort_order": "排序号",
    "grp": "分组",
    "period": "报表期",
    "licence_uid": "许可的标识",
    "paper_reason": "代录理由",
    "report": "填报表",
    "cell": "单元格",
    "reason": "理由",
    "number": "编号",
    "title": "表名",
    "year": "年",
    "serial": "序号",
    "check_code": "校验码",
    "as_of": "数据截止日",
    "dated": "填表时间",
    "issued_at": "定稿时间",
    "issued_by": "定稿人",
    "replaces": "更正的定稿",
    "issued_form": "定稿",
    "person": "姓名",
    "copies": "份数",
    "sha256": "文件的 SHA-256",
    "form_hash": "表样的 SHA-256",
    "filled_hash": "填报表的 SHA-256",
    "rows_hash": "依据的 SHA-256",
    "pdf_hash": "PDF 的 SHA-256",
    "xlsx_hash": "工作簿的 SHA-256",
    "chain_head": "日志链头",
    "from_unit": "原单位",
    "to_unit": "现单位",
    "archive_no": "归档号",
    "retention": "保管期限",
    "original_at": "原件存放处",
}
_NOT_SHOWN = {"id", "uid", "natural_key"}
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet program would take for a formula at the beginning of a cell."""


def verify(ledger: Ledger) -> tuple[bool, str]:
    """Return whether schema and audit trail hold, with all that was frozen and the documents beside; in words."""
    faults = list(trail_faults(ledger))
    if faults:
        return False, "\n".join(faults)
    beside = list(_faults_beside(ledger))
    trail = f"共 {len(operations(ledger))} 项操作，操作日志完整，链头 {chain_head(ledger)[:16]}。"
    return not beside, "\n".join([trail, *beside])


def _faults_beside(ledger: Ledger) -> Iterator[str]:
    """Yield what is wrong with what the journal only names by its hash."""
    broken = sum(1 for digest in frozen_digests(ledger) if not is_whole(ledger, digest))
    if broken:
        yield f"定稿冻结的内容有 {broken} 份缺失或被改动，用 verify 编号可查是哪一份定稿。请从备份中找回。"
    lost = lost_documents(ledger)
    if lost:
        yield f"证明材料有 {len(lost)} 份缺失或被改动：{first_few(lost)}。请从备份中找回，放回台账旁的“-证明材料”文件夹。"


def export_journal(ledger: Ledger, path: Path) -> int:
    """Write every change of every record as CSV (UTF-8 with its mark), newest first; return how many lines.

    Raises AppError for a file that would take the place of something else, or cannot be written.
    """
    refuse_bad_outputs({"日志": path}, ledger.path)
    titles = _titles()
    count = 0
    with written_whole(path) as file, io.TextIOWrapper(file, encoding="utf-8-sig", newline="") as text:
        writer = csv.writer(text)
        writer.writerow(HEADINGS)
        for op, done in changes(ledger):
            for line in _lines(ledger, op, done, titles):
                writer.writerow([_harmless(cell) for cell in line])
                count += 1
    return count


def _harmless(cell: object) -> str:
    """Return a cell that no spreadsheet program takes for a formula."""
    text = "" if cell is None else str(cell)
    return f"'{text}" if text.startswith(_DANGEROUS) else text


def _titles() -> Mapping[tuple[str, str], str]:
    """Return the heading of each field of a record, as the sheets give it."""
    titles: dict[tuple[str, str], str] = {}
    for spec in vocabulary().specs:
        for column in spec.columns:
            for name in (spec.subject, *_BESIDE.get(spec.subject, ())):
                if name in SUBJECTS and recorded_as(column.field) in SUBJECTS[name].positions:
                    titles.setdefault((name, recorded_as(column.field)), column.heading)
    return titles


def _lines(
    ledger: Ledger, op: Operation, done: list[Change], titles: Mapping[tuple[str, str], str]
) -> Iterator[list[object]]:
    """Yield a line for each field that an operation changed; one for an operation that changed none."""
    head: list[object] = [op.id, op.at.replace("T", " "), op.who, op.kind, op.label, op.reason]
    if not done:
        yield [*head, "", "", "", "", "", ""]
    for change in done:
        before, after = change.before or {}, change.after or {}
        what = "新增" if change.before is None else "删除" if change.after is None else "改动"
        subject = (
            SUBJECTS[change.subject].title
            if change.subject in SUBJECTS
            else _TABLES.get(change.subject, change.subject)
        )
        name = next(
            (str((after or before)[key]) for key in _NAMED_BY if (after or before).get(key)),
            f"#{change.row_id}",
        )
        for column in dict.fromkeys([*before, *after]):
            old, new = before.get(column), after.get(column)
            if column not in _NOT_SHOWN and old != new:
                field = column.removesuffix("_id")
                title = titles.get((change.subject, field), _TITLES.get(field, field))
                shown = (_shown(ledger, change.subject, column, value) for value in (old, new))
                yield [*head, subject, name, what, title, *shown]


def _shown(ledger: Ledger, subject: str, column: str, value: object) -> object:
    """Return a value as an auditor reads it: amounts in 元, references by name."""
    if value is None:
        return ""
    if column.endswith("_fen"):
        return yuan_text(int(str(value)))
    if not column.endswith("_id"):
        return value
    field = column.removesuffix("_id")
    known = SUBJECTS.get(subject)
    table = next((f.refers_to for f in known.fields if f.name == field), field) if known else field
    return name_today(ledger, table, int(str(value))) or f"#{value}"
