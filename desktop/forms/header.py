"""The header lines of a form: words with variables, filled or left blank for writing by hand."""

from __future__ import annotations

import re
from collections.abc import Mapping

from desktop.forms.spec import FormSpec, HeaderField

VARIABLES = {
    "unit": "填表单位",
    "filler": "填表人",
    "phones": "联系电话",
    "fax": "传真",
    "date": "填表时间",
    "manager": "主管人",
    "manager_phone": "主管人电话",
    "licence_no": "软件编号",
    "product": "软件名称",
    "edition": "版本",
    "seats": "许可数",
}
"""The variables of header lines and what they are called."""
ROOM = "表头"
"""Where the cells of header variables stand among those of a form: 表头.填表人, by path 表头/填表人."""
_NAME = re.compile(r"\{(\w+)\}")


def names_in(text: str) -> list[str]:
    """Return the {names} that stand in a text, in order."""
    return _NAME.findall(text)


def variables_of(spec: FormSpec) -> list[str]:
    """Return the variables of a form's header lines, each once, in order."""
    fields = (field for line in spec.header for field in line)
    return list(dict.fromkeys(name for field in fields for name in names_in(field.text)))


def header_texts(spec: FormSpec, values: Mapping[str, str]) -> tuple[tuple[str, ...], ...]:
    """Return the text of every field of every header line; a variable without a value prints its blanks."""
    return tuple(tuple(_field_text(field, values) for field in line) for line in spec.header)


def _field_text(field: HeaderField, values: Mapping[str, str]) -> str:
    return _NAME.sub(lambda m: values.get(m.group(1)) or field.blanks.get(m.group(1), ""), field.text)
