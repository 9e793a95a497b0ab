"""Finds the record that a row corrects where the natural key does not: its date filled in, put right, or left out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto

from desktop.core.findings import FindingClass
from desktop.core.subjects import Values
from desktop.intake.cells import Problem
from desktop.intake.planning.context import Context
from desktop.intake.planning.drafts import Draft, is_same


class Meaning(Enum):
    """What a row means whose natural key the ledger does not hold."""

    ANOTHER = auto()
    """A record of its own."""
    SHORT = auto()
    """The one record there is, of which the row leaves the key's fields out."""
    COMPLETED = auto()
    """A record whose key's fields were empty so far."""
    CORRECTED = auto()
    """A record of which nothing but the key's fields differs."""
    UNCLEAR = auto()
    """One of several records, of which the row leaves the key's fields out."""
    UNSURE = auto()
    """A correction or a record of its own: nobody can say, for the records there are do not all have their rows."""


@dataclass(frozen=True, slots=True)
class Match:
    """A draft, what it means, and the natural key of the record it is about (empty for a record of its own)."""

    draft: Draft
    meaning: Meaning
    key: str = ""


def matches(
    drafts: Sequence[Draft],
    held: Mapping[str, Values],
    key_places: Collection[int],
    telling: Collection[int] = (),
) -> Iterator[Match]:
    """Yield what each draft means that is not simply about the record under its own key.

    `drafts` and `held` (by natural key) are those of one owner; `key_places` are the fields by which its records
    differ, `telling` those that make a record another one where they differ. Records that another row is about are
    not corrected. A row that leaves the key's fields out is about the one record that the ledger or another row of
    the owner has.
    """
    whole = [draft for draft in drafts if any(draft.values[place] is not None for place in key_places)]
    named = {draft.key for draft in whole}
    free = [key for key in held if key not in named]
    open_rows = [draft for draft in whole if draft.key not in held]
    paired = _paired(open_rows, {key: held[key] for key in free}, key_places, telling)
    for draft in whole:
        if draft.key in paired:
            free.remove(paired[draft.key])
            yield Match(draft, Meaning.CORRECTED, paired[draft.key])
        elif draft.key not in held:
            meaning, key = _meaning(draft, {key: held[key] for key in free}, key_places)
            if meaning is Meaning.ANOTHER and not all(
                _tells(draft.values, held[key], telling) for key in free
            ):
                meaning = Meaning.UNSURE
            if key:
                free.remove(key)
            yield Match(draft, meaning, key)
    others = {*free, *named}
    for draft in drafts:
        if draft.key in named or draft.key in free or not others:
            continue
        is_clear = len(others) == 1
        yield Match(
            draft, Meaning.SHORT if is_clear else Meaning.UNCLEAR, next(iter(others)) if is_clear else ""
        )


def _meaning(draft: Draft, free: Mapping[str, Values], key_places: Collection[int]) -> tuple[Meaning, str]:
    alike = [key for key, values in free.items() if _agrees(draft.values, values, key_places)]
    completed = [
        key for key in alike if all(free[key][place] in (None, draft.values[place]) for place in key_places)
    ]
    if len(completed) == 1:
        return Meaning.COMPLETED, completed[0]
    if len(alike) == 1 and len(free) == 1:
        return Meaning.CORRECTED, alike[0]
    return Meaning.ANOTHER, ""


def _paired(
    drafts: Sequence[Draft],
    free: Mapping[str, Values],
    key_places: Collection[int],
    telling: Collection[int],
) -> Mapping[str, str]:
    """Return the record of each draft by its key, if there are several and each agrees with just one that is its own."""
    if not 1 < len({draft.key for draft in drafts}) == len(drafts) == len(free):
        return {}
    pairs = {}
    for draft in drafts:
        said = draft.values
        alike = [
            key
            for key, values in free.items()
            if _agrees(said, values, key_places) and not _tells(said, values, telling)
        ]
        if len(alike) == 1:
            pairs[draft.key] = alike[0]
    return pairs if len({*pairs.values()}) == len(drafts) else {}


def _tells(said: Values, held: Values, telling: Collection[int]) -> bool:
    """Return whether a row says something that makes it another record than one that is held."""
    pairs = ((said[place], held[place]) for place in telling)
    return any(one is not None and other is not None and not is_same(one, other) for one, other in pairs)


def _agrees(said: Values, held: Values, key_places: Collection[int]) -> bool:
    """Return whether a row says of a record nothing else than what it holds, the key's fields aside."""
    return all(
        place in key_places or one is None or other is None or is_same(one, other)
        for place, (one, other) in enumerate(zip(said, held, strict=True))
    )


@dataclass(frozen=True)
class Corrections:
    """How the rows of a subject correct its records, and what is said of it.

    The first `owned_by` fields name the owner; `keyed` are the fields by which the records of one owner differ,
    `telling` those that make a record another one where they differ.
    `is_another` is told of every row that stands for one more record of an owner known to the ledger.
    """

    subject: str
    owned_by: int
    keyed: tuple[int, ...]
    telling: tuple[int, ...]
    unclear: Problem
    unsure: Problem
    corrected: str
    otherwise: str
    is_another: Callable[[Draft, Context], None]

    def apply(self, drafts: Sequence[Draft], held: Mapping[str, Values], context: Context) -> list[Draft]:
        """Return the drafts under the keys of the records they are about; a row that is unclear is refused.

        `held` are the records that the ledger holds of the owners, by natural key.
        """
        of_owner: defaultdict[Values, dict[str, Values]] = defaultdict(dict)
        for key, values in held.items():
            of_owner[values[: self.owned_by]][key] = values
        rows: defaultdict[Values, list[Draft]] = defaultdict(list)
        for draft in drafts:
            rows[draft.values[: self.owned_by]].append(draft)
        found = {
            id(match.draft): match
            for owner, own in rows.items()
            for match in matches(own, of_owner.get(owner, {}), self.keyed, self.telling)
            if match.meaning is not Meaning.ANOTHER or owner in of_owner
        }
        settled = [self._settle(draft, found.get(id(draft)), context) for draft in drafts]
        return [draft for draft in settled if draft is not None]

    def _settle(self, draft: Draft, match: Match | None, context: Context) -> Draft | None:
        if match is None:
            return draft
        place = draft.row.place("purchased_on")
        if match.meaning is Meaning.UNCLEAR:
            context.refuse(self.subject, "I36", self.unclear, place)
            return None
        if match.meaning is Meaning.UNSURE:
            context.refuse(self.subject, "I36", self.unsure, place)
            return None
        if match.meaning is Meaning.SHORT:
            return replace(draft, key=match.key)
        if match.meaning is Meaning.ANOTHER:
            self.is_another(draft, context)
            return draft
        context.rekey(self.subject, {match.key: draft.key})
        if match.meaning is Meaning.CORRECTED:
            context.find("I14", FindingClass.C, self.corrected, remedy=self.otherwise, place=place)
        return draft
