"""A plain way to find who stands above themselves, to measure the fast one by."""

from __future__ import annotations

from collections.abc import Mapping, Sequence


def cycle_of(start: str, parents: Mapping[str, str | None]) -> Sequence[str]:
    """Return the units on the way up from `start` back to itself, or nothing when the way ends elsewhere."""
    way = [start]
    above = parents.get(start)
    while above is not None and above not in way:
        way.append(above)
        above = parents.get(above)
    return [*way, start] if above == start else []
