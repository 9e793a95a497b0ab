"""The units of the ledger as values."""

from __future__ import annotations

from desktop.core.text import match_key, split_names
from desktop.core.unit import Category, Level, Unit
from desktop.store.database import Ledger


def all_units(ledger: Ledger) -> dict[int, Unit]:
    """Return every unit by number, in the office's own order."""
    rows = ledger.connection.execute(
        "SELECT id, uid, name, short_name, former_names, aliases, parent_id, level, category, sort_order,"
        " reports_alone, counts_as_organ, in_scope FROM unit ORDER BY sort_order IS NULL, sort_order, id"
    )
    return {row[0]: _unit(row) for row in rows}


def _unit(row: tuple[object, ...]) -> Unit:
    number, uid, name, short, former, aliases, parent, level, category, order, alone, organ, scope = row
    others = [str(short or ""), *split_names(str(former or "")), *split_names(str(aliases or ""))]
    return Unit(
        id=int(str(number)),
        uid=str(uid),
        name=str(name),
        short_name=str(short or ""),
        parent_id=None if parent is None else int(str(parent)),
        level=Level(str(level)),
        category=Category(str(category)),
        sort_order=int(str(order or 0)),
        reports_alone=bool(alone),
        counts_as_organ=bool(organ),
        in_scope=bool(scope),
        other_names=tuple(name for name in others if name),
    )


def unit_code(ledger: Ledger, unit_id: int) -> str:
    """Return the code of a unit in numbers of forms: its 预算单位编码, else its number in this ledger."""
    row = ledger.connection.execute("SELECT budget_code FROM unit WHERE id = ?", (unit_id,)).fetchone()
    plain = "".join(sign for sign in str(row[0] or "") if sign.isascii() and sign.isalnum())
    return plain.upper() or f"{unit_id:04}"


def units_called(ledger: Ledger, name: str) -> list[Unit]:
    """Return the units with this name; failing that, those with it as short, former or other name."""
    wanted = match_key(name)
    units = all_units(ledger).values()
    exact = [unit for unit in units if match_key(unit.name) == wanted]
    return exact or [unit for unit in units if wanted in map(match_key, unit.other_names)]
