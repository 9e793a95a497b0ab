"""Random small ledgers counted twice: by the row queries, and in plain Python from the words of the rules."""

from __future__ import annotations

from contextlib import closing
from dataclasses import fields
from itertools import chain, combinations
from random import Random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.actions.scoping import scope_of
from desktop.core.campaign import Switches
from desktop.core.indicators import INDICATORS, Question
from desktop.store.campaigns import all_campaigns
from desktop.store.database import Ledger
from desktop.store.indicators import StoredIndicators
from tests.store.counties import AROUND, a_ledger_of, counties
from tests.store.recounting import Recount

thorough = settings(
    deadline=None, max_examples=250, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


def question_of(ledger: Ledger, recount: Recount) -> Question:
    """Return the question about the whole campaign that the recount answers."""
    (campaign,) = all_campaigns(ledger)
    scope = scope_of(ledger, campaign, unit=None, group="").scope
    return Question(recount.day, scope, recount.switches, campaign.id, recount.campaign_from)


switches = st.builds(Switches, **{field.name: ... for field in fields(Switches)})
recounts = st.builds(
    Recount, counties(), st.sampled_from(AROUND), switches, st.sampled_from((None, *AROUND[:3]))
)


@thorough
@given(recounts, st.randoms(use_true_random=False))
def test_every_total_is_the_recount_whatever_the_dimensions(recount: Recount, random: Random) -> None:
    with closing(a_ledger_of(recount.county)) as ledger:
        question, asked = question_of(ledger, recount), StoredIndicators(ledger)
        for code, indicator in INDICATORS.items():
            names = indicator.dimensions
            every = list(chain.from_iterable(combinations(names, n) for n in range(len(names))))
            for chosen in (names, *random.sample(every, 8)):
                totals = asked.totals(code, question, chosen)
                counted = {key: amount for key, amount in totals.items() if amount}
                assert counted == recount.totals(code, chosen), (code, chosen)


@thorough
@given(recounts, st.data())
def test_the_rows_behind_a_number_add_up_to_it(recount: Recount, data: st.DataObject) -> None:
    with closing(a_ledger_of(recount.county)) as ledger:
        question, asked = question_of(ledger, recount), StoredIndicators(ledger)
        for code, indicator in INDICATORS.items():
            chosen = data.draw(st.lists(st.sampled_from(indicator.dimensions), unique=True))
            totals = recount.totals(code, chosen)
            wanted = data.draw(st.sampled_from([("无",) * len(chosen), *sorted(totals)]))
            filters = {name: frozenset({value, "别的"}) for name, value in zip(chosen, wanted, strict=True)}
            rows = asked.rows(code, question, filters)
            assert sum(row.amount for row in rows) == (totals.get(wanted, 0))
            assert all(row.label and row.unit_name and row.uid for row in rows)
