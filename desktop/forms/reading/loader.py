"""Reads form files into `FormSpec` values; a broken file becomes a `BrokenForm` and the others work."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from desktop.forms.reading.entries import Entry, FormFault, Source
from desktop.forms.reading.form_reading import form_of
from desktop.forms.reading.toml_lines import lines_of_values
from desktop.forms.spec import BrokenForm, FormSpec

_MOST_BYTES = 500_000
_MOST_KEPT = 128
_DEEP_KEY = re.compile(r"(?:[\w\"'-]+[ \t]*\.[ \t]*){30}")


def load_forms(folders: Iterable[Path]) -> dict[str, FormSpec | BrokenForm]:
    """Return the forms of all folders by code; a later folder's form takes the place of an earlier one's.

    A file that cannot be used is listed under its own name.
    """
    forms: dict[str, FormSpec | BrokenForm] = {}
    for folder in folders:
        forms |= _forms_of(folder)
    return forms


def _forms_of(folder: Path) -> dict[str, FormSpec | BrokenForm]:
    forms: dict[str, FormSpec | BrokenForm] = {}
    for path in sorted(folder.glob("*.toml")):
        if path.name.endswith(".sample.toml"):
            continue
        form = load_form(path)
        if isinstance(form, FormSpec) and form.code in forms:
            form = BrokenForm(path.name, 0, f"同一文件夹里已有代码为 {form.code} 的表样。")
        forms[form.code if isinstance(form, FormSpec) else path.name] = form
    return forms


def load_form(path: Path) -> FormSpec | BrokenForm:
    """Return the form that a file describes, or where and why it cannot be used."""
    try:
        text = _text_of(path)
    except FormFault as fault:
        return BrokenForm(path.name, fault.line, fault.reason)
    return form_in(text, path.name)


@lru_cache(maxsize=_MOST_KEPT)
def form_in(text: str, file: str) -> FormSpec | BrokenForm:
    """Return the form that the text of a file describes, or where and why it cannot be used. The same text is read once."""
    try:
        form = form_of(Entry(tomllib.loads(text), Source(lines_of_values(text))))
    except FormFault as fault:
        return BrokenForm(file, fault.line, fault.reason)
    except (ValueError, RecursionError) as error:
        # Besides TOMLDecodeError: a number of thousands of digits, or brackets a thousand deep.
        return BrokenForm(file, _line_in(str(error), text), "格式有误。")
    return replace(form, file_text=text)


def _text_of(path: Path) -> str:
    """Return a form file's text; raises FormFault for what is no form or would take an absurd amount of memory."""
    try:
        if not path.is_file():
            raise FormFault("不是普通文件，或链接指向的文件不在。", 0)
        if path.stat().st_size > _MOST_BYTES:
            raise FormFault("文件过大。", 0)
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise FormFault("文件不能读取，或不是 UTF-8 编码。", 0) from error
    deep = _DEEP_KEY.search(text)
    if deep:
        raise FormFault("键的层数过多。", text.count("\n", 0, deep.start()) + 1)
    return text


def _line_in(message: str, text: str) -> int:
    """Return the line that a message of the TOML reader names, the last one for the end, 0 for none."""
    place = re.search(r"at line (\d+)", message)
    if place:
        return int(place.group(1))
    return text.rstrip().count("\n") + 1 if "at end of document" in message else 0
