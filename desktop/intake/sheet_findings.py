"""What is said of a whole sheet or file: hidden, empty, not understood, columns passed over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from desktop.core.findings import Finding, FindingClass, Place
from desktop.intake.headings import column_letters
from desktop.intake.recognise import SheetMap


def hidden(place: Place) -> Finding:
    """Return that a hidden sheet was passed over."""
    return Finding(
        "I40", FindingClass.C, "这张表是隐藏的，没有读取。", "如需导入，请取消隐藏后再导入。", place
    )


def rows_hidden(place: Place, number: int) -> Finding:
    """Return that rows which nobody sees were read."""
    text = f"有 {number} 行是隐藏的（或被筛选掉的），也已读取。"
    return Finding("I60", FindingClass.C, text, "请取消隐藏或筛选后核对；不需要的，请删除后再导入。", place)


def lacking(place: Place, near: SheetMap) -> Finding:
    """Return which columns a sheet lacks that is nearly understood."""
    listed = "、".join(f"「{heading}」" for heading in near.missing)
    return Finding(
        "I21",
        FindingClass.A,
        f"像是「{near.spec.name}」表，但缺少{listed}栏，整张表没有读取。",
        "请补上这一栏，或把它的表头改成这个名称。",
        replace(place, row=near.heading_row + 1),
    )


def contested(place: Place, mapping: SheetMap, position: int) -> Finding:
    """Return that nobody can say which of several columns of one field is meant, or what one is about."""
    several = mapping.contested[position]
    columns = "、".join(f"{column_letters(column)} 列" for column in several)
    words = {" ".join(mapping.headings[column].split()) for column in several}
    heading = words.pop() if len(words) == 1 else mapping.spec.columns[position].heading
    if len(several) > 1:
        text = f"「{heading}」在{columns}都有，分不清各是哪一项的，没有读取。"
        remedy = "请用 mapping 命令指定，或合并成一列，或在上面加大栏目分清后再导入。"
    else:
        text = f"{columns}「{heading}」在软件的左边，分不清是哪个软件的，没有读取。"
        remedy = "请把它移到所说软件的右边，或在上面加大栏目分清后再导入。"
    return Finding("I44", FindingClass.A, text, remedy, replace(place, row=mapping.heading_row + 1))


def column_doubled(place: Place, heading: str, read: str) -> Finding:
    """Return that a column says what another one says that was read."""
    return Finding(
        "I22",
        FindingClass.D,
        f"「{heading}」栏与已读取的「{read}」栏是同一栏目，没有读取。"
        if heading != read
        else f"「{heading}」栏出现了两次，只读取了其中一栏。",
        "如需要，请只保留一栏。",
        place,
    )


def columns_unread(place: Place, headings: Sequence[str]) -> Finding:
    """Return which columns mean nothing to the program."""
    listed = "、".join(f"「{heading}」" for heading in headings)
    return Finding(
        "I22", FindingClass.D, f"{listed}不是台账的栏目，没有读取。", "如需要，请改用台账的栏目名称。", place
    )


def software_unread(place: Place, headings: Sequence[str]) -> Finding:
    """Return which columns of a sheet of computers speak of software, nobody can say of which."""
    listed = "、".join(f"「{heading}」" for heading in headings)
    return Finding(
        "I44",
        FindingClass.A,
        f"{listed}说的是安装的软件，在计算机表里分不清是哪个软件的，没有读取。",
        "软件写在旁边的，请用“操作系统”“办公软件”等作栏目名，在每个的右边写它的版本、是否正版；一行一个软件的，请另放一张「安装」表；确实不登记的，用 mapping 写明“不读”。",
        place,
    )


def nothing_there(place: Place) -> Finding:
    """Return that a file holds nothing to import."""
    return Finding(
        "I23", FindingClass.C, "文件中没有可导入的内容。", "请核对是否选错了文件，或尚未填写。", place
    )


def not_parted(place: Place) -> Finding:
    """Return that nothing was found in a text that parts its columns."""
    return Finding(
        "I21",
        FindingClass.A,
        "没有认出各栏之间是用什么分开的，整个文件没有读取。",
        "请用半角逗号或制表符（Tab）把每一行的各栏分开，各行栏数一致，或另存为 .xlsx 后再导入。",
        place,
    )


def not_understood(place: Place, known: Sequence[str], *, is_grave: bool) -> Finding:
    """Return that a sheet is none of the known ones: grave where its name promises records, or nothing else is there."""
    return Finding(
        "I21",
        FindingClass.A if is_grave else FindingClass.C,
        "没有找到能识别的表头，整张表没有读取。",
        f"请把表名改为{'、'.join(known)}之一，并核对表头，或用 mapping 指明各列是什么；填表说明之类不需要导入的，不必理会。",
        place,
    )
