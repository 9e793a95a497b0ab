"""Settings that belong to the ledger itself: whose it is. What a program remembers of its window is elsewhere."""

from __future__ import annotations

from desktop.store.database import Ledger

OWN_OFFICE = "own_office"


def setting(ledger: Ledger, key: str) -> str:
    """Return a setting, empty when it was never made."""
    row = ledger.connection.execute("SELECT value FROM setting WHERE natural_key = ?", (key,)).fetchone()
    return str(row[0]) if row else ""


def write_setting(ledger: Ledger, key: str, value: str) -> None:
    """Make a setting inside the running operation."""
    ledger.connection.execute(
        "INSERT INTO setting (uid, natural_key, key, value) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (natural_key) DO UPDATE SET value = excluded.value",
        (ledger.new_id(), key, key, value),
    )
