"""Other software in the same cell of a sheet given in again: the copy that stood there is corrected, not left beside it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from desktop.core.findings import FindingClass
from desktop.core.installation import Claim
from desktop.core.subjects import SUBJECTS, Values
from desktop.intake.planning.context import Context
from desktop.intake.planning.copies import ONE_OF_A_KIND, Copies, named_with_edition
from desktop.intake.planning.drafts import Draft

_AT = SUBJECTS["installation"].positions
_PRODUCT = SUBJECTS["product"].positions
_TIED = ("licence", "product_identifier", "key_text")
"""What ties a copy to its own software: it would be wrong for another one."""

_Cell = tuple[str, str]
"""A computer, and the class of the column beside it."""


def with_swaps(drafts: Sequence[Draft], copies: Copies, context: Context) -> list[Draft]:
    """Return the drafts, with the copies that they swap for other software known by their keys from now on.

    A cell beside a computer swaps the only copy of its class that is there, if it names one product of that class, no
    date of its own, and says whether the copy is genuine wherever that is known of the one before; and if nothing ties
    that one to its software. All else is another copy, of which `Copies.mention_left_over` speaks.
    """
    said: defaultdict[str, set[str]] = defaultdict(set)
    cells: defaultdict[_Cell, list[Draft]] = defaultdict(list)
    for draft in drafts:
        said[str(draft.values[0])].add(str(draft.values[1]))
        if draft.row.sheet.beside in ONE_OF_A_KIND:
            cells[str(draft.values[0]), draft.row.sheet.beside].append(draft)
    asked = {computer for computer, _ in cells if copies.left_on(computer)}
    products = {product for computer in asked for product in (*said[computer], *copies.products_on(computer))}
    known = context.by_uid("product", products)
    swapped = set()
    for (computer, kind), own in cells.items():
        if computer not in asked:
            continue
        left = [
            uid
            for uid, product in copies.left_on(computer)
            if product not in said[computer] and known[product][_PRODUCT["class"]] == kind
        ]
        if len(left) == 1 and _may_swap(own, copies, known) and _fits(own[0], copies.values_of(left[0])):
            copies.swap(left[0], own[0].key)
            _mention(own[0], known, copies.values_of(left[0]), context)
            swapped.add(own[0].key)
    return [_emptied(draft) if draft.key in swapped else draft for draft in drafts]


def _may_swap(drafts: Sequence[Draft], copies: Copies, products: Mapping[str, Values]) -> bool:
    """Return whether the rows about one cell are about one copy, of its class, that the computer never had."""
    draft = drafts[0]
    computer, product = str(draft.values[0]), str(draft.values[1])
    is_one = len({each.key for each in drafts}) == 1
    is_of_class = products[product][_PRODUCT["class"]] == draft.row.sheet.beside
    return is_one and is_of_class and product not in copies.products_on(computer)


def _fits(draft: Draft, before: Values) -> bool:
    """Return whether what is known of the copy before may stand with the software that the row names."""
    is_dated = any(draft.values[_AT[name]] is not None for name in ("installed_on", "removed_on"))
    is_open = draft.values[_AT["claim"]] is not None or before[_AT["claim"]] == Claim.PENDING.value
    return is_open and not is_dated and all(before[_AT[name]] is None for name in _TIED)


def _emptied(draft: Draft) -> Draft:
    """Return a draft that leaves nothing of the edition before."""
    return replace(draft, emptied=tuple({*draft.emptied, _AT["edition"]}))


def _mention(draft: Draft, products: Mapping[str, Values], before: Values, context: Context) -> None:
    old, new = (named_with_edition(products[str(copy[1])], copy) for copy in (before, draft.values))
    context.find(
        "I14",
        FindingClass.C,
        f"按更正计：这台计算机上登记的「{old}」改为「{new}」。",
        remedy=f"如是后来更换的，请先在「安装」表登记「{old}」的卸载日期，再导入本表。",
        place=draft.row.place("product"),
    )
