from __future__ import annotations

import pytest

from desktop.core.product import Origin, Product, SoftwareClass, make_catalogue

WINDOWS = Product(
    "Windows 7", SoftwareClass.SYSTEM, Origin.FOREIGN, also=("Win7", "视窗7"), editions=("专业版", "旗舰版")
)
OFFICE = Product("WPS Office", SoftwareClass.OFFICE, Origin.DOMESTIC, editions=("专业版",))
OFFICE_PRO = Product("WPS Office 专业版", SoftwareClass.OFFICE, Origin.DOMESTIC)
CATALOGUE = make_catalogue([WINDOWS, OFFICE, OFFICE_PRO])


def test_the_words_are_those_of_the_official_tables() -> None:
    assert [word.value for word in SoftwareClass] == ["操作系统", "办公", "杀毒", "业务", "其他"]
    assert [word.value for word in Origin] == ["国内", "国外"]


@pytest.mark.parametrize("name", ["Windows 7", "windows７", "WIN7", " 视窗 7 "])
def test_any_spelling_finds_the_product(name: str) -> None:
    assert CATALOGUE.find(name) == (WINDOWS, "")


@pytest.mark.parametrize("name", ["Windows 7 专业版", "Win7专业版", "windows7 专业版"])
def test_an_edition_in_the_name_is_found(name: str) -> None:
    assert CATALOGUE.find(name) == (WINDOWS, "专业版")


def test_what_is_not_known_is_not_found() -> None:
    assert CATALOGUE.find("Windows") is None
    assert CATALOGUE.find("Windows 7 家庭版") is None
    assert CATALOGUE.find("") is None


def test_a_plain_name_wins_over_one_put_together_with_an_edition() -> None:
    assert CATALOGUE.find("WPS Office专业版") == (OFFICE_PRO, "")


def test_the_first_product_of_a_name_stays_and_all_are_listed() -> None:
    twin = Product("win7", SoftwareClass.OTHER, Origin.DOMESTIC)
    twins = make_catalogue(product for product in (WINDOWS, twin))
    assert twins.find("Win 7") == (WINDOWS, "")
    assert twins.products == (WINDOWS, twin)
