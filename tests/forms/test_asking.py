from __future__ import annotations

from collections.abc import Mapping, Sequence

from desktop.core.indicators import Question
from desktop.forms.asking import Answers, ask, wanted_by, with_group
from tests.forms.form_builders import Numbers, a_question, bundled


class Counting(Numbers):
    """Numbers that remember what they were asked."""

    asked: list[str]

    def totals(
        self, code: str, question: Question, dimensions: Sequence[str]
    ) -> Mapping[tuple[str, ...], int]:
        self.asked = [*getattr(self, "asked", []), code]
        return super().totals(code, question, dimensions)


def test_each_indicator_is_asked_once_for_all_cells() -> None:
    numbers = Counting()
    ask(bundled("T02"), numbers, a_question())
    assert sorted(numbers.asked) == ["amount", "computers", "progress", "seats", "total", "units"]


def test_a_blocks_cells_are_filtered_by_its_group() -> None:
    first, second = bundled("T02").blocks
    assert with_group({}, first) == {"group": frozenset({"市级"})}
    assert with_group({"kind": frozenset({"台式"})}, second)["group"] == frozenset({"县级"})
    assert with_group({}, None) == {}


def test_lists_and_unprinted_numbers_are_asked_for_too() -> None:
    wanted = list(wanted_by(bundled("T03")))
    assert {by for _, _, by in wanted} == {"product", ""}
    assert ("待核实" in str(wanted[-1])) is True


def test_sums_add_up_what_fits_and_lists_stand_by_size_then_name() -> None:
    totals: dict[tuple[str, ...], int] = {
        ("甲 ", "正版"): 2,
        ("乙", "正版"): 5,
        ("丙", "正版"): 2,
        ("甲", "非正版"): 1,
        ("丁", "正版"): 0,
    }
    answers = Answers({"installations": ("product", "claim")}, {"installations": totals})
    genuine = {"claim": frozenset({"正版"})}
    assert answers.amount("installations", genuine) == 9
    assert answers.amount("installations", {}) == 10
    assert answers.listed("installations", genuine, "product") == [("乙", 5), ("丙", 2), ("甲", 2)]
