from __future__ import annotations

from desktop.forms.cut_text import text_on_page
from desktop.forms.grid import compose
from desktop.forms.paging import Paging, break_pages
from tests.forms.form_builders import filled, fonts, installed


def paged() -> Paging:
    rows = [installed("办公", f"某某办公软件{n}", 1) for n in range(60)]
    rows += [installed("办公", f"服务器上的某某软件{n}", 1, kind="服务器") for n in range(60)]
    return break_pages(compose(filled("T03", rows)), fonts())


def test_a_label_cut_by_the_page_says_that_it_goes_on() -> None:
    paging = paged()
    label = next(box for box in paging.layout.sheet.boxes if box.text == "办公软件")
    said = [text_on_page(label, page, paging) for page in paging.pages]
    words = ["".join(each.lines) for each in said if each is not None]
    assert words == ["办公软件"] + ["办公软件（续）"] * (len(paging.pages) - 1)


def test_a_value_cut_by_the_page_runs_on_without_losing_a_line() -> None:
    paging = paged()
    remark = next(box for box in paging.layout.sheet.boxes if box.text.startswith("服务器："))
    said = [text_on_page(remark, page, paging) for page in paging.pages]
    lines = [line for each in said if each is not None for line in each.lines]
    assert "".join("".join(lines).split()) == "".join(remark.text.split())


def test_an_empty_box_says_nothing() -> None:
    paging = paged()
    empty = next(box for box in paging.layout.sheet.boxes if not box.text)
    assert text_on_page(empty, paging.pages[0], paging) is None
