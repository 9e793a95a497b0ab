"""Forms to fill and what they are filled with: the bundled files, and a ledger that is a list of numbers."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from hypothesis import settings

from desktop.core.campaign import Switches
from desktop.core.indicators import Filters, IndicatorRow, Question
from desktop.core.person import Person
from desktop.core.records import RECORD_KINDS, Record
from desktop.forms.filled import FilledForm
from desktop.forms.filling.binding import fill_form
from desktop.forms.filling.material import Filling
from desktop.forms.paper.fonts import FontSet, bundled_fonts
from desktop.forms.reading.loader import load_form
from desktop.forms.spec import FormSpec
from desktop.paths import bundled_forms, resources

DAY = datetime.date(2024, 6, 30)
COUNTY_UNIT = {1: "县级"}

steady = settings(deadline=None)
"""A busy machine is no failure."""

Row = tuple[str, Mapping[str, str], int]
"""An indicator's code, the dimensions that matter, and the amount (money in 分)."""


def text_of(code: str) -> str:
    """Return the text of a bundled form's file."""
    return (bundled_forms() / f"{code}.toml").read_text(encoding="utf-8")


@cache
def bundled(code: str) -> FormSpec:
    """Return a bundled form."""
    form = load_form(bundled_forms() / f"{code}.toml")
    assert isinstance(form, FormSpec), form
    return form


def fonts() -> FontSet:
    """Return the bundled fonts."""
    return bundled_fonts(resources("fonts"))


@dataclass
class Numbers:
    """The `Indicators` of a ledger that is a list of rows."""

    listed: Sequence[Row] = ()

    def totals(
        self, code: str, question: Question, dimensions: Sequence[str]
    ) -> Mapping[tuple[str, ...], int]:
        sums: Counter[tuple[str, ...]] = Counter()
        for indicator, where, amount in self.listed:
            if indicator == code:
                sums[tuple(where.get(dimension, "") for dimension in dimensions)] += amount
        return sums

    def rows(self, code: str, question: Question, filters: Filters) -> Sequence[IndicatorRow]:
        return []


@dataclass
class People:
    """The `Records` of a ledger that holds a few people."""

    people: Sequence[Person] = ()

    def listed(self, kind: str, question: Question, where: Filters) -> Sequence[Record]:
        if kind != "people" or where != {"responsibility": frozenset({"信息报送人"})}:
            return []
        names = [field.name for field in RECORD_KINDS[kind].fields]
        return [Record(each.uid, (), tuple(getattr(each, name) for name in names)) for each in self.people]


def a_person(number: int = 1, **fields: str) -> Person:
    """Return a reporting person of 甲局 with whatever else is said."""
    known = {"unit_name": "甲局", "name": f"报送人{number}", "mobile": "13900000001"}
    known["office_phone"] = "0999-5550112"
    empty = dict.fromkeys(("department", "post", "fax", "email"), "")
    return Person(uid=f"p{number}", **{**empty, **known, **fields})


def a_question(scope: Mapping[int, str] = COUNTY_UNIT, switches: Switches = Switches()) -> Question:  # noqa: B008  # frozen
    """Return a question about the units of a scope on the day."""
    return Question(DAY, scope, switches)


def filled(
    form: str | FormSpec,
    rows: Sequence[Row] = (),
    *,
    people: Sequence[Person] = (),
    question: Question | None = None,
    header: Mapping[str, str] | None = None,
    texts: Mapping[str, str] | None = None,
    expected: Sequence[str] = (),
) -> FilledForm:
    """Return a form filled from a list of numbers and people, for one unit of the county unless a question says more."""
    filling = Filling(
        question=question or a_question(),
        indicators=Numbers(rows),
        records=People(people),
        header=header or {},
        texts=texts or {},
        expected=expected,
    )
    return fill_form(bundled(form) if isinstance(form, str) else form, filling)


def blank(form: str | FormSpec, **texts: str) -> FilledForm:
    """Return a form as it is handed out to be filled by hand."""
    return fill_form(bundled(form) if isinstance(form, str) else form, Filling(texts=texts))


def software(measure: str, kind: tuple[str, str], amount: int, *, group: str = "县级") -> Row:
    """Return a number of a class and an origin of software; `measure` is total, seats or amount."""
    return (measure, {"group": group, "class": kind[0], "origin": kind[1]}, amount)


def progress(kind: str, units: int, group: str = "县级") -> Row:
    """Return how many units have come to a step."""
    return ("progress", {"group": group, "progress": kind}, units)


def units(count: int, group: str = "县级") -> Row:
    """Return how many units there are."""
    return ("units", {"group": group}, count)


def computers(count: int, kind: str = "台式", group: str = "县级") -> Row:
    """Return how many computers of a kind there are."""
    return ("computers", {"group": group, "kind": kind}, count)


def installed(
    software_class: str,
    product: str,
    count: int,
    *,
    claim: str = "正版",
    kind: str = "台式",
    cover: str = "有效",
) -> Row:
    """Return how many copies of a product are in use."""
    where = {"group": "县级", "class": software_class, "product": product, "claim": claim, "kind": kind}
    return ("installations", {**where, "cover": cover}, count)


def value_at(form: FilledForm, name: str) -> Decimal | str | None:
    """Return the value of the cell with this id or path, which must be there."""
    cell = form.find(name)
    assert cell is not None, name
    return cell.value
