from __future__ import annotations

import pytest

from desktop.core.product import Origin, Product, SoftwareClass, make_catalogue

WINDOWS = Product(
    "Windows 7", SoftwareClass.SYSTEM, Origin.FOREIGN, also=("Win7", "视窗7"), editions=("专业版", "旗舰版")
)
OFFICE = Product("WPS Office", SoftwareClass.OFFICE, Origin.DOMESTIC, editions=("专业版",))
OFFICE_PRO = Product("WPS Office 专业版", SoftwareClass.OFFICE, Origin.DOMESTIC)
OFFICE_OF_CHINA = (SoftwareClass.OFFICE, Origin.DOMESTIC)
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


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Windows 7 专业版（OEM） 64位", ("oem", "64位")),
        ("联想预装 Windows 7专业版", ("联想预装",)),
        ("正版Win7 专业版 7601", None),
        ("非正版Win7 专业版", None),
        ("Windows 7 Professional SP1", ("sp1",)),
        ("win7pro", ()),
        ("Windows专业版 7", ()),
        ("Windows 7 专业版 V1909", ("v1909",)),
    ],
)
def test_words_beside_a_product_are_passed_over_and_editions_are_put_in_their_place(
    name: str, words: tuple[str, ...] | None
) -> None:
    assert CATALOGUE.find(name) == (None if words is None else (WINDOWS, "专业版"))
    assert CATALOGUE.overlooked(name) == (words or ())
    assert CATALOGUE.find_as_written(name) is None


def test_a_build_is_one_of_an_operating_system_alone() -> None:
    assert CATALOGUE.find("WPS Office 1803") is None
    assert CATALOGUE.find("WPS Office 11.1.0.10314") == (OFFICE, "")


def test_an_edition_in_english_is_one_that_the_product_has() -> None:
    assert CATALOGUE.find("Windows 7 Ultimate") == (WINDOWS, "旗舰版")
    assert CATALOGUE.find("Windows 7 Enterprise") is None


def test_a_name_may_leave_the_version_open() -> None:
    system = Product("甲系统V2", *OFFICE_OF_CHINA, also=("甲系统",), vague=("甲系统",), editions=("专业版",))
    catalogue = make_catalogue([system])
    names = ("甲系统", "甲 系统专业版", "甲系统V2", "甲系统V2专业版", "别的")
    assert [catalogue.is_vague(name) for name in names] == [True, True, False, False, False]


def test_a_plain_name_wins_over_one_put_together_with_an_edition() -> None:
    assert CATALOGUE.find("WPS Office专业版") == (OFFICE_PRO, "")


def test_the_first_product_of_a_name_stays_and_all_are_listed() -> None:
    twin = Product("win7", SoftwareClass.OTHER, Origin.DOMESTIC)
    twins = make_catalogue(product for product in (WINDOWS, twin))
    assert twins.find("Win 7") == (WINDOWS, "")
    assert twins.products == (WINDOWS, twin)


@pytest.mark.parametrize(
    ("name", "edition"),
    [
        ("WPS 2016", "2016"),
        ("WPS 2016 专业版", "2016 专业版"),
        ("WPS 2024", "2024"),
        ("WPS Office 2031版", "2031"),
        ("WPS V11", "11"),
        ("WPS", ""),
        ("Office 2003", ""),
        ("Office 11", ""),
        ("PS CS6", "CS6"),
        ("PS CC", "CC"),
    ],
)
def test_a_version_that_is_no_product_of_its_own_is_kept(name: str, edition: str) -> None:
    wps = Product("WPS Office", *OFFICE_OF_CHINA, also=("WPS", "WPS 2016", "WPS V11"), editions=("专业版",))
    office = Product("Office 2003", SoftwareClass.OFFICE, Origin.FOREIGN, also=("Office 11",))
    shop = Product("Photoshop", SoftwareClass.OTHER, Origin.FOREIGN, also=("PS", "PS CS6", "PS CC"))
    found = make_catalogue([wps, office, shop]).find(name)
    assert found is not None
    assert found[1] == edition
