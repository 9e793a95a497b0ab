"""What stands above what: units, and licences that upgrade others. Finds circles and what hangs on the lost."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

_LONGEST_TOLD = 8


def shortened(way: Sequence[str]) -> list[str]:
    """Return a way as it is told: of a long one the first steps and the last."""
    return [*way] if len(way) <= _LONGEST_TOLD else [*way[: _LONGEST_TOLD - 1], "……", way[-1]]


class Tree:
    """Records under those above them, as the ledger has them and as rows would have them, by uid.

    `circles` gives for a record above itself the way from it back to it; `felled` gives for every record that
    hangs on one without a place the one it hangs on.
    """

    def __init__(self, parents: Mapping[str, str | None]) -> None:
        self._parents = dict(parents)
        self.hanging: dict[str, set[str]] = {}
        self._placed: set[str] = set()
        self.circles: dict[str, Sequence[str]] = {}
        self.felled: dict[str, str] = {}

    def hang(self, uid: str, parent: str | None, *others: str) -> None:
        """Hang a record where its row says; of several rows for one record the first that names a parent counts.

        Without a parent it stays below the one it has; `others` are above it, too, but make no circles.
        """
        above = self.hanging.setdefault(uid, set())
        above.update(others)
        if parent:
            above.add(parent)
            if uid not in self._placed:
                self._placed.add(uid)
                self._parents[uid] = parent

    def fell(self, lost: Collection[str]) -> None:
        """Find the circles, and fell what hangs on them or on the lost, however far down."""
        below = defaultdict(list)
        for uid, uppers in self.hanging.items():
            for upper in uppers:
                below[upper].append(uid)
        self.circles = {
            uid: circle[n:] + circle[: n + 1]
            for circle in self._find_circles()
            for n, uid in enumerate(circle)
            if uid in self.hanging
        }
        falling = [*lost, *self.circles]
        gone = {*falling}
        while falling:
            upper = falling.pop()
            for uid in below[upper]:
                if uid not in gone:
                    gone.add(uid)
                    falling.append(uid)
                    self.felled[uid] = upper

    def _find_circles(self) -> list[list[str]]:
        """Return every circle once, walking each way up once."""
        circles, seen = [], set[str]()
        for start in self.hanging:
            way: dict[str, int] = {}
            above: str | None = start
            while above is not None and above not in seen:
                seen.add(above)
                way[above] = len(way)
                above = self._parents.get(above)
            if above in way:
                circles.append([*way][way[above] :])
        return circles
