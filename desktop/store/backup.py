"""Backups of the ledger with its documents, proved by opening them, thinned as they age."""

from __future__ import annotations

import datetime
import re
import shutil
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from sqlcipher3 import dbapi2

from desktop.errors import AppError, reason_of
from desktop.files import sweep, whole_file
from desktop.store.database import Ledger
from desktop.store.documents import documents_folder
from desktop.store.faults import faults_of

_STAMP = "%Y%m%d-%H%M%S"
_NAME = re.compile(r"(\d{8}-\d{6})-.*?(?:-(\d+))?\.db")


def backups_folder(ledger_path: Path) -> Path:
    """Return the folder of a ledger's backups."""
    stem = ledger_path.stem if ledger_path.suffix == ".db" else ledger_path.name
    return ledger_path.with_name(f"{stem}-备份")


def make_backup(ledger: Ledger, label: str) -> Path:
    """Back the ledger and its documents up, prove the copy, thin the older ones; return the copy's path.

    Raises AppError for a ledger opened read-only, and when the copy cannot be written or does not open; no half copy
    is left then.
    """
    ledger.refuse_if_read_only()
    folder = backups_folder(ledger.path)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        target = _free_name(folder, f"{ledger.clock().strftime(_STAMP)}-{label}")
        with whole_file(target) as partial, faults_of(target):
            _copy_database(ledger, partial)
            _prove(partial, target)
            _copy_documents(documents_folder(ledger.path), folder / "证明材料")
    except OSError as error:
        raise AppError(
            "BACKUP",
            "备份失败",
            message=f"不能写入「{folder}」（{reason_of(error)}），操作没有进行。",
            remedy="请检查磁盘空间和写入权限。",
        ) from error
    _thin(folder, ledger.today)
    return target


def clear_away(ledger_path: Path) -> None:
    """Remove half backups and half documents that were left when the program was killed.

    Only while the ledger is held: nobody else writes into its folders then.
    """
    for folder in (backups_folder(ledger_path), documents_folder(ledger_path)):
        with suppress(OSError):  # a folder that cannot be listed is no reason to refuse the ledger
            sweep(folder)


def _free_name(folder: Path, stem: str) -> Path:
    names = (folder / f"{stem}{f'-{n}' if n else ''}.db" for n in range(10_000))
    return next(name for name in names if not name.exists())


def _copy_database(ledger: Ledger, target: Path) -> None:
    copy = dbapi2.connect(str(target))
    try:
        ledger.connection.backup(copy)
    finally:
        copy.close()


def _prove(path: Path, target: Path) -> None:
    copy = dbapi2.connect(str(path))
    try:
        said = copy.execute("PRAGMA integrity_check(1)").fetchone()[0]
    finally:
        copy.close()
    if said != "ok":
        raise AppError(
            "BACKUP",
            "备份失败",
            message=f"台账或备份「{target.name}」的内容已损坏，操作没有进行。",
            remedy="请从较早的备份恢复，损坏的台账请原样保留，并检查磁盘。",
        )


def _copy_documents(source: Path, target: Path) -> None:
    """Copy the documents that the backup does not hold yet; they never change, so a name is enough."""
    for file in source.glob("??/" + "[0-9a-f]" * 64):
        copy = target / file.parent.name / file.name
        if not copy.exists():
            copy.parent.mkdir(parents=True, exist_ok=True)
            with whole_file(copy) as partial:
                shutil.copy2(file, partial)


def _thin(folder: Path, today: datetime.date) -> None:
    for path in superfluous(folder.glob("*.db"), today):
        with suppress(OSError):  # open in another program: it goes next time
            path.unlink()


def superfluous(backups: Iterable[Path], today: datetime.date) -> list[Path]:
    """Return the backups that may go: kept are all of today, then the last a day, a week, a month.

    Daily ones are kept for a week, weekly ones for two months, monthly ones for ever; a week that ends in another
    month keeps one of each. A file that is not named as a backup is somebody's own and stays.
    """
    made = {path: when for path in backups if (when := _made(path.name))}
    kept: set[tuple[str, str]] = set()
    gone = []
    for path in sorted(made, key=made.__getitem__, reverse=True):
        day = made[path][0].date()
        slot = _slot(path.name, day, (today - day).days)
        if slot in kept:
            gone.append(path)
        kept.add(slot)
    return gone


def _made(name: str) -> tuple[datetime.datetime, int] | None:
    """Return when the backup of this name was made, and which it was of that second; nothing for another name."""
    match = _NAME.fullmatch(name)
    if match is None:
        return None
    try:
        time = datetime.datetime.strptime(f"{match[1]}+0000", f"{_STAMP}%z")
    except ValueError:
        return None
    return time, int(match[2] or 0)


def _slot(name: str, day: datetime.date, age: int) -> tuple[str, str]:
    if age <= 0:
        return "once", name
    if age <= 7:
        return "day", day.isoformat()
    if age <= 62:
        return "week", day.strftime("%G-%V %m")
    return "month", day.strftime("%Y-%m")
