"""Finds the line on which each value of a TOML text stands. Knows no form; the text must be TOML that parses."""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left
from typing import TypeAlias

Path: TypeAlias = tuple[str | int, ...]
"""The keys and positions that lead to a value."""

_KEY = re.compile(r"""[ \t]*("(?:\\.|[^"\\])*"|'[^']*'|[\w-]+)[ \t]*(\.?)""")
_BLANK = re.compile(r"(?:[\s,]|#[^\n]*)*")
_PLAIN = re.compile(
    r'"""(?:\\.|[^\\])*?"""(?!")'
    r"|'''.*?'''(?!')"
    r'|"(?:\\.|[^"\\])*"'
    r"|'[^']*'"
    r"|[^,\]}#\n]+",
    re.DOTALL,
)


def lines_of_values(text: str) -> dict[Path, int]:
    """Return the line of every table and every value, counted from 1."""
    scanner = _Scanner(text)
    scanner.read()
    return scanner.lines


class _Scanner:
    """Goes through the text once, from statement to statement."""

    def __init__(self, text: str) -> None:
        self.lines: dict[Path, int] = {}
        self._text = text
        self._at = 0
        self._ends = [match.start() for match in re.finditer("\n", text)]
        self._lengths: dict[Path, int] = {}

    def read(self) -> None:
        """Note every line."""
        table: Path = ()
        while self._next():
            if self._takes("[["):
                table = self._header(repeats=True)
                self._takes("]]")
            elif self._takes("["):
                table = self._header(repeats=False)
                self._takes("]")
            else:
                self._pair(table)

    def _next(self) -> str:
        """Go to what comes after blanks, commas and comments, and return its first character."""
        self._skip(_BLANK)
        return self._text[self._at : self._at + 1]

    def _skip(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        found = pattern.match(self._text, self._at)
        self._at = found.end() if found else self._at
        return found

    def _takes(self, sign: str) -> bool:
        is_there = self._text.startswith(sign, self._at)
        self._at += len(sign) if is_there else 0
        return is_there

    def _note(self, path: Path) -> None:
        self.lines.setdefault(path, bisect_left(self._ends, self._at) + 1)

    def _keys(self) -> Path:
        keys: list[str | int] = []
        while found := self._skip(_KEY):
            key, dot = found.groups()
            keys.append(tomllib.loads(f"it = {key}")["it"] if key[0] in "\"'" else key)
            if not dot:
                break
        return tuple(keys)

    def _header(self, *, repeats: bool) -> Path:
        """Return the path of a table; a name that repeats means its last table so far."""
        *outer, last = self._keys()
        path: Path = ()
        for key in outer:
            path = self._latest((*path, key))
        path = (*path, last)
        if repeats:
            self._lengths[path] = self._lengths.get(path, 0) + 1
        path = self._latest(path)
        self._note(path)
        return path

    def _latest(self, path: Path) -> Path:
        return (*path, self._lengths[path] - 1) if path in self._lengths else path

    def _pair(self, table: Path) -> None:
        path = (*table, *self._keys())
        self._skip(_BLANK)
        self._takes("=")
        self._value(path)

    def _value(self, path: Path) -> None:
        self._skip(_BLANK)
        self._note(path)
        if self._takes("["):
            count = 0
            while self._next() not in "]":
                self._value((*path, count))
                count += 1
            self._takes("]")
        elif self._takes("{"):
            while self._next() not in "}":
                self._pair(path)
            self._takes("}")
        else:
            self._skip(_PLAIN)
