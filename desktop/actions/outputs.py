"""Which files an output may take the place of: none that this program did not write itself."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

from desktop.errors import AppError, reason_of
from desktop.forms.paper.render_pdf import CREATOR
from desktop.forms.tables.render_xlsx import MADE_BY
from desktop.intake.files.package import ZIP_FAULTS
from desktop.store.backup import backups_folder


def refuse_bad_outputs(outputs: Mapping[str, Path], ledger: Path | None = None) -> None:
    """Raise AppError for an output, by its kind, that would take the place of something else.

    That is the ledger, another output, a folder or device, or a file that is no output of this kind. Neither may a name
    end as outputs of another kind do.
    """
    places = [_place(path) for path in outputs.values()]
    own = _place(ledger) if ledger else None
    endings = ("", "-wal", "-shm", "-journal", ".lock")
    of_ledger = {own.with_name(own.name + ending) for ending in endings} if own else set()
    for kind, path in outputs.items():
        place = _place(path)
        if place in of_ledger or (own and backups_folder(own) in place.parents):
            raise _refused(path, "是台账文件或它的备份，没有写入任何内容。")
        if places.count(place) > 1:
            raise _refused(path, "被用作两种输出，没有写入任何内容。")
        if place.is_file() and not _is_output(place, kind):
            raise _refused(path, f"已经存在，而且不是本程序输出的{kind}文件，没有改动它。")
        if place.exists() and not place.is_file():
            raise _refused(path, "是文件夹或设备，没有写入任何内容。")
        of_ending = _ENDINGS.get(path.suffix.lower(), kind)
        if of_ending != kind:
            raise _refused(path, f"是{of_ending}的后缀，却要输出{kind}，没有写入任何内容。")


def _place(path: Path) -> Path:
    """Return the file behind links; raises AppError for a name that cannot be one."""
    try:
        place = path.resolve()
        place.exists()
    except (OSError, RuntimeError) as error:
        reason = reason_of(error) if isinstance(error, OSError) else "链接转回自己"
        raise _refused(path, f"不能用作文件名（{reason}），没有写入任何内容。") from error
    return place


def _refused(path: Path, what: str) -> AppError:
    return AppError("OUTPUT", "不能输出", message=f"「{path}」{what}", remedy="请换一个文件名。")


def _is_output(path: Path, kind: str) -> bool:
    """Return whether a file is an output of a kind, written by this program, or empty."""
    try:
        return path.stat().st_size == 0 or _MARKS[kind](path)
    except OSError as error:
        raise _refused(path, f"已经存在，打不开（{reason_of(error)}），没有改动它。") from error
    except (
        *ZIP_FAULTS,
        KeyError,
    ):  # no package, or one without the part that names its maker: somebody's own
        return False


def _is_our_workbook(path: Path) -> bool:
    """Return whether a workbook is ours and nobody has saved it since: spreadsheet programs leave their name."""
    with zipfile.ZipFile(path) as package, package.open("docProps/core.xml") as about:
        said = about.read(4096).decode()
    return MADE_BY in said and "lastModifiedBy" not in said


def _is_our_pdf(path: Path) -> bool:
    content = path.read_bytes()
    return content.startswith(b"%PDF-") and f"/Creator ({CREATOR})".encode() in content


def _is_our_text(path: Path) -> bool:
    lines = path.read_text(encoding="utf-8").splitlines()
    return any(line.startswith("┌") for line in lines) and any(line.startswith("└") for line in lines)


def _is_our_json(path: Path) -> bool:
    return path.read_text(encoding="utf-8").startswith('{\n "form": ')


def _is_our_journal(path: Path) -> bool:
    with path.open(encoding="utf-8-sig") as file:
        return file.readline().startswith("操作号,时间,操作人,")


_ENDINGS = {".pdf": "PDF", ".xlsx": "工作簿", ".txt": "文本", ".json": "JSON", ".csv": "日志"}
_MARKS: Mapping[str, Callable[[Path], bool]] = {
    "PDF": _is_our_pdf,
    "工作簿": _is_our_workbook,
    "文本": _is_our_text,
    "JSON": _is_our_json,
    "日志": _is_our_journal,
}
