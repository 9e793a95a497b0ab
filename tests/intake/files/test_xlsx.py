from __future__ import annotations

import struct
import time
import zipfile
from pathlib import Path

import pytest

from desktop.errors import AppError
from desktop.intake.files import package
from desktop.intake.files.raw import Survey
from desktop.intake.files.xlsx import survey_xlsx
from tests.builders import a_workbook
from tests.intake.files.raw_xlsx import LAST_CELL, MEMBERS, SHEET, TEXTS, WORKBOOK, packed, spoilt

ENTITIES = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
LAUGHS = f'<!DOCTYPE l [<!ENTITY a0 "哈哈哈">{ENTITIES}]>'


def refused(path: Path) -> str:
    """Survey a package that must be refused, quickly, and return what is said of it."""
    begun = time.monotonic()
    with pytest.raises(AppError) as caught:
        survey_xlsx(path)
    assert time.monotonic() - begun < 5
    assert caught.value.remedy
    return caught.value.message


def with_cell(path: Path, cell: str) -> Path:
    return spoilt(path, SHEET, LAST_CELL, cell)


def test_a_sound_package_has_no_errors(tmp_path: Path) -> None:
    assert survey_xlsx(packed(tmp_path / "表.xlsx")) == {"计算机": Survey()}
    assert survey_xlsx(a_workbook(tmp_path / "又.xlsx", {"一": [["甲"]], "二": [[1]]})) == {
        "一": Survey(),
        "二": Survey(),
    }


def test_errors_are_told_by_sheet_and_place(tmp_path: Path) -> None:
    path = with_cell(tmp_path / "表.xlsx", '<c r="AB2" t="e"><v>#N/A</v></c>')
    assert survey_xlsx(path) == {"计算机": Survey({(1, 27): "#N/A"})}


def test_two_names_for_one_sheet_share_its_errors(tmp_path: Path) -> None:
    twice = '<sheet name="又" sheetId="2" r:id="rId1"/></sheets>'
    assert survey_xlsx(spoilt(tmp_path / "表.xlsx", WORKBOOK, "</sheets>", twice)) == {
        "计算机": Survey(),
        "又": Survey(),
    }


@pytest.mark.parametrize("share", [0, 0.1, 0.5, 0.9, 0.999])
def test_a_truncated_file_is_refused(tmp_path: Path, share: float) -> None:
    whole = packed(tmp_path / "全.xlsx").read_bytes()
    (tmp_path / "半.xlsx").write_bytes(whole[: int(len(whole) * share)])
    assert "不完整" in refused(tmp_path / "半.xlsx")


def test_a_flipped_byte_is_refused(tmp_path: Path) -> None:
    path = packed(tmp_path / "坏.xlsx")
    content = bytearray(path.read_bytes())
    content[content.index(SHEET.encode()) + len(SHEET) + 20] ^= 0xFF
    path.write_bytes(content)
    refused(path)


def test_an_encrypted_member_is_refused(tmp_path: Path) -> None:
    path = packed(tmp_path / "密.xlsx")
    content = bytearray(path.read_bytes())
    for sign, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = content.index(sign) + offset
        content[place] |= 1
    path.write_bytes(content)
    refused(path)


def test_a_name_twice_is_refused(tmp_path: Path) -> None:
    path = packed(tmp_path / "双.xlsx")
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(path, "a") as opened:
        opened.writestr(SHEET, "<worksheet/>")
    assert "结构异常" in refused(path)


def declared(path: Path, size: int) -> Path:
    """Let the first member say that it unpacks to another size."""
    content = bytearray(path.read_bytes())
    place = content.index(b"PK\x01\x02") + 24
    content[place : place + 4] = struct.pack("<I", size)
    path.write_bytes(content)
    return path


def test_a_bomb_is_refused_by_its_declared_size(tmp_path: Path) -> None:
    assert "结构异常" in refused(declared(packed(tmp_path / "弹.xlsx"), 2_000_000_000))


def test_a_member_that_unpacks_a_hundredfold_is_refused(tmp_path: Path) -> None:
    assert "结构异常" in refused(packed(tmp_path / "弹.xlsx", {"xl/x.xml": bytes(20_000_000)}))


def test_a_member_that_declares_less_than_it_holds_is_refused(tmp_path: Path) -> None:
    assert "损坏" in refused(declared(packed(tmp_path / "谎.xlsx"), 10))


@pytest.mark.parametrize(
    "cell",
    [
        '<c r="XFD1048576" t="s"><v>3</v></c>',
        '<c r="xfd1048576" t="s"><v>3</v></c>',
        "<c r='XFD1048576' t='s'><v>3</v></c>",
        '<c t="s" r="XFD1048576"><v>3</v></c>',
        '<c r="B4294967295" t="s"><v>3</v></c>',
        '<c r="ZZZZZZ99999999999" t="s"><v>3</v></c>',
        '<c r="XFD1048576" t="inlineStr"><is><t></t></is></c>',
    ],
)
def test_cells_at_the_end_of_the_world_are_refused(tmp_path: Path, cell: str) -> None:
    said = refused(with_cell(tmp_path / "远.xlsx", cell))
    assert "「计算机」" in said
    assert "超出范围" in said


def test_cells_far_out_that_hold_only_a_style_do_no_harm(tmp_path: Path) -> None:
    survey_xlsx(with_cell(tmp_path / "远.xlsx", LAST_CELL + '<c r="XFD1048576" s="1"/>'))


def test_a_declared_dimension_is_not_believed(tmp_path: Path) -> None:
    survey_xlsx(spoilt(tmp_path / "表.xlsx", SHEET, "A1:B2", "A1:XFD1048576"))


def test_more_texts_announced_than_can_be_there_are_refused(tmp_path: Path) -> None:
    for number in ("4294967295", "99999999999999999999"):
        path = spoilt(tmp_path / "字.xlsx", TEXTS, 'uniqueCount="4"', f"uniqueCount='{number}'")
        assert "结构异常" in refused(path)


def test_laughing_workbooks_are_refused(tmp_path: Path) -> None:
    refused(spoilt(tmp_path / "笑.xlsx", WORKBOOK, "<workbook", f"{LAUGHS}<workbook"))
    unusual = LAUGHS + "<worksheet><sheetData><row><c><v>&a11;</v></c></row></sheetData></worksheet>"
    refused(packed(tmp_path / "笑.xlsx", {SHEET: unusual}))


def test_a_package_that_is_no_workbook_has_no_sheets(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "包.xlsx", "w") as opened:
        opened.writestr("a.txt", "甲")
    assert survey_xlsx(tmp_path / "包.xlsx") == {}


def test_an_index_of_absurd_size_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "_LARGEST_INDEX", 10)
    assert survey_xlsx(packed(tmp_path / "表.xlsx")) == {}


@pytest.mark.parametrize("letters", ["Azz", "azz", "aZz"])
def test_columns_in_small_letters_are_measured(tmp_path: Path, letters: str) -> None:
    far = f'<c r="{letters}1048576"><v>1</v></c>'
    assert "超出范围" in refused(with_cell(tmp_path / "远.xlsx", LAST_CELL + far))


def test_zeros_before_a_number_do_not_hide_it(tmp_path: Path) -> None:
    path = spoilt(tmp_path / "字.xlsx", TEXTS, 'uniqueCount="4"', f'uniqueCount="{"0" * 31}999999999"')
    assert "结构异常" in refused(path)


def test_a_long_text_in_very_many_cells_is_refused(tmp_path: Path) -> None:
    text = f"<si><t>{'长' * 20_000}</t></si>"
    texts = MEMBERS[TEXTS].replace("</sst>", f"{text}</sst>").replace('uniqueCount="4"', 'uniqueCount="5"')
    rows = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>4</v></c></row>' for n in range(1, 9_000))
    sheet = MEMBERS[SHEET][: MEMBERS[SHEET].index("<row")] + rows + "</sheetData></worksheet>"
    assert "结构异常" in refused(packed(tmp_path / "弹.xlsx", {TEXTS: texts, SHEET: sheet}))
    few = sheet.replace("<v>4</v>", "<v>3</v>")
    survey_xlsx(packed(tmp_path / "长.xlsx", {TEXTS: texts, SHEET: few}))


def test_many_members_that_unpack_a_hundredfold_are_refused(tmp_path: Path) -> None:
    members: dict[str, str | bytes | None] = {f"xl/x{n}.xml": bytes(9_000_000) for n in range(6)}
    assert "结构异常" in refused(packed(tmp_path / "弹.xlsx", members))
