from __future__ import annotations

from desktop.actions.importing import vocabulary
from desktop.intake.choices import Choice, chosen, signature
from desktop.intake.files.raw import RawSheet
from desktop.intake.headings import heading_rows

ROWS: list[list[object]] = [
    ["登记表"],
    ["机器号", "设备", "操作系统", "备注"],
    ["001", "台式", "Windows 10", ""],
]
CHOICE = Choice("computer", {0: "asset_no", 1: "kind"}, ("机器号", "设备", "操作系统", "备注"), (3,))


def sheet(*rows: list[object]) -> RawSheet:
    return RawSheet("表", rows)


SIGN = signature(heading_rows(sheet(*ROWS))[1])


def test_a_sheet_with_the_same_headings_is_read_as_chosen() -> None:
    computer, system = chosen(sheet(["别的标题"], *ROWS), {SIGN: CHOICE}, vocabulary())
    assert (computer.heading_row, dict(computer.columns)) == (2, {1: 0, 5: 1})
    assert (computer.unread, computer.doubled, computer.missing) == ((), (), ())
    assert {system.headings[column] for column in system.columns.values()} == {"机器号", "操作系统"}


def test_software_that_is_said_not_to_be_read_is_left_alone() -> None:
    choice = Choice("computer", CHOICE.fields, CHOICE.headings, (2, 3))
    assert len(chosen(sheet(*ROWS), {SIGN: choice}, vocabulary())) == 1


def test_other_headings_are_not_touched() -> None:
    changed = [[*ROWS[1][:2], "别的", "备注"]]
    assert chosen(sheet(*changed), {SIGN: CHOICE}, vocabulary()) == []
    assert chosen(sheet(*ROWS), {}, vocabulary()) == []


def test_blanks_brackets_and_empty_columns_at_the_end_do_not_change_a_signature() -> None:
    spelt: list[list[object]] = [["机 器 号", "设备（类型）", "操作系统", "备注", "", ""]]
    assert signature(heading_rows(sheet(*spelt))[0]) == SIGN


def test_a_choice_comes_back_from_plain_values() -> None:
    assert Choice.from_json(CHOICE.to_json()) == CHOICE


def test_a_kind_that_is_no_longer_known_is_not_read() -> None:
    unknown = Choice("飞机", {}, (), ())
    assert chosen(sheet(*ROWS), {SIGN: unknown}, vocabulary()) == []
