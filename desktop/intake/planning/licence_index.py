"""Finds licences by number across units, in the ledger and in the plan, with what was bought and given away."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping

from desktop.core.licence import Method
from desktop.core.subjects import SUBJECTS, Values
from desktop.intake.planning.context import Context

_LICENCE = SUBJECTS["licence"].positions
_PRODUCT = SUBJECTS["product"].positions
_PURCHASE = SUBJECTS["purchase"].positions
_ALLOCATION = SUBJECTS["allocation"].positions


class LicenceIndex:
    """Licences by 软件编号; made when all licences are planned."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._stored: dict[str, Mapping[str, str]] = {}
        self._methods: dict[str, str] = {}
        self._planned: defaultdict[str, dict[str, str]] = defaultdict(dict)
        for uid, values in context.records("licence"):
            self._methods[uid] = str(values[_LICENCE["method"]] or "")
            if values[_LICENCE["licence_no"]] is not None:
                self._planned[str(values[_LICENCE["licence_no"]])][uid] = str(values[_LICENCE["unit"]])

    def numbered(self, number: str) -> Mapping[str, str]:
        """Return the owning unit of every licence with this number, by the licence's uid."""
        if number not in self._stored:
            found = self._context.known.licences_numbered(number)
            self._stored[number] = {uid: unit for uid, (unit, _) in found.items()}
            self._methods = {uid: method for uid, (_, method) in found.items()} | self._methods
        return {**self._stored[number], **self._planned.get(number, {})}

    def software(self, uids: Collection[str]) -> dict[str, tuple[str, str]]:
        """Return which product these licences are of, and its name, by the licence's uid."""
        licences = self._context.by_uid("licence", uids)
        products = {uid: str(values[_LICENCE["product"]]) for uid, values in licences.items()}
        named = self._context.by_uid("product", set(products.values()))
        return {
            uid: (product, str(named[product][_PRODUCT["name"]]))
            for uid, product in products.items()
            if product in named
        }

    def is_site_licence(self, uid: str) -> bool:
        """Return whether a licence met so far, by number or in the plan, is granted for a site (场地授权)."""
        return self._methods.get(uid) == Method.SITE.value

    def note_received(self) -> None:
        """Take in the planned allocations; to be called when they are planned."""
        for _, values in self._context.records("allocation"):
            number = values[_ALLOCATION["licence_no"]]
            if number is not None:
                key = (str(values[_ALLOCATION["unit"]]), str(number))
                self._context.received[key] = str(values[_ALLOCATION["licence"]])

    def received(self, unit: str, number: str) -> str | None:
        """Return the pool from which a unit received under a number of its own."""
        return self._context.received.get((unit, number))

    def purchases(self, pools: Collection[str]) -> Iterator[tuple[str, str, Values]]:
        """Yield (pool, key, values) of every purchase of the pools."""
        return self._of_licences("purchase", _PURCHASE["licence"], pools)

    def allocations(self, pools: Collection[str]) -> Iterator[tuple[str, str, Values]]:
        """Yield (pool, key, values) of every allocation from the pools."""
        return self._of_licences("allocation", _ALLOCATION["licence"], pools)

    def _of_licences(
        self, subject: str, position: int, pools: Collection[str]
    ) -> Iterator[tuple[str, str, Values]]:
        self._context.look_up(subject, self._context.known.keys_of_licences(subject, pools))
        for key, values in self._context.keyed_records(subject):
            if values[position] in pools:
                yield str(values[position]), key, values
