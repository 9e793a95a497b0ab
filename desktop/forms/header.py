"""The header lines of a form: words with variables, filled or left blank for writing by hand."""

from __future__ import annotations

import re
from collections.abc import Mapping

from desktop.forms.spec import FormSpec, HeaderField

VARIABLES = (
    *("unit", "filler", "phones", "fax", "date", "manager", "manager_phone"),
    *("licence_no", "product", "edition", "seats"),
)
_NAME = re.compile(r"\{(\w+)\}")


def names_in(text: str) -> list[str]:
    """Return the {names} that stand in a text, in order."""
    return _NAME.findall(text)


def header_texts(spec: FormSpec, values: Mapping[str, str]) -> tuple[tuple[str, ...], ...]:
    """Return the text of every field of every header line; a variable without a value prints its blanks."""
    return tuple(tuple(_field_text(field, values) for field in line) for line in spec.header)


def _field_text(field: HeaderField, values: Mapping[str, str]) -> str:
    return _NAME.sub(lambda m: values.get(m.group(1)) or field.blanks.get(m.group(1), ""), field.text)
