from __future__ import annotations

import pytest

from desktop.core.campaign import Switches, TotalMeaning
from desktop.core.indicators import INDICATORS, TOTAL, dimensions_of, resolve


def test_every_indicator_says_what_it_means_in_what_measure() -> None:
    for code, indicator in INDICATORS.items():
        assert indicator.code == code
        assert indicator.name
        assert indicator.measure in {"个", "台", "套", "份", "分", "人"}
        assert len(indicator.meaning) > 10


def test_every_indicator_can_be_asked_by_group_and_unit() -> None:
    assert all(indicator.dimensions[:2] == ("group", "unit") for indicator in INDICATORS.values())
    assert all(len(set(i.dimensions)) == len(i.dimensions) for i in INDICATORS.values())


@pytest.mark.parametrize(
    ("meaning", "code"), [(TotalMeaning.PACKS, "packs"), (TotalMeaning.INSTALLED, "installations")]
)
def test_the_total_is_packs_or_copies_as_the_campaign_settled(meaning: TotalMeaning, code: str) -> None:
    assert resolve(TOTAL, Switches(total_meaning=meaning)).code == code


@pytest.mark.parametrize("code", list(INDICATORS))
def test_every_other_code_stands_for_itself(code: str) -> None:
    assert resolve(code, Switches()) is INDICATORS[code]
    assert dimensions_of(code) == INDICATORS[code].dimensions


def test_the_total_can_be_asked_by_what_both_meanings_have() -> None:
    both = set(INDICATORS["packs"].dimensions) & set(INDICATORS["installations"].dimensions)
    assert set(dimensions_of(TOTAL)) == both


def test_an_unknown_code_is_an_error_of_the_program() -> None:
    with pytest.raises(KeyError):
        resolve("licences", Switches())
    with pytest.raises(KeyError):
        dimensions_of("licences")
