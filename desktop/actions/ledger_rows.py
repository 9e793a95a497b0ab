"""The ledger's records as rows of the sheets that are imported, so that they come back as they were."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cached_property

from desktop.core.campaign import ProgressKind
from desktop.core.licence import Source
from desktop.core.money import FEN_PER_YUAN
from desktop.core.subjects import SUBJECTS, Value, Values
from desktop.core.unit import Unit
from desktop.intake.sheet_specs import ColumnSpec, SheetSpec
from desktop.intake.sheets import recorded_as
from desktop.intake.templates import Row
from desktop.store.campaigns import all_campaigns
from desktop.store.database import Ledger
from desktop.store.records import StoredRecords

_FACTS = {
    "surveyed": ProgressKind.SURVEYED,
    "funded": ProgressKind.FUNDED,
    "purchased": ProgressKind.PURCHASED,
    "managed": ProgressKind.MANAGED,
    "rectified": ProgressKind.RECTIFIED,
    "nothing_to_buy": ProgressKind.NOTHING_TO_BUY,
}
_NAMED_BY = {"unit": "name", "product": "name", "computer": "asset_no", "licence": "licence_no"}

Fields = dict[str, Value]


class LedgerRows:
    """The records of all units, or of one with those below it; `unnumbered` counts what has no row of its own."""

    def __init__(self, ledger: Ledger, unit: Unit | None = None) -> None:
        self._records = StoredRecords(ledger)
        self._campaign = all_campaigns(ledger)[0].uid
        self._above = unit.uid if unit else ""
        self.unnumbered = 0

    def of(self, spec: SheetSpec) -> Iterator[Row]:
        """Yield the rows of a sheet, in the order in which its records were registered."""
        make = {
            "unit": self._units,
            "person": self._people,
            "computer": self._computers,
            "licence": self._licences,
            "installation": self._installations,
            "progress": self._progress,
            "product": self._products,
        }[spec.subject]
        for fields in make():
            yield {
                column.field: _shown(column, fields.get(recorded_as(column.field))) for column in spec.columns
            }

    @cached_property
    def _all(self) -> Mapping[str, Mapping[str, Values]]:
        return {name: self._records.all_of(name) for name in SUBJECTS}

    @cached_property
    def _wanted(self) -> set[str]:
        """The units whose records are asked for."""
        parents = {uid: fields["parent"] for uid, fields in self._each("unit")}
        wanted = set()
        for uid in parents:
            upper: Value = uid
            while upper is not None and upper != self._above:
                upper = parents[str(upper)]
            if upper == self._above or not self._above:
                wanted.add(uid)
        return wanted

    def _each(self, subject: str) -> Iterator[tuple[str, Fields]]:
        """Yield uid and fields of every record, references as uids."""
        names = [field.name for field in SUBJECTS[subject].fields]
        for uid, values in self._all[subject].items():
            yield uid, dict(zip(names, values, strict=True))

    def _named(self, subject: str, fields: Fields) -> Fields:
        """Return fields with references by the names that sheets give them."""
        named = dict(fields)
        for field in SUBJECTS[subject].fields:
            value = fields[field.name]
            if field.refers_to in _NAMED_BY and value is not None:
                at = SUBJECTS[field.refers_to].positions[_NAMED_BY[field.refers_to]]
                named[field.name] = self._all[field.refers_to][str(value)][at]
        return named

    def _units(self) -> Iterator[Fields]:
        for uid, fields in self._each("unit"):
            if uid in self._wanted:
                yield {**self._named("unit", fields), "uid": uid}

    def _people(self) -> Iterator[Fields]:
        words = defaultdict(list)
        for _, fields in self._each("responsibility"):
            words[fields["person"]].append(str(fields["word"]))
        for uid, fields in self._each("person"):
            if fields["unit"] in self._wanted:
                typed = {
                    "name": fields["name_as_typed"] or fields["name"],
                    "responsibilities": "、".join(words[uid]),
                }
                yield {**self._named("person", fields), **typed, "uid": uid}

    def _computers(self) -> Iterator[Fields]:
        for uid, fields in self._each("computer"):
            if fields["unit"] in self._wanted:
                user = fields["user_name_as_typed"] or fields["user_name"]
                yield {**self._named("computer", fields), "user_name": user, "uid": uid}

    def _products(self) -> Iterator[Fields]:
        """Yield nothing: the other sheets describe the products that they name."""
        yield from ()

    def _licences(self) -> Iterator[Fields]:
        """Yield a row for every purchase of a licence, then one for everything that a unit received."""
        bought, keys = defaultdict(list), defaultdict(list)
        for _, fields in self._each("purchase"):
            bought[fields["licence"]].append(fields)
        for _, fields in self._each("licence_key"):
            keys[fields["licence"]].append(str(fields["key_text"]))
        for uid, fields in self._each("licence"):
            if fields["unit"] not in self._wanted:
                continue
            whole = {**self._named("licence", fields), **self._described(fields["product"]), "uid": uid}
            for purchase in bought[uid] or [Fields()]:
                yield {**purchase, **whole, "keys": "、".join(keys[uid])}
        yield from self._allocations()

    def _allocations(self) -> Iterator[Fields]:
        pools = dict(self._each("licence"))
        for uid, fields in self._each("allocation"):
            if fields["unit"] in self._wanted:
                pool = pools[str(fields["licence"])]
                said = {
                    "pool_no": pool["licence_no"],
                    "edition": pool["edition"],
                    "source": Source.ALLOCATED.value,
                }
                said |= {"purchased_on": fields["allocated_on"], "uid": uid}
                yield {**self._named("allocation", fields), **self._described(pool["product"]), **said}

    def _described(self, product: Value) -> Fields:
        """Return name, class and origin of a product."""
        at, values = SUBJECTS["product"].positions, self._all["product"][str(product)]
        return {"product": values[at["name"]], "class": values[at["class"]], "origin": values[at["origin"]]}

    def _installations(self) -> Iterator[Fields]:
        computers = dict(self._each("computer"))
        for uid, fields in self._each("installation"):
            computer = computers[str(fields["computer"])]
            if computer["unit"] not in self._wanted:
                continue
            if computer["asset_no"] is None:
                self.unnumbered += 1
                continue
            whose = {"unit": self._named("computer", computer)["unit"], "asset_no": computer["asset_no"]}
            named = self._named("installation", fields)
            described = self._described(fields["product"])
            yield {**named, **described, **whose, "licence_no": named["licence"], "uid": uid}

    def _progress(self) -> Iterator[Fields]:
        """Yield a row for every unit and evidence with the facts that hold."""
        rows: defaultdict[tuple[Value, Value], Fields] = defaultdict(dict)
        columns = {kind.value: field for field, kind in _FACTS.items()}
        for _, fields in self._each("progress_fact"):
            holds = fields["withdrawn_on"] is None and fields["campaign"] == self._campaign
            if holds and fields["unit"] in self._wanted:
                row = rows[fields["unit"], fields["evidence"]]
                row |= {"unit": self._named("progress_fact", fields)["unit"], "evidence": fields["evidence"]}
                row[columns[str(fields["kind"])]] = fields["happened_on"] or "是"
        yield from rows.values()


def _shown(column: ColumnSpec, value: Value) -> object:
    """Return a value as it is written in a cell of its column."""
    if value is None:
        return None
    if column.kind == "money":
        return Decimal(int(value)) / FEN_PER_YUAN
    if column.kind == "yes_no":
        return value if isinstance(value, str) else "是" if value else "否"
    if column.kind in ("date", "validity", "done") and value != "是":
        return datetime.date.fromisoformat(str(value))
    return value
