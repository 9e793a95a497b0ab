"""A record as a row gives it, and what the record holds after it. Knows neither ledger nor plan."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace

from desktop.core.subjects import Value, Values
from desktop.core.text import match_key
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


def together(said: Draft | None, more: Draft) -> Draft:
    """Return what two rows say of one record, the second where the first is silent; the first row stays its row."""
    if said is None:
        return more
    values = tuple([new if old is None else old for old, new in zip(said.values, more.values, strict=True)])
    return replace(said, values=values, emptied=tuple({*said.emptied, *more.emptied}))


def contradicted(said: Draft, more: Draft) -> list[int]:
    """Return the places where two rows for one record say different things, more than how a word is spelt.

    To say that there is nothing contradicts saying something.
    """
    return [
        place
        for place, (one, other) in enumerate(zip(said.values, more.values, strict=True))
        if (one is not None and other is not None and not is_same(one, other))
        or (one is not None and other is None and place in more.emptied)
        or (one is None and other is not None and place in said.emptied)
    ]


def is_same(one: Value, other: Value) -> bool:
    """Return whether two values are equal but for how a word is spelt."""
    if isinstance(one, str) and isinstance(other, str):
        return one == other or match_key(one) == match_key(other)
    return one == other
