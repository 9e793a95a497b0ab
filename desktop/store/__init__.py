"""The ledger's SQLite file: the only room that writes SQL."""
