from __future__ import annotations

import pytest

from desktop.store.database import Ledger
from desktop.store.faults import IntegrityFault
from desktop.store.settings import OWN_OFFICE, setting, write_setting
from desktop.store.undoing import undo
from tests.store.record_builders import changed


def test_a_setting_never_made_is_empty(ledger: Ledger) -> None:
    assert setting(ledger, OWN_OFFICE) == ""


def test_a_setting_holds_what_was_written_last(ledger: Ledger) -> None:
    for name in ("版权局", "文旅局", ""):
        changed(ledger, "设置", lambda name=name: write_setting(ledger, OWN_OFFICE, name))  # type: ignore[misc]  # bound now
        assert setting(ledger, OWN_OFFICE) == name


def test_a_setting_is_taken_back_like_any_record(ledger: Ledger) -> None:
    changed(ledger, "设置", lambda: write_setting(ledger, OWN_OFFICE, "版权局"))
    undo(ledger, changed(ledger, "设置", lambda: write_setting(ledger, OWN_OFFICE, "文旅局")))
    assert setting(ledger, OWN_OFFICE) == "版权局"


def test_a_setting_is_made_inside_an_operation_only(ledger: Ledger) -> None:
    with pytest.raises(IntegrityFault):
        write_setting(ledger, OWN_OFFICE, "版权局")
