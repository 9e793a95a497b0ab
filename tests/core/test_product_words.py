from __future__ import annotations

import pytest

from desktop.core.product_words import product_words

WORDS = product_words(["专业版", "专业增强版", "企业版 LTSC", "LTSC 专业增强版", ""])


@pytest.mark.parametrize(
    ("name", "rest", "words"),
    [
        ("ＷＰＳ（64位）", "wps", ("64位",)),
        ("Dell OEM Windows 7", "windows 7", ("dell oem",)),
        (
            "微软 Windows 10 简体中文版 10.0.19045 64 位",
            "微软 windows 10",
            ("简体中文版", "10.0.19045", "64 位"),
        ),
        ("Volume", "volume", ()),
        ("非正版WPS", "非正版wps", ()),
        ("WPS 2019", "wps 2019", ()),
    ],
)
def test_words_that_tell_nothing_of_the_product_are_taken_out(
    name: str, rest: str, words: tuple[str, ...]
) -> None:
    found, overlooked = WORDS.without_overlooked(name)
    assert (" ".join(found.split()), overlooked) == (rest, words)


@pytest.mark.parametrize(
    ("name", "rest", "build"),
    [
        ("win10 v1909", "win10 ", ("v1909",)),
        ("uos 20 1050", "uos 20 ", ("1050",)),
        ("office 2016", "office 2016", ()),
    ],
)
def test_a_build_stands_at_the_end(name: str, rest: str, build: tuple[str, ...]) -> None:
    assert WORDS.without_system_build(name) == (rest, build)


@pytest.mark.parametrize(
    ("name", "rest", "edition"),
    [
        ("office pro plus 2019", "office 2019", "专业增强版"),
        ("wps专业版2019", "wps 2019", "专业版"),
        ("office ltsc 专业增强版 2021", "office 2021", "LTSC 专业增强版"),
        ("windows 10 enterprise ltsc", "windows 10", "企业版 LTSC"),
        ("office 2021 ltsc professional plus", "office 2021", "LTSC 专业增强版"),
        ("protel 99", "protel 99", ""),
    ],
)
def test_an_edition_is_told_in_chinese(name: str, rest: str, edition: str) -> None:
    found, told = WORDS.without_edition(name)
    assert (" ".join(found.split()), told) == (rest, edition)
