"""What a person can do, each one function over an open ledger."""
