from __future__ import annotations

import random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.actions.importing import Look, apply_import, plan_import
from desktop.core.plan import Plan
from desktop.core.unit import cycle_of
from desktop.store.database import Ledger
from tests.builders import a_ledger
from tests.intake.looking import Files, held, looked
from tests.intake.planning.random_files import MESSY, TIDY

many = settings(deadline=None, suppress_health_check=list(HealthCheck))


def imported(ledger: Ledger, look: Look) -> Plan:
    plan = plan_import(ledger, look)
    apply_import(ledger, plan, "表.xlsx")
    return plan


POOLS = """
    SELECT ifnull(sum(b.seats), 0), ifnull(sum(b.packs), 0), ifnull(sum(b.amount_fen), 0), max(b.seats IS NULL), given.*
    FROM purchase b JOIN (
        SELECT licence_id, sum(seats), sum(packs), sum(amount_fen) FROM allocation GROUP BY licence_id) given
        ON given.licence_id = b.licence_id
    GROUP BY b.licence_id
"""


@many
@given(st.lists(MESSY, min_size=1, max_size=2))
def test_any_plan_can_be_applied_and_leaves_nothing_hanging(imports: list[Files]) -> None:
    ledger = a_ledger()
    for files in imports:
        imported(ledger, looked(files))
        assert ledger.connection.execute("PRAGMA foreign_key_check").fetchall() == []
        parents = dict(ledger.connection.execute("SELECT id, parent_id FROM unit").fetchall())
        assert not any(cycle_of(unit, parents) for unit in parents)
        for seats, packs, fen, boundless, _, seats_given, packs_given, fen_given in ledger.connection.execute(
            POOLS
        ):
            assert boundless or (seats_given <= seats and packs_given <= packs)
            assert fen_given <= fen


@many
@given(st.lists(MESSY, min_size=1, max_size=2))
def test_importing_the_same_again_changes_nothing(imports: list[Files]) -> None:
    ledger = a_ledger()
    for files in imports:
        look = looked(files)
        first = imported(ledger, look)
        again = plan_import(ledger, look)
        assert not again.steps, (first.is_clean, first.findings, again.steps)


@many
@given(st.one_of(TIDY, MESSY), st.randoms(use_true_random=False))
def test_the_order_of_files_and_sheets_does_not_matter(files: Files, rng: random.Random) -> None:
    one, other = a_ledger(), a_ledger()
    look = looked(files)
    p1 = imported(one, look)
    sheets = list(look.sheets)
    rng.shuffle(sheets)
    p2 = imported(other, Look(sheets, [], ""))
    assert p1.is_clean == p2.is_clean, (p1.findings, p2.findings)
    if p1.is_clean:
        assert held(one) == held(other)
