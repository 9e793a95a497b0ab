"""Reads form files into `FormSpec` values; a broken file becomes a `BrokenForm` and the others work."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TypeVar

from desktop.forms.blocks import make_blocks
from desktop.forms.entries import Entry, FormFault
from desktop.forms.formulas import FormulaError, parse_formula, parse_pattern, parse_rule
from desktop.forms.headings import alike_paths
from desktop.forms.proving import prove
from desktop.forms.spec import BrokenForm, Check, FormSpec, HeaderField, Note, Page, Unprinted

FORMAT = 1


def load_forms(folders: Iterable[Path]) -> dict[str, FormSpec | BrokenForm]:
    """Return the forms of all folders by code; a later folder's form takes the place of an earlier one's.

    A file that cannot be used is listed under its own name.
    """
    forms: dict[str, FormSpec | BrokenForm] = {}
    for folder in folders:
        for path in sorted(folder.glob("*.toml")):
            if not path.name.endswith(".sample.toml"):
                form = load_form(path)
                forms[form.code if isinstance(form, FormSpec) else path.name] = form
    return forms


def load_form(path: Path) -> FormSpec | BrokenForm:
    """Return the form that a file describes, or where and why it cannot be used."""
    text = ""
    try:
        text = path.read_text(encoding="utf-8")
        spec = _form(Entry(tomllib.loads(text)))
        prove(spec)
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"at line (\d+)", str(error))
        return BrokenForm(path.name, int(place.group(1)) if place else _last_line(text), "格式有误。")
    except FormFault as fault:
        return BrokenForm(path.name, _line_of(text, fault.needle), fault.reason)
    except (OSError, UnicodeDecodeError):
        return BrokenForm(path.name, 0, "文件不能读取，或不是 UTF-8 编码。")
    return spec


def _last_line(text: str) -> int:
    return text.count("\n") + 1


def _line_of(text: str, needle: str) -> int:
    """Return the first line that holds the words at fault, 0 when they are nowhere as written."""
    return next((n for n, line in enumerate(text.splitlines(), start=1) if needle and needle in line), 0)


def _form(entry: Entry) -> FormSpec:
    if entry.integer("format") != FORMAT:
        raise FormFault(f"需要 format = {FORMAT}。", "format")
    columns = entry.numbers("columns")
    spec = FormSpec(
        code=entry.text("code"),
        version=entry.integer("version"),
        title=entry.text("title"),
        other_titles=entry.texts("other_titles"),
        is_official=entry.choice("status", ("official", "provisional")) == "official",
        source=entry.text("source", ""),
        marker=entry.text("marker", ""),
        title_key=entry.text("title_campaign", ""),
        title_pt=entry.number("title_pt", 22.0),
        page=_page(entry.table("page")),
        header=tuple(_header_line(line) for line in entry.tables("header")),
        columns_mm=columns,
        blocks=make_blocks(entry.tables("blocks"), len(columns)),
        notes=tuple(Note(note.text("text"), note.text("campaign", "")) for note in entry.tables("notes")),
        unprinted=tuple(_unprinted(each) for each in entry.tables("unprinted")),
        formulas=tuple(_parsed(parse_formula, text) for text in entry.texts("formulas")),
        checks=tuple(check for each in entry.tables("checks") for check in _checks(each)),
    )
    alike = alike_paths(spec)
    if alike:
        raise FormFault(f"两个单元格的表头路径相同：{alike}。", alike.rsplit("/", 1)[-1])
    return spec


def _page(entry: Entry) -> Page:
    margins = entry.numbers("margins")
    if len(margins) != 4:
        raise FormFault("margins 要有上、右、下、左四个数。", "margins")
    top, right, bottom, left = margins
    return Page(
        is_landscape=entry.choice("orientation", ("portrait", "landscape")) == "landscape",
        top_mm=top,
        right_mm=right,
        bottom_mm=bottom,
        left_mm=left,
        is_single=entry.choice("pages", ("one", "flow")) == "one",
    )


def _header_line(entry: Entry) -> tuple[HeaderField, ...]:
    return tuple(
        HeaderField(each.number("at"), each.text("text"), each.text_table("blanks"), each.text("seal", ""))
        for each in entry.tables("fields")
    )


def _unprinted(entry: Entry) -> Unprinted:
    return Unprinted(entry.text("id"), entry.text("name"), entry.indicator("indicator"), entry.where())


def _checks(entry: Entry) -> list[Check]:
    """Return one check for each rule or pattern listed."""
    words = (entry.text("code"), entry.finding_class("class"), entry.text("text"), entry.text("remedy"))
    rules = [_parsed(parse_rule, text) for text in entry.texts("rule")]
    patterns = [_parsed(parse_pattern, text) for text in entry.texts("cells")]
    if not rules and not patterns:
        raise FormFault("审核要有 rule 或 cells。", words[0])
    must = entry.choice("must", _MUST) if patterns else ""
    return [Check(*words, rule=rule) for rule in rules] + [
        Check(*words, cells=pattern, must=must) for pattern in patterns
    ]


_MUST: Sequence[str] = ("required", "integer", "decimals", "phone", "mobile", "email")


Parsed = TypeVar("Parsed")


def _parsed(parse: Callable[[str], Parsed], text: str) -> Parsed:
    """Parse a formula, a rule or a pattern; a mistake in it is a fault of the form."""
    try:
        return parse(text)
    except FormulaError as error:
        raise FormFault(f"公式「{text}」：{error}", text) from error
