"""A software product (软件产品): class, origin by vendor, editions, and how spellings of its name meet."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from desktop.core.text import match_key

_NUMBER = re.compile(r"\d+(?:\.\d+)*")
_VERSION = re.compile(r"(?<![A-Za-z0-9.-])[vV]?(\d+(?:\.\d+)*)$")
_DATED = re.compile(r"(.+?)((?:19|20)\d\d)版?")


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
    """A product (软件产品) of the catalogue: family and version, without the edition.

    `vague` are those of its other names that might as well mean another version or vendor.
    """

    name: str
    software_class: SoftwareClass
    origin: Origin
    vendor: str = ""
    kind: ProductKind = ProductKind.COMMERCIAL
    also: tuple[str, ...] = ()
    vague: tuple[str, ...] = ()
    editions: tuple[str, ...] = ()
    is_server: bool = False
    uncertain: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The products known beforehand, found by any spelling of name, alias or name with edition."""

    products: tuple[Product, ...]
    _by_key: Mapping[str, tuple[Product, str]]
    _vague: frozenset[str] = frozenset()

    def is_vague(self, name: str) -> bool:
        """Return whether a name, with an edition or without, leaves open which version is meant."""
        return match_key(name) in self._vague

    def find(self, name: str) -> tuple[Product, str] | None:
        """Return the product and the edition named in `name` (empty when none is), or nothing.

        The year or version of a product that is one for all its versions is a part of the edition.
        """
        key = match_key(name)
        found = self._by_key.get(key)
        if found is None and (dated := _DATED.fullmatch(key)):
            product, edition = self._by_key.get(dated[1], (None, ""))
            if product is not None and not edition and not _NUMBER.search(product.name):
                found = product, dated[2]
        return found


def make_catalogue(products: Iterable[Product]) -> Catalogue:
    """Return the catalogue of `products`; plain names win over names put together with an edition."""
    listed = tuple(products)
    spellings: dict[str, tuple[Product, str]] = {}
    for product in listed:
        for name in (product.name, *product.also):
            spellings.setdefault(match_key(name), (product, _version(name, product)))
    for product in listed:
        for name in (product.name, *product.also):
            for edition in product.editions:
                told = f"{_version(name, product)} {edition}".strip()
                spellings.setdefault(match_key(name + edition), (product, told))
    vague = {
        match_key(name + edition)
        for product in listed
        for name in product.vague
        for edition in ("", *product.editions)
    }
    return Catalogue(listed, spellings, frozenset(vague))


def _version(spelling: str, product: Product) -> str:
    """Return the version with which a spelling ends, empty where the product's own name tells it or there is none."""
    ends = _VERSION.search(spelling)
    own = _NUMBER.findall(product.name)
    is_own = any(len(number) == len("2003") or (ends and ends[1].startswith(number)) for number in own)
    return "" if ends is None or is_own else ends[1]
