"""Plans the sheet 进度: the facts that a person confirms for a unit, each with its date."""

from __future__ import annotations

from desktop.core.campaign import ProgressKind
from desktop.core.findings import FindingClass
from desktop.core.subjects import SUBJECTS, natural_key
from desktop.intake.planning.context import Context
from desktop.intake.planning.drafts import Draft
from desktop.intake.sheets import ReadSheet, SheetRow

_COLUMNS = {
    "surveyed": ProgressKind.SURVEYED,
    "funded": ProgressKind.FUNDED,
    "purchased": ProgressKind.PURCHASED,
    "managed": ProgressKind.MANAGED,
    "rectified": ProgressKind.RECTIFIED,
    "nothing_to_buy": ProgressKind.NOTHING_TO_BUY,
}

_AT = SUBJECTS["progress_fact"].positions
_WITHDRAWAL = (_AT["withdrawn_on"], _AT["withdrawn_reason"])


def plan_progress(sheet: ReadSheet, context: Context) -> None:
    """Plan the facts of a sheet. A confirmed fact is never taken back by an import: that needs a reason.

    One that was taken back holds again when it was done once more after that day.
    """
    drafts = []
    for row in sheet:
        unit = context.unit_of(row, "progress_fact")
        if unit is not None:
            facts = (_draft(row, unit, field, context) for field in _COLUMNS)
            drafts += [draft for draft in facts if draft]
    context.settle("progress_fact", drafts)


def _draft(row: SheetRow, unit: str, field: str, context: Context) -> Draft | None:
    """Return the draft of one fact of a row, if the row says that it is done."""
    kind, said = _COLUMNS[field], row[field]
    key = natural_key(context.campaign, unit, kind.value)
    held = context.held("progress_fact", key)
    fact = held[1] if held else None
    if said in (None, 0, "否"):
        if said is not None and fact and fact[_AT["withdrawn_on"]] is None:
            _mention_denied(row, kind, context)
        return None
    happened = None if said in (1, "是") else said
    emptied = row.emptied("progress_fact")
    withdrawn_on = str(fact[_AT["withdrawn_on"]] or "") if fact else ""
    is_new = fact is not None and happened != fact[_AT["happened_on"]]
    if withdrawn_on and is_new and str(happened or "") > withdrawn_on:
        emptied += _WITHDRAWAL
    elif withdrawn_on:
        _mention_withdrawn(row, kind, withdrawn_on, context)
    values = (context.campaign, unit, kind.value, happened, row["evidence"], None, None)
    return Draft(key, values, row, emptied)


def _mention_withdrawn(row: SheetRow, kind: ProgressKind, withdrawn_on: str, context: Context) -> None:
    """Say that a fact that was taken back stays so: the row does not say that it was done again."""
    context.find(
        "I27",
        FindingClass.C,
        f"「{kind.value}」已于 {withdrawn_on} 撤回，仍按撤回计。",
        remedy="确已重新完成的，请填写撤回以后的完成日期。",
        place=row.place(),
    )


def _mention_denied(row: SheetRow, kind: ProgressKind, context: Context) -> None:
    """Say that a row denies what the ledger holds as confirmed."""
    context.find(
        "I18",
        FindingClass.C,
        f"本行写的是没有完成，台账中「{kind.value}」已经确认，仍按已确认计。",
        remedy="确需撤回的，请用 withdraw 命令并写明理由。",
        place=row.place(),
    )
