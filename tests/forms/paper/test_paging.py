from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.forms.grid import compose
from desktop.forms.paper.layout import CELL_PT
from desktop.forms.paper.paging import Paging, break_pages
from tests.forms.form_builders import a_person, blank, computers, filled, fonts, installed


def paged(*lengths: int) -> Paging:
    people = [a_person(n, unit_name="某" * max(1, length)) for n, length in enumerate(lengths, start=1)]
    return break_pages(compose(filled("T01", people=people)), fonts())


def test_few_rows_stay_on_one_page_without_repeated_heads() -> None:
    (page,) = paged(5, 5).pages
    assert (page.heads, page.first, page.last, page.has_top, page.has_notes) == ((), 0, 3, True, True)


@settings(deadline=None, max_examples=25)
@given(st.lists(st.integers(min_value=1, max_value=90), max_size=120))
def test_every_row_stands_once_and_no_page_is_overfull(lengths: list[int]) -> None:
    paging = paged(*lengths)
    rows = [row for page in paging.pages for row in range(page.first, page.last)]
    assert rows == list(range(len(paging.layout.sheet.rows)))
    page = paging.layout.sheet.page
    room = page.height_mm - page.top_mm - page.bottom_mm
    for each in paging.pages:
        used = sum(paging.layout.row_heights[row] for row in [*each.heads, *range(each.first, each.last)])
        used += paging.frame.top_mm if each.has_top else 0
        used += paging.frame.notes_mm if each.has_notes else 0
        assert used <= room + 1e-6


def test_heads_are_repeated_and_the_top_is_not() -> None:
    first, *others = paged(*[10] * 60).pages
    assert first.has_top
    assert others
    assert all(page.heads == (0,) and not page.has_top for page in others)
    assert [page.has_notes for page in (first, *others)] == [False] * len(others) + [True]


def test_notes_are_never_alone_on_a_page() -> None:
    for count in range(20, 60):
        rows = [installed("业务", f"某某系统{n}", 1) for n in range(count)]
        last = break_pages(compose(filled("T03", [*rows, computers(3)])), fonts()).pages[-1]
        assert last.has_notes
        assert last.last > last.first


def test_a_form_of_one_page_stays_one_page() -> None:
    """T02 is always one page, also with long words of a campaign."""
    long = blank("T02", 市级机关="示范区直属各部门" * 2, 县级机关="县直机关及各乡镇" * 2)
    paging = break_pages(compose(long), fonts())
    assert len(paging.pages) == 1
    page = paging.layout.sheet.page
    room = page.height_mm - page.top_mm - page.bottom_mm
    assert paging.frame.top_mm + sum(paging.layout.row_heights) + paging.frame.notes_mm <= room + 1e-6
    assert break_pages(compose(blank("T02")), fonts()).layout.size_pt == CELL_PT


def test_a_box_knows_its_part_of_every_page() -> None:
    rows = [installed("办公", f"某某办公软件{n}", 1) for n in range(60)]
    paging = break_pages(compose(filled("T03", rows)), fonts())
    label = next(box for box in paging.layout.sheet.boxes if box.text == "办公软件")
    parts = paging.parts_of(label)
    assert len(parts) == len(paging.pages) > 1
    assert all(height > 0 for _, height in parts)
