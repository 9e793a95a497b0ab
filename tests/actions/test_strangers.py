"""What a file that was not issued here says of itself."""

from __future__ import annotations

import pytest

from desktop.actions.strangers import issue_named_in, stranger_lines


def test_number_and_code_are_read_off_a_pdf() -> None:
    assert issue_named_in(b"<< /Keywords (T02-1-2024-0001 AAAA-BBBB-CCCC) >>") == (
        "T02-1-2024-0001",
        "AAAA-BBBB-CCCC",
    )
    assert issue_named_in(b"<< /Keywords () >>") == ("", "")
    assert issue_named_in(b"%PDF") == ("", "")


@pytest.mark.parametrize("content", [b"", b"%PDF-1.4", b"PK\x03\x04", b"/Keywords (a b)"])
def test_what_is_not_of_this_program_is_said_plainly(content: bytes) -> None:
    assert stranger_lines("甲.pdf", content) == ("「甲.pdf」不是从这个台账定稿的。",)


def test_a_file_of_ours_without_a_number_may_be_of_another_ledger() -> None:
    said = stranger_lines("甲.pdf", b"/Creator (Zhengban Ledger)")
    assert "可能是送审稿" in said[0]
    assert "也可能是别的台账" in said[0]
