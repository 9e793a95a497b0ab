"""The one row query of each indicator: (uid, dimensions, amount, label) for a day and the scope.

Parameters every query may use: `:as_of` the cut-off day, `:campaign` and `:campaign_from`, and the switches by
their names (0 or 1). `temp.scope` holds the units in question with their groups. The dimensions `unit` and
`reporter` are the numbers of the unit and of that on whose form it stands.
"""

from __future__ import annotations

from desktop.core.campaign import AmountBasis

# In use on the cut-off day: begun, and not ended. 闲置 and 报废 end on their 停用日期; without one they have ended.
BEGUN = "(c.in_use_from IS NULL OR c.in_use_from <= :as_of) AND (c.kind <> '服务器' OR :count_servers)"
NOT_ENDED = "(ifnull(c.retired_on > :as_of, c.state IS '在用') OR (c.state IS '闲置' AND :count_idle))"
IN_USE = f"{BEGUN} AND {NOT_ENDED}"
_COMPUTER_LABEL = (
    "'资产编号 ' || ifnull(c.asset_no, '无') || '，' || c.kind || '，' || ifnull(c.user_name, '未填使用人')"
)


def _dated(day: str) -> str:
    """Return the SQL of whether a row has its date; without one it counts as existing and is listed."""
    return f"CASE WHEN {day} IS NULL THEN '无日期' ELSE '有日期' END AS dated"


def _category(unit: str) -> str:
    """Return the SQL of the category of a unit; nothing is looked up where nobody asks for it."""
    return f"(SELECT category FROM unit WHERE id = {unit}) AS category"


def named(row: str) -> str:
    """Return the SQL of a product's name with its edition, unless the name ends with it already."""
    ends_with_it = f"substr(p.name, -length({row}.edition)) = {row}.edition"
    return (
        f"p.name || CASE WHEN {row}.edition IS NULL OR {ends_with_it} THEN '' ELSE ' ' || {row}.edition END"
    )


_REPORTING_UNITS = """
    SELECT u.uid, u.id AS unit, s.grp AS "group", s.reporter, u.category, u.level, 1 AS amount,
           u.category AS label
    FROM temp.scope s JOIN unit u ON u.id = s.unit_id
    WHERE {counted}
"""
_COUNTED_AS_ORGAN, _REPORTS = "u.counts_as_organ", "(u.reports_alone OR u.parent_id IS NULL)"

_STAFF = """
    SELECT u.uid, u.id AS unit, s.grp AS "group", s.reporter, u.category, k.kind AS staff,
           CASE k.kind WHEN '编制' THEN u.staff_quota WHEN '实有' THEN u.staff_actual ELSE u.staff_computing END AS amount,
           k.kind || '人数' AS label
    FROM temp.scope s JOIN unit u ON u.id = s.unit_id
         JOIN (SELECT '编制' AS kind UNION ALL SELECT '实有' UNION ALL SELECT '使用计算机') k
    WHERE CASE k.kind WHEN '编制' THEN u.staff_quota WHEN '实有' THEN u.staff_actual ELSE u.staff_computing END <> 0
"""

_COMPUTERS = f"""
    SELECT c.uid, c.unit_id AS unit, s.grp AS "group", s.reporter, {_category("c.unit_id")}, c.kind, c.state,
           {_dated("c.in_use_from")}, 1 AS amount,
           {_COMPUTER_LABEL} AS label
    FROM computer c JOIN temp.scope s ON s.unit_id = c.unit_id
    WHERE {IN_USE}
"""

_BEGUN = "({t}.{day} IS NULL OR {t}.{day} <= :as_of)"
_VALID = "({t}.valid_from IS NULL OR {t}.valid_from <= :as_of) AND ({t}.valid_to IS NULL OR {t}.valid_to >= :as_of)"
# Whether the licence that a copy is recorded under holds on the cut-off day.
_COVER = (
    "CASE WHEN i.licence_id IS NULL THEN '未指明' WHEN EXISTS (SELECT 1 FROM purchase b"
    f" WHERE b.licence_id = i.licence_id AND {_BEGUN.format(t='b', day='purchased_on')}"
    f" AND {_VALID.format(t='b')}) THEN '有效' ELSE '到期' END AS cover"
)

_INSTALLATIONS = f"""
    SELECT i.uid, c.unit_id AS unit, s.grp AS "group", s.reporter, {_category("c.unit_id")}, p.class, p.origin,
           (SELECT l.uid FROM licence l WHERE l.id = i.licence_id) AS licence,
           {named("i")} AS product, ifnull(i.claim, '待核实') AS claim, c.kind, {_COVER},
           1 AS amount, {named("i")} || '，' || {_COMPUTER_LABEL} AS label
    FROM installation i JOIN computer c ON c.id = i.computer_id JOIN product p ON p.id = i.product_id
         JOIN temp.scope s ON s.unit_id = c.unit_id
    WHERE (i.installed_on IS NULL OR i.installed_on <= :as_of)
      AND (i.removed_on IS NULL OR i.removed_on > :as_of) AND {IN_USE}
"""

_FACT_HOLDS = (
    "f.campaign_id = :campaign AND (f.happened_on IS NULL OR f.happened_on <= :as_of)"
    " AND (f.withdrawn_on IS NULL OR f.withdrawn_on > :as_of)"
)

_PROGRESS = f"""
    WITH held AS (
        SELECT f.uid, f.unit_id, f.kind, min(f.happened_on) AS happened_on FROM progress_fact f
        WHERE {_FACT_HOLDS} GROUP BY f.unit_id, f.kind),
    counted (uid, unit_id, kind, happened_on, note) AS (
        SELECT uid, unit_id, kind, happened_on, '' FROM held WHERE kind <> '无需采购'
        UNION ALL
        SELECT f.uid, f.unit_id, k.kind, f.happened_on, '（无需采购）'
        FROM held f, (SELECT '经费' AS kind UNION ALL SELECT '采购') k
        WHERE f.kind = '无需采购' AND :nothing_to_buy_counts AND NOT EXISTS (
            SELECT 1 FROM held g WHERE g.unit_id = f.unit_id AND g.kind = k.kind))
    SELECT f.uid, u.id AS unit, s.grp AS "group", s.reporter, u.category, f.kind AS progress, {_dated("f.happened_on")}, 1 AS amount,
           f.kind || f.note || '：' || ifnull(f.happened_on, '未填日期') AS label
    FROM counted f JOIN temp.scope s ON s.unit_id = f.unit_id JOIN unit u ON u.id = f.unit_id
    WHERE {{counted}}
"""

_IN_CAMPAIGN = "(:campaign_from IS NULL OR ifnull({t}.{day} >= :campaign_from, {undated}))"
_COUNTS = {
    AmountBasis.VALID: f"{_BEGUN} AND {_VALID}",
    AmountBasis.IN_CAMPAIGN: f"{_BEGUN} AND {_IN_CAMPAIGN}",
    AmountBasis.ALL_YEARS: _BEGUN,
}


def purchase_counts(basis: AmountBasis, row: str = "b") -> str:
    """Return when a purchase counts. One without a date exists, but is not known to be of the campaign."""
    return _COUNTS[basis].format(t=row, day="purchased_on", undated=0)


def _allocation_counts(basis: AmountBasis) -> str:
    """Return when an allocation counts: only while some purchase of its pool counts."""
    bought = f"SELECT 1 FROM purchase b WHERE b.licence_id = a.licence_id AND {purchase_counts(basis)}"
    return _COUNTS[basis].format(t="a", day="allocated_on", undated=1) + f" AND EXISTS ({bought})"


# A method or source that nobody filled in is neither preinstalled nor free: IS, since = would say nothing. Whether
# the catalogue calls the product free does not matter: an office may have bought its edition for organisations.
IS_OEM = "(l.source IS '预装' OR l.method IS 'OEM')"
IS_FREE = "(l.source IS '免费' OR l.method IS '免费使用')"
# Preinstalled software is bound to its computer and dies with it.
DIED = (
    f"({IS_OEM} AND EXISTS (SELECT 1 FROM computer d WHERE d.id = l.computer_id AND d.state = '报废'"
    " AND (d.retired_on IS NULL OR d.retired_on <= :as_of)))"
)

# A site licence without a number counts the computers it covers, once however many of its terms count.
_SEATS = f"""CASE WHEN b.seats IS NOT NULL OR l.method IS NOT '场地授权' THEN coalesce(b.seats, b.packs, 0)
             WHEN EXISTS (SELECT 1 FROM purchase e WHERE e.licence_id = l.id AND e.seats IS NULL
                          AND e.id < b.id AND {{earlier_counts}}) THEN 0
             ELSE (SELECT count(*) FROM computer c WHERE c.unit_id = l.unit_id AND {IN_USE}) END"""

# The owner holds what it bought less what it gave away; who received holds that. The sum is the contract.
_HOLDINGS = """
    WITH holding (uid, unit_id, licence_id, source, day, packs, seats, amount_fen, note) AS (
        SELECT b.uid, l.unit_id, l.id, l.source, b.purchased_on, ifnull(b.packs, 0), {seats}, ifnull(b.amount_fen, 0),
               CASE WHEN b.seats IS NULL AND l.method IS '场地授权' THEN '，未写许可数，按所覆盖的计算机计' ELSE '' END
        FROM purchase b JOIN licence l ON l.id = b.licence_id WHERE {purchase_counts}
        UNION ALL
        SELECT a.uid, l.unit_id, l.id, l.source, a.allocated_on, -ifnull(a.packs, 0), -ifnull(a.seats, 0),
               -ifnull(a.amount_fen, 0), '，已配发 ' || (SELECT name FROM unit WHERE id = a.unit_id)
        FROM allocation a JOIN licence l ON l.id = a.licence_id WHERE {allocation_counts}
        UNION ALL
        SELECT a.uid, a.unit_id, a.licence_id, '上级配发', a.allocated_on, ifnull(a.packs, 0), ifnull(a.seats, 0),
               ifnull(a.amount_fen, 0), '，上级配发' || ifnull('（本单位编号 ' || a.licence_no || '）', '')
        FROM allocation a WHERE {allocation_counts})
    SELECT h.uid, h.unit_id AS unit, s.grp AS "group", s.reporter, {category}, p.class, p.origin, l.uid AS licence,
           {named} AS product, h.source, {dated}, {amount} AS amount,
           ifnull(l.licence_no || '，', '') || {named} || h.note AS label
    FROM holding h JOIN licence l ON l.id = h.licence_id JOIN product p ON p.id = l.product_id
         JOIN temp.scope s ON s.unit_id = h.unit_id
    WHERE NOT EXISTS (SELECT 1 FROM licence n JOIN purchase b ON b.licence_id = n.id
                      WHERE n.base_id = l.id AND {purchase_counts}) AND NOT {died} AND {counted}
"""

_FREE_RULE = f"(:count_free_seats OR NOT {IS_FREE})"
SEATS_COUNT = f"{_FREE_RULE} AND (:count_oem_seats OR NOT {IS_OEM})"
_AMOUNT = f"CASE WHEN {IS_OEM} THEN 0 ELSE h.amount_fen END"


def _holdings(amount: str, counted: str, basis: AmountBasis = AmountBasis.VALID) -> str:
    return _HOLDINGS.format(
        seats=_SEATS.format(earlier_counts=purchase_counts(basis, "e")),
        purchase_counts=purchase_counts(basis),
        allocation_counts=_allocation_counts(basis),
        amount=amount,
        counted=counted,
        died=DIED,
        category=_category("h.unit_id"),
        named=named("l"),
        dated=_dated("h.day"),
    )


ROW_QUERIES = {
    "units": _REPORTING_UNITS.format(counted=_COUNTED_AS_ORGAN),
    "reporting_units": _REPORTING_UNITS.format(counted=_REPORTS),
    "staff": _STAFF,
    "computers": _COMPUTERS,
    "installations": _INSTALLATIONS,
    "progress": _PROGRESS.format(counted=_COUNTED_AS_ORGAN),
    "reporting_progress": _PROGRESS.format(counted=_REPORTS),
    "packs": _holdings("h.packs", _FREE_RULE),
    "seats": _holdings("h.seats", SEATS_COUNT),
    **{f"amount/{basis}": _holdings(_AMOUNT, _FREE_RULE, basis) for basis in AmountBasis},
}
