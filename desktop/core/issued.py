"""Issued forms (定稿): what was frozen, what became of the paper, and in which state it is."""

from __future__ import annotations

import datetime
import hashlib
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from desktop.core.report import ReportKey

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: without I, L, O and U, which people take for others."""
_LOOKALIKES = str.maketrans("ILO", "110")
_SYMBOLS = 12


ISSUE = "定稿"
VOID = "作废"
FINAL = (ISSUE, VOID)
"""The kinds of operation that cannot be undone: paper may be out."""


class EventKind(StrEnum):
    """What can become of a form."""

    PRINTED = "打印"
    SEALED = "用印"
    VOIDED = "作废"
    ACCEPTED = "审核通过"
    RETURNED = "退回"
    COMPARED = "复核"
    DIFFERED = "复核不符"
    ENTERED = "代录"
    DROPPED = "不再代录"


class State(StrEnum):
    """Where an issued form stands."""

    ISSUED = "定稿"
    PRINTED = "已打印"
    SEALED = "已盖章"
    ACCEPTED = "审核通过（已锁定）"
    RETURNED = "已退回"
    REPLACED = "已更正"
    VOIDED = "已作废"


@dataclass(frozen=True, slots=True)
class FormEvent:
    """One thing that became of a form: when, by whom, how many copies, why, and the SHA-256 of a scan or of what was compared."""

    kind: EventKind
    happened_on: datetime.date
    person: str = ""
    copies: int = 0
    reason: str = ""
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Hashes:
    """The SHA-256 of each frozen part."""

    form: str
    filled: str
    rows: str
    pdf: str
    xlsx: str

    @property
    def by_part(self) -> dict[str, str]:
        """The hashes by what the parts are called."""
        return {
            "表样": self.form,
            "填报表": self.filled,
            "依据": self.rows,
            "PDF": self.pdf,
            "工作簿": self.xlsx,
        }


@dataclass(frozen=True, slots=True)
class IssuedForm:
    """An issued form (定稿), never edited: a correction (更正) issues a successor that names it.

    `number` is form, unit code, year and serial; on paper it stands without the form.
    """

    id: int
    number: str
    key: ReportKey
    title: str
    check_code: str
    as_of: datetime.date
    dated: datetime.date | None
    issued_at: str
    issued_by: str
    hashes: Hashes
    chain_head: str
    replaces: str = ""
    reason: str = ""
    replaced_by: str = ""
    events: tuple[FormEvent, ...] = ()

    @property
    def printed_number(self) -> str:
        """The number as it stands on paper."""
        return printed_number(self.number)

    @property
    def state(self) -> State:
        """Where it stands: what ended it, else the newest of what was decided, else what was done with the paper."""
        kinds = [event.kind for event in self.events]
        if EventKind.VOIDED in kinds:
            return State.VOIDED
        if self.replaced_by:
            return State.REPLACED
        decided = [kind for kind in kinds if kind in _DECIDED]
        if decided:
            return _DECIDED[decided[-1]]
        if EventKind.SEALED in kinds:
            return State.SEALED
        return State.PRINTED if EventKind.PRINTED in kinds else State.ISSUED

    @property
    def holds(self) -> bool:
        """Whether it still stands: neither void nor corrected."""
        return self.state not in (State.VOIDED, State.REPLACED)

    @property
    def sealed_copies(self) -> int:
        """How many copies were sealed; those of one that no longer holds are to be called back."""
        return sum(event.copies for event in self.events if event.kind is EventKind.SEALED)


_DECIDED = {EventKind.ACCEPTED: State.ACCEPTED, EventKind.RETURNED: State.RETURNED}


def form_number(form: str, unit_code: str, year: int, serial: int) -> str:
    """Return the number of an issued form."""
    return f"{form}-{unit_code}-{year}-{serial:04}"


def printed_number(number: str) -> str:
    """Return a number as it stands on paper: without the form's code, which is never printed."""
    return number.partition("-")[2]


def check_code(content: bytes) -> str:
    """Return the check code over a frozen form: sixty bits of its SHA-256 in three groups of four."""
    bits = int.from_bytes(hashlib.sha256(content).digest()[:8], "big") >> 4
    symbols = "".join(_ALPHABET[bits >> 5 * place & 31] for place in reversed(range(_SYMBOLS)))
    return "-".join(symbols[at : at + 4] for at in range(0, _SYMBOLS, 4))


def plain_code(text: str) -> str:
    """Return a check code as typed, without dashes and blanks, and with what looks alike put right."""
    plain = unicodedata.normalize("NFKC", text).upper()
    return "".join(filter(str.isalnum, plain)).translate(_LOOKALIKES)


def recall_list(forms: Sequence[IssuedForm]) -> list[IssuedForm]:
    """Return the forms whose sealed paper is out though they no longer hold."""
    return [form for form in forms if form.sealed_copies and not form.holds]
