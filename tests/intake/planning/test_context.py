from __future__ import annotations

from collections.abc import Collection, Mapping

import pytest

from desktop.core.findings import FindingClass, Place
from desktop.core.plan import Act
from desktop.core.subjects import Value, Values
from desktop.intake.cells import Problem
from desktop.intake.planning.context import Context
from desktop.intake.planning.drafts import Completion, Draft
from tests.builders import a_ledger
from tests.intake.looking import a_row
from tests.intake.planning.test_licence_index import a_context

KEY = "k"


@pytest.fixture
def context() -> Context:
    return a_context(a_ledger())


def key_of(text: str | None, row: int = 2, *, emptied: tuple[int, ...] = ()) -> Draft:
    """Return a draft of a licence's key, a record of two fields, for it is the smallest there is."""
    return Draft(KEY, ("licence", text), a_row(row), emptied)


def settled(context: Context, *drafts: Draft) -> list[str]:
    return context.settle("licence_key", drafts)


def test_a_refusal_is_counted_and_said(context: Context) -> None:
    place = Place("表.xlsx", "计算机", 2)
    context.refuse("computer", "I03", Problem("坏。", "改。"), place)
    (finding,) = context.plan.findings
    assert (finding.level, finding.place, context.plan.counts["computer", Act.REFUSE]) == (
        FindingClass.A,
        place,
        1,
    )


def test_occurrences_are_counted_by_file_subject_and_base(context: Context) -> None:
    asked = [("一", "a", "x"), ("一", "a", "x"), ("二", "a", "x"), ("一", "b", "x"), ("一", "a", "y")]
    assert [context.occurrence(*one) for one in asked] == [1, 2, 1, 1, 1]


def test_a_reserved_uid_is_that_of_the_record_once_planned(context: Context) -> None:
    uid = context.reserve("licence_key", KEY)
    assert context.reserve("licence_key", KEY) == uid
    assert context.held("licence_key", KEY) is None
    assert settled(context, key_of("甲")) == [uid]
    assert context.reserve("licence_key", KEY) == uid
    assert context.held("licence_key", KEY) == (uid, ("licence", "甲"))


def test_a_second_row_agrees_or_conflicts_with_the_first(context: Context) -> None:
    first, same, other = settled(context, key_of("甲", 2), key_of("甲", 3), key_of("乙", 4))
    assert (first == same, other) == (True, "")
    assert [step.row for step in context.plan.steps] == [2]
    assert context.plan.counts["licence_key", Act.CONFLICT] == 1


def test_a_silent_row_agrees_with_one_that_says_more(context: Context) -> None:
    assert "" not in settled(context, key_of("甲"), key_of(None))
    assert context.plan.counts["licence_key", Act.SAME] == 1


def test_a_row_that_empties_is_not_silent(context: Context) -> None:
    assert settled(context, key_of("甲"), key_of(None, emptied=(1,)))[1] == ""


def filled(values: list[Value]) -> list[Value]:
    return [values[0], values[1] or f"从{values[0]}来"]


def test_the_outcome_is_what_settling_would_bring(context: Context) -> None:
    follows = Completion((1,), filled)
    draft = Draft(KEY, ("甲", None), a_row())
    assert context.outcome("licence_key", draft, follows) == ("甲", "从甲来")
    context.settle("licence_key", [draft], follows)
    assert context.outcome("licence_key", Draft(KEY, (None, "乙"), a_row(3)), follows) == ("甲", "乙")
    assert [step.values for step in context.plan.steps] == [("甲", "从甲来")]


def test_an_added_record_can_be_withdrawn(context: Context) -> None:
    settled(context, key_of("甲"))
    place = context.withdraw(context.plan.steps[0])
    assert (str(place), context.plan.steps) == ("《表.xlsx》「计算机」表第 2 行", [])
    assert context.held("licence_key", KEY) is None
    assert {act: n for (_, act), n in context.plan.counts.items() if n} == {Act.REFUSE: 1}


def test_records_are_told_with_uids_and_with_keys(context: Context) -> None:
    (uid,) = settled(context, key_of("甲"))
    assert list(context.records("licence_key")) == [(uid, ("licence", "甲"))]
    assert list(context.keyed_records("licence_key")) == [(KEY, ("licence", "甲"))]
    assert list(context.records("unit")) == []


def test_a_record_is_fetched_from_the_ledger_once(context: Context, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    known = context.known.existing

    def counting(subject: str, keys: Collection[str]) -> Mapping[str, tuple[str, Values]]:
        asked.extend(keys)
        return known(subject, keys)

    monkeypatch.setattr(context.known, "existing", counting)
    context.look_up("unit", ["a", "b"])
    context.look_up("unit", ["b", "c"])
    assert (context.held("unit", "a"), sorted(asked)) == (None, ["a", "b", "c"])
