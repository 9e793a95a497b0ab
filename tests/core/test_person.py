from __future__ import annotations

import dataclasses

import pytest

from desktop.core.person import Person, Responsibility


def test_what_a_person_may_answer_for() -> None:
    """The words are stored in ledgers and looked for by forms: they never change."""
    words = [word.value for word in Responsibility]
    assert words[:5] == ["第一责任人", "分管领导", "经办人", "信息报送人", "软件专人"]
    assert words[5:] == ["填表人", "主管人"]


def test_a_post_may_be_vacant_and_a_person_does_not_change() -> None:
    vacant = Person("1", "县政府办", "", "", "主任", "", "", "", "")
    assert dataclasses.replace(vacant, name="王䶮").post == "主任"
    with pytest.raises(dataclasses.FrozenInstanceError):
        vacant.name = "王䶮"  # type: ignore[misc]  # the very thing that must fail
