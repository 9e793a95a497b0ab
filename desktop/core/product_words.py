"""Words beside a product's name that offices write with it: editions in English or out of place, and what tells nothing of the product."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

_ENGLISH = {
    "ltsc professional plus": "LTSC 专业增强版",
    "ltsc standard": "LTSC 标准版",
    "professional plus": "专业增强版",
    "pro plus": "专业增强版",
    "home and student": "家庭和学生版",
    "home & student": "家庭和学生版",
    "home basic": "家庭普通版",
    "home premium": "家庭高级版",
    "home china": "家庭中文版",
    "home single language": "家庭单语言版",
    "enterprise ltsc": "企业版 LTSC",
    "enterprise ltsb": "企业版 LTSB",
    "ltsc": "企业版 LTSC",
    "ltsb": "企业版 LTSB",
    "pro for workstations": "专业工作站版",
    "professional": "专业版",
    "pro": "专业版",
    "standard": "标准版",
    "enterprise": "企业版",
    "ultimate": "旗舰版",
    "education": "教育版",
    "datacenter": "数据中心版",
    "home": "家庭版",
}
_MAKERS = "联想|戴尔|惠普|华硕|宏碁|宏基|清华同方|同方|方正|神舟|华为|浪潮|长城|海尔|dell|hp|lenovo|asus|acer"
_OBTAINED = rf"(?:{_MAKERS}) ?(?:oem|随机预装|原厂预装|预装|随机)|oem|vol|vl|批量授权|随机预装|原厂预装|预装版?|随机版?|正版"
_BUILT_FOR = r"(?:64|32) ?-?(?:位|bit)|x64|x86|for (?:linux|windows)|linux版|windows版|简体中文版?|正式版|sp ?\d|service pack \d"
_BUILD = r"(?:版本号?|version|ver\.?|v)? ?(?:\d+(?:\.\d+){2,}|2[0-9]h[12])|(?:版本号?|version|ver\.?) ?(?:1[5-9]|20)\d\d"
_LTS_YEAR = r"(?<=ltsc )20(?:19|21|24)"
_ALONE = r"(?<!非)(?:(?<![a-z])(?=[a-z])|(?![a-z])){}(?:(?<=[a-z])(?![a-z])|(?<![a-z]))"
"""Words of Latin letters are parted from other Latin letters; 非正版 is not 正版."""
_OVERLOOKED = re.compile(_ALONE.format(rf"(?:{_OBTAINED}|{_BUILT_FOR}|{_BUILD}|{_LTS_YEAR})"))
_SYSTEM_BUILD = re.compile(
    r"(?<![\d.])v?(?:1507|1511|1607|1703|1709|180[39]|190[39]|2004|10[2-7]\d|2[1-5]0\d)$"
)
"""A build as it stands behind the name of an operating system: Windows 10, 统信UOS, 银河麒麟."""
_EMPTY_BRACKETS = re.compile(r"\(\s*\)|\[\s*\]|【\s*】")


@dataclass(frozen=True)
class ProductWords:
    """Takes apart names of products with the editions that these may have."""

    editions: frozenset[str]

    @cached_property
    def _edition(self) -> re.Pattern[str]:
        english = [re.escape(words).replace(r"\ ", " ?") for words in _ENGLISH]
        chinese = [re.escape(_plain(words)) for words in sorted(self.editions, key=len, reverse=True)]
        return re.compile(_ALONE.format(f"(?:{'|'.join([*chinese, *english])})"))

    def without_overlooked(self, name: str) -> tuple[str, tuple[str, ...]]:
        """Return a name without the words that tell nothing of the product or edition, and these words."""
        plain = _plain(name)
        words = tuple(found[0].strip() for found in _OVERLOOKED.finditer(plain))
        return _EMPTY_BRACKETS.sub(" ", _OVERLOOKED.sub(" ", plain)).strip(" -,·"), words

    def without_system_build(self, name: str) -> tuple[str, tuple[str, ...]]:
        """Return a name without the build of an operating system at its end, and the build if there is one."""
        found = _SYSTEM_BUILD.search(name)
        return (name[: found.start()], (found[0],)) if found else (name, ())

    def without_edition(self, name: str) -> tuple[str, str]:
        """Return a plain name without the edition in it, and that edition in Chinese; empty for none."""
        found = self._edition.search(name)
        if found is None:
            return name, ""
        rest = f"{name[: found.start()]} {name[found.end() :]}"
        english = {words.replace(" ", ""): told for words, told in _ENGLISH.items()}
        chinese = {_plain(told): told for told in self.editions}
        return _EMPTY_BRACKETS.sub(" ", rest), chinese.get(found[0]) or english[found[0].replace(" ", "")]


def product_words(editions: Iterable[str]) -> ProductWords:
    """Return what takes names apart whose editions are among `editions`."""
    return ProductWords(frozenset(filter(None, editions)))


def _plain(name: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())
