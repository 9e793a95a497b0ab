"""A table of a form file, read value by value; what is missing, unknown or of the wrong kind is a `FormFault`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from desktop.core.findings import FindingClass
from desktop.core.indicators import INDICATORS, TOTAL
from desktop.forms.reading.toml_lines import Path

_MISSING: Any = object()


class FormFault(Exception):  # noqa: N818  # a fault of a form's data, not of the program
    """Why a form file cannot be used, and the line at fault (0 for the file as a whole)."""

    def __init__(self, reason: str, line: int = 0) -> None:
        super().__init__(reason)
        self.reason = reason
        self.line = line


@dataclass(frozen=True)
class Source:
    """Where the values of a file stand, and the tables of it that were opened."""

    lines: Mapping[Path, int]
    opened: list[Entry] = field(default_factory=list)


class Entry:
    """A table of the file."""

    def __init__(self, values: Mapping[str, Any], source: Source, path: Path = ()) -> None:
        self._values = values
        self._source = source
        self._path = path
        self._asked: set[str] = set()
        source.opened.append(self)

    def __contains__(self, key: str) -> bool:
        return key in self._values

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def fault(self, reason: str, *keys: str | int) -> FormFault:
        """Return the fault at a value of this table, or at the table itself."""
        return FormFault(reason, self.line(*keys))

    def line(self, *keys: str | int) -> int:
        """Return the line of a value of this table, or of the table itself."""
        path = (*self._path, *keys)
        if not path:
            return 0
        lines = self._source.lines
        below = (line for each, line in lines.items() if each[: len(path)] == path)
        return lines.get(path) or min(below, default=0)

    def prove_known(self) -> None:
        """Raise FormFault for the first key of any opened table that nobody asked for: it is misspelt."""
        faults = [fault for entry in self._source.opened for fault in entry.unasked()]
        if faults:
            raise min(faults, key=lambda fault: fault.line)

    def unasked(self) -> Iterable[FormFault]:
        """Yield a fault for each key that nobody asked for."""
        return (self.fault(f"这里没有 {key} 这一项。", key) for key in self._values if key not in self._asked)

    def _get(self, key: str, default: Any, wanted: tuple[type, ...]) -> Any:
        self._asked.add(key)
        value = self._values.get(key, default)
        if value is _MISSING:
            raise self.fault(f"缺少 {key}。")
        if not isinstance(value, wanted) or (isinstance(value, bool) and bool not in wanted):
            raise self.fault(f"{key} 的值不对。", key)
        return value

    def _list(self, key: str, default: Any, wanted: type, words: str) -> list[Any]:
        values: list[Any] = self._get(key, default, (list,))
        for position, value in enumerate(values):
            if not isinstance(value, wanted):
                raise self.fault(f"{key} 里只能是{words}。", key, position)
        return values

    def text(self, key: str, default: str = _MISSING) -> str:
        """Return a text."""
        return str(self._get(key, default, (str,)))

    def words(self, key: str) -> str:
        """Return a text that says something."""
        text = self.text(key)
        if not text.strip():
            raise self.fault(f"{key} 是空的。", key)
        return text

    def texts(self, key: str) -> tuple[str, ...]:
        """Return texts: one, several in a list, or none."""
        if isinstance(self._values.get(key), str):
            return (self.text(key),)
        return tuple(self._list(key, [], str, "文字"))

    def lines_of(self, key: str) -> list[int]:
        """Return the line of each of the texts."""
        several = isinstance(self._values.get(key), list)
        return [self.line(key, *([n] if several else [])) for n in range(len(self.texts(key)))]

    def choice(self, key: str, choices: Sequence[str]) -> str:
        """Return one of a few words."""
        value = self.text(key)
        if value not in choices:
            raise self.fault(f"{key} 只能是 {'、'.join(choices)}。", key)
        return value

    def flag(self, key: str) -> bool:
        """Return true or false; false where nothing is said."""
        return key in self._values and bool(self._get(key, None, (bool,)))

    def integer(self, key: str, default: int = _MISSING, *, least: int = 0, most: int = 1000) -> int:
        """Return a whole number within limits."""
        value: int = self._get(key, default, (int,))
        if not least <= value <= most:
            raise self.fault(f"{key} 要在 {least} 到 {most} 之间。", key)
        return value

    def number(
        self, key: str, default: float = _MISSING, *, least: float = 0.0, most: float = 300.0
    ) -> float:
        """Return a number within limits."""
        return self._real((key,), self._get(key, default, (int, float)), (least, most))

    def numbers(self, key: str, *, least: float, most: float = 300.0) -> tuple[float, ...]:
        """Return a list of numbers within limits."""
        values = self._get(key, _MISSING, (list,))
        return tuple(self._real((key, n), value, (least, most)) for n, value in enumerate(values))

    def _real(self, keys: Path, value: Any, limits: tuple[float, float]) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise self.fault(f"{keys[0]} 里只能是数。", *keys)
        if not limits[0] <= value <= limits[1]:  # so that nan is refused too
            raise self.fault(f"{keys[0]} 要在 {limits[0]:g} 到 {limits[1]:g} 之间。", *keys)
        return float(value)

    def table(self, key: str) -> Entry:
        """Return a table within."""
        return Entry(self._get(key, _MISSING, (dict,)), self._source, (*self._path, key))

    def tables(self, key: str) -> list[Entry]:
        """Return the tables of a list; none where nothing is said."""
        values = self._list(key, [], dict, "表")
        return [Entry(each, self._source, (*self._path, key, n)) for n, each in enumerate(values)]

    def rows(self, key: str) -> list[float | Entry]:
        """Return rows, each a height or a table."""
        return [
            Entry(each, self._source, (*self._path, key, n))
            if isinstance(each, dict)
            else self._real((key, n), each, (1.0, 100.0))
            for n, each in enumerate(self._get(key, _MISSING, (list,)))
        ]

    def text_table(self, key: str) -> dict[str, str]:
        """Return a table of texts; an empty one where nothing is said."""
        values = self._get(key, {}, (dict,))
        for name, value in values.items():
            if not isinstance(value, str):
                raise self.fault(f"{key} 里只能是文字。", key, name)
        return dict(values)

    def finding_class(self, key: str) -> FindingClass:
        """Return a class of findings."""
        return FindingClass(self.choice(key, [each.value for each in FindingClass]))

    def indicator(self, key: str) -> str:
        """Return the code of an indicator that exists."""
        code = self.text(key)
        if code != TOTAL and code not in INDICATORS:
            known = "、".join([*INDICATORS, TOTAL])
            raise self.fault(f"没有指标 {code}，可用的有 {known}。", key)
        return code
