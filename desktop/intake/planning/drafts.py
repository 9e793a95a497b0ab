"""A record as a row gives it, and what the record holds after it. Knows neither ledger nor plan."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

from desktop.core.subjects import Value, Values
from desktop.intake.sheets import SheetRow


@dataclass(frozen=True, slots=True)
class Draft:
    """A record as a row gives it: its natural key, its values (None where the row is silent), the row itself.

    `emptied` names the places where the row says that there is nothing, which is more than being silent. Where the
    values say something all the same, since it follows from another cell, that stands.
    """

    key: str
    values: Values
    row: SheetRow
    emptied: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Completion:
    """What follows from the other values of a record where nothing is said: at these places, as `fill` says."""

    places: tuple[int, ...]
    fill: Callable[[list[Value]], list[Value]]

    def of(self, values: Values) -> Values:
        """Return the values with what follows from them."""
        return tuple(self.fill(list(values)))


NOTHING_FOLLOWS = Completion((), list)


def merged(draft: Draft, held: Values, completion: Completion) -> Values:
    """Return what a record holds after a row: what the row says; else what it held, or what still follows."""
    if draft.values == held:
        return held
    values = tuple([old if new is None else new for new, old in zip(draft.values, held, strict=True)])
    emptied = {place for place in draft.emptied if draft.values[place] is None}
    if emptied:
        values = _without(values, emptied)
    if values == held or not completion.places:
        return values
    silent = [p for p in completion.places if draft.values[p] is None and p not in emptied]
    return completion.of(_without(values, _following(held, silent, completion)))


def _following(held: Values, silent: Collection[int], completion: Completion) -> Collection[int]:
    """Return those of the places that hold just what follows from the others: nobody set them otherwise."""
    follows: list[int] = []
    for place in silent:
        tried = [*follows, place]
        if completion.of(_without(held, tried)) == held:
            follows = tried
    return follows


def _without(values: Values, places: Collection[int]) -> Values:
    return tuple(None if place in places else value for place, value in enumerate(values))
