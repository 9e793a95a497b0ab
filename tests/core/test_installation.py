"""The words of a claim are stored in ledgers and printed in tables: they never change."""

from __future__ import annotations

from desktop.core.installation import Claim


def test_what_a_unit_may_claim() -> None:
    assert [claim.value for claim in Claim] == ["正版", "非正版", "待核实"]
    assert Claim("正版") is Claim.GENUINE
