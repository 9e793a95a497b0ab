"""Finds a unit by the name a sheet gives it: full, short, former or other name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from desktop.core.subjects import SUBJECTS, Values
from desktop.core.text import match_key, split_names
from desktop.intake.cells import Problem
from desktop.intake.planning.near_names import near, plain
from desktop.intake.planning.titles import is_said_of

_AT = SUBJECTS["unit"].positions
_MOST_HINTS = 100
_LONGEST_TITLE = 60


class UnitNames:
    """The units that the ledger holds or the plan adds, by every name they go by."""

    def __init__(self, units: Mapping[str, tuple[str, Values]]) -> None:
        self._full: dict[str, str] = {}
        self._other: defaultdict[str, set[str]] = defaultdict(set)
        self._former: dict[str, str] = {}
        self._plain: defaultdict[str, set[str]] = defaultdict(set)
        self._written: dict[str, str] = {}
        self._found: dict[str, str | Problem] = {}
        self._alone: dict[str, bool] = {}
        self._hints_left = _MOST_HINTS
        self.parents: dict[str, str | None] = {}
        for uid, values in units.values():
            self.add(uid, values)

    def copy(self) -> UnitNames:
        """Return the same names, to which others can be added without changing these."""
        copied = UnitNames({})
        copied._full, copied._written, copied.parents = {**self._full}, {**self._written}, {**self.parents}
        copied._former, copied._alone = {**self._former}, {**self._alone}
        copied._other.update((name, {*uids}) for name, uids in self._other.items())
        copied._plain.update((name, {*uids}) for name, uids in self._plain.items())
        return copied

    def add(self, uid: str, values: Values) -> None:
        """Take a unit in under its names."""
        name = str(values[_AT["name"]])
        self._full.setdefault(match_key(name), uid)
        self._plain[plain(name)].add(uid)
        self._written[uid] = name
        self._alone[uid] = values[_AT["reports_alone"]] != 0
        parent = values[_AT["parent"]]
        self.parents[uid] = None if parent is None else str(parent)
        for former in split_names(str(values[_AT["former_names"]] or "")):
            self._former.setdefault(match_key(former), uid)
        for field in ("short_name", "former_names", "aliases"):
            for other in split_names(str(values[_AT[field]] or "")):
                self._other[match_key(other)].add(uid)
        self._found.clear()

    def name_of(self, uid: str) -> str:
        """Return a unit's full name."""
        return self._written[uid]

    def renamed(self, name: str) -> str | None:
        """Return the unit that had this name before, if no unit has it now."""
        key = match_key(name)
        return None if key in self._full else self._former.get(key)

    def line_of(self, uid: str) -> list[str]:
        """Return a unit and those above it, the nearest first."""
        line = [uid]
        while (upper := self.parents.get(line[-1])) and upper not in line:
            line.append(upper)
        return line

    def bearing(self, name: str) -> set[str]:
        """Return the units that have this as any of their names."""
        key = match_key(name)
        return {*self._other.get(key, ()), *([self._full[key]] if key in self._full else [])}

    def alike(self, name: str) -> set[str]:
        """Return the units whose full names differ at most in traditional and simplified characters."""
        return {uid for uid in self._plain.get(plain(name), ()) if plain(self._written[uid]) == plain(name)}

    def only_one(self) -> str | None:
        """Return the only unit that reports alone, if there is just one."""
        alone = [uid for uid, is_alone in self._alone.items() if is_alone]
        return alone[0] if len(alone) == 1 else None

    def mentioned(self, line: str) -> set[str]:
        """Return the units whose names stand in a title; of names within each other the longest counts.

        Units above another one that is named, too, are only said to be above it.
        """
        text = match_key(line)
        if len(text) > _LONGEST_TITLE:
            return set()
        found = {
            (start, start + len(name))
            for name in {*self._full, *self._other}
            if len(name) > 1 and (start := text.find(name)) >= 0
        }
        longest = [span for span in found if not any(_is_within(span, other) for other in found)]
        spans = [(start, end) for start, end in longest if is_said_of(text, start, end)]
        uids = {uid for a, b in spans for uid in self.bearing(text[a:b])}
        return uids - {upper for uid in uids for upper in self.line_of(uid)[1:]}

    def find(self, name: str) -> str | Problem:
        """Return the uid of the unit with this name, or why there is none."""
        found = self._found.get(name)
        if found is None:
            found = self._found[name] = self._named(name)
        return found

    def _named(self, name: str) -> str | Problem:
        key = match_key(name)
        if key in self._full:
            return self._full[key]
        others = self._other.get(key, set())
        if len(others) == 1:
            return next(iter(others))
        if others:
            listed = "、".join(sorted(self._written[uid] for uid in others))
            return Problem(f"「{name}」可能是{listed}。", "请改用单位全称。")
        return Problem(
            f"单位「{name}」没有登记。", f"{self._hint(name)}请先在「单位」表中登记，或改成登记的名称。"
        )

    def _hint(self, name: str) -> str:
        """Return what may have been meant; only for the first unknown names, for searching is slow."""
        if not self._hints_left:
            return ""
        self._hints_left -= 1
        meant = near(name, self._written.values())
        return f"是否应为「{meant}」？" if meant else ""


def _is_within(span: tuple[int, int], other: tuple[int, int]) -> bool:
    return span != other and other[0] <= span[0] and span[1] <= other[1]
