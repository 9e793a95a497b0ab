"""A ledger for each test of this folder, closed when the test is over."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import pytest

from desktop.store.database import Ledger
from tests.store.record_builders import a_quick_ledger


@pytest.fixture
def ledger() -> Iterator[Ledger]:
    """A new ledger in memory, on 2024-06-30, with its default campaign."""
    with closing(a_quick_ledger()) as ledger:
        yield ledger
