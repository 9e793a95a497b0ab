from __future__ import annotations

import sys
from pathlib import Path

import pytest

from desktop import paths


def test_the_checkout_holds_forms_and_resources() -> None:
    assert (paths.bundled_forms() / "T02.toml").is_file()
    assert paths.resources("intake", "sheets.toml").is_file()


def test_a_frozen_program_looks_in_its_own_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert paths.program_root() == tmp_path
