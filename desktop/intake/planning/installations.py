"""Plans the sheet 安装: which product is on which computer, under which licence."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from desktop.core.findings import FindingClass
from desktop.core.installation import Claim
from desktop.core.plan import Act
from desktop.core.product import ProductKind
from desktop.core.subjects import SUBJECTS, Value, natural_key
from desktop.core.text import match_key
from desktop.intake.cells import Problem
from desktop.intake.planning.computers import computer_key
from desktop.intake.planning.context import Context
from desktop.intake.planning.copies import Copies, Turns, mention_computers_twice, mention_contradictions
from desktop.intake.planning.drafts import Completion, Draft
from desktop.intake.planning.licence_index import LicenceIndex
from desktop.intake.planning.licence_rows import licence_key
from desktop.intake.planning.products import Products, denied_with_edition
from desktop.intake.planning.swaps import with_swaps
from desktop.intake.sheets import ReadSheet, SheetRow
from desktop.intake.spellings import FREE_OF_CHARGE

_AT = SUBJECTS["installation"].positions
_PRODUCT = SUBJECTS["product"].positions
_PARTED = re.compile(r"[/,，+＋\n]")
_COPIED = (
    "installed_on",
    "removed_on",
    "claim",
    "user_signed",
    "backed_up",
    "product_identifier",
    "key_text",
    "note",
)


class _Refusal(NamedTuple):
    """Why a row is refused: the field at fault and what is wrong with it."""

    field: str
    problem: Problem


class _Found(NamedTuple):
    """What a row names, in the order of an installation's fields: uids, and the edition as it is written."""

    computer: str
    product: str
    edition: str | None
    licence: str | None


@dataclass(frozen=True)
class Installations:
    """Plans the installations of all sheets with what their rows name: products and licences."""

    context: Context
    products: Products
    licences: LicenceIndex
    _turns: dict[tuple[str, str], Turns] = field(default_factory=dict)
    _named: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _free: dict[tuple[str, str], Claim] = field(default_factory=dict)

    @cached_property
    def _copies(self) -> Copies:
        return Copies(self.context)

    def plan(self, sheets: Sequence[ReadSheet]) -> None:
        """Plan the installations of all sheets; over-use of a licence is recorded as a fact, never refused."""
        rows = [one for sheet in sheets for row in sheet for one in self._apart(row)]
        without = [SheetRow(sheet, *row) for sheet in sheets for row in sheet.without]
        self._look_up([*rows, *without])
        drafts = [draft for row in rows if (draft := self._draft(row))]
        self.context.find_by_uid("installation", [(draft.row, draft.key) for draft in drafts])
        drafts = self._copies.corrected(with_swaps(drafts, self._copies, self.context))
        self.context.settle("installation", drafts, _WHAT_FOLLOWS)
        denied = [(row, computer) for row in without if (computer := self._computer_beside(row))]
        self._copies.mention_left_over(drafts, denied)
        self._copies.mention_still_removed(drafts)
        mention_contradictions(drafts, self.context)
        mention_computers_twice([*((d.row, str(d.values[0])) for d in drafts), *denied], self.context)
        self._compare(drafts)

    def _compare(self, drafts: Sequence[Draft]) -> None:
        """Mention copies of other software than their licence is of, once for each licence and software."""
        named = [draft for draft in drafts if draft.values[_AT["licence"]] is not None]
        software = self.licences.software({str(draft.values[_AT["licence"]]) for draft in named})
        others: defaultdict[tuple[str, str], list[SheetRow]] = defaultdict(list)
        for draft in named:
            licence, product = str(draft.values[_AT["licence"]]), str(draft.values[_AT["product"]])
            if software.get(licence, (product, ""))[0] != product:
                others[licence, product].append(draft.row)
        for (licence, _), rows in others.items():
            row, name = rows[0], software[licence][1]
            more = f"（共 {len(rows)} 行）" if len(rows) > 1 else ""
            self.context.find(
                "I52",
                FindingClass.B,
                f"安装的软件与软件编号「{row.text('licence_no')}」登记的软件「{name}」不同{more}。",
                remedy="请核对软件名称和软件编号。",
                place=row.place("licence_no"),
            )

    def _apart(self, row: SheetRow) -> Iterator[SheetRow]:
        """Yield a row beside a computer for each product in its cell, where other marks than 、 part known ones."""
        if not row.sheet.beside:
            yield row
            return
        row = self._named_by_edition(row)
        text = row.text("product")
        if not text:
            yield row
            return
        if text not in self._named:
            parts = tuple(filter(None, map(str.strip, _PARTED.split(text))))
            is_several = not self.products.knows(text) and all(map(self.products.knows, parts))
            self._named[text] = parts if is_several else (" ".join(text.split()),)
        for name in self._named[text]:
            yield row.with_values(product=name)

    def _named_by_edition(self, row: SheetRow) -> SheetRow:
        """Return a row beside a computer with its edition as the name where only that names a known product."""
        edition = row.text("edition")
        is_open = row["product"] is None and "product" not in row.denied
        if not is_open or not self.products.knows(edition):
            return row
        return row.with_values(product=edition, edition=None)

    def _look_up(self, rows: Sequence[SheetRow]) -> None:
        """Fetch the computers and licences of all rows at once, and the copies that are on the computers."""
        keys, licences = set(), set()
        for row in rows:
            unit = self.context.named_unit(row)
            if isinstance(unit, str) and row["asset_no"] is not None:
                keys.add(computer_key(unit, row.text("asset_no")))
            if isinstance(unit, str) and row["licence_no"] is not None:
                licences.add(licence_key(unit, row.text("licence_no")))
        self.context.look_up("computer", keys)
        self.context.look_up("licence", licences)
        computers = {held[0] for key in keys if (held := self.context.held("computer", key))}
        computers |= {self.context.computers_of_rows.get(row.whole, "") for row in rows}
        self._copies.look_up(computers, {row.text("uid") for row in rows if row["uid"] is not None})

    def _draft(self, row: SheetRow) -> Draft | None:
        """Return the draft of a row, or refuse the row.

        Of software on a row whose computer is refused nothing more is said.
        """
        if self._is_of_refused_computer(row):
            self.context.plan.counts["installation", Act.REFUSE] += 1
            return None
        found = self._found(row)
        if isinstance(found, _Refusal):
            self.context.refuse("installation", "I17", found.problem, row.place(found.field))
            return None
        if row["claim"] == FREE_OF_CHARGE:
            row = row.with_values(claim=self._free_claim(row, found.product))
        own = self._copies.key_of(row.text("uid"), found[:3])
        if own:
            return Draft(own, (*found, *row.pick(_COPIED)), row, row.emptied("installation"))
        base = natural_key(found.computer, found.product, found.edition)
        key = (row.sheet.file, base)
        if key not in self._turns:
            self._turns[key] = self._copies.turns(base)
        turn, is_further = self._turns[key].turn_of(row["installed_on"])
        if is_further:
            self.context.find(
                "I38",
                FindingClass.C,
                f"本文件前面已有这台计算机上同一软件的安装，本行作为第 {turn} 条计入。",
                remedy="如是重复填写，请删除一行。",
                place=row.place(),
            )
        return Draft(natural_key(base, turn), (*found, *row.pick(_COPIED)), row, row.emptied("installation"))

    def _free_claim(self, row: SheetRow, product: str) -> str:
        """Return what 免费 claims of a product: 正版 if it is free; else nothing yet, said once in a file."""
        key = (row.sheet.file, product)
        if key not in self._free:
            values = self.context.by_uid("product", {product})[product]
            is_free = values[_PRODUCT["kind"]] == ProductKind.FREE
            self._free[key] = Claim.GENUINE if is_free else Claim.PENDING
            if not is_free:
                self.context.find(
                    "I57",
                    FindingClass.C,
                    f"「免费」不能说明「{values[_PRODUCT['name']]}」是否正版，按待核实计。",
                    remedy="请核对本文件中这个软件的各行，改填“是”或“否”。",
                    place=row.place("claim"),
                )
        return self._free[key].value

    def _is_of_refused_computer(self, row: SheetRow) -> bool:
        registers = bool(row.sheet.beside) and row.whole[:2] in self.context.computer_sheets
        return registers and not self.context.computers_of_rows.get(row.whole)

    def _found(self, row: SheetRow) -> _Found | _Refusal:
        """Return what a row names, or what of it is not there or cannot be."""
        unit = self.context.named_unit(row)
        if isinstance(unit, Problem):
            return _Refusal("unit", unit)
        computer = self._computer(row, unit)
        if isinstance(computer, Problem):
            return _Refusal("asset_no", computer)
        is_denied = row["product"] is None and "product" in row.denied
        product = denied_with_edition(row.text("edition")) if is_denied else self.products.find(row)
        if isinstance(product, Problem):
            return _Refusal("product", product)
        licence = self._licence(row.text("licence_no"), unit)
        if isinstance(licence, Problem):
            return _Refusal("licence_no", licence)
        if (row.text("removed_on") or "9") < row.text("installed_on"):
            return _Refusal("removed_on", Problem("卸载日期早于安装日期。", "请核对两个日期。"))
        edition = product[1]
        if row["edition"] is None and "edition" not in row.denied:
            edition = self._copies.edition(computer, product, row.text("uid"))
        return _Found(computer, product[0], edition or None, licence)

    def _computer_beside(self, row: SheetRow) -> str | None:
        """Return the computer of a row that says there is no software on it."""
        unit = self.context.named_unit(row)
        computer = self._computer(row, unit) if isinstance(unit, str) else unit
        return computer if isinstance(computer, str) else None

    def _computer(self, row: SheetRow, unit: str) -> str | Problem:
        """Return the computer that a row names, or that the same row of the file registers."""
        number = row.text("asset_no")
        if not number:
            beside = self.context.computers_of_rows.get(row.whole)
            return beside or Problem("这一行的计算机没有收下。", "请先改正这一行，再导入。")
        held = self.context.held("computer", computer_key(unit, number))
        old, new = self._renumbered.get((unit, match_key(number)), ("", ""))
        if held is not None:
            if old and self._copies.computer_of(row.text("uid")) == old != held[0]:
                text = f"资产编号「{number}」本次改给了另一台计算机，这份软件所在的那台改为「{new}」。"
                return Problem(text, f"请把这一行的资产编号也改为「{new}」；换了计算机的，请分两次导入。")
            return held[0]
        missing = f"资产编号「{number}」在「{self.context.units.name_of(unit)}」的计算机中没有。"
        if old:
            return Problem(missing, f"本次已把它改为「{new}」，请把这一行的资产编号也改为「{new}」。")
        refused = self.context.plan.counts["computer", Act.REFUSE]
        return Problem(
            missing, "请先改正「计算机」表中拒收的行，再导入。" if refused else "请先登记这台计算机。"
        )

    @cached_property
    def _renumbered(self) -> Mapping[tuple[str, str], tuple[str, str]]:
        """The computers that this import gives another number: uid and new number by unit and old number."""
        at = SUBJECTS["computer"].positions
        unit, number = at["unit"], at["asset_no"]
        return {
            (str(step.values[unit]), match_key(str(step.before[number]))): (
                step.uid,
                str(step.values[number]),
            )
            for step in self.context.plan.of("computer")
            if step.before is not None and step.before[number] not in (None, step.values[number])
        }

    def _licence(self, number: str, unit: str) -> str | Problem | None:
        """Return the licence a row names: held or received by the unit or one above it, or the only one so numbered."""
        if not number:
            return None
        for holder in self.context.units.line_of(unit):
            own = self.context.held("licence", licence_key(holder, number))
            received = own[0] if own is not None else self.licences.received(holder, number)
            if received:
                return received
        owners = self.licences.numbered(number)
        if len(owners) == 1:
            return next(iter(owners))
        text = "没有登记" if not owners else "在几个单位都有"
        refused = self.context.plan.counts["licence", Act.REFUSE]
        remedy = "请先改正「许可」表中拒收的行，再导入。" if refused else "请先登记这条许可，或改正编号。"
        return Problem(f"软件编号「{number}」{text}。", remedy)


def _fill(values: list[Value]) -> list[Value]:
    if values[_AT["claim"]] is None:
        values[_AT["claim"]] = Claim.PENDING.value
    return values


_WHAT_FOLLOWS = Completion((_AT["claim"],), _fill)
