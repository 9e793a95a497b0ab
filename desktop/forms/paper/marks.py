"""Pages as marks in millimetres from the top left corner: what screen, PDF and printer all draw."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from desktop.forms.paper.fonts import FontRole


@dataclass(frozen=True, slots=True)
class TextMark:
    """A line of text; `y_mm` is its baseline. A strong one is drawn a little heavier (小标宋)."""

    x_mm: float
    y_mm: float
    size_pt: float
    role: FontRole
    text: str
    is_strong: bool = False


@dataclass(frozen=True, slots=True)
class LineMark:
    """A ruled line, across or down."""

    x1_mm: float
    y1_mm: float
    x2_mm: float
    y2_mm: float
    width_pt: float


@dataclass(frozen=True, slots=True)
class BlockMark:
    """A black rectangle: a run of modules of a QR code."""

    x_mm: float
    y_mm: float
    width_mm: float
    height_mm: float


@dataclass(frozen=True, slots=True)
class WatermarkMark:
    """Grey words across a page, centred on a point and turned to rise by `degrees`; they lie under all else."""

    x_mm: float
    y_mm: float
    size_pt: float
    text: str
    degrees: float


Mark: TypeAlias = TextMark | LineMark | BlockMark | WatermarkMark


@dataclass(frozen=True, slots=True)
class SealZone:
    """Where the seal goes: a circle that nothing of the program's own may enter."""

    x_mm: float
    y_mm: float
    diameter_mm: float = 45.0


@dataclass(frozen=True, slots=True)
class PrintedPage:
    """A page: its size, its marks in the order of drawing, its seal places."""

    width_mm: float
    height_mm: float
    marks: tuple[Mark, ...]
    seals: tuple[SealZone, ...] = ()


def describe(page: PrintedPage) -> str:
    """Return the marks as lines of text, one a mark, for reading and comparing."""
    lines = [f"page {page.width_mm:g} × {page.height_mm:g}"]
    for mark in page.marks:
        if isinstance(mark, TextMark):
            strong = " strong" if mark.is_strong else ""
            place = f"{mark.x_mm:7.2f} {mark.y_mm:7.2f}"
            lines.append(f"text {place} {mark.size_pt:4.1f}pt {mark.role}{strong} {mark.text}")
        elif isinstance(mark, LineMark):
            ends = f"{mark.x1_mm:.2f},{mark.y1_mm:.2f} → {mark.x2_mm:.2f},{mark.y2_mm:.2f}"
            lines.append(f"line {ends} {mark.width_pt:g}pt")
        elif isinstance(mark, BlockMark):
            place = f"{mark.x_mm:.2f},{mark.y_mm:.2f}"
            lines.append(f"block {place} {mark.width_mm:.2f} × {mark.height_mm:.2f}")
        else:
            place = f"{mark.x_mm:.2f} {mark.y_mm:.2f}"
            lines.append(f"watermark {place} {mark.size_pt:g}pt {mark.degrees:g}° {mark.text}")
    lines += [f"seal {seal.x_mm:.2f},{seal.y_mm:.2f} ⌀{seal.diameter_mm:g}" for seal in page.seals]
    return "\n".join(lines)
