from __future__ import annotations

import pytest

from desktop.forms.reading.contents import area_of, cell_of, heading_of, id_of, table_cells
from desktop.forms.reading.entries import FormFault
from desktop.forms.spec import Area, Heading, ListColumn, Number, RecordField, Summary, Template
from tests.forms.reading.test_entries import an_entry


@pytest.mark.parametrize(
    ("address", "area"),
    [
        ("A1", Area(0, 0)),
        ("B3:C4", Area(2, 1, 2, 2)),
        ("AA10", Area(9, 26)),
        ("Z1:AB1", Area(0, 25, 1, 3)),
    ],
)
def test_addresses_are_those_of_a_worksheet(address: str, area: Area) -> None:
    assert area_of(an_entry(f"at = '{address}'")) == area


@pytest.mark.parametrize(
    "address", ["", "A", "1", "a1", "A0", "A1:", "A1:A", "AAA1", "A1000", "B1:A1", "A2:A1"]
)
def test_what_is_no_address_is_a_fault(address: str) -> None:
    with pytest.raises(FormFault, match=r"不是单元格地址|颠倒"):
        area_of(an_entry(f"at = '{address}'"))


@pytest.mark.parametrize("name", ["", "a..b", ".a", "a.", "a b", "a*", "国内。数", "a-b", "{m}"])
def test_an_id_must_be_one_that_formulas_can_name(name: str) -> None:
    with pytest.raises(FormFault, match="只能用文字、数字和点"):
        id_of(an_entry(f"id = '{name}'"))


def test_printed_words_have_other_spellings() -> None:
    heading = heading_of(an_entry("text = '甲'\ncampaign = 'k'\nalso = ['乙']\nupright = true"))
    assert heading == Heading("甲", "k", ("乙",), is_upright=True)


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("text = '甲'", Heading("甲")),
        ("id = 'x'", Number("块.x")),
        ("id = 'x'\nindicator = 'units'", Number("块.x", "units")),
        (
            "id = 'x'\nindicator = 'computers'\nwhere = { kind = '台式' }",
            Number("块.x", "computers", {"kind": frozenset({"台式"})}),
        ),
        ("id = '{n}.x'\nfield = 'fax'", RecordField("块.{n}.x", "fax")),
        (
            "id = '{n}'\nlist = 'seats'\nby = 'class'",
            ListColumn("块.{n}", "seats", {}, "class", shows_amount=False),
        ),
        (
            "id = '{n}'\nlist = 'seats'\nby = 'class'\nshows = 'amount'",
            ListColumn("块.{n}", "seats", {}, "class", shows_amount=True),
        ),
        ("id = 'x'\nsummary = 'seats'\nby = 'class'", Summary("块.x", "seats", {}, "class", "")),
        (
            "template = '{a}台'\nnumbers = [{ id = 'x.a', gap = 2 }]",
            Template("{a}台", (Number("块.x.a"),), (2,)),
        ),
    ],
)
def test_keys_say_what_stands_in_a_cell(text: str, content: object) -> None:
    cell = cell_of(an_entry(f"at = 'B2'\n{text}"), "块")
    assert cell.content == content
    assert (cell.area, cell.spans_lines, cell.aligns_left) == (Area(1, 1), False, False)


def test_a_cell_knows_its_line_span_and_alignment() -> None:
    (entry,) = an_entry("\n[[cells]]\nat = 'A1'\ntext = 'x'\nspan = true\nalign = 'left'").tables("cells")
    cell = cell_of(entry, "块")
    assert (cell.line, cell.spans_lines, cell.aligns_left) == (2, True, True)


def test_a_sentence_holds_numbers_only() -> None:
    with pytest.raises(FormFault, match="句子里只能有数"):
        cell_of(an_entry("at = 'A1'\ntemplate = '{a}'\nnumbers = [{ id = 'a', field = 'fax' }]"), "块")


TABLE = """
rows = [{ at = 5, id = "国内", where = { origin = ["国内"] } }, { at = 7, id = "合计" }]
columns = [
    { at = "D", id = "许可", indicator = "seats", where = { class = ["办公"] } },
    { at = "E", id = "总计" },
]
"""


def test_a_table_makes_a_cell_of_every_crossing() -> None:
    cells = {cell.area: cell.content for cell in table_cells(an_entry(TABLE), "块")}
    office = {"origin": frozenset({"国内"}), "class": frozenset({"办公"})}
    assert cells == {
        Area(4, 3): Number("块.国内.许可", "seats", office),
        Area(4, 4): Number("块.国内.总计"),
        Area(6, 3): Number("块.合计.许可"),
        Area(6, 4): Number("块.合计.总计"),
    }


def test_a_slip_of_a_row_is_found_at_the_row() -> None:
    with pytest.raises(FormFault, match="没有「国产」") as caught:
        list(table_cells(an_entry(TABLE.replace('["国内"]', '["国产"]')), "块"))
    assert caught.value.line == 2
