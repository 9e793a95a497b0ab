"""What is wrong with data, where, and what to do: listed values, never raised."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class FindingClass(StrEnum):
    """The four classes of a finding (审核结果) as statistics offices know them."""

    A = "A"
    """强制: must be put right."""
    B = "B"
    """准强制: may stay with a written reason."""
    C = "C"
    """核实: may stay with a reason of six characters or more."""
    D = "D"
    """提示: may stay."""


FINDING_CLASS_TITLES = {
    FindingClass.A: "强制",
    FindingClass.B: "准强制",
    FindingClass.C: "核实",
    FindingClass.D: "提示",
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a finding lies: in a file (sheet, row, column as a person counts them) or in a form's cell."""

    file: str = ""
    sheet: str = ""
    row: int = 0
    column: str = ""
    cell: str = ""

    def __str__(self) -> str:
        parts = [f"《{self.file}》" if self.file else "", f"「{self.sheet}」表" if self.sheet else ""]
        parts.append(f"第 {self.row} 行" if self.row else "")
        parts.append(f"「{self.column}」栏" if self.column else "")
        parts.append(self.cell)
        return "".join(parts)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found wrong or worth a look (审核发现): code, class, sentence, remedy, place.

    `explained` is what a person has said about it (出错说明).
    """

    code: str
    level: FindingClass
    text: str
    remedy: str
    place: Place = Place()
    explained: str = ""

    @property
    def sentence(self) -> str:
        """The whole message: place, what is wrong, what to do."""
        place = str(self.place)
        words = self.text + (f"（已说明：{self.explained}）" if self.explained else self.remedy)
        return f"{place}：{words}" if place else words


def must_be_mended(findings: Iterable[Finding]) -> bool:
    """Return whether any finding is of class A."""
    return any(finding.level is FindingClass.A for finding in findings)
