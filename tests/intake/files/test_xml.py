from __future__ import annotations

import io

import pytest

from desktop.intake.files.xml import BadXmlError, elements, walk


def test_a_document_type_is_refused() -> None:
    with pytest.raises(BadXmlError):
        elements(io.BytesIO(b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'))


def test_elements_come_with_their_attributes() -> None:
    found = elements(io.BytesIO('<a><r:b 名="甲"/></a>'.encode()))
    assert found == [("a", {}), ("r:b", {"名": "甲"})]


def test_texts_and_ends_come_in_order() -> None:
    said: list[str] = []
    walk(io.BytesIO("<a>甲<b/>乙</a>".encode()), lambda tag, _: said.append(tag), said.append, said.append)
    assert said == ["a", "甲", "b", "b", "乙", "a"]


@pytest.mark.parametrize("xml", [b"", b"<a>", b"<?xml version='1.0' encoding='nothing'?><a/>", b"\xff\xfe"])
def test_what_is_no_xml_is_told(xml: bytes) -> None:
    with pytest.raises(BadXmlError):
        elements(io.BytesIO(xml))
