from __future__ import annotations

from pathlib import Path

import pytest

from desktop.errors import AppError
from desktop.forms.grid import compose
from desktop.forms.paper.drawing import draw
from desktop.forms.paper.render_pdf import pdf_bytes, render_pdf
from tests.forms.form_builders import a_person, blank, filled, fonts


@pytest.mark.parametrize("code", ["T01", "T02", "T03"])
def test_the_same_pages_give_the_same_bytes(code: str) -> None:
    pages = draw(compose(blank(code)), fonts())
    assert pdf_bytes(pages, fonts(), "表") == pdf_bytes(draw(compose(blank(code)), fonts()), fonts(), "表")


def test_both_fonts_are_embedded_and_no_other_is_named() -> None:
    content = pdf_bytes(draw(compose(blank("T02")), fonts()), fonts(), "软件正版化情况统计表")
    assert content.count(b"/FontFile2") == 2
    assert b"Helvetica" not in content


def test_a_page_is_a_page() -> None:
    pages = draw(compose(filled("T01", people=[a_person(n) for n in range(1, 60)])), fonts())
    content = pdf_bytes(pages, fonts(), "表")
    assert content.count(b"/Type /Page\n") == len(pages) > 1


def test_the_file_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    pages = draw(compose(blank("T02")), fonts())
    render_pdf(pages, fonts(), tmp_path / "表.pdf", title="表")
    assert (tmp_path / "表.pdf").read_bytes() == pdf_bytes(pages, fonts(), "表")
    with pytest.raises(AppError) as said:
        render_pdf(pages, fonts(), tmp_path / "没有" / "表.pdf", title="表")
    assert said.value.remedy
    assert [path.name for path in tmp_path.iterdir()] == ["表.pdf"]
