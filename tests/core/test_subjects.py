from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core import subjects
from desktop.core.subjects import SUBJECTS, Field, Subject, content_key, natural_key

cell = st.one_of(st.none(), st.integers(), st.text(alphabet=st.characters(exclude_characters="\x1f")))
HEX = re.compile("[0-9a-f]{24}")


@pytest.mark.parametrize("subject", SUBJECTS.values(), ids=SUBJECTS)
def test_a_subject_knows_where_its_fields_stand(subject: Subject) -> None:
    names = [field.name for field in subject.fields]
    assert [names[position] for position in subject.positions.values()] == list(subject.positions)
    assert len(set(names)) == len(names)
    assert subject.title


@pytest.mark.parametrize("subject", SUBJECTS.values(), ids=SUBJECTS)
def test_a_reference_is_to_another_subject_or_the_campaign(subject: Subject) -> None:
    assert {field.refers_to for field in subject.fields} <= {"", "campaign", *SUBJECTS}


def test_subjects_come_after_what_they_refer_to() -> None:
    order = list(SUBJECTS)
    for name, subject in SUBJECTS.items():
        above = {field.refers_to for field in subject.fields} - {"", "campaign", name}
        assert all(order.index(other) < order.index(name) for other in above)


def test_every_subject_has_its_natural_key_described() -> None:
    between_rules = re.split(r"^=+  =+$", subjects.__doc__ or "", flags=re.MULTILINE)[1]
    described = [line.split()[0] for line in between_rules.strip().splitlines()]
    assert set(described) == set(SUBJECTS)


def test_a_reference_has_a_column_of_numbers() -> None:
    assert Field("unit", "unit").column == "unit_id"
    assert Field("name").column == "name"


@given(st.lists(cell), st.lists(cell))
def test_keys_are_equal_for_equal_parts_and_different_for_others(
    one: list[object], other: list[object]
) -> None:
    def written(parts: list[object]) -> list[str]:
        return ["" if part is None else str(part) for part in parts] or [""]

    assert HEX.fullmatch(natural_key(*one))
    assert (natural_key(*one) == natural_key(*other)) is (written(one) == written(other))


def test_a_key_takes_half_a_character_too() -> None:
    assert HEX.fullmatch(natural_key("\ud800", "𠮷", "䶮"))
    assert natural_key("\ud800") != natural_key("\ud801")


@given(st.text(), st.lists(cell), st.integers(1, 9))
def test_the_same_row_twice_in_a_file_makes_two_records(owner: str, values: list[object], time: int) -> None:
    assert content_key(owner, values, time) == content_key(owner, tuple(values), time)
    assert content_key(owner, values, time) != content_key(owner, values, time + 1)
