"""Sharing whole things out by weight, so that the parts add up. Knows no county."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from random import Random


def apportion(total: int, weights: Sequence[int]) -> list[int]:
    """Return whole parts of `total` in proportion to `weights`; they add up to it (largest remainders)."""
    whole = sum(weights)
    parts = [total * weight // whole for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda n: (-(total * weights[n] % whole), n))
    for n in by_remainder[: total - sum(parts)]:
        parts[n] += 1
    return parts


def some_day(rng: Random, first: datetime.date, last: datetime.date) -> datetime.date:
    """Return a day from `first` to `last`; `first` when the span is empty."""
    return first + datetime.timedelta(days=rng.randint(0, max(0, (last - first).days)))
