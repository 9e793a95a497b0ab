"""The kinds of record the ledger keeps, with their fields and natural keys. Knows no SQL and no sheet.

Natural keys, by which a row imported again finds its record:

=============  ====================================================================================
unit           name
person         unit, name (the post where the name is empty); contradicting ones in order of the file
responsibility person, word
computer       unit, asset number; without one: the row's content, occurrence in the file
product        name
licence        unit, licence number; without one: the row's content, occurrence in the file
licence_key    licence, key
purchase       licence, purchase date, contract number
allocation     pool licence, unit, date
installation   computer, product, edition; several of them by their days, in order of the file
progress_fact  campaign, unit, kind
=============  ====================================================================================
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a record; `refers_to` names the subject whose uid it holds."""

    name: str
    refers_to: str = ""

    @property
    def column(self) -> str:
        """The column of the ledger's table."""
        return f"{self.name}_id" if self.refers_to else self.name


@dataclass(frozen=True)
class Subject:
    """A kind of record: its table in the ledger, its Chinese title, its fields in order."""

    name: str
    title: str
    fields: tuple[Field, ...]

    @cached_property
    def positions(self) -> dict[str, int]:
        """Where each field stands in a tuple of values."""
        return {field.name: position for position, field in enumerate(self.fields)}


def _subject(name: str, title: str, fields: str) -> Subject:
    parsed = (Field(*field.split(">")) for field in fields.split())
    return Subject(name, title, tuple(parsed))


SUBJECTS = {
    subject.name: subject
    for subject in (
        _subject(
            "unit",
            "单位",
            "name short_name former_names aliases parent>unit industry_parent>unit level category credit_code"
            " budget_code sort_order staff_quota staff_actual staff_computing reports_alone counts_as_organ"
            " in_scope note",
        ),
        _subject(
            "person",
            "人员",
            "unit>unit name name_as_typed department post office_phone mobile fax email sort_order",
        ),
        _subject("responsibility", "职责", "person>person word"),
        _subject(
            "computer",
            "计算机",
            "unit>unit asset_no department user_name user_name_as_typed place kind model serial_no mac"
            " purchased_on in_use_from retired_on state preinstalled note",
        ),
        _subject("product", "软件产品", "name class origin vendor kind is_server note"),
        _subject(
            "licence",
            "许可",
            "unit>unit licence_no product>product edition source method licensee base>licence"
            " computer>computer proof note",
        ),
        _subject("licence_key", "安装序列号", "licence>licence key_text"),
        _subject(
            "purchase",
            "购买",
            "licence>licence packs seats unit_price_fen amount_fen purchased_on valid_from valid_to"
            " contract_no supplier funding",
        ),
        _subject(
            "allocation",
            "配发",
            "licence>licence unit>unit licence_no packs seats amount_fen allocated_on valid_from valid_to note",
        ),
        _subject(
            "installation",
            "安装",
            "computer>computer product>product edition licence>licence installed_on removed_on claim"
            " user_signed backed_up product_identifier key_text note",
        ),
        _subject(
            "progress_fact",
            "进度",
            "campaign>campaign unit>unit kind happened_on evidence withdrawn_on withdrawn_reason",
        ),
    )
}

Value = str | int | None
Values = tuple[Value, ...]


def natural_key(*parts: object) -> str:
    """Return the natural key of its parts: 24 hexadecimal digits, equal for equal parts."""
    text = "\x1f".join(["" if part is None else str(part) for part in parts])
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()


def content_key(owner: str, values: Iterable[object], occurrence: int) -> str:
    """Return the key of a record without a natural one: its content and how often it came in the file."""
    return natural_key(owner, "内容", *values, occurrence)
