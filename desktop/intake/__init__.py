"""Reading what comes from outside into a plan. Nothing here writes to the ledger."""
