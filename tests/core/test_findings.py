from __future__ import annotations

import pytest

from desktop.core.findings import FINDING_CLASS_TITLES, Finding, FindingClass, Place, must_be_mended


def a_finding(level: FindingClass, place: Place | None = None) -> Finding:
    return Finding("I01", level, "序列号为空。", "请补填或删除该行。", place or Place())


def test_a_place_reads_as_a_person_finds_it() -> None:
    assert str(Place("台账.xlsx", "计算机", 12, "序列号")) == "《台账.xlsx》「计算机」表第 12 行「序列号」栏"
    assert str(Place(cell="合计.总数")) == "合计.总数"
    assert str(Place(row=3)) == "第 3 行"
    assert str(Place()) == ""


def test_a_sentence_says_where_what_and_what_to_do() -> None:
    there = a_finding(FindingClass.A, Place(row=12))
    assert there.sentence == "第 12 行：序列号为空。请补填或删除该行。"
    assert a_finding(FindingClass.A).sentence == "序列号为空。请补填或删除该行。"


def test_every_class_has_its_title() -> None:
    assert set(FINDING_CLASS_TITLES) == set(FindingClass)
    assert "".join(FindingClass) == "ABCD"


@pytest.mark.parametrize("levels", ["", "BCD", "A", "DA"])
def test_only_class_a_must_be_mended(levels: str) -> None:
    found = (a_finding(FindingClass(level)) for level in levels)
    assert must_be_mended(found) is ("A" in levels)
