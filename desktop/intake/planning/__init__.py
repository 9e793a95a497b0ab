"""Turns the rows that were read into a plan against what the ledger holds. Writes nothing."""
