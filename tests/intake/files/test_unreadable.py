from __future__ import annotations

from pathlib import Path

from desktop.intake.files.unreadable import unreadable


def test_the_error_names_the_file_and_what_to_do() -> None:
    error = unreadable(Path("some/表.xlsx"), "坏了。", "请另存。")
    assert (error.code, str(error)) == ("UNREADABLE", "无法读取：《表.xlsx》：坏了。请另存。")
