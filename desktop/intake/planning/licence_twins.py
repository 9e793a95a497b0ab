"""Says which new licences may be known already under another number, or under none."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence

from desktop.core.findings import FindingClass
from desktop.core.licence import BoughtLicence
from desktop.intake.planning.context import Context
from desktop.intake.planning.licence_rows import LicenceRow


def mention_twins(new: Sequence[LicenceRow], about: Collection[str], context: Context) -> None:
    """Say where a new licence is bought just as one that its unit holds, and that no row is about.

    `about` are the licences (by uid) that rows are about.
    """
    known: defaultdict[tuple[str, str], list[BoughtLicence]] = defaultdict(list)
    for licence in context.known.licences_bought({found.unit for found in new}) if new else ():
        if licence.licence not in about:
            known[licence.unit, licence.product].append(licence)
    twins = [(found, twin) for found in new if (twin := _twin(found, known[found.unit, found.product]))]
    if not twins:
        return
    found, twin = twins[0]
    which = f"软件编号「{twin.number}」" if twin.number else "没有软件编号"
    count = f"共 {len(twins)} 条。" if len(twins) > 1 else ""
    context.find(
        "I72",
        FindingClass.C,
        f"「{found.row.text('product')}」可能已有登记（{which}），本行按另一条许可计入。{count}",
        remedy="同一条许可改了软件编号或内容的，请用 template --filled 输出登记表，在原来那一行上改；确是两条的，请写明各自的软件编号。",
        place=found.row.place("licence_no" if found.row["licence_no"] is not None else "product"),
    )


def _twin(found: LicenceRow, known: Sequence[BoughtLicence]) -> BoughtLicence | None:
    """Return the first known licence that a row may be: bought on the same day, if both have numbers for the same money.

    Without a day, too, money tells.
    """
    row = found.row
    for licence in known:
        is_same = bool(row["amount"]) and row["amount"] == licence.amount_fen
        has_numbers = bool(row["licence_no"] and licence.number)
        is_of_the_day = row["purchased_on"] == licence.purchased_on
        if is_of_the_day and (is_same or (row["purchased_on"] is not None and not has_numbers)):
            return licence
    return None
