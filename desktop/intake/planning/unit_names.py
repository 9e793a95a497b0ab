"""Finds a unit by the name a sheet gives it: full, short, former or other name."""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Mapping

from desktop.core.subjects import SUBJECTS, Values
from desktop.core.text import match_key, split_names
from desktop.intake.cells import Problem

_AT = SUBJECTS["unit"].positions


class UnitNames:
    """The units that the ledger holds or the plan adds, by every name they go by."""

    def __init__(self, units: Mapping[str, tuple[str, Values]], own_unit: str = "") -> None:
        self._own = own_unit
        self._full: dict[str, str] = {}
        self._other: defaultdict[str, set[str]] = defaultdict(set)
        self._written: dict[str, str] = {}
        self.parents: dict[str, str | None] = {}
        for uid, values in units.values():
            self.add(uid, values)

    def add(self, uid: str, values: Values) -> None:
        """Take a unit in under its names."""
        name = str(values[_AT["name"]])
        self._full.setdefault(match_key(name), uid)
        self._written[uid] = name
        parent = values[_AT["parent"]]
        self.parents[uid] = None if parent is None else str(parent)
        for field in ("short_name", "former_names", "aliases"):
            for other in split_names(str(values[_AT[field]] or "")):
                self._other[match_key(other)].add(uid)

    def name_of(self, uid: str) -> str:
        """Return a unit's full name."""
        return self._written[uid]

    def find(self, name: str | None) -> str | Problem:
        """Return the uid of the unit with this name, or why there is none.

        A row without a unit belongs to the office's own unit, or to the only unit there is.
        """
        if name is None:
            return self._own or self._only()
        key = match_key(name)
        if key in self._full:
            return self._full[key]
        others = self._other.get(key, set())
        if len(others) == 1:
            return next(iter(others))
        if others:
            listed = "、".join(sorted(self._written[uid] for uid in others))
            return Problem(f"「{name}」可能是{listed}。", "请改用单位全称。")
        near = difflib.get_close_matches(name, self._written.values(), n=1, cutoff=0.6)
        hint = f"是否应为「{near[0]}」？" if near else ""
        return Problem(f"单位「{name}」没有登记。", f"{hint}请先在「单位」表中登记，或改成登记的名称。")

    def _only(self) -> str | Problem:
        if len(self._written) == 1:
            return next(iter(self._written))
        return Problem("没有填写单位名称。", "请补填单位名称。")
