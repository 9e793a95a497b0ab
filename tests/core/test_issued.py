from __future__ import annotations

import datetime
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core.issued import (
    EventKind,
    FormEvent,
    Hashes,
    IssuedForm,
    State,
    check_code,
    form_number,
    plain_code,
    printed_number,
    recall_list,
)
from desktop.core.report import ReportKey

DAY = datetime.date(2024, 6, 30)
FORM = IssuedForm(
    id=1,
    number="T02-0001-2024-0001",
    key=ReportKey("T02", 1),
    title="表",
    check_code="0000-0000-0000",
    as_of=DAY,
    dated=None,
    issued_at="2024-06-30T12:00:00",
    issued_by="",
    hashes=Hashes("a", "b", "c", "d", "e"),
    chain_head="",
)


def with_events(*kinds: EventKind) -> IssuedForm:
    return replace(FORM, events=tuple(FormEvent(kind, DAY, copies=2) for kind in kinds))


def test_the_number_on_paper_does_not_show_the_form() -> None:
    number = form_number("T02", "610403", 2024, 3)
    assert (number, printed_number(number)) == ("T02-610403-2024-0003", "610403-2024-0003")


@given(st.binary(), st.binary())
def test_a_check_code_is_short_and_follows_the_content(one: bytes, other: bytes) -> None:
    code = check_code(one)
    assert [len(part) for part in code.split("-")] == [4, 4, 4]
    assert not set(code) & set("ILOU")
    assert (code == check_code(other)) == (one == other)


def test_a_check_code_is_understood_as_people_type_it() -> None:
    assert plain_code(" 5n1l-kx2s am3e ") == plain_code("5N11-KX2S-AM3E")
    assert plain_code("O0") == "00"


@pytest.mark.parametrize(
    ("kinds", "state"),
    [
        ([], State.ISSUED),
        ([EventKind.PRINTED], State.PRINTED),
        ([EventKind.PRINTED, EventKind.SEALED, EventKind.PRINTED], State.SEALED),
        ([EventKind.SEALED, EventKind.ACCEPTED], State.ACCEPTED),
        ([EventKind.ACCEPTED, EventKind.RETURNED], State.RETURNED),
        ([EventKind.SEALED, EventKind.VOIDED], State.VOIDED),
    ],
)
def test_the_state_follows_from_what_happened(kinds: list[EventKind], state: State) -> None:
    assert with_events(*kinds).state is state


def test_sealed_sheets_that_no_longer_hold_are_called_back() -> None:
    sealed = with_events(EventKind.SEALED)
    voided = with_events(EventKind.SEALED, EventKind.VOIDED)
    corrected = replace(sealed, replaced_by="T02-0001-2024-0002")
    assert corrected.state is State.REPLACED
    assert recall_list([FORM, sealed, voided, corrected]) == [voided, corrected]
    assert voided.sealed_copies == 2
