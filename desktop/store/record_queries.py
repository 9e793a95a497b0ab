"""The one query of each kind of record that fills rows of a form: uid, key, fields, filters, and the order.

Parameters every query may use: `:as_of` the cut-off day, and the switches by their names (0 or 1). `temp.scope` holds
the units in question. `o1` to `o5` order the rows: the office's own order of units first.
"""

from __future__ import annotations

from desktop.core.campaign import AmountBasis
from desktop.store.row_queries import (
    BEGUN,
    DIED,
    IN_USE,
    IS_FREE,
    IS_OEM,
    NOT_ENDED,
    SEATS_COUNT,
    purchase_counts,
)

_ORDER = "u.sort_order IS NULL AS o1, u.sort_order AS o2, u.id AS o3"
_THERE = (
    f"(i.installed_on IS NULL OR i.installed_on <= :as_of)"
    f" AND (i.removed_on IS NULL OR i.removed_on > :as_of) AND {IN_USE}"
)
_UNIT = "JOIN temp.scope s ON s.unit_id = u.id"
_RANK = (
    "CASE p.class WHEN '操作系统' THEN 0 WHEN '办公' THEN 1 WHEN '杀毒' THEN 2 WHEN '业务' THEN 3 ELSE 4 END"
)
_COMPUTER = "c.asset_no, c.department, c.user_name"


def _person(*words: str) -> str:
    """Return the SQL of the person of a unit who answers for the first of these that anyone does."""
    ranked = " ".join(f"WHEN '{word}' THEN {rank}" for rank, word in enumerate(words))
    listed = ", ".join(f"'{word}'" for word in words)
    return (
        "(SELECT p.id FROM person p JOIN responsibility r ON r.person_id = p.id"
        f" WHERE p.unit_id = u.id AND r.word IN ({listed})"
        f" ORDER BY CASE r.word {ranked} END, p.sort_order IS NULL, p.sort_order, p.id LIMIT 1)"
    )


_PEOPLE = f"""
    SELECT p.uid, '' AS key, u.name AS unit_name, p.name, p.department, p.post, p.office_phone, p.mobile, p.fax, p.email,
           r.word AS responsibility, {_ORDER}, p.sort_order IS NULL AS o4, p.sort_order AS o5, p.id AS o6
    FROM unit u {_UNIT} JOIN person p ON p.unit_id = u.id LEFT JOIN responsibility r ON r.person_id = p.id
"""

_UNITS = f"""
    SELECT u.uid, u.id AS key, u.name AS unit_name, u.category, u.level, a.name AS leader_name, a.post AS leader_post,
           a.office_phone AS leader_phone, a.mobile AS leader_mobile, b.name AS contact_name, b.post AS contact_post,
           b.office_phone AS contact_phone, b.mobile AS contact_mobile, b.fax AS contact_fax, b.email AS contact_email,
           {_ORDER}, 0 AS o4, 0 AS o5, 0 AS o6
    FROM unit u {_UNIT} LEFT JOIN person a ON a.id = {_person("第一责任人", "分管领导", "主管人")}
         LEFT JOIN person b ON b.id = {_person("信息报送人", "经办人", "软件专人", "填表人")}
    WHERE u.reports_alone OR u.parent_id IS NULL
"""

_COMPUTERS = f"""
    SELECT c.uid, c.id AS key, u.name AS unit_name, {_COMPUTER}, c.place, c.kind, c.state, c.model,
           coalesce(c.mac, c.serial_no) AS identifier, c.purchased_on, c.in_use_from, NULL AS systems, NULL AS office,
           NULL AS antivirus, NULL AS others, c.note, {_ORDER},
           c.department AS o4, c.asset_no IS NULL AS o5, c.asset_no AS o6
    FROM unit u {_UNIT} JOIN computer c ON c.unit_id = u.id
    WHERE {IN_USE}
"""

# What a unit holds, and what is in use there without being held: over-use has to be seen. A unit that reports for
# others holds and uses theirs, too.
_LICENCES = f"""
    WITH held (unit_id, licence_id, licence_no, source, used) AS (
        SELECT unit_id, id, licence_no, source, 0 FROM licence
        UNION ALL SELECT unit_id, licence_id, licence_no, '上级配发', 0 FROM allocation
        WHERE allocated_on IS NULL OR allocated_on <= :as_of
        UNION ALL SELECT DISTINCT c.unit_id, i.licence_id, NULL, NULL, 1
        FROM installation i JOIN computer c ON c.id = i.computer_id WHERE i.licence_id IS NOT NULL AND {_THERE}),
    known AS (
        SELECT s.reporter, h.licence_id, max(h.used) AS used, min(h.used) = 0 AS held,
               ifnull(max(CASE WHEN h.unit_id = s.reporter THEN h.licence_no END), max(h.licence_no)) AS licence_no,
               ifnull(max(CASE WHEN h.unit_id = s.reporter THEN h.source END), max(h.source)) AS source
        FROM held h JOIN temp.scope s ON s.unit_id = h.unit_id GROUP BY s.reporter, h.licence_id),
    bought AS (
        SELECT l.id, min(b.purchased_on) AS purchased_on, max(b.contract_no) AS contract_no, max(b.supplier) AS supplier,
               CASE WHEN count(b.valid_to) < count(b.id) THEN '永久' ELSE max(b.valid_to) END AS valid_to,
               NOT {DIED} AND (count(b.id) OR NOT EXISTS (SELECT 1 FROM purchase e WHERE e.licence_id = l.id)) AS valid
        FROM licence l LEFT JOIN purchase b ON b.licence_id = l.id AND {purchase_counts(AmountBasis.VALID)} GROUP BY l.id)
    SELECT l.uid, l.uid || '/' || u.id AS key, u.name AS unit_name, ifnull(k.licence_no, l.licence_no) AS licence_no,
           p.name AS product, l.edition, p.class, p.origin, k.source, l.method, l.licensee, b.purchased_on,
           ifnull(b.valid_to, (SELECT max(e.valid_to) FROM purchase e WHERE e.licence_id = l.id)) AS valid_to,
           b.contract_no, b.supplier, l.proof,
           CASE WHEN NOT k.held THEN '未持有' WHEN NOT b.valid THEN '无效' ELSE l.note END AS note,
           CASE WHEN {IS_FREE} THEN '免费软件' WHEN {IS_OEM} THEN '预装软件' ELSE '商业软件' END AS sort,
           CASE WHEN k.held AND b.valid THEN '有效' ELSE '仅在用' END AS holding,
           {_ORDER}, {_RANK} AS o4, ifnull(k.licence_no, l.licence_no) IS NULL AS o5, ifnull(k.licence_no, l.licence_no) AS o6
    FROM known k JOIN unit u ON u.id = k.reporter JOIN licence l ON l.id = k.licence_id JOIN bought b ON b.id = l.id
         JOIN product p ON p.id = l.product_id
    WHERE k.used OR b.valid
"""

# What an owner gave away is taken off beside what it bought, so that the register adds up to the contracts. What was
# free was not purchased; what came with a computer has no price of its own.
_PRICED = f"CASE WHEN NOT {IS_OEM} THEN {{}} END"
_PURCHASES = f"""
    WITH bought AS (
        SELECT b.uid, l.unit_id, l.id AS licence_id, l.licence_no, l.source, b.packs, b.seats, b.unit_price_fen, b.amount_fen,
               b.purchased_on, b.supplier, b.contract_no, b.funding, b.valid_from, b.valid_to, l.note, b.id AS number
        FROM purchase b JOIN licence l ON l.id = b.licence_id
        UNION ALL
        SELECT a.uid, a.unit_id, a.licence_id, a.licence_no, '上级配发', a.packs, a.seats, NULL, a.amount_fen,
               a.allocated_on, NULL, NULL, NULL, a.valid_from, a.valid_to, a.note, a.id FROM allocation a
        UNION ALL
        SELECT a.uid, l.unit_id, l.id, l.licence_no, '配发下级', -a.packs, -a.seats, NULL, -a.amount_fen,
               a.allocated_on, NULL, NULL, NULL, a.valid_from, a.valid_to,
               '配发给' || (SELECT name FROM unit WHERE id = a.unit_id), a.id FROM allocation a JOIN licence l ON l.id = a.licence_id)
    SELECT b.uid, '' AS key, b.purchased_on, u.name AS unit_name, b.licence_no, p.name AS product, l.edition, b.source,
           l.method, b.packs, b.seats, {_PRICED.format("b.unit_price_fen")} AS unit_price,
           {_PRICED.format("b.amount_fen")} AS amount, b.supplier, b.contract_no,
           b.funding, b.valid_from, b.valid_to, l.proof, b.note, p.class,
           b.purchased_on IS NOT NULL AS o1, b.purchased_on AS o2, u.sort_order AS o3, u.id AS o4, b.licence_no AS o5, b.number AS o6
    FROM unit u {_UNIT} JOIN bought b ON b.unit_id = u.id JOIN licence l ON l.id = b.licence_id
         JOIN product p ON p.id = l.product_id
    WHERE (b.purchased_on IS NULL OR b.purchased_on <= :as_of) AND NOT {IS_FREE}
"""

_INSTALLED = (
    f"FROM unit u {_UNIT} JOIN computer c ON c.unit_id = u.id JOIN installation i ON i.computer_id = c.id"
    " JOIN product p ON p.id = i.product_id LEFT JOIN licence l ON l.id = i.licence_id"
)

_USES = f"""
    SELECT i.uid, '' AS key, u.name AS unit_name, {_COMPUTER}, c.kind AS computer_kind, p.class, l.licence_no,
           p.name AS product, i.edition, i.installed_on, ifnull(i.claim, '待核实') AS claim, i.product_identifier, i.note,
           {_ORDER}, c.department AS o4, c.asset_no AS o5, {_RANK} AS o6
    {_INSTALLED}
    WHERE {_THERE}
"""

# Each end of an installation is a line of its own; a copy ends with its computer, on the day that was put out of use.
# How many are installed is counted within the licence, in the order of the days; an end without a day follows its
# beginning. How many seats there were on each day is asked of the indicator.
_EVENTS = f"""
    WITH copies AS (
        SELECT i.id, i.licence_id, i.installed_on, i.note, i.removed_on, c.retired_on, NOT {NOT_ENDED} AS retired,
               CASE c.state WHEN '报废' THEN '计算机报废' WHEN '闲置' THEN '计算机闲置' ELSE '计算机停用' END AS how,
               ifnull(i.removed_on <= :as_of, 0) AS removed
        FROM installation i JOIN computer c ON c.id = i.computer_id
        WHERE (i.installed_on IS NULL OR i.installed_on <= :as_of) AND {BEGUN}),
    ended AS (
        SELECT *, removed AND ifnull(NOT retired OR retired_on >= removed_on, 1) AS by_hand FROM copies
        WHERE removed OR retired),
    ends AS (
        SELECT id, licence_id, installed_on AS happened_on, installed_on AS day, '安装' AS action, 1 AS step, note FROM copies
        UNION ALL
        SELECT id, licence_id, happened_on, CASE WHEN happened_on >= ifnull(installed_on, '') THEN happened_on ELSE installed_on
               END, '卸载', -1, note
        FROM (SELECT id, licence_id, installed_on, CASE WHEN by_hand THEN removed_on ELSE retired_on END AS happened_on,
                     CASE WHEN by_hand THEN note ELSE how END AS note FROM ended))
    SELECT i.uid || '/' || e.action AS uid, '' AS key, e.happened_on, e.action, u.name AS unit_name, l.licence_no,
           p.name AS product, i.edition, {_COMPUTER}, CASE i.user_signed WHEN 1 THEN '是' WHEN 0 THEN '否' END AS user_signed,
           CASE i.backed_up WHEN 1 THEN '是' WHEN 0 THEN '否' END AS backed_up,
           CASE WHEN l.id IS NOT NULL THEN sum(e.step) OVER (PARTITION BY e.licence_id
                ORDER BY e.day IS NOT NULL, e.day, e.step DESC, i.id) END AS installed,
           NULL AS seats, NULL AS remaining, e.note, p.class, l.uid AS licence,
           e.day IS NOT NULL AS o1, e.day AS o2, -e.step AS o3, i.id AS o4, 0 AS o5, 0 AS o6
    {_INSTALLED} JOIN ends e ON e.id = i.id
"""

# A removed copy was replaced when another of its class was put on the computer within a month.
_REPLACEMENTS = f"""
    SELECT n.uid, '' AS key, n.installed_on AS happened_on, u.name AS unit_name, {_COMPUTER}, p.name AS old_product,
           i.edition AS old_edition, l.licence_no AS old_licence_no, q.name AS product, n.edition, m.licence_no, n.note,
           p.class, n.installed_on AS o1, u.sort_order AS o2, u.id AS o3, c.asset_no AS o4, n.id AS o5, 0 AS o6
    {_INSTALLED} JOIN installation n ON n.computer_id = c.id AND n.id <> i.id
         AND n.installed_on BETWEEN i.removed_on AND date(i.removed_on, '+31 days') AND n.installed_on <= :as_of
         JOIN product q ON q.id = n.product_id AND q.class = p.class LEFT JOIN licence m ON m.id = n.licence_id
    WHERE p.class <> '其他'
"""

_DISPOSALS = f"""
    WITH gone AS (
        SELECT l.id, d.retired_on AS happened_on, '随计算机报废' AS reason, d.asset_no FROM licence l
               JOIN computer d ON d.id = l.computer_id
        WHERE {IS_OEM} AND d.state = '报废' AND (d.retired_on IS NULL OR d.retired_on <= :as_of)
        UNION ALL
        SELECT l.id, max(b.valid_to), '授权到期', NULL FROM licence l JOIN purchase b ON b.licence_id = l.id
        GROUP BY l.id HAVING count(b.valid_to) = count(b.id) AND max(b.valid_to) < :as_of)
    SELECT l.uid || '/' || g.reason AS uid, '' AS key, g.happened_on, u.name AS unit_name, l.licence_no, p.name AS product,
           l.edition, (SELECT sum(coalesce(b.seats, b.packs)) FROM purchase b WHERE b.licence_id = l.id) AS seats,
           g.reason, g.asset_no, l.note, p.class,
           g.happened_on IS NOT NULL AS o1, g.happened_on AS o2, u.sort_order AS o3, u.id AS o4, l.licence_no AS o5, 0 AS o6
    FROM unit u {_UNIT} JOIN licence l ON l.unit_id = u.id JOIN gone g ON g.id = l.id JOIN product p ON p.id = l.product_id
"""

RECORD_QUERIES = {
    "people": _PEOPLE,
    "units": _UNITS,
    "computers": _COMPUTERS,
    "licences": _LICENCES,
    "purchases": _PURCHASES,
    "uses": _USES,
    "events": _EVENTS,
    "replacements": _REPLACEMENTS,
    "disposals": _DISPOSALS,
}

LICENCES_WITH_SEATS = f"SELECT l.uid FROM licence l WHERE {SEATS_COUNT}"
"""The licences whose seats count; free software has none, nor has preinstalled software where it is not to count."""

SOFTWARE_OF_COMPUTERS = f"""
    SELECT c.id, p.class, p.name || CASE WHEN i.edition IS NULL THEN '' ELSE ' ' || i.edition END
           || CASE WHEN l.licence_no IS NULL THEN '' ELSE '（' || l.licence_no || '）' END
    {_INSTALLED}
    WHERE {_THERE}
    ORDER BY c.id, i.id
"""
"""Every copy in use: the computer's number, the class, and what it is with the number it is licensed under."""
