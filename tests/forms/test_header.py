from __future__ import annotations

from dataclasses import replace

import pytest

from desktop.forms.header import VARIABLES, header_texts, names_in
from desktop.forms.spec import HeaderField
from tests.forms.form_builders import bundled


def test_names_are_found_in_order() -> None:
    assert names_in("填{unit}报{date}{unit}") == ["unit", "date", "unit"]
    assert names_in("联系电话(含手机)：") == []


def test_a_variable_without_a_value_prints_its_blanks() -> None:
    field = HeaderField(0.0, "{unit}填于{date}", {"date": "   年"})
    spec = replace(bundled("T01"), header=((field,),))
    assert header_texts(spec, {"unit": "甲局", "date": "2024年"}) == (("甲局填于2024年",),)
    assert header_texts(spec, {"unit": "甲局", "date": ""}) == (("甲局填于   年",),)
    assert header_texts(spec, {}) == (("填于   年",),)


def test_a_value_is_printed_as_it_is() -> None:
    spec = replace(bundled("T01"), header=((HeaderField(0.0, "{unit}"),),))
    assert header_texts(spec, {"unit": r"\1{date}"}) == ((r"\1{date}",),)


def test_the_bundled_forms_use_every_variable() -> None:
    codes = ("T01", "T02", "T03", "L03")
    fields = [field for code in codes for line in bundled(code).header for field in line]
    assert {name for field in fields for name in names_in(field.text)} == set(VARIABLES)


@pytest.mark.parametrize("code", ["T01", "T02", "T03"])
def test_a_signature_is_never_printed(code: str) -> None:
    texts = header_texts(bundled(code), dict.fromkeys(VARIABLES, "某某"))
    signed = [text for line in texts for text in line if "签字" in text]
    assert all(text.endswith("签字）：") for text in signed)
    assert bool(signed) is (code == "T03")
