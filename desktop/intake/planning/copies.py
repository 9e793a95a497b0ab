"""The copies of software that the ledger has on computers, and what rows mean beside them: the same copy or another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from desktop.core.findings import FindingClass
from desktop.core.product import SoftwareClass
from desktop.core.subjects import SUBJECTS, Value, Values, natural_key
from desktop.intake.planning.context import Context
from desktop.intake.planning.drafts import Draft, is_same
from desktop.intake.planning.products import Named, is_vaguer
from desktop.intake.sheets import SheetRow

_AT = SUBJECTS["installation"].positions
_PRODUCT = SUBJECTS["product"].positions
_TELLING = ("licence", "product_identifier", "key_text")
ONE_OF_A_KIND = (SoftwareClass.SYSTEM.value, SoftwareClass.OFFICE.value, SoftwareClass.ANTIVIRUS.value)
"""Classes of which a computer has one product as a rule."""

Whose = tuple[str, str]
"""A computer and a product on it, by uid."""


@dataclass(slots=True)
class Turns:
    """Tells copies with the same base of their key apart by their days, in the order of a file: one for every day.

    `days` and `ends` are those of the copies that the ledger has, by turn: when they were installed and removed. A row
    without a day is about the first that is not removed, and one that has no day may get it from a later row, if it was
    not removed before that.
    """

    days: list[Value] = field(default_factory=list)
    ends: list[Value] = field(default_factory=list)
    _met: set[int] = field(default_factory=set)

    def turn_of(self, day: Value) -> tuple[int, bool]:
        """Return which copy a row is about, starting with 1, and whether the file has told of another before."""
        if day is None:
            turn = next((turn for turn, end in enumerate(self.ends, 1) if end is None), 1)
            if not self.days:
                self._add(None)
        else:
            if day not in self.days:
                self._take(day)
            turn = self.days.index(day) + 1
        is_further = turn not in self._met and bool(self._met)
        self._met.add(turn)
        return turn, is_further

    def _take(self, day: Value) -> None:
        """Give a day to the first copy that has none and may have it, else to one more."""
        copies = enumerate(zip(self.days, self.ends, strict=True))
        fitting = (
            place for place, (own, end) in copies if own is None and (end is None or str(day) <= str(end))
        )
        place = next(fitting, None)
        if place is None:
            self._add(day)
        else:
            self.days[place] = day

    def _add(self, day: Value) -> None:
        self.days.append(day)
        self.ends.append(None)


@dataclass(frozen=True)
class Copies:
    """The copies on the computers that an import is about, as the ledger has them."""

    context: Context
    _keys: defaultdict[Whose, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))
    _values: dict[str, Values] = field(default_factory=dict)
    _products: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def look_up(self, computers: Collection[str], uids: Collection[str]) -> None:
        """Fetch what is on these computers, and the copies with these uids."""
        context = self.context
        keys = context.known.keys_of_installations(computers)
        context.look_up("installation", keys)
        found = {held[0]: (key, held[1]) for key in keys if (held := context.held("installation", key))}
        for uid, (key, values) in {**found, **context.keyed("installation", uids)}.items():
            self._keys[str(values[0]), str(values[1])][uid] = key
            self._products[str(values[0])].add(str(values[1]))
            self._values[uid] = values

    def computer_of(self, uid: str) -> str:
        """Return the computer on which the copy with this uid is; empty for none."""
        return str(self._values[uid][0]) if uid in self._values else ""

    def products_on(self, computer: str) -> Collection[str]:
        """Return the products of which a computer has copies, or had."""
        return self._products.get(computer, ())

    def values_of(self, uid: str) -> Values:
        """Return what the ledger holds of the copy with this uid."""
        return self._values[uid]

    def swap(self, uid: str, key: str) -> None:
        """Let a copy be known by the key of other software, which a row now names for it."""
        computer, product = self._values[uid][:2]
        self.context.rekey("installation", {self._keys[str(computer), str(product)].pop(uid): key})

    def turns(self, base: str) -> Turns:
        """Return the days of the copies with this base of their key."""
        days: list[Value] = []
        ends: list[Value] = []
        while held := self.context.held("installation", natural_key(base, len(days) + 1)):
            days.append(held[1][_AT["installed_on"]])
            ends.append(held[1][_AT["removed_on"]])
        return Turns(days, ends)

    def key_of(self, uid: str, said: Values) -> str:
        """Return the key of the copy with this uid, if it is of the computer, product and edition that are said."""
        known = self._values.get(uid)
        return self._keys[str(said[0]), str(said[1])][uid] if known and known[: len(said)] == said else ""

    def edition(self, computer: str, product: Named, uid: str) -> str:
        """Return the edition of a row that names none, or only in the name: that of the copy it is about.

        This is the copy with its uid, else the only one there that it fits.
        """
        whose = computer, product[0]
        copies: Collection[str] = self._active(whose) or self._keys.get(whose, {})
        if uid in self._keys.get(whose, {}):
            copies = [uid]
        known = {str(self._values[uid][_AT["edition"]] or "") for uid in copies}
        fitting = [edition for edition in known if is_vaguer(product[1], edition)]
        return fitting[0] if len(fitting) == 1 else product[1]

    def corrected(self, drafts: Sequence[Draft]) -> list[Draft]:
        """Return the drafts under the keys of the copies they are about.

        The only row about a product on a computer corrects the only copy that is there, unless it tells of another
        licence or key: its edition or day is put right.
        """
        of_product: defaultdict[Whose, list[Draft]] = defaultdict(list)
        for draft in drafts:
            of_product[str(draft.values[0]), str(draft.values[1])].append(draft)
        keys = {id(draft): self._key(draft, whose, own) for whose, own in of_product.items() for draft in own}
        return [replace(draft, key=keys[id(draft)]) for draft in drafts]

    def _key(self, draft: Draft, whose: Whose, drafts: Sequence[Draft]) -> str:
        """Return the key of the copy that a draft is about, letting a copy be known by it that it corrects."""
        context = self.context
        if context.held("installation", draft.key) is not None:
            return draft.key
        named = {held[0] for one in drafts if (held := context.held("installation", one.key))}
        active = self._active(whose)
        free = [uid for uid in active if uid not in named]
        is_only = len({one.key for one in drafts}) == 1 and len(active) == 1
        if free and is_only and not _tells(draft.values, self._values[free[0]]):
            self._mention_corrected(draft, self._values[free[0]])
            if is_same(self._values[free[0]][_AT["edition"]], draft.values[_AT["edition"]]):
                return active[free[0]]
            context.rekey("installation", {active[free[0]]: draft.key})
        elif free:
            self._mention_another(draft, free)
        return draft.key

    def _active(self, whose: Whose) -> Mapping[str, str]:
        """Return the keys of the copies of a product on a computer that are not removed, by uid."""
        copies = self._keys.get(whose, {})
        return {uid: key for uid, key in copies.items() if self._values[uid][_AT["removed_on"]] is None}

    def _mention_corrected(self, draft: Draft, known: Values) -> None:
        if _told(draft.values) == _told(known):  # the key alone is of an older spelling
            return
        self.context.find(
            "I14",
            FindingClass.C,
            f"按更正已登记的那份计：{_told(known)} → {_told(draft.values)}。",
            remedy="如是另外又装了一份，请把这台计算机上该软件的几份各写一行。",
            place=draft.row.place("edition" if draft.values[_AT["edition"]] else "product"),
        )

    def _mention_another(self, draft: Draft, free: Sequence[str]) -> None:
        listed = "、".join(f"「{_told(self._values[uid])}」" for uid in free)
        self.context.find(
            "I38",
            FindingClass.C,
            f"这台计算机上已登记同一软件（{listed}），本行作为另一份计入。",
            remedy="如是更正，请用 template --filled 输出登记表，在其中改正；已经卸载的，请登记卸载日期。",
            place=draft.row.place("product"),
        )

    def mention_left_over(self, drafts: Sequence[Draft], denied: Sequence[tuple[SheetRow, str]]) -> None:
        """Say which copies of an earlier import stay though the cell of their class names another product or none."""
        said = defaultdict(set)
        for draft in drafts:
            said[str(draft.values[0])].add(str(draft.values[1]))
        beside = [(draft.row, str(draft.values[0])) for draft in drafts if draft.row.sheet.beside]
        beside = [(row, computer) for row, computer in beside if row.sheet.beside in ONE_OF_A_KIND]
        products = self.context.by_uid("product", {product for _, product in self._keys})
        for row, computer in [*beside, *denied]:
            for uid, product in self.left_on(computer):
                values = products[product]
                if product in said[computer] or values[_PRODUCT["class"]] != row.sheet.beside:
                    continue
                name = named_with_edition(values, self._values[uid])
                wrote = f"「{row.text('product')}」" if row["product"] is not None else "没有"
                self.context.find(
                    "I50",
                    FindingClass.C,
                    f"本行写的是{wrote}，这台计算机上还登记着「{name}」，仍按安装计。",
                    remedy=f"已经卸载的，请在「安装」表登记「{name}」的卸载日期。",
                    place=row.place("product"),
                )

    def mention_still_removed(self, drafts: Sequence[Draft]) -> None:
        """Say which rows name, without any day, a copy that the ledger knows to be removed: it stays so."""
        for draft in drafts:
            held = self.context.held("installation", draft.key)
            known = self._values.get(held[0]) if held else None
            ended = known[_AT["removed_on"]] if known else None
            is_silent = draft.values[_AT["installed_on"]] is draft.values[_AT["removed_on"]] is None
            if ended is not None and is_silent and _AT["removed_on"] not in draft.emptied:
                self.context.find(
                    "I70",
                    FindingClass.C,
                    f"台账登记的「{draft.row.text('product')}」已于 {ended} 卸载，本行没有写日期，仍按已卸载计。",
                    remedy="后来又装上的，请在「安装」表写明安装日期；卸载日期登记错了的，请改正它。",
                    place=draft.row.place("product"),
                )

    def left_on(self, computer: str) -> list[tuple[str, str]]:
        """Return uid and product of the copies on a computer that the ledger has and nobody has removed."""
        products = sorted(self._products.get(computer, ()))
        return [(uid, product) for product in products for uid in self._active((computer, product))]


def mention_computers_twice(rows: Sequence[tuple[SheetRow, str]], context: Context) -> None:
    """Say where two rows of a sheet with software beside its computers are about one computer."""
    first: dict[tuple[str, str, str], int] = {}
    for row, computer in sorted(rows, key=lambda found: found[0].number):
        if row.sheet.beside:
            number = first.setdefault((row.sheet.file, row.sheet.name, computer), row.number)
            if number != row.number:
                context.find(
                    "I51",
                    FindingClass.C,
                    f"与第 {number} 行是同一台计算机（资产编号「{row.text('asset_no')}」），两行的软件都登记在这一台上。",
                    remedy="如是两台，请改正资产编号；如是重复填写，请删除一行。",
                    place=row.place("asset_no"),
                )


def mention_contradictions(drafts: Sequence[Draft], context: Context) -> None:
    """Say where two sheets name different software for one computer, of a class of which it has one as a rule."""
    first: dict[tuple[str, str], Draft] = {}
    for draft in drafts:
        row = draft.row
        if row.sheet.beside not in ONE_OF_A_KIND:
            continue
        other = first.setdefault((str(draft.values[0]), row.sheet.beside), draft)
        sheets = [(each.row.sheet.file, each.row.sheet.name) for each in (draft, other)]
        if sheets[0] != sheets[1] and draft.values[1] != other.values[1]:
            context.find(
                "I51",
                FindingClass.C,
                f"{other.row.place()}对同一台计算机写的是「{other.row.text('product')}」，这里是「{row.text('product')}」，两种都登记。",
                remedy="请核对以哪张表为准，改正另一张再导入。",
                place=row.place("product"),
            )


def named_with_edition(product: Values, copy: Values) -> str:
    """Return the name of a product with the edition of a copy of it."""
    return f"{product[0]} {copy[_AT['edition']] or ''}".strip()


def _tells(said: Values, held: Values) -> bool:
    """Return whether a row tells of another copy than the one that is there: by licence or key, or one removed before."""
    pairs = [(said[_AT[name]], held[_AT[name]]) for name in _TELLING]
    if said[_AT["removed_on"]] is not None:
        editions = str(held[_AT["edition"]] or ""), str(said[_AT["edition"]] or "")
        if not is_vaguer(*editions):
            return True
        pairs.append((said[_AT["installed_on"]], held[_AT["installed_on"]]))
    return any(one is not None and other is not None and not is_same(one, other) for one, other in pairs)


def _told(values: Values) -> str:
    """Return edition and day of a copy in words."""
    words = (values[_AT["edition"]], values[_AT["installed_on"]])
    return " ".join(str(word) for word in words if word is not None) or "（没有写版本）"
