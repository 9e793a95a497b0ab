from __future__ import annotations

import pytest

from desktop.forms.reading.entries import FormFault
from desktop.forms.reading.filters import listed_by, where_of
from tests.forms.reading.test_entries import an_entry


def test_filters_are_sets_of_values_by_dimension() -> None:
    entry = an_entry("where = { class = ['办公', '杀毒'], product = '金山毒霸' }")
    assert where_of(entry, "seats") == {
        "class": frozenset({"办公", "杀毒"}),
        "product": frozenset({"金山毒霸"}),
    }
    assert where_of(an_entry(""), "seats") == {}


@pytest.mark.parametrize(
    ("where", "reason"),
    [
        ("claim = ['正版']", "指标 seats 不能按 claim 筛选，可用的有 group、unit、category、reporter、class"),
        ("class = ['办公软件']", "class 没有「办公软件」，可用的有 操作系统、办公、杀毒、业务、其他。"),
        ("class = []", "class 没有列出任何值。"),
        ("class = [1]", "class 里只能是文字。"),
    ],
)
def test_what_an_indicator_cannot_be_filtered_by_is_a_fault(where: str, reason: str) -> None:
    with pytest.raises(FormFault) as caught:
        where_of(an_entry(f"\nwhere = {{ {where} }}"), "seats")
    assert caught.value.reason.startswith(reason)
    assert caught.value.line == 2


def test_total_can_only_be_filtered_by_what_both_its_meanings_have() -> None:
    with pytest.raises(FormFault, match="不能按 source 筛选"):
        where_of(an_entry("where = { source = ['预装'] }"), "total")


def test_a_list_goes_by_a_dimension_of_its_indicator() -> None:
    assert listed_by(an_entry("by = 'product'"), "installations") == "product"
    with pytest.raises(FormFault, match="指标 computers 不能按 product 筛选"):
        listed_by(an_entry("by = 'product'"), "computers")
