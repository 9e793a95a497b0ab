from __future__ import annotations

from pathlib import Path

import pytest

from desktop.errors import AppError
from desktop.intake.files.package import index, package_of
from tests.intake.files.raw_xlsx import packed


def test_faults_met_inside_the_block_name_the_file(tmp_path: Path) -> None:
    with pytest.raises(AppError) as caught, package_of(packed(tmp_path / "表.xlsx")):
        raise EOFError
    assert "《表.xlsx》：文件不完整" in caught.value.message


def test_a_locked_file_is_not_taken_for_a_damaged_one(tmp_path: Path) -> None:
    with pytest.raises(PermissionError), package_of(packed(tmp_path / "表.xlsx")):
        raise PermissionError


def test_a_member_that_is_not_there_has_no_elements(tmp_path: Path) -> None:
    with package_of(packed(tmp_path / "表.xlsx")) as package:
        assert index(package, "没有.xml") == []
        assert index(package, "xl/workbook.xml")[1] == ("sheets", {})
