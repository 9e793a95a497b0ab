from __future__ import annotations

from pathlib import Path

import pytest

from desktop.actions.naming import campaign_called, form_called, unit_called
from desktop.errors import AppError
from desktop.forms.spec import FormSpec
from desktop.store.database import Ledger
from tests.builders import a_ledger, imported

UNITS = [["单位名称", "简称"], ["县委宣传部", "宣传部"], ["县公安局", "公安"], ["县法院", "公安"]]


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    ledger = a_ledger("县委宣传部")
    imported(ledger, tmp_path, {"单位": UNITS})
    return ledger


def test_a_form_is_found_by_code_or_any_title() -> None:
    for name in ("T02", "t02", "软件正版化情况统计表", "软件正版化检查整改工作统计表"):
        assert form_called(name).code == "T02"


def test_a_broken_form_is_named_with_its_reason(tmp_path: Path) -> None:
    (tmp_path / "forms").mkdir()
    (tmp_path / "forms" / "X01.toml").write_text("format = 2", encoding="utf-8")
    with pytest.raises(AppError, match=r"《X01.toml》无法读取：第 1 行"):
        form_called("X01", tmp_path / "台账.db")
    assert isinstance(form_called("T01", tmp_path / "台账.db"), FormSpec)


def test_a_broken_form_of_the_offices_own_is_not_passed_over(tmp_path: Path) -> None:
    (tmp_path / "forms").mkdir()
    (tmp_path / "forms" / "T02.toml").write_text("format = 2", encoding="utf-8")
    with pytest.raises(AppError, match=r"《T02.toml》无法读取"):
        form_called("T02", tmp_path / "台账.db")


def test_a_name_that_two_units_answer_to_is_not_guessed(ledger: Ledger) -> None:
    with pytest.raises(AppError, match="「公安」可能是县公安局、县法院"):
        unit_called(ledger, "公安")
    assert unit_called(ledger, "宣传部").name == "县委宣传部"


def test_a_campaign_is_found_by_name_and_the_first_is_the_default(ledger: Ledger) -> None:
    assert campaign_called(ledger, "").name == campaign_called(ledger, "日常台账").name
    with pytest.raises(AppError, match="可用的有：日常台账"):
        campaign_called(ledger, "没有")


def test_a_name_near_the_one_meant_is_proposed(ledger: Ledger) -> None:
    with pytest.raises(AppError, match="「县公安」没有登记。是否应为「县公安局」？"):
        unit_called(ledger, "县公安")
    with pytest.raises(AppError) as caught:
        unit_called(ledger, "火星")
    assert caught.value.remedy == "请核对名称。"
