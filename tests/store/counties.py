"""Small random counties as plain values: drawn by hypothesis, written into a ledger, recounted elsewhere."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, fields

from hypothesis import strategies as st

from desktop.core.campaign import COUNTY_GROUP, UPPER_GROUP, Group, ProgressKind
from desktop.core.computer import ComputerKind, ComputerState
from desktop.core.installation import Claim
from desktop.core.licence import Method, Source
from desktop.core.product import Origin, ProductKind, SoftwareClass
from desktop.core.unit import Level
from desktop.store.campaigns import add_group
from desktop.store.database import Ledger
from desktop.store.operations import operation
from tests.store.record_builders import A_CHANGE, a_quick_ledger, add

D = datetime.date(2024, 6, 30)
AROUND = (
    D - datetime.timedelta(365),
    D - datetime.timedelta(1),
    D,
    D + datetime.timedelta(1),
    D.replace(year=2025),
)
"""The days that occur: cut-off days and dates of records alike, so that bounds are met often."""

Day = datetime.date | None
days: st.SearchStrategy[Day] = st.sampled_from((None, None, None, *AROUND))
small = st.sampled_from((None, 0, 1, 2, 3, 5))


@dataclass(frozen=True)
class AUnit:
    """A unit; `group` is the code of its group when the campaign has groups of its own."""

    above: int | None
    level: str
    alone: bool
    organ: bool
    in_scope: bool
    quota: int | None
    actual: int | None
    computing: int | None
    category: str
    group: str | None


@dataclass(frozen=True)
class AComputer:
    """A computer of the unit with this place in the county's list, as all references here."""

    unit: int
    kind: str
    state: str
    begun: Day
    ended: Day


@dataclass(frozen=True)
class AProduct:
    """A product."""

    software_class: str
    origin: str
    kind: str | None


@dataclass(frozen=True)
class APurchase:
    """A purchase: one term of a licence."""

    packs: int | None
    seats: int | None
    fen: int | None
    bought: Day
    begins: Day
    ends: Day


@dataclass(frozen=True)
class AnAllocation:
    """What a unit received from a pool."""

    unit: int
    packs: int | None
    seats: int | None
    fen: int | None
    given: Day
    begins: Day
    ends: Day


@dataclass(frozen=True)
class ALicence:
    """A licence with its terms and what was given away of it.

    `base` is an earlier licence it upgrades, `computer` the one it came with.
    """

    unit: int
    product: int
    edition: str | None
    source: str | None
    method: str | None
    base: int | None
    computer: int | None
    purchases: list[APurchase]
    allocations: list[AnAllocation]


@dataclass(frozen=True)
class AnInstallation:
    """A product on a computer."""

    computer: int
    product: int
    edition: str | None
    claim: str | None
    installed: Day
    removed: Day
    licence: int | None


@dataclass(frozen=True)
class AFact:
    """A progress fact."""

    happened: Day
    withdrawn: Day


@dataclass(frozen=True)
class County:
    """Everything in a ledger that is counted."""

    units: list[AUnit]
    has_groups: bool
    computers: list[AComputer]
    products: list[AProduct]
    licences: list[ALicence]
    installations: list[AnInstallation]
    facts: dict[tuple[int, str], AFact]


def words(*of: type) -> st.SearchStrategy[str]:
    return st.sampled_from([word.value for kind in of for word in kind])  # type: ignore[attr-defined]  # all are enums


states = st.just(ComputerState.IN_USE.value) | words(ComputerState)
editions = st.sampled_from((None, "专业版"))
levels = st.sampled_from([Level.CITY_BODY.value, Level.COUNTY_BODY.value, Level.SUBORDINATE.value])
purchases = st.builds(APurchase, small, st.none() | small, small, days, days, days)


@st.composite
def counties(draw: st.DrawFn) -> County:
    """Draw a county in which every reference is to something that is there."""
    many = draw(st.integers(1, 3))
    a_unit = st.integers(0, many - 1)
    units = [
        AUnit(
            draw(st.none() | st.integers(0, place - 1)) if place else None,
            draw(levels),
            draw(st.booleans()),
            draw(st.booleans()),
            draw(st.sampled_from((True, True, True, False))),
            draw(small),
            draw(small),
            draw(small),
            draw(st.sampled_from(("政府", "国有企业"))),
            draw(st.sampled_from(("市级", "县级", "县级", None))),
        )
        for place in range(many)
    ]
    machines = st.builds(AComputer, a_unit, words(ComputerKind), states, days, days)
    goods = st.builds(AProduct, words(SoftwareClass), words(Origin), st.none() | words(ProductKind))
    computers = draw(st.lists(machines, max_size=5))
    products = draw(st.lists(goods, min_size=1, max_size=3))
    a_product = st.integers(0, len(products) - 1)
    licences: list[ALicence] = []
    for _ in range(draw(st.integers(0, 4))):
        base = draw(st.none() | st.integers(0, len(licences) - 1)) if licences else None
        licences.append(draw(_licences(a_unit, a_product, base, len(computers))))
    copies = st.builds(
        AnInstallation,
        st.integers(0, max(0, len(computers) - 1)),
        a_product,
        editions,
        st.none() | words(Claim),
        days,
        days,
        st.none() | st.integers(0, len(licences) - 1) if licences else st.none(),
    )
    facts = st.dictionaries(st.tuples(a_unit, words(ProgressKind)), st.builds(AFact, days, days), max_size=6)
    return County(
        units,
        draw(st.booleans()),
        computers,
        products,
        licences,
        draw(st.lists(copies, max_size=5)) if computers else [],
        draw(facts),
    )


def _licences(
    a_unit: st.SearchStrategy[int], a_product: st.SearchStrategy[int], base: int | None, computers: int
) -> st.SearchStrategy[ALicence]:
    shares = st.builds(AnAllocation, a_unit, small, small, small, days, days, days)
    return st.builds(
        ALicence,
        a_unit,
        a_product,
        editions,
        st.none() | words(Source),
        st.sampled_from((None, Method.SITE.value, Method.OEM.value, Method.FREE.value, Method.VOLUME.value)),
        st.just(base),
        st.none() | st.integers(0, computers - 1) if computers else st.none(),
        st.lists(purchases, max_size=3),
        st.lists(shares, max_size=2),
    )


def a_ledger_of(county: County) -> Ledger:
    """Return a ledger that holds the county; the record at place n has the number n + 1."""
    ledger = a_quick_ledger()
    with operation(ledger, A_CHANGE):
        _write_units(ledger, county)
        for computer in county.computers:
            _put(ledger, "computer", computer, "unit_id kind state in_use_from retired_on")
        for number, product in enumerate(county.products):
            _put(ledger, "product", product, "class origin kind", name=name_of(number))
        for number, licence in enumerate(county.licences):
            columns = "unit_id product_id edition source method base_id computer_id"
            _put(ledger, "licence", licence, columns, uid=licence_uid(number))
        for number, licence in enumerate(county.licences, start=1):
            for purchase in licence.purchases:
                columns = "packs seats amount_fen purchased_on valid_from valid_to"
                _put(ledger, "purchase", purchase, columns, licence_id=number)
            for share in licence.allocations:
                columns = "unit_id packs seats amount_fen allocated_on valid_from valid_to"
                _put(ledger, "allocation", share, columns, licence_id=number)
        for copy in county.installations:
            _put(
                ledger,
                "installation",
                copy,
                "computer_id product_id edition claim installed_on removed_on licence_id",
            )
        for (unit, kind), fact in county.facts.items():
            key = {"campaign_id": 1, "unit_id": unit + 1, "kind": kind}
            _put(ledger, "progress_fact", fact, "happened_on withdrawn_on", **key)
    return ledger


def licence_uid(licence: int) -> str:
    return f"许可{licence}"


def name_of(product: int) -> str:
    return f"软件{product}"


def _write_units(ledger: Ledger, county: County) -> None:
    for number, unit in enumerate(county.units, start=1):
        columns = "parent_id level reports_alone counts_as_organ in_scope staff_quota staff_actual"
        columns += " staff_computing category"
        _put(ledger, "unit", unit, columns, name=f"第{number}局", sort_order=10 - number)
    if county.has_groups:
        for group in (UPPER_GROUP, COUNTY_GROUP, Group("空组", "")):
            members = [
                number for number, unit in enumerate(county.units, start=1) if unit.group == group.code
            ]
            add_group(ledger, 1, group, members)


def _put(ledger: Ledger, table: str, value: object, columns: str, **more: object) -> None:
    """Add a record from the leading fields of a value; a column that ends with `_id` counts from 1."""
    parts = [getattr(value, field.name) for field in fields(value)]  # type: ignore[arg-type]  # all are dataclasses
    values = dict(zip(columns.split(), parts, strict=False))
    for column, part in values.items():
        if isinstance(part, datetime.date):
            values[column] = part.isoformat()
        elif column.endswith("_id") and part is not None:
            values[column] = part + 1
    add(ledger, table, **values, **more)
