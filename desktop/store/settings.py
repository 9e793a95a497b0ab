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


def settings_beginning(ledger: Ledger, prefix: str) -> dict[str, str]:
    """Return the settings whose keys begin with `prefix`, by the rest of the key."""
    rows = ledger.connection.execute(
        "SELECT natural_key, value FROM setting WHERE substr(natural_key, 1, ?) = ? ORDER BY natural_key",
        (len(prefix), prefix),
    )
    return {key[len(prefix) :]: value for key, value in rows}


def remove_setting(ledger: Ledger, key: str) -> None:
    """Take a setting back inside the running operation, as if it had never been made."""
    ledger.connection.execute("DELETE FROM setting WHERE natural_key = ?", (key,))
