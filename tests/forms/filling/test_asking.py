from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pytest

from desktop.core.indicators import Question
from desktop.forms.filling.asking import Answers, ask, wanted_by, with_group
from desktop.forms.spec import Block
from tests.forms.form_builders import Numbers, a_question, bundled, installed, software

LISTED = Answers(
    {"installations": ("product", "claim")},
    {"installations": {("金山", "正版"): 2, ("金山", "非正版"): 3, ("瑞星", "正版"): 2, ("江民", "正版"): 5}},
)
GENUINE = {"claim": frozenset({"正版"})}


def test_an_amount_is_the_sum_of_what_fits() -> None:
    assert LISTED.amount("installations", {}) == 12
    assert LISTED.amount("installations", GENUINE) == 9
    assert LISTED.amount("installations", {**GENUINE, "product": frozenset({"金山", "瑞星"})}) == 4
    assert LISTED.amount("installations", {"claim": frozenset({"待核实"})}) == 0


def test_a_list_has_the_largest_first_then_by_name() -> None:
    assert LISTED.listed("installations", GENUINE, "product") == [("江民", 5), ("瑞星", 2), ("金山", 2)]


def test_what_sums_to_nothing_is_not_listed_and_blanks_do_not_part_a_name() -> None:
    answers = Answers({"seats": ("product",)}, {"seats": {("甲",): 0, ("乙",): 1, ("乙 ",): 2}})
    assert answers.listed("seats", {}, "product") == [("乙", 3)]


@pytest.mark.parametrize(("group", "where"), [("", {}), ("县级", {"group": frozenset({"县级"})})])
def test_a_block_adds_its_group_to_the_filters(group: str, where: Mapping[str, frozenset[str]]) -> None:
    assert with_group({}, Block("块", group, (), 0, ())) == where
    assert with_group(GENUINE, Block("块", group, (), 0, ())) == {**GENUINE, **where}


@dataclass
class Counting(Numbers):
    asked: Counter[str] = field(default_factory=Counter)

    def totals(
        self, code: str, question: Question, dimensions: Sequence[str]
    ) -> Mapping[tuple[str, ...], int]:
        self.asked[code] += 1
        return super().totals(code, question, dimensions)


@pytest.mark.parametrize(
    ("code", "indicators"),
    [
        ("T01", set[str]()),
        ("T02", {"units", "computers", "progress", "total", "seats", "amount"}),
        ("T03", {"computers", "installations"}),
    ],
)
def test_each_indicator_is_asked_once_for_a_whole_form(code: str, indicators: set[str]) -> None:
    counting = Counting()
    ask(bundled(code), counting, a_question())
    assert counting.asked == dict.fromkeys(indicators, 1)


def test_an_indicator_is_asked_by_every_dimension_that_any_cell_needs() -> None:
    answers = ask(bundled("T03"), Numbers([installed("办公", "WPS", 3)]), a_question())
    assert set(answers.dimensions["installations"]) == {"class", "claim", "kind", "product", "cover"}
    answers = ask(bundled("T02"), Numbers(), a_question())
    assert set(answers.dimensions["progress"]) >= {"group", "progress"}
    assert set(answers.dimensions["total"]) == {"group", "class", "origin"}


def test_every_number_of_a_form_says_what_it_wants() -> None:
    wanted = [(code, where) for code, where, _ in wanted_by(bundled("T02"))]
    assert len(wanted) == 2 * (7 + 18) + len(bundled("T02").unprinted)
    seats = [where for code, where in wanted if code == "seats" and "group" in where]
    answers = ask(bundled("T02"), Numbers([software("seats", ("办公", "国内"), 7)]), a_question())
    assert sum(answers.amount("seats", where) for where in seats) == 7


def test_lists_and_unprinted_numbers_are_asked_for_too() -> None:
    wanted = list(wanted_by(bundled("T03")))
    assert {tuple(by) for _, _, by in wanted} == {("product",), ()}
    assert any(where.get("claim") == frozenset({"待核实"}) for _, where, _ in wanted)
