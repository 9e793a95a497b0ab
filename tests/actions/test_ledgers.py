from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from desktop.actions import ledgers
from desktop.errors import AppError
from desktop.store import settings
from desktop.store.campaigns import all_campaigns
from desktop.store.operations import operations
from desktop.store.units import all_units


def test_a_new_ledger_has_a_default_campaign_and_its_office(tmp_path: Path) -> None:
    with closing(ledgers.new_ledger(tmp_path / "甲.db", "县委宣传部")) as ledger:
        assert [campaign.name for campaign in all_campaigns(ledger)] == ["日常台账"]
        assert settings.setting(ledger, settings.OWN_OFFICE) == "县委宣传部"
        assert [op.label for op in operations(ledger)] == ["建立台账"]


def test_a_ledger_opens_again_with_what_it_holds(tmp_path: Path) -> None:
    ledgers.new_ledger(tmp_path / "甲.db", "县委宣传部").close()
    with closing(ledgers.existing_ledger(tmp_path / "甲.db")) as ledger:
        assert settings.setting(ledger, settings.OWN_OFFICE) == "县委宣传部"


def test_ids_differ_and_the_clock_knows_its_zone() -> None:
    assert len({ledgers.random_id() for _ in range(1000)}) == 1000
    assert ledgers.system_clock().tzinfo is not None


def test_a_pc_that_does_not_say_who_works_at_it_is_no_obstacle(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("getpass.getuser", _nobody)
    assert ledgers.operator_name() == ""


def _nobody() -> str:
    raise OSError("no user")


def test_damage_met_on_the_way_is_said(tmp_path: Path) -> None:
    path = tmp_path / "甲.db"
    ledgers.new_ledger(path).close()
    content = path.read_bytes()
    path.write_bytes(content[:4096] + bytes(len(content) - 4096))
    with pytest.raises(AppError, match="损坏"), ledgers.opened(path) as ledger:
        all_units(ledger)
