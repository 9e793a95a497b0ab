from __future__ import annotations

from desktop.actions.printing import fonts
from desktop.forms.paper.fonts import FontRole
from desktop.forms.paper.marks import PrintedPage, TextMark
from desktop.forms.paper.prose import HEIGHT_MM, WIDTH_MM, Paragraph, Prose, draw_cover, draw_prose

LONG = "数据截止日在用的计算机，含服务器，不含闲置；没有启用日期的按已启用计。" * 4


def texts(page: PrintedPage) -> list[TextMark]:
    return [mark for mark in page.marks if isinstance(mark, TextMark)]


def test_a_document_has_a_title_headings_and_indented_paragraphs() -> None:
    prose = Prose("编制说明", (Paragraph("一、口径", is_heading=True), Paragraph(LONG)))
    (page,) = draw_prose(prose, fonts())
    title, heading, *lines = texts(page)
    assert (title.text, title.is_strong) == ("编制说明", True)
    assert (heading.text, heading.role) == ("　　一、口径", FontRole.HEI)
    assert lines[0].text.startswith("　　数据")
    assert "".join(line.text for line in lines).strip() == LONG
    assert not any(line.text[0] in "，；。" for line in lines)


def test_a_long_document_is_numbered_and_stays_within_its_margins() -> None:
    prose = Prose("编制说明", tuple(Paragraph(LONG) for _ in range(20)))
    pages = draw_prose(prose, fonts())
    assert len(pages) > 2
    assert [texts(page)[-1].text for page in pages] == [
        f"第{n + 1}页 共{len(pages)}页" for n in range(len(pages))
    ]
    for page in pages:
        for mark in texts(page)[:-1]:
            assert mark.x_mm >= 28
            assert mark.x_mm + fonts().width_mm(mark.text, mark.size_pt, mark.role) <= WIDTH_MM - 26 + 0.01
            assert mark.y_mm <= HEIGHT_MM - 35


def test_no_heading_ends_a_page() -> None:
    for many in range(1, 30):
        paragraphs = [
            *(Paragraph("短") for _ in range(many)),
            Paragraph("二、", is_heading=True),
            Paragraph("后"),
        ]
        pages = draw_prose(Prose("说明", tuple(paragraphs)), fonts())
        lasts = [texts(page)[-2] for page in pages if len(pages) > 1]
        assert all(last.role is not FontRole.HEI for last in lasts)


def test_an_empty_document_is_a_page() -> None:
    assert len(draw_prose(Prose("说明", ()), fonts())) == 1


def test_a_document_as_text() -> None:
    prose = Prose("说明", (Paragraph("一、口径", is_heading=True), Paragraph("甲")))
    assert prose.text == "说明\n\n一、口径\n　　甲\n"


def test_a_cover_is_centred() -> None:
    page = draw_cover("软件正版化工作报表", "2024年整改", ["填报单位：县局（盖章）"], fonts())
    assert [mark.text for mark in texts(page)] == [
        "2024年整改",
        "软件正版化工作报表",
        "填报单位：县局（盖章）",
    ]
    for mark in texts(page):
        middle = mark.x_mm + fonts().width_mm(mark.text, mark.size_pt, mark.role) / 2
        assert abs(middle - WIDTH_MM / 2) < 0.01
