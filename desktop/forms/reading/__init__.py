"""Reads form files into FormSpec, and proves that what they say holds together. Knows no ledger."""
