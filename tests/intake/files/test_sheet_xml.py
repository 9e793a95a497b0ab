from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.intake.files import xml
from desktop.intake.files.raw import UNCALCULATED
from desktop.intake.files.sheet_xml import (
    Measure,
    TooLargeError,
    measure,
    refuse_larger,
)
from desktop.intake.files.xml import BadXmlError


def measured(xml: str) -> Measure:
    return measure(io.BytesIO(f"<worksheet><sheetData>{xml}</sheetData></worksheet>".encode()))


def exactly(xml: str, most: int) -> None:
    refuse_larger(io.BytesIO(f"<worksheet><sheetData>{xml}</sheetData></worksheet>".encode()), most)


def test_a_usual_sheet_is_measured_by_its_references() -> None:
    found = measured('<row r="2"><c r="AC120000" t="n"><v>1</v></c></row>')
    assert (found.is_sheet, found.is_usual, found.columns, found.rows) == (True, True, 29, 120_000)


def test_a_small_sheet_counts_as_much_as_its_patterns_do_not_see() -> None:
    found = measured('<row r="2"><c r="B2"><v>1</v></c></row>')
    assert (found.columns, found.rows, found.cells) == (26, 99_999, 26 * 99_999)


def test_a_member_without_rows_is_no_sheet() -> None:
    found = measure(io.BytesIO(b'<sst count="9" uniqueCount = "12"><si/></sst>'))
    assert (found.is_sheet, found.announced) == (False, 12)


@pytest.mark.parametrize(
    "cell", ["<c><v>1</v></c>", "<c/>     ", '<c s="1" r="A1"/>', '<x:c r="A1"><v/></x:c>', "<c\nr='A1'></c>"]
)
def test_sheets_written_in_other_ways_are_known(cell: str) -> None:
    assert not measured(f"<row>{cell}</row>").is_usual


@pytest.mark.parametrize("size", [7, 64, 500])
def test_pieces_do_not_hide_what_lies_between_them(size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xml, "_CHUNK", size)
    rows = "".join(f'<row r="{n}"><c r="A{n}" t="e"><v>#N/A</v></c></row>' for n in range(1, 40))
    found = measured(rows + '<row><c r="ABC1234567"><f>1</f></c></row>')
    assert found.is_usual
    assert (found.columns, found.rows) == (731, 1_234_567)
    assert found.errors == {**{(n, 0): "#N/A" for n in range(39)}, (1_234_566, 730): UNCALCULATED}


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ('<c r="A1" s="3" t="e"><v>#REF!</v></c>', "#REF!"),
        ('<c r="A1" t="e"><f>B1/0</f><v>#DIV/0!</v></c>', "#DIV/0!"),
        ('<c r="A1" t="e"><f t="shared" si="0"/><v>#N/A</v></c>', "#N/A"),
        ('<c r="A1" t="e"></c>', "#N/A"),
        ('<c r="A1"><f>B1</f></c>', UNCALCULATED),
        ('<c r="A1" s="2"><f>B1</f><v></v></c>', UNCALCULATED),
        ('<c r="A1"><f t="shared" si="0"/><v/></c>', UNCALCULATED),
    ],
)
def test_errors_of_formulas_are_found(cell: str, text: str) -> None:
    assert measured(f'<row r="1">{cell}</row>').errors == {(0, 0): text}


def test_hidden_rows_are_found_and_hidden_columns_are_none() -> None:
    rows = '<row r="2" spans="1:3" hidden="1"></row><row r="3" ht="9" hidden="true"/><row r="4" hidden="0"/>'
    assert measured(f'<cols><col min="1" max="1" hidden="1"/></cols>{rows}<row r="5"></row>').hidden == {1, 2}


@pytest.mark.parametrize(
    "cell",
    [
        '<c r="A1"><f>B1</f><v>2</v></c>',
        '<c r="A1" t="str"><f>IF(B1="","",B1)</f><v></v></c>',
        '<c r="A1" t="inlineStr"><is><t>t="e"</t></is></c>',
        '<c r="A1"><v></v></c>',
    ],
)
def test_results_and_texts_are_no_errors(cell: str) -> None:
    assert measured(f'<row r="1">{cell}</row>').errors == {}


@pytest.mark.parametrize(
    "xml",
    [
        '<row r="100"><c r="A1"><v/></c><c r="J100"><v/></c></row>',
        '<row r="100"><c/><c><v/></c></row>' + "<row><c r='j2'><v/></c></row>",
        "<row/>" * 99 + "<row><c><v/></c></row><row r='x'><c r='??'/></row><row r='1'><c r='J1'><is/></c></row>",
        "<x:row r='100'><x:c><x:v/></x:c></x:row><row r='1'>" + "<c><v/></c>" * 10 + "</row>",
    ],
)  # fmt: skip
def test_an_exact_measure_follows_rows_and_cells(xml: str) -> None:
    exactly(xml.replace("<x:", "<").replace("</x:", "</"), 1000)
    with pytest.raises(TooLargeError):
        exactly(xml.replace("<x:", "<").replace("</x:", "</"), 999)


def test_cells_without_content_do_not_count() -> None:
    exactly('<row r="1048576"><c r="XFD1048576" s="4"/></row>', 0)


@pytest.mark.parametrize("xml", ["<row>", "<row></c></row>", "&nothing;"])
def test_xml_that_cannot_be_parsed_is_told(xml: str) -> None:
    with pytest.raises(BadXmlError):
        exactly(xml, 1)


@given(st.integers(1, 2_000_000), st.integers(1, 16_384))
def test_the_fast_measure_is_never_smaller_than_the_exact_one(row: int, column: int) -> None:
    letters = ""
    rest = column
    while rest:
        rest, letter = divmod(rest - 1, 26)
        letters = chr(65 + letter) + letters
    xml = f'<row r="{row}"><c r="{letters}{row}"><v>1</v></c></row>'
    assert measured(xml).cells >= row * column
    exactly(xml, row * column)
    with pytest.raises(TooLargeError):
        exactly(xml, row * column - 1)


@given(st.binary(max_size=300))
def test_any_bytes_can_be_measured(content: bytes) -> None:
    assert measure(io.BytesIO(content)).cells >= 0
