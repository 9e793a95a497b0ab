"""What every ledger promises of its records together, beyond references: no circles, no pool overdrawn."""

from __future__ import annotations

from desktop.store.faults import Connection

_CIRCLE = """
    WITH RECURSIVE up (start, above) AS (
        SELECT id, {column} FROM {table} WHERE {column} IS NOT NULL
        UNION
        SELECT up.start, t.{column} FROM up JOIN {table} t ON t.id = up.above WHERE t.{column} IS NOT NULL)
    SELECT {name} FROM up JOIN {table} t ON t.id = up.start WHERE up.start = up.above
"""

# A site licence that names no number of seats has as many as are asked of it.
_OVERDRAWN = """
    WITH bought AS (
        SELECT licence_id, sum(coalesce(seats, packs, 0)) AS seats, sum(ifnull(packs, 0)) AS packs,
               sum(ifnull(amount_fen, 0)) AS fen, max(seats IS NULL) AS has_no_number
        FROM purchase GROUP BY licence_id),
    given AS (
        SELECT licence_id, sum(ifnull(seats, 0)) AS seats, sum(ifnull(packs, 0)) AS packs,
               sum(ifnull(amount_fen, 0)) AS fen
        FROM allocation GROUP BY licence_id)
    SELECT ifnull(l.licence_no, '（无编号）') FROM given g JOIN licence l ON l.id = g.licence_id
    LEFT JOIN bought b ON b.licence_id = g.licence_id
    WHERE g.fen > ifnull(b.fen, 0)
       OR (NOT (l.method IS '场地授权' AND ifnull(b.has_no_number, 0))
           AND (g.seats > ifnull(b.seats, 0) OR g.packs > ifnull(b.packs, 0)))
"""

_PROMISES = (
    (_CIRCLE.format(table="unit", column="parent_id", name="t.name"), "「{}」的上级单位转回自己"),
    (
        _CIRCLE.format(table="licence", column="base_id", name="ifnull(t.licence_no, '（无编号）')"),
        "软件编号「{}」的原许可编号转回自己",
    ),
    (_OVERDRAWN, "软件编号「{}」配发的多于购买的"),
)


def broken_promises(connection: Connection) -> frozenset[str]:
    """Return in Chinese what the ledger holds against its promises, a clause each; nothing for a sound ledger."""
    return frozenset(
        clause.format(name) for query, clause in _PROMISES for (name,) in connection.execute(query).fetchall()
    )
