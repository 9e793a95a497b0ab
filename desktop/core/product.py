"""A software product (软件产品): class, origin by vendor, editions, and how spellings of its name meet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from desktop.core.text import match_key


class SoftwareClass(StrEnum):
    """The class (软件类别) under which the official tables count a product."""

    SYSTEM = "操作系统"
    OFFICE = "办公"
    ANTIVIRUS = "杀毒"
    BUSINESS = "业务"
    OTHER = "其他"


class Origin(StrEnum):
    """国内 or 国外, a property of the product's vendor."""

    DOMESTIC = "国内"
    FOREIGN = "国外"


class ProductKind(StrEnum):
    """How a product is normally come by."""

    COMMERCIAL = "商业"
    FREE = "免费"
    OEM = "OEM"


@dataclass(frozen=True, slots=True)
class Product:
    """A product (软件产品) of the catalogue: family and version, without the edition."""

    name: str
    software_class: SoftwareClass
    origin: Origin
    vendor: str = ""
    kind: ProductKind = ProductKind.COMMERCIAL
    also: tuple[str, ...] = ()
    editions: tuple[str, ...] = ()
    is_server: bool = False
    uncertain: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The products known beforehand, found by any spelling of name, alias or name with edition."""

    products: tuple[Product, ...]
    _by_key: Mapping[str, tuple[Product, str]]

    def find(self, name: str) -> tuple[Product, str] | None:
        """Return the product and the edition named in `name` (empty when none is), or nothing."""
        return self._by_key.get(match_key(name))


def make_catalogue(products: Iterable[Product]) -> Catalogue:
    """Return the catalogue of `products`; plain names win over names put together with an edition."""
    listed = tuple(products)
    spellings: dict[str, tuple[Product, str]] = {}
    for product in listed:
        for name in (product.name, *product.also):
            spellings.setdefault(match_key(name), (product, ""))
    for product in listed:
        for name in (product.name, *product.also):
            for edition in product.editions:
                spellings.setdefault(match_key(name + edition), (product, edition))
    return Catalogue(listed, spellings)
