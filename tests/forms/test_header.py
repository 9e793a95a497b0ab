from __future__ import annotations

import pytest

from desktop.forms.header import VARIABLES, header_texts, names_in
from tests.forms.form_builders import bundled


def test_names_are_found_in_order() -> None:
    assert names_in("填表单位：{unit}（盖章）{date}") == ["unit", "date"]


def test_what_is_known_is_filled_in_and_the_rest_left_for_writing() -> None:
    line = header_texts(bundled("T01"), {})[0]
    assert line == ("单位签章：", "填表时间：   年   月   日")
    filled = header_texts(bundled("T01"), {"date": "2012年3月15日"})[0]
    assert filled[1] == "填表时间：2012年3月15日"


@pytest.mark.parametrize("code", ["T01", "T02", "T03"])
def test_a_signature_is_never_printed(code: str) -> None:
    texts = header_texts(bundled(code), dict.fromkeys(VARIABLES, "某某"))
    signed = [text for line in texts for text in line if "签字" in text]
    assert all(text.endswith("签字）：") for text in signed)
    assert bool(signed) is (code == "T03")
