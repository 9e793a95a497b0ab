from __future__ import annotations

from pathlib import Path

import pytest

from desktop.core.product import Origin, ProductKind, SoftwareClass
from desktop.intake.catalogue import load_catalogue
from desktop.paths import resources

ONE = '[[product]]\nname = "甲系统"\nclass = "业务"\norigin = "国内"\nkind = "商业"\n'


def written(folder: Path, text: str) -> Path:
    (folder / "products.toml").write_text(text, encoding="utf-8")
    return folder / "products.toml"


def test_a_product_needs_only_name_class_origin_and_kind(tmp_path: Path) -> None:
    (product,) = load_catalogue(written(tmp_path, ONE)).products
    assert (product.software_class, product.origin, product.kind) == (
        SoftwareClass.BUSINESS,
        Origin.DOMESTIC,
        ProductKind.COMMERCIAL,
    )
    assert (product.vendor, product.also, product.editions, product.is_server) == ("", (), (), False)


def test_a_product_is_found_by_alias_and_with_its_edition(tmp_path: Path) -> None:
    more = 'also = ["甲"]\neditions = ["专业版"]\nserver = true\nvendor = "某厂"\n'
    catalogue = load_catalogue(written(tmp_path, ONE + more))
    product = catalogue.products[0]
    assert product.is_server
    assert catalogue.find("甲 系统") == (product, "")
    assert catalogue.find("甲专业版") == (product, "专业版")
    assert catalogue.find("乙") is None


def test_a_word_nobody_knows_is_a_fault_of_the_program(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="外国"):
        load_catalogue(written(tmp_path, ONE.replace("国内", "外国")))


def test_a_vague_name_is_one_of_its_names(tmp_path: Path) -> None:
    more = 'also = ["甲"]\neditions = ["专业版"]\nvague = ["甲"]\n'
    catalogue = load_catalogue(written(tmp_path, ONE + more))
    assert [catalogue.is_vague(name) for name in ("甲", "甲 专业版", "甲系统")] == [True, True, False]
    with pytest.raises(ValueError, match="乙"):
        load_catalogue(written(tmp_path, ONE + more.replace('vague = ["甲"]', 'vague = ["乙"]')))


def test_every_name_and_alias_that_ships_leads_to_its_product() -> None:
    catalogue = load_catalogue(resources("catalogue", "products.toml"))
    assert len(catalogue.products) > 100
    for product in catalogue.products:
        for name in (product.name, *product.also):
            found = catalogue.find(name)
            assert found is not None
            assert found[0] is product, name
        for edition in product.editions:
            assert catalogue.find(f"{product.name} {edition}") == (product, edition)
