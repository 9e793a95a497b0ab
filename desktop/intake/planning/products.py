"""Finds the product a row names in the catalogue or the ledger, or adds it from the row's own class and origin."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from operator import itemgetter

from desktop.core.findings import FindingClass
from desktop.core.product import Product, ProductKind, SoftwareClass
from desktop.core.subjects import SUBJECTS, Value, natural_key
from desktop.core.text import match_key
from desktop.intake.cells import Problem
from desktop.intake.planning.context import Context
from desktop.intake.planning.drafts import Draft
from desktop.intake.sheets import ReadSheet, SheetRow

_AT = SUBJECTS["product"].positions
_MARKS = {
    "√",
    "✓",
    "✔",
    "☑",
    "×",
    "✗",
    "有",
    "是",
    "否",
    "已装",
    "已安装",
    "安装",
    "正版",
    "非正版",
    "盗版",
    "y",
    "yes",
}
_NUMBER = re.compile(r"\d+(?:\.\d+)*")
_BEGINS = re.compile(r"\s*[vV]?(\d+(?:\.\d+)*)(?![\d年月日./-])")
"""The version or year with which an edition begins, but for a date."""
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_CLOSED_UP = re.compile(r"^([vV]?\d+(?:\.\d+)*)\s*(?![年月日版位期号代用点套个人台])(?=[\u4e00-\u9fff])")
"""A version or year before Chinese words, but for one that is a part of them: 64位, 2019版."""
_LEADING = re.compile(r"[\d.]+")
PRODUCT_COLUMNS = ("product", "edition", "class", "origin")
Columns = tuple[Value, ...]
Named = tuple[str, str]
"""A product's uid and the edition that the row or the name gives (empty when neither does)."""


@dataclass
class Products:
    """Resolves the product columns of rows; every different combination once.

    A product that neither the catalogue nor the ledger knows is described by the class and origin that most rows of
    all sheets give it, so that the order of rows and sheets does not matter.
    """

    context: Context
    sheets: Sequence[ReadSheet] = ()
    _resolved: dict[Columns, Named | Problem] = field(default_factory=dict)
    _mentioned: set[tuple[str, str]] = field(default_factory=set)
    _passed_over: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @cached_property
    def _described(self) -> Mapping[str, tuple[Value, ...]]:
        """Name, class and origin of every product that a row describes whole, by the comparable name."""
        counted = Counter[tuple[Value, ...]]()
        for sheet in self.sheets:
            columns = itemgetter(*(sheet.spec.positions[name] for name in PRODUCT_COLUMNS))
            counted.update(columns(row) for _, row in sheet.rows)
        whole = Counter[tuple[Value, ...]]()
        for (name, _, software_class, origin), number in counted.items():
            if software_class is not None and origin is not None:
                whole[name, software_class, origin] += number
        ranked = sorted(whole, key=lambda described: (whole[described], *map(str, described)))
        return {match_key(str(described[0])): described for described in ranked}

    def find(self, row: SheetRow) -> Named | Problem:
        """Return uid and edition of the product that a row names, planning the product if new."""
        columns = (*row.pick(PRODUCT_COLUMNS), row.sheet.beside)
        found = self._resolved.get(columns)
        if found is None:
            found = self._resolved[columns] = self._resolve(columns, row)
        name = row.text("product")
        if self.context.catalogue.is_vague(name):
            self._mention_vague(row)
        elif overlooked := self._overlooked(name):
            self._mention_overlooked(row, overlooked)
        return found

    def knows(self, name: str) -> bool:
        """Return whether the catalogue, the ledger or a row of any sheet says what a product is."""
        key = match_key(name)
        is_held = self.context.held("product", natural_key(key)) is not None
        return is_held or key in self._described or self.context.catalogue.find(name) is not None

    def _overlooked(self, name: str) -> tuple[str, ...]:
        """Return the words of a name that are passed over, nothing for a product of the ledger's own."""
        if name not in self._passed_over:
            self._passed_over[name] = () if self._is_own(name) else self.context.catalogue.overlooked(name)
        return self._passed_over[name]

    def _is_own(self, name: str) -> bool:
        """Return whether the ledger has a product under just this name, which the catalogue would take for another."""
        is_held = self.context.held("product", natural_key(match_key(name))) is not None
        return is_held and self.context.catalogue.find_as_written(name) is None

    def _mention_overlooked(self, row: SheetRow, words: Sequence[str]) -> None:
        """Say what is passed over in a name, and as what it is taken."""
        name = row.text("product")
        if found := self.context.catalogue.find(name):
            taken, listed = " ".join(filter(None, (found[0].name, found[1]))), "、".join(words)
            text = f"「{name}」按「{taken}」计，「{listed}」不作为软件名称和版本登记。"
            remedy = "预装、授权方式请登记在许可里；不是这个软件的，请导入一张「软件产品」表，写明软件类别、国内/国外。"
            self._mention_once(row, "I63", text, remedy)

    def _mention_vague(self, row: SheetRow) -> None:
        """Say as what a name is taken that leaves the version open, as does the edition."""
        name = row.text("product")
        product = self.context.catalogue.find(name)
        if product is not None and not any(map(str.isdigit, row.text("edition"))):
            text = f"「{name}」没有写明是哪个版本，按「{product[0].name}」计。"
            remedy = "不是的，请在软件名称里写明版本（本文件中同样写法的各行都是如此）。"
            self._mention_once(row, "I56", text, remedy)

    def _mention_once(self, row: SheetRow, code: str, text: str, remedy: str) -> None:
        """Note what is said of a row's product, once for each name and file."""
        key = (row.sheet.file, match_key(row.text("product")))
        if key not in self._mentioned:
            self._mentioned.add(key)
            self.context.find(code, FindingClass.C, text, remedy=remedy, place=row.place("product"))

    def _resolve(self, columns: Columns, row: SheetRow) -> Named | Problem:
        name, typed, *_ = ("" if c is None else str(c) for c in columns)
        if not name:
            return nameless(typed)
        product, edition = self._known(name, typed)
        edition = spaced(edition)
        if product and self._is_of_another(product, name, typed):
            text = f"软件名称写的是「{name}」，版本写的却是「{typed}」，不是同一软件。"
            return Problem(text, "请核对，改正其中一格。")
        key = natural_key(match_key(product.name if product else name))
        held = self.context.held("product", key)
        if held:
            self._compare(held[1], row)
            return held[0], edition
        values = catalogue_values(product) if product else self._values_from_rows(name, row)
        if isinstance(values, Problem):
            return values
        self._compare(values, row)
        uid = self.context.settle("product", [Draft(key, values, row)])[0]
        return uid, edition

    def _known(self, name: str, typed: str) -> tuple[Product | None, str]:
        """Return the product of the catalogue that a name and an edition mean, if any, and the edition of the copy.

        The edition as it is typed counts, without the product's name, and with the version that the name gives.
        """
        if self._is_own(name):
            return None, typed
        find = self.context.catalogue.find
        by_name, whole = find(name), find(f"{name}{typed}")
        if whole and (by_name is None or by_name[0] is not whole[0]):
            return whole
        product, named_edition = by_name or (None, "")
        again = find(typed) if product else None
        if again and again[0] is product:
            typed = again[1]
        version = _LEADING.match(named_edition)
        if version and typed and match_key(version[0]) not in match_key(typed):
            return product, f"{version[0]} {typed}"
        return product, typed or named_edition

    def _is_of_another(self, product: Product, name: str, typed: str) -> bool:
        """Return whether an edition names another product, or begins with another one's version or another year."""
        named = self.context.catalogue.find(typed)
        if named and named[0] is not product:
            is_whole = match_key(named[0].name) in match_key(typed)
            return is_whole or _is_other_version(product, named[0])
        begins, years = _BEGINS.match(typed), _YEAR.findall(name)
        if begins is None:
            return False
        if years and _YEAR.fullmatch(begins[1]) and begins[1] != years[-1]:
            return True
        sibling = match_key(_family(product) + begins[1])
        other = self.context.catalogue.find(sibling) if _family(product) else None
        if other is None or not match_key(other[0].name).startswith(sibling):
            return False
        return _is_other_version(product, other[0])

    def _values_from_rows(self, name: str, row: SheetRow) -> tuple[Value, ...] | Problem:
        described = self._described.get(match_key(name))
        if described is None:
            return unknown_beside(name) if row.sheet.beside else undescribed(name)
        return (*described, None, ProductKind.COMMERCIAL.value, 0, None)

    def _compare(self, values: tuple[Value, ...], row: SheetRow) -> None:
        """Note where a row's class or origin differs from what the product has; the product's stands."""
        if row.sheet.beside:
            self._compare_column(values, row)
            return
        for field_name, title in (("class", "软件类别"), ("origin", "国内/国外")):
            settled, claimed = values[_AT[field_name]], row[field_name]
            if claimed is not None and claimed != settled:
                self.context.find(
                    "I09",
                    FindingClass.C,
                    f"「{values[0]}」的{title}登记为「{settled}」，本行写的是「{claimed}」，按登记的计。",
                    remedy="如登记有误，请导入一张「软件产品」表改正，写明软件名称、软件类别、国内/国外。",
                    place=row.place(field_name),
                )

    def _compare_column(self, values: tuple[Value, ...], row: SheetRow) -> None:
        """Note where a product of one class stands in a column of another, but for one of any other software."""
        settled, column = values[_AT["class"]], row.sheet.beside
        if column not in (settled, SoftwareClass.OTHER.value):
            self.context.find(
                "I09",
                FindingClass.C,
                f"「{values[0]}」的软件类别登记为「{settled}」，本行写在{column}软件的栏目里，按登记的计。",
                remedy="请核对是否填错了栏。",
                place=row.place("product"),
            )


def _family(product: Product) -> str:
    """Return what stands before the version in a product's name; empty where it has none."""
    version = _NUMBER.search(product.name)
    return product.name[: version.start()] if version else ""


def _is_other_version(product: Product, other: Product) -> bool:
    """Return whether another product is of the same family as one, in another version."""
    family = _family(product)
    versions = (_NUMBER.search(each.name) for each in (product, other))
    own, others = (version[0] if version else "" for version in versions)
    return bool(family) and match_key(other.name).startswith(match_key(family)) and own != others


def spaced(edition: str) -> str:
    """Return an edition with one blank between the version or year it begins with and Chinese words: 2019 专业版."""
    return _CLOSED_UP.sub(r"\1 ", edition)


def is_vaguer(edition: str, other: str) -> bool:
    """Return whether an edition says nothing that another one does not say, too, as 2019 beside 2019 专业版."""
    return {*edition.split()} <= {*other.split()}


def unknown_beside(name: str) -> Problem:
    """Return that what stands in a column of software beside a computer is no product that anybody has described."""
    if match_key(name) in _MARKS:
        return Problem(f"「{name}」不是软件名称。", "请写明软件名称和版本；没有安装的填“无”。")
    return Problem(
        f"软件目录中没有「{name}」。",
        "写了几个软件的，请用顿号隔开，是否正版另写一栏；目录以外的软件，请先导入一张「软件产品」表，写明软件名称、软件类别、国内/国外。",
    )


def nameless(edition: str) -> Problem:
    """Return that a row has an edition without the name of a software, and the edition is no name either."""
    return Problem(
        f"没有写软件名称，只写了版本「{edition}」，软件目录中没有这个软件。",
        "请补填软件名称；没有安装的，请把版本也清空。",
    )


def denied_with_edition(edition: str) -> Problem:
    """Return that a row says that there is no software and yet names an edition of it."""
    return Problem(
        f"软件名称写的是没有，却写了版本「{edition}」。",
        "没有安装的，请把版本清空；安装了的，请写明软件名称。",
    )


def undescribed(name: str) -> Problem:
    """Return that a product is not in the catalogue and its row does not say what it is."""
    return Problem(
        f"软件目录中没有「{name}」，也没有写全软件类别和国内/国外。", "请补填软件类别和国内/国外。"
    )


def catalogue_values(product: Product) -> tuple[Value, ...]:
    """Return what the ledger holds of a product of the catalogue, in the order of its fields."""
    return (
        product.name,
        product.software_class.value,
        product.origin.value,
        product.vendor or None,
        product.kind.value,
        int(product.is_server),
        product.note or None,
    )
