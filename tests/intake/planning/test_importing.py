"""Properties of whole imports: whatever the files hold, the plan can be applied and leaves a sound ledger."""

from __future__ import annotations

import random
from collections import Counter
from contextlib import suppress

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.actions.importing import apply_import, plan_import
from desktop.core.plan import Act, Plan
from desktop.core.subjects import SUBJECTS
from desktop.errors import AppError
from desktop.intake.looking import Look
from desktop.store.database import Ledger
from desktop.store.journal import broken_link
from desktop.store.promises import broken_promises
from desktop.store.undoing import undo
from tests.builders import a_ledger
from tests.intake.looking import Files, held, looked
from tests.intake.planning.circles import cycle_of
from tests.intake.planning.random_files import MESSY, TIDY

patient = settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))

POOLS = """
    SELECT sum(b.seats IS NULL), ifnull(sum(b.seats), 0), sum(ifnull(b.packs, 0)), sum(ifnull(b.amount_fen, 0)), given.*
    FROM purchase b JOIN (SELECT licence_id, sum(seats), sum(packs), sum(amount_fen) FROM allocation GROUP BY 1) given
         ON given.licence_id = b.licence_id
    GROUP BY b.licence_id
"""


def imported(ledger: Ledger, look: Look) -> Plan:
    """Import everything that can be taken, as a person does who says so."""
    plan = plan_import(ledger, look)
    apply_import(ledger, plan, "表.xlsx")
    return plan


def test_the_random_files_bring_records_of_every_kind() -> None:
    acts = Counter[tuple[str, Act]]()

    @settings(patient, database=None, derandomize=True, max_examples=50)
    @given(TIDY)
    def count(files: Files) -> None:
        acts.update(plan_import(a_ledger(), looked(files)).counts)

    count()
    assert all(acts[subject, Act.ADD] for subject in SUBJECTS)


@patient
@given(st.lists(MESSY, min_size=1, max_size=2))
def test_any_plan_can_be_applied_and_leaves_nothing_hanging(imports: list[Files]) -> None:
    ledger = a_ledger()
    for files in imports:
        imported(ledger, looked(files))
    assert ledger.connection.execute("PRAGMA foreign_key_check").fetchall() == []
    for table in ("unit", "licence"):
        column = {"unit": "parent_id", "licence": "base_id"}[table]
        above = dict(ledger.connection.execute(f"SELECT id, {column} FROM {table}").fetchall())
        assert not any(cycle_of(one, above) for one in above)


@patient
@given(st.lists(MESSY, min_size=1, max_size=2))
def test_no_plan_gives_away_more_than_was_bought(imports: list[Files]) -> None:
    ledger = a_ledger()
    for files in imports:
        imported(ledger, looked(files))
    for boundless, seats, packs, fen, *given_away in ledger.connection.execute(POOLS).fetchall():
        assert boundless or (given_away[1] <= seats and given_away[2] <= packs)
        assert given_away[3] <= fen


@patient
@given(st.lists(MESSY, min_size=1, max_size=2))
def test_importing_the_same_again_changes_nothing(imports: list[Files]) -> None:
    ledger = a_ledger()
    for files in imports:
        look = looked(files)
        imported(ledger, look)
        assert not plan_import(ledger, look).steps


@patient
@given(TIDY, st.randoms(use_true_random=False))
def test_the_order_of_files_and_sheets_does_not_matter(files: Files, rng: random.Random) -> None:
    sheets = list(looked(files).sheets)
    one, other = a_ledger(), a_ledger()
    plans = [
        imported(one, Look(sheets, [], "")),
        imported(other, Look(rng.sample(sheets, len(sheets)), [], "")),
    ]
    assert plans[0].counts == plans[1].counts
    assert plans[0].is_clean == plans[1].is_clean
    assert held(one) == held(other)


@patient
@given(MESSY)
def test_a_plan_is_clean_just_when_nothing_is_refused(files: Files) -> None:
    plan = plan_import(a_ledger(), looked(files))
    refused = sum(number for (_, act), number in plan.counts.items() if act in (Act.REFUSE, Act.CONFLICT))
    grave = [finding for finding in plan.findings if finding.level == "A"]
    assert plan.is_clean == (not refused and not grave)
    assert len(grave) >= (refused > 0)
    assert all(finding.remedy and finding.place.file for finding in plan.findings)


@patient
@given(st.lists(MESSY, min_size=1, max_size=3), st.lists(st.integers(2, 6), max_size=4))
def test_whatever_is_imported_and_undone_the_ledger_keeps_its_promises(
    imports: list[Files], undone: list[int]
) -> None:
    ledger = a_ledger()
    for files in imports:
        imported(ledger, looked(files))
        assert broken_promises(ledger.connection) == frozenset()
    for number in undone:
        with suppress(AppError):
            undo(ledger, number)
        assert broken_promises(ledger.connection) == frozenset()
    assert broken_link(ledger) is None
