from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.forms.grid import compose
from desktop.forms.paper.drawing import draw, missing_characters
from desktop.forms.paper.fonts import MM_PER_PT
from desktop.forms.paper.marks import LineMark, PrintedPage, TextMark, describe
from desktop.forms.spec import Page
from tests.forms.form_builders import (
    a_person,
    blank,
    computers,
    filled,
    fonts,
    installed,
    software,
    steady,
    units,
)


def texts(page: PrintedPage) -> list[str]:
    return [mark.text for mark in page.marks if isinstance(mark, TextMark)]


def people(count: int) -> Sequence[PrintedPage]:
    listed = [a_person(n, unit_name=f"某某局第{n}单位" + "很长" * (n % 12)) for n in range(1, count + 1)]
    return draw(compose(filled("T01", people=listed)), fonts())


@pytest.mark.parametrize("count", [0, 2, 30, 300])
def test_every_row_is_drawn_once_and_heads_on_every_page(count: int) -> None:
    pages = people(count)
    names = [text for page in pages for text in texts(page) if text.startswith("报送人")]
    assert names == [f"报送人{n}" for n in range(1, count + 1)]
    assert all(texts(page).count("单位名称") == 1 for page in pages)
    assert [("软件正版化工作信息报送人员统计表" in texts(page)) for page in pages] == [True] + [False] * (
        len(pages) - 1
    )


@pytest.mark.parametrize("count", [2, 300])
def test_pages_are_numbered_from_two_on(count: int) -> None:
    pages = people(count)
    numbers = [text for page in pages for text in texts(page) if text.startswith("第") and "共" in text]
    total = len(pages)
    assert numbers == ([f"第{n}页 共{total}页" for n in range(1, total + 1)] if total > 1 else [])


def is_page_number(mark: TextMark) -> bool:
    return mark.text.startswith("第") and "页 共" in mark.text


def prove_margins(page: PrintedPage, paper: Page) -> None:
    """Prove that all marks but the page's number lie within the margins."""
    right, bottom = paper.width_mm - paper.right_mm, paper.height_mm - paper.bottom_mm
    for mark in page.marks:
        if isinstance(mark, LineMark):
            assert paper.left_mm - 0.01 <= min(mark.x1_mm, mark.x2_mm)
            assert max(mark.x1_mm, mark.x2_mm) <= right + 0.01
            assert paper.top_mm - 0.01 <= min(mark.y1_mm, mark.y2_mm)
            assert max(mark.y1_mm, mark.y2_mm) <= bottom + 0.01
        elif isinstance(mark, TextMark) and not is_page_number(mark):
            height = mark.size_pt * MM_PER_PT
            assert paper.left_mm - 0.01 <= mark.x_mm
            assert mark.x_mm + fonts().width_mm(mark.text, mark.size_pt, mark.role) <= right + 0.05
            assert paper.top_mm - 0.01 <= mark.y_mm - 0.88 * height
            assert mark.y_mm + 0.12 * height <= bottom + 0.01


def prove_no_overlaps(page: PrintedPage) -> None:
    """Prove that no two lines of text lie on each other."""
    marks = [mark for mark in page.marks if isinstance(mark, TextMark)]
    boxes = [
        (mark.x_mm, mark.x_mm + fonts().width_mm(mark.text, mark.size_pt, mark.role), mark.y_mm, mark.size_pt)
        for mark in marks
    ]
    boxes.sort(key=lambda box: box[2])
    for number, (left, right, baseline, _) in enumerate(boxes):
        for other_left, other_right, other_baseline, size in boxes[number + 1 :]:
            if other_baseline - size * MM_PER_PT * 0.8 >= baseline:
                break
            assert right <= other_left + 0.05 or other_right <= left + 0.05


@pytest.mark.parametrize("code", ["T01", "T02", "T03"])
def test_nothing_is_drawn_outside_the_margins(code: str) -> None:
    listed = [installed("业务", f"很长的业务系统名称{n}" * 3, n) for n in range(1, 70)]
    rows = [*listed, computers(9), units(58), software("seats", ("办公", "国内"), 10**9)]
    form = filled(code, rows, people=[a_person(n, email="a" * 60 + "@b.cn") for n in range(1, 70)])
    for page in draw(compose(form), fonts()):
        prove_margins(page, form.spec.page)
        prove_no_overlaps(page)


FIELDS = ("unit_name", "department", "name", "post", "office_phone", "mobile", "fax", "email")
pattern = st.lists(st.tuples(st.sampled_from(FIELDS), st.integers(0, 300)), min_size=1, max_size=9)


@settings(steady, max_examples=20)
@given(st.integers(0, 400), pattern)
def test_rows_of_any_length_stand_once_within_the_margins(count: int, long: list[tuple[str, int]]) -> None:
    """0–400 rows, each with a text of some length in one of its columns."""
    listed = []
    for number in range(1, count + 1):
        field, length = long[number % len(long)]
        said = ("某1.@ （c" * length)[:length]
        listed.append(a_person(number, **{"department": f"科{number}。", field: f"{said}科{number}。"}))
    form = filled("T01", people=listed)
    pages = draw(compose(form), fonts())
    everything = "".join("".join(texts(page)) for page in pages)
    assert all(f"科{number}。" in everything for number in range(1, count + 1))
    for page in pages:
        prove_margins(page, form.spec.page)
        prove_no_overlaps(page)
        assert texts(page).count("单位名称") == 1


products = st.lists(
    st.tuples(
        st.sampled_from(["操作系统", "办公", "杀毒", "业务"]),
        st.sampled_from(["正版", "非正版"]),
        st.sampled_from(["台式", "服务器"]),
        st.integers(1, 40),
    ),
    max_size=80,
)


@settings(steady, max_examples=30)
@given(products)
def test_lists_of_any_length_stand_once_within_the_margins(listed: list[tuple[str, str, str, int]]) -> None:
    rows = [
        installed(c, f"{n}号{'件' * length}", n, claim=claim, kind=kind)
        for n, (c, claim, kind, length) in enumerate(listed, start=1)
    ]
    form = filled("T03", [*rows, computers(7)])
    pages = draw(compose(form), fonts())
    everything = "".join(text for page in pages for text in texts(page))
    for number, (_, _, kind, _) in enumerate(listed, start=1):
        assert kind == "服务器" or everything.count(f"{number}号件") >= 1
    for page in pages:
        prove_margins(page, form.spec.page)
        prove_no_overlaps(page)
    assert "电脑台数" in texts(pages[-1])
    assert [text for page in pages for text in texts(page) if text.startswith("（2）凡")] == [
        "（2）凡没有许可协议的办公软件、业务软件等，均视为非正版软件。"
    ]


@settings(steady, max_examples=30)
@given(st.integers(0, 60), st.integers(0, 6), st.integers(0, 12))
def test_t02_stays_on_one_page_whatever_stands_in_its_header(unit: int, phones: int, name: int) -> None:
    header = {
        "unit": "某" * unit,
        "filler": "名" * name,
        "phones": "、".join(["0999-5550112"] * phones),
        "fax": "、".join(["0999-5560004"] * (phones // 2)),
        "date": "2026年12月30日",
    }
    form = filled("T02", [units(1)], header=header)
    (page,) = draw(compose(form), fonts())
    prove_margins(page, form.spec.page)
    prove_no_overlaps(page)
    said = "".join(texts(page))
    places = [said.index(word) for word in ("填表单位：", "填表人：", "联系电话(含手机)：", "填表时间：")]
    assert places == sorted(places)
    (seal,) = page.seals
    assert seal.diameter_mm == 45


def test_a_label_whose_list_runs_over_the_page_says_so_and_fits() -> None:
    for count in range(18, 40):
        rows = [installed("业务", f"系统{n}", 1) for n in range(count)]
        pages = draw(compose(filled("T03", rows)), fonts())
        prove_no_overlaps(pages[-1])
        if len(pages) > 1 and "系统1" not in texts(pages[1]) and "数量" in texts(pages[1]):
            said = "".join(texts(pages[1]))
            assert said.count("（续）") == any(text.startswith("系统") for text in texts(pages[1]))


@pytest.mark.parametrize("code", ["T01", "T02", "T03"])
def test_the_first_block_is_drawn_as_before(code: str, golden: Callable[[str, str], None]) -> None:
    """The marks of the top of the page and the first rows, one a line."""
    (page,) = draw(compose(blank(code)), fonts())
    golden(f"marks-{code}", "\n".join(describe(page).splitlines()[:60]) + "\n")


def test_gaps_for_writing_are_half_a_character_each() -> None:
    (page,) = draw(compose(blank("T01")), fonts())
    assert "填表时间：\u2002\u2002\u2002年\u2002\u2002\u2002月\u2002\u2002\u2002日" in texts(page)


def test_the_seal_place_is_on_the_first_page_only() -> None:
    assert [len(page.seals) for page in people(60)] == [1] + [0] * (len(people(60)) - 1)


def test_what_the_fonts_lack_is_named() -> None:
    sheet = compose(filled("T01", people=[a_person(1, name="𠮷䶮")]))
    assert missing_characters(sheet, fonts()) == {"𠮷"}
    assert missing_characters(compose(blank("T02")), fonts()) == set()
