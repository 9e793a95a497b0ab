"""The error a person can do something about: the world is wrong, not the data and not the program.

Wrong data is never raised; it is a listed `Finding` (see `desktop.core.findings`).
"""

from __future__ import annotations

import errno


class AppError(Exception):
    """A disk that is full, a file that is locked, a name that is not there: what happened and what to do.

    `code` is stable and short, `title` names the event, `message` says what happened to which thing and where,
    `remedy` says what to do and is never empty.
    """

    def __init__(self, code: str, title: str, *, message: str, remedy: str) -> None:
        super().__init__(f"{title}：{message}{remedy}")
        self.code = code
        self.title = title
        self.message = message
        self.remedy = remedy


class FindingsError(AppError):
    """What was asked is refused because of findings about a form, which the message lists: the data, not the world."""


_REASONS = {
    errno.ENOSPC: "磁盘已满",
    errno.EDQUOT: "磁盘已满",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EROFS: "磁盘或文件夹只能读",
    errno.ENOENT: "文件夹不存在",
    errno.ENOTDIR: "上一级不是文件夹",
    errno.EISDIR: "这是一个文件夹",
    errno.EFBIG: "文件过大",
    errno.ENAMETOOLONG: "名称过长",
    errno.EEXIST: "同名的文件或链接已经存在",
    errno.ELOOP: "链接转回自己",
    errno.EIO: "磁盘读写出错",
}


def reason_of(error: OSError) -> str:
    """Return in Chinese why the system refused; its number where it is an unusual reason."""
    return _REASONS.get(error.errno or 0, f"系统错误 {error.errno}")
