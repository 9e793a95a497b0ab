"""The small language of formulas and checks: tokens, tree, names, values. Knows no form file and no ledger."""
