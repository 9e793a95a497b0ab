"""Plans the sheet 进度: the facts that a person confirms for a unit, each with its date."""

from __future__ import annotations

from desktop.core.campaign import ProgressKind
from desktop.core.findings import FindingClass
from desktop.core.subjects import SUBJECTS, Value, natural_key
from desktop.intake.cells import Problem
from desktop.intake.planning.context import Context
from desktop.intake.planning.drafts import Draft
from desktop.intake.reading import ReadSheet

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
    at = sheet.spec.positions
    drafts = []
    for number, row in sheet.rows:
        unit = context.units.find(None if row[at["unit"]] is None else str(row[at["unit"]]))
        if isinstance(unit, Problem):
            place = sheet.place(number, "unit")
            context.refuse("progress_fact", "I03", unit.text, remedy=unit.remedy, place=place)
            continue
        for field, kind in _COLUMNS.items():
            said: Value = row[at[field]]
            key = natural_key(context.campaign, unit, kind.value)
            if said in (None, 0, "否"):
                _mention_held(said, (key, kind), (sheet, number, context))
                continue
            happened = None if said in (1, "是") else said
            values = (context.campaign, unit, kind.value, happened, row[at["evidence"]], None, None)
            emptied = sheet.emptied(number, "progress_fact")
            if _holds_again((key, kind), happened, (sheet, number, context)):
                emptied += _WITHDRAWAL
            drafts.append(Draft(key, values, number, emptied))
    context.settle("progress_fact", drafts, sheet)


def _holds_again(
    fact: tuple[str, ProgressKind], happened: Value, source: tuple[ReadSheet, int, Context]
) -> bool:
    """Return whether a fact that was taken back was done again after that; say so where it stays taken back."""
    key, kind = fact
    sheet, number, context = source
    held = context.held("progress_fact", key)
    withdrawn_on = str(held[1][_AT["withdrawn_on"]] or "") if held else ""
    if not withdrawn_on:
        return False
    if str(happened or "") > withdrawn_on:
        return True
    context.find(
        "I27",
        FindingClass.C,
        f"「{kind.value}」已于 {withdrawn_on} 撤回，仍按撤回计。",
        remedy="确已重新完成的，请填写撤回以后的完成日期。",
        place=sheet.place(number),
    )
    return False


def _mention_held(
    said: Value, fact: tuple[str, ProgressKind], source: tuple[ReadSheet, int, Context]
) -> None:
    """Say so when a row denies what the ledger holds as confirmed."""
    key, kind = fact
    sheet, number, context = source
    held = context.held("progress_fact", key)
    if said is not None and held and held[1][_AT["withdrawn_on"]] is None:
        context.find(
            "I18",
            FindingClass.C,
            f"本行写“否”，台账中「{kind.value}」已经确认，仍按已确认计。",
            remedy="确需撤回的，请写明理由后撤回。",
            place=sheet.place(number),
        )
