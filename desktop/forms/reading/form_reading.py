"""Reads a form file's tables into a `FormSpec`: head, page, header lines, notes, formulas, checks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from desktop.forms.header import VARIABLES, names_in
from desktop.forms.language.parsing import Formula, FormulaError, parse_formula, parse_pattern, parse_rule
from desktop.forms.reading.blocks import make_blocks
from desktop.forms.reading.contents import id_of
from desktop.forms.reading.entries import Entry, FormFault
from desktop.forms.reading.filters import where_of
from desktop.forms.reading.proving import prove
from desktop.forms.spec import TEXT_PT, Check, FormSpec, HeaderField, Note, Page, Unprinted

FORMAT = 1
_MOST_SHOWN = 80


def form_of(entry: Entry) -> FormSpec:
    """Return the form that a file's whole content describes; raises FormFault for whatever is wrong with it."""
    if entry.integer("format") != FORMAT:
        raise entry.fault(f"需要 format = {FORMAT}。", "format")
    page = _page(entry.table("page"))
    columns = _columns(entry, page)
    spec = FormSpec(
        code=entry.words("code"),
        version=entry.integer("version", most=10**6),
        title=entry.words("title"),
        other_titles=entry.texts("other_titles"),
        is_official=entry.choice("status", ("official", "provisional")) == "official",
        is_per_unit=entry.flag("per_unit"),
        is_per_licence=entry.flag("per_licence"),
        source=entry.text("source", ""),
        marker=entry.text("marker", ""),
        title_key=entry.text("title_campaign", ""),
        title_pt=entry.number("title_pt", 22.0, least=6.0, most=72.0),
        text_pt=entry.number("text_pt", TEXT_PT, least=6.0, most=TEXT_PT),
        page=page,
        header=tuple(_header_line(line) for line in entry.tables("header")),
        columns_mm=columns,
        blocks=make_blocks(entry.tables("blocks"), len(columns)),
        notes=tuple(Note(note.text("text"), note.text("campaign", "")) for note in entry.tables("notes")),
        unprinted=tuple(_unprinted(each) for each in entry.tables("unprinted")),
        formulas=tuple(_formulas(entry)),
        checks=tuple(check for each in entry.tables("checks") for check in _checks(each)),
    )
    entry.prove_known()
    prove(spec, entry.lines_of("formulas"))
    return spec


def _page(entry: Entry) -> Page:
    margins = entry.numbers("margins", least=0.0, most=100.0)
    if len(margins) != 4:
        raise entry.fault("margins 要有上、右、下、左四个数。", "margins")
    top, right, bottom, left = margins
    return Page(
        is_landscape=entry.choice("orientation", ("portrait", "landscape")) == "landscape",
        top_mm=top,
        right_mm=right,
        bottom_mm=bottom,
        left_mm=left,
        is_single=entry.choice("pages", ("one", "flow")) == "one",
    )


def _columns(entry: Entry, page: Page) -> tuple[float, ...]:
    """Return the widths of the columns, which fit between the margins."""
    columns = entry.numbers("columns", least=2.0)
    if not columns:
        raise entry.fault("columns 里一栏也没有。", "columns")
    room = page.width_mm - page.left_mm - page.right_mm
    if sum(columns) > room + 0.01:
        raise entry.fault(f"各栏共宽 {sum(columns):g} 毫米，纸上只有 {room:g} 毫米。", "columns")
    return columns


def _header_line(entry: Entry) -> tuple[HeaderField, ...]:
    fields: list[HeaderField] = []
    for each in entry.tables("fields"):
        field = _header_field(each)
        if fields and field.at <= fields[-1].at:
            raise each.fault("各栏的 at 要从左到右递增。", "at")
        fields.append(field)
    if not fields:
        raise entry.fault("这一行没有 fields。")
    return tuple(fields)


def _header_field(entry: Entry) -> HeaderField:
    text, blanks, seal = entry.text("text"), entry.text_table("blanks"), entry.text("seal", "")
    for name in names_in(text):
        if name not in VARIABLES:
            raise entry.fault(f"没有 {{{name}}}，可用的有 {'、'.join(VARIABLES)}。", "text")
    for name in blanks:
        if name not in names_in(text):
            raise entry.fault(f"文字里没有 {{{name}}}。", "blanks", name)
    if seal not in text:
        raise entry.fault(f"文字里没有「{seal}」。", "seal")
    return HeaderField(entry.number("at", most=1.0), text, blanks, seal)


def _unprinted(entry: Entry) -> Unprinted:
    code = entry.indicator("indicator")
    where, is_pure = where_of(entry, code), entry.flag("pure")
    return Unprinted(id_of(entry), entry.words("name"), code, where, is_pure, entry.line())


def _formulas(entry: Entry) -> Iterator[Formula]:
    for text, line in _lined(entry, "formulas"):
        yield _parsed(parse_formula, text, line)


def _checks(entry: Entry) -> Iterator[Check]:
    """Yield one check for each rule or pattern listed."""
    rules, patterns = _lined(entry, "rule"), _lined(entry, "cells")
    if bool(rules) is bool(patterns):
        raise entry.fault("审核要有 rule 或 cells，且只能有一种。")
    code, level, remedy = entry.words("code"), entry.finding_class("class"), entry.words("remedy")
    words = (code, level, _check_text(entry, _IN_CELLS if patterns else _IN_RULES), remedy)
    for text, line in rules:
        yield Check(*words, rule=_parsed(parse_rule, text, line), line=line)
    for text, line in patterns:
        must = entry.choice("must", _MUST)
        yield Check(*words, cells=_parsed(parse_pattern, text, line), must=must, line=line)


_MUST = ("required", "integer", "decimals", "phone", "mobile", "email")
_IN_RULES = ("left", "right", "missing_units")
_IN_CELLS = ("value",)


def _check_text(entry: Entry, allowed: Sequence[str]) -> str:
    text = entry.words("text")
    for name in names_in(text):
        if name not in allowed:
            raise entry.fault(f"没有 {{{name}}}，可用的有 {'、'.join(allowed)}。", "text")
    return text


def _lined(entry: Entry, key: str) -> list[tuple[str, int]]:
    return list(zip(entry.texts(key), entry.lines_of(key), strict=True))


Parsed = TypeVar("Parsed")


def _parsed(parse: Callable[[str], Parsed], text: str, line: int) -> Parsed:
    """Parse a formula, a rule or a pattern; a mistake in it is a fault of the form."""
    try:
        return parse(text)
    except FormulaError as error:
        shown = text if len(text) <= _MOST_SHOWN else f"{text[:_MOST_SHOWN]}……"
        raise FormFault(f"公式「{shown}」：{error}", line) from error
