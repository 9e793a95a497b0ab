"""The error for a file from outside that cannot be read: which file, why, what to do. Reads nothing itself."""

from __future__ import annotations

from pathlib import Path

from desktop.errors import AppError


def unreadable(path: Path, what: str, remedy: str) -> AppError:
    """Return the error that refuses a whole file."""
    return AppError("UNREADABLE", "无法读取", message=f"《{path.name}》：{what}", remedy=remedy)
