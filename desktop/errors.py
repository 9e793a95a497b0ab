"""The error a person can do something about: the world is wrong, not the data and not the program.

Wrong data is never raised; it is a listed `Finding` (see `desktop.core.findings`).
"""

from __future__ import annotations


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
