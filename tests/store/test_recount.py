"""Random small ledgers counted twice: by the row queries, and in plain Python from the words of the rules."""

from __future__ import annotations

from contextlib import closing
from itertools import chain, combinations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.actions.scoping import scope_of
from desktop.core.campaign import Switches
from desktop.core.indicators import INDICATORS, Question
from desktop.store.campaigns import all_campaigns
from desktop.store.database import Ledger
from desktop.store.indicators import StoredIndicators
from tests.store.counties import AROUND, County, Day, a_ledger_of, counties, days
from tests.store.recounting import Recount, Totals

thorough = settings(
    deadline=None, max_examples=100, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


def question_of(ledger: Ledger, recount: Recount) -> Question:
    """Return the question about the whole campaign that the recount answers."""
    (campaign,) = all_campaigns(ledger)
    scope = scope_of(ledger, campaign, unit=None, group="").scope
    return Question(recount.day, scope, recount.switches, campaign.id, recount.campaign_from)


def without_zeros(totals: dict[tuple[str, ...], int]) -> Totals:
    """Return the totals with a missing source read as none and without what sums up to nothing."""
    return {tuple("" if part == "None" else part for part in key): n for key, n in totals.items() if n}


@thorough
@given(counties(), st.sampled_from(AROUND), st.builds(Switches), days)
def test_every_total_is_the_recount_whatever_the_dimensions(
    county: County, day: Day, switches: Switches, campaign_from: Day
) -> None:
    assert day is not None
    recount = Recount(county, day, switches, campaign_from)
    with closing(a_ledger_of(county)) as ledger:
        question, asked = question_of(ledger, recount), StoredIndicators(ledger)
        for code, indicator in INDICATORS.items():
            names = indicator.dimensions
            for chosen in chain.from_iterable(combinations(names, n) for n in range(len(names) + 1)):
                totals = without_zeros(dict(asked.totals(code, question, chosen)))
                assert totals == recount.totals(code, chosen), (code, chosen)


@thorough
@given(counties(), st.sampled_from(AROUND), st.builds(Switches), days, st.data())
def test_the_rows_behind_a_number_add_up_to_it(
    county: County, day: Day, switches: Switches, campaign_from: Day, data: st.DataObject
) -> None:
    assert day is not None
    recount = Recount(county, day, switches, campaign_from)
    with closing(a_ledger_of(county)) as ledger:
        question, asked = question_of(ledger, recount), StoredIndicators(ledger)
        for code, indicator in INDICATORS.items():
            chosen = data.draw(st.lists(st.sampled_from(indicator.dimensions), unique=True))
            totals = recount.totals(code, chosen)
            wanted = data.draw(st.sampled_from(sorted(totals))) if totals else ("无",) * len(chosen)
            filters = {
                name: frozenset({value, "别的"}) for name, value in zip(chosen, wanted, strict=True) if value
            }
            rows = asked.rows(code, question, filters)
            kept = [name for name in chosen if name in filters]
            key = tuple(value for value in wanted if value)
            assert sum(row.amount for row in rows) == recount.totals(code, kept).get(key, 0)
            assert all(row.label and row.unit_name and row.uid for row in rows)
