"""A table of a form file, read value by value; what is missing or of the wrong kind is a `FormFault`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from desktop.core.findings import FindingClass
from desktop.core.indicators import INDICATORS, TOTAL, dimensions_of

_MISSING: Any = object()


class FormFault(Exception):  # noqa: N818  # a fault of a form's data, not of the program
    """Why a form file cannot be used; `needle` are words by which the line is found."""

    def __init__(self, reason: str, needle: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.needle = needle


class Entry:
    """A table of the file."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        self._values = values

    def __contains__(self, key: str) -> bool:
        return key in self._values

    def _get(self, key: str, default: Any, wanted: tuple[type, ...]) -> Any:
        value = self._values.get(key, default)
        if value is _MISSING:
            raise FormFault(f"缺少 {key}。", self._some_words())
        if not isinstance(value, wanted) or (isinstance(value, bool) and bool not in wanted):
            raise FormFault(f"{key} 的值不对。", key)
        return value

    def _some_words(self) -> str:
        """Return words that stand in this table of the file, to find its line by."""
        return next((value for value in self._values.values() if isinstance(value, str) and value), "")

    def text(self, key: str, default: str = _MISSING) -> str:
        """Return a text."""
        return str(self._get(key, default, (str,)))

    def texts(self, key: str) -> tuple[str, ...]:
        """Return texts: one, several in a list, or none."""
        value = self._get(key, [], (str, list))
        listed = [value] if isinstance(value, str) else value
        if not all(isinstance(each, str) for each in listed):
            raise FormFault(f"{key} 里只能是文字。", key)
        return tuple(listed)

    def choice(self, key: str, choices: Sequence[str]) -> str:
        """Return one of a few words."""
        value = self.text(key)
        if value not in choices:
            raise FormFault(f"{key} 只能是 {'、'.join(choices)}。", value)
        return value

    def flag(self, key: str) -> bool:
        """Return true or false; false where nothing is said."""
        return key in self._values and bool(self._get(key, None, (bool,)))

    def integer(self, key: str, default: int = _MISSING) -> int:
        """Return a whole number."""
        return int(self._get(key, default, (int,)))

    def number(self, key: str, default: float = _MISSING) -> float:
        """Return a number."""
        return float(self._get(key, default, (int, float)))

    def numbers(self, key: str) -> tuple[float, ...]:
        """Return a list of numbers."""
        values = self._get(key, _MISSING, (list,))
        if not all(isinstance(each, int | float) for each in values):
            raise FormFault(f"{key} 里只能是数。", key)
        return tuple(float(each) for each in values)

    def table(self, key: str) -> Entry:
        """Return a table within."""
        return Entry(self._get(key, _MISSING, (dict,)))

    def tables(self, key: str) -> list[Entry]:
        """Return the tables of a list; none where nothing is said."""
        values = self._get(key, [], (list,))
        if not all(isinstance(each, dict) for each in values):
            raise FormFault(f"{key} 里只能是表。", key)
        return [Entry(each) for each in values]

    def rows(self, key: str) -> list[float | Entry]:
        """Return rows, each a height or a table."""
        values = self._get(key, _MISSING, (list,))
        return [Entry(each) if isinstance(each, dict) else float(each) for each in values]

    def text_table(self, key: str) -> dict[str, str]:
        """Return a table of texts."""
        return {str(name): str(value) for name, value in self._get(key, {}, (dict,)).items()}

    def finding_class(self, key: str) -> FindingClass:
        """Return a class of findings."""
        return FindingClass(self.choice(key, [each.value for each in FindingClass]))

    def indicator(self, key: str) -> str:
        """Return the code of an indicator that exists."""
        code = self.text(key)
        if code != TOTAL and code not in INDICATORS:
            known = "、".join([*INDICATORS, TOTAL])
            raise FormFault(f"没有指标 {code}，可用的有 {known}。", code)
        return code

    def where(self) -> dict[str, frozenset[str]]:
        """Return the filters of this table."""
        values = self._get("where", {}, (dict,))
        return {dimension: frozenset(map(str, allowed)) for dimension, allowed in values.items()}


def checked_where(code: str, where: Mapping[str, frozenset[str]]) -> Mapping[str, frozenset[str]]:
    """Return the filters, or raise FormFault for one that the indicator does not have."""
    for dimension in where:
        if dimension not in dimensions_of(code):
            allowed = "、".join(dimensions_of(code))
            raise FormFault(f"指标 {code} 不能按 {dimension} 筛选，可用的有 {allowed}。", dimension)
    return where
