from __future__ import annotations

import tomllib
from collections.abc import Callable

import pytest

from desktop.core.findings import FindingClass
from desktop.forms.reading.entries import Entry, FormFault, Source
from desktop.forms.reading.toml_lines import lines_of_values


def an_entry(text: str) -> Entry:
    return Entry(tomllib.loads(text), Source(lines_of_values(text)))


def fault(ask: Callable[[], object]) -> tuple[int, str]:
    with pytest.raises(FormFault) as caught:
        ask()
    return caught.value.line, caught.value.reason


def test_values_are_given_as_their_kind() -> None:
    entry = an_entry("a = 'x'\nb = 3\nc = [1, 2.5]\nd = true\ne = ['x', 'y']\nf = { g = 'h' }\n")
    assert (entry.text("a"), entry.words("a"), entry.integer("b"), entry.number("b")) == ("x", "x", 3, 3.0)
    assert (entry.numbers("c", least=0), entry.flag("d"), entry.texts("e")) == ((1, 2.5), True, ("x", "y"))
    assert (entry.text_table("f"), entry.texts("a"), list(entry)) == ({"g": "h"}, ("x",), list("abcdef"))


def test_what_may_be_left_out_has_a_default() -> None:
    entry = an_entry("")
    assert (entry.text("a", "x"), entry.integer("b", 3), entry.number("c", 2.0)) == ("x", 3, 2.0)
    assert (entry.flag("d"), entry.texts("e"), entry.tables("f"), entry.text_table("g")) == (
        False,
        (),
        [],
        {},
    )


def test_what_is_missing_is_named_with_the_line_of_its_table() -> None:
    entry = an_entry("a = 1\n\n[t]\n\n[[u]]\n[[u]]\nx = { y = 1 }\n")
    assert fault(lambda: entry.text("b")) == (0, "缺少 b。")
    assert fault(lambda: entry.table("t").integer("b")) == (3, "缺少 b。")
    assert fault(lambda: entry.tables("u")[1].numbers("b", least=0)) == (6, "缺少 b。")
    assert fault(lambda: entry.tables("u")[1].table("x").rows("b")) == (7, "缺少 b。")


@pytest.mark.parametrize(
    ("text", "ask"),
    [
        ("a = 1", lambda e: e.text("a")),
        ("a = ' '", lambda e: e.words("a")),
        ("a = 'x'", lambda e: e.integer("a")),
        ("a = 1.5", lambda e: e.integer("a")),
        ("a = true", lambda e: e.number("a")),
        ("a = 1", lambda e: e.flag("a")),
        ("a = 1001", lambda e: e.integer("a")),
        ("a = -1", lambda e: e.integer("a")),
        ("a = 301", lambda e: e.number("a")),
        ("a = nan", lambda e: e.number("a")),
        ("a = 1" + "0" * 400, lambda e: e.number("a")),
        ("a = 'x'", lambda e: e.choice("a", ("y", "z"))),
        ("a = 'x'", lambda e: e.table("a")),
        ("a = [1]", lambda e: e.tables("a")),
        ("a = { b = 1 }", lambda e: e.text_table("a")),
        ("a = 'E'", lambda e: e.finding_class("a")),
        ("a = 'x'", lambda e: e.indicator("a")),
        ("a = 3", lambda e: e.rows("a")),
    ],
)
def test_a_wrong_value_is_found_on_its_line(text: str, ask: Callable[[Entry], object]) -> None:
    entry = an_entry(f"\n\n{text}\n")
    line, reason = fault(lambda: ask(entry))
    assert line == 3
    assert reason.startswith(("a ", "没有指标 x"))


@pytest.mark.parametrize("wrong", ["true", "'x'", "0.5", "inf"])
def test_a_wrong_value_in_a_list_is_found_on_its_own_line(wrong: str) -> None:
    entry = an_entry(f"a = [\n1,\n{wrong},\n]\n")
    assert fault(lambda: entry.numbers("a", least=1.0))[0] == 3
    assert fault(lambda: entry.rows("a"))[0] == 3
    assert fault(lambda: entry.texts("a"))[0] == 2


def test_rows_are_heights_or_tables() -> None:
    height, row = an_entry("a = [10, { height = 9 }]").rows("a")
    assert height == 10.0
    assert isinstance(row, Entry)
    assert row.number("height") == 9.0


def test_texts_know_their_lines() -> None:
    entry = an_entry("a = [\n'x',\n\n'y']\nb = 'z'\n")
    assert (entry.lines_of("a"), entry.lines_of("b"), entry.lines_of("c")) == ([2, 4], [5], [])


def test_codes_and_classes_are_those_of_the_program() -> None:
    entry = an_entry("a = 'C'\nb = 'total'\nc = 'packs'\n")
    assert entry.finding_class("a") is FindingClass.C
    assert (entry.indicator("b"), entry.indicator("c")) == ("total", "packs")


def test_a_key_that_nobody_asked_for_is_misspelt() -> None:
    entry = an_entry("a = 1\n[t]\nb = 2\nbb = { c = 3 }\n[[u.v]]\nw = 1\n")
    entry.integer("a")
    table = entry.table("t")
    table.integer("b")
    assert fault(entry.prove_known) == (4, "这里没有 bb 这一项。")
    table.table("bb").integer("c")
    assert fault(entry.prove_known) == (5, "这里没有 u 这一项。")
