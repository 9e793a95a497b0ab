"""What a file says of itself that is, byte for byte, none that was issued from this ledger."""

from __future__ import annotations

import io
import re
import zipfile

from desktop.forms.paper.render_pdf import CREATOR
from desktop.forms.tables.render_xlsx import MADE_BY
from desktop.intake.files.package import ZIP_FAULTS

_KEYWORDS = re.compile(rb"/Keywords \(([^)]*)\)")
_ABOUT = "docProps/core.xml"
_MOST_SAID = 4096


def issue_named_in(content: bytes) -> tuple[str, str]:
    """Return number and check code that a PDF of ours carries; empty ones for another file."""
    found = _KEYWORDS.search(content)
    number, _, code = (found.group(1).decode("ascii", "replace") if found else "").rpartition(" ")
    return number, code


def stranger_lines(name: str, content: bytes) -> tuple[str, ...]:
    """Return what a file of this name can be that no issued form of this ledger accounts for, and what to do."""
    number, code = issue_named_in(content)
    if number and CREATOR.encode() in content:
        return (
            f"「{name}」写着定稿 {number}、校验码 {code}，这个台账里没有这份定稿：它是别的台账定稿的。",
            "请在定稿它的台账里核验；确是本台账定稿的，请用定稿以后的备份核验。",
        )
    if CREATOR.encode() in content:
        return (
            f"「{name}」是本程序输出的，这个台账里没有它的定稿，文件里也没有编号："
            "可能是送审稿或没有定稿的表，也可能是别的台账定稿后重新保存过的。",
            "请看纸面右下角有没有编号和校验码：有的，请在定稿它的台账里用校验码核验。",
        )
    if _is_our_workbook(content):
        return (
            f"「{name}」是本程序输出的工作簿，这个台账里没有它的定稿："
            "可能没有定稿或定稿后保存过，也可能是别的台账定稿的。",
            "请用 issued print 编号 --xlsx 重新输出后对照；别的台账定稿的，请在那个台账里核验。",
        )
    return (f"「{name}」不是从这个台账定稿的。",)


def _is_our_workbook(content: bytes) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package, package.open(_ABOUT) as about:
            return MADE_BY in about.read(_MOST_SAID).decode("utf-8", "replace")
    except (*ZIP_FAULTS, KeyError):  # no package, or one that does not name its maker: somebody's own
        return False
