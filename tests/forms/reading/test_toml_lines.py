from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.forms.reading.toml_lines import Path, lines_of_values
from tests.forms.form_builders import steady, text_of


def values(value: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Yield every value within a value, with the way to it."""
    yield path, value
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, each in inner:
        yield from values(each, (*path, key))


def test_keys_and_values_stand_on_their_lines() -> None:
    lines = lines_of_values("# head\n\na = 1\nb.c = 'x' # y\n\n[t]\nd = [\n  1,\n  2,\n]\n")
    assert lines == {
        ("a",): 3, ("b", "c"): 4, ("t",): 6, ("t", "d"): 7, ("t", "d", 0): 8, ("t", "d", 1): 9,
    }  # fmt: skip


def test_tables_of_a_list_are_counted_and_hold_those_below_them() -> None:
    lines = lines_of_values("[[a]]\n[[a.b]]\nx = 1\n[[a]]\n[[a.b]]\n[[a.b]]\nx = 2\n[a.c]\ny = 3\n")
    assert lines["a", 0, "b", 0, "x"] == 3
    assert lines["a", 1, "b", 1, "x"] == 7
    assert lines["a", 1, "c", "y"] == 9


def test_tables_within_a_line_are_followed() -> None:
    lines = lines_of_values("a = [\n  { x = 1, y = { z = [2,\n 3] } },\n  {},\n]\nb = 4\n")
    assert lines["a", 0, "y", "z", 1] == 3
    assert lines["a", 1] == 4
    assert lines["b",] == 6


@pytest.mark.parametrize(
    "text",
    ['"#, ]} \\" \\\\"', "'#, ]} \\'", '"""\n#" ]""\n"""', "'''\n'#]''\n'''", '"""a"""""', "2024-06-30 12:00:00", "-1.5e3"],
)  # fmt: skip
def test_what_follows_a_value_is_found_behind_it(text: str) -> None:
    whole = f"a = [{text}, 5]\n\"b c\".'d' = {text} # e\nf = 6\n"
    tomllib.loads(whole)
    lines = lines_of_values(whole)
    assert set(lines) == {("a",), ("a", 0), ("a", 1), ("b c", "d"), ("f",)}
    assert lines["f",] == whole[: whole.index("f = 6")].count("\n") + 1


@pytest.mark.parametrize("code", ["T01", "T02", "T03"])
def test_every_text_of_a_bundled_form_stands_where_its_line_says(code: str) -> None:
    text = text_of(code)
    lines, written = lines_of_values(text), text.splitlines()
    for path, value in values(tomllib.loads(text)):
        if isinstance(value, str):
            assert json.dumps(value, ensure_ascii=False) in written[lines[path] - 1]


names = st.text("ab.-国 '\"#[", min_size=1, max_size=4)
plain = st.integers() | st.booleans() | st.text("a国\"'\\#[]{}=,\n", max_size=6)
nested = st.recursive(
    plain, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(names, inner, max_size=3)
)


def written(value: Any) -> str:
    """Return a value as TOML within a line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(key)} = {written(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list):
        return "[\n" + ",\n".join(map(written, value)) + "]"
    return json.dumps(value)


@steady
@given(st.dictionaries(names, nested, max_size=4))
def test_every_value_of_any_text_is_found(table: dict[str, Any]) -> None:
    text = "".join(f"{json.dumps(key)} = {written(value)}\n" for key, value in table.items())
    assert tomllib.loads(text) == table
    lines = lines_of_values(text)
    assert set(lines) == {path for path, _ in values(table) if path}
    assert list(lines.values()) == sorted(lines.values())
