"""A software product (软件产品): class, origin by vendor, editions, and how spellings of its name meet."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from desktop.core.product_words import ProductWords, product_words
from desktop.core.text import match_key

_NUMBER = re.compile(r"\d+(?:\.\d+)*")
_VERSION = re.compile(r"(?<![A-Za-z0-9.-])[vV]?(\d+(?:\.\d+)*|C[SC]\d?)$")
_DATED = re.compile(r"(.+?)((?:19|20)\d\d)版?")
_OF_A_VERSION = {*"0123456789."}


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
    _words: ProductWords = field(default_factory=lambda: product_words(()))

    def is_vague(self, name: str) -> bool:
        """Return whether a name, with an edition or without, leaves open which version is meant."""
        return match_key(name) in self._vague

    def find(self, name: str) -> tuple[Product, str] | None:
        """Return the product and the edition named in `name` (empty when none is), or nothing.

        The year or version of a product that is one for all its versions is a part of the edition.
        """
        return self.find_as_written(name) or self._apart(name)[0]

    def overlooked(self, name: str) -> tuple[str, ...]:
        """Return the words of a name that are passed over to find its product: 64位, OEM, a build."""
        return () if self.find_as_written(name) else self._apart(name)[1]

    def _apart(self, name: str) -> tuple[tuple[Product, str] | None, tuple[str, ...]]:
        """Return what a name means without the words that tell nothing of the product, or with its edition in place."""
        rest, words = self._words.without_overlooked(name)
        if found := self.find_as_written(rest) or self._edited(rest):
            return found, words
        rest, build = self._words.without_system_build(rest)
        found = self.find_as_written(rest) or self._edited(rest)
        is_system = found is not None and found[0].software_class is SoftwareClass.SYSTEM
        return (found, (*words, *build)) if is_system else (None, ())

    def _edited(self, name: str) -> tuple[Product, str] | None:
        """Return what a name means whose edition is in English or stands before the version."""
        rest, edition = self._words.without_edition(name)
        product, version = self.find_as_written(rest) or (None, "")
        if product is None or edition not in product.editions or not set(version) <= _OF_A_VERSION:
            return None
        return product, f"{version} {edition}".strip()

    def find_as_written(self, name: str) -> tuple[Product, str] | None:
        """Return what a name means, with no word of it passed over or put in its place."""
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
    words = product_words(edition for product in listed for edition in product.editions)
    return Catalogue(listed, spellings, frozenset(vague), words)


def _version(spelling: str, product: Product) -> str:
    """Return the version with which a spelling ends, empty where the product's own name tells it or there is none."""
    ends = _VERSION.search(spelling)
    own = _NUMBER.findall(product.name)
    is_own = any(len(number) == len("2003") or (ends and ends[1].startswith(number)) for number in own)
    return "" if ends is None or is_own else ends[1]
