"""Campaigns, their groups and texts, and the progress facts confirmed for each unit."""

from __future__ import annotations

import datetime
import json

from desktop.core.campaign import DEFAULT_CAMPAIGN, Campaign, Group, ProgressKind, Switches
from desktop.core.subjects import natural_key
from desktop.store.database import Ledger


def _date(text: str | None) -> datetime.date | None:
    return datetime.date.fromisoformat(text) if text else None


def all_campaigns(ledger: Ledger) -> list[Campaign]:
    """Return the campaigns, the default one first."""
    rows = ledger.connection.execute(
        "SELECT id, uid, name, starts_on, ends_on, switches FROM campaign ORDER BY id"
    )
    return [
        Campaign(
            number, uid, name, _date(starts), _date(ends), Switches.from_json(json.loads(switches or "{}"))
        )
        for number, uid, name, starts, ends, switches in rows
    ]


def add_campaign(
    ledger: Ledger,
    name: str = DEFAULT_CAMPAIGN,
    switches: Switches | None = None,
    *,
    starts_on: datetime.date | None = None,
    ends_on: datetime.date | None = None,
) -> int:
    """Add a campaign inside the running operation and return its number."""
    cursor = ledger.connection.execute(
        "INSERT INTO campaign (uid, natural_key, name, starts_on, ends_on, switches) VALUES (?, ?, ?, ?, ?, ?)",
        (
            ledger.new_id(),
            natural_key(name),
            name,
            starts_on.isoformat() if starts_on else None,
            ends_on.isoformat() if ends_on else None,
            json.dumps((switches or Switches()).to_json(), ensure_ascii=False),
        ),
    )
    return int(cursor.lastrowid)


def write_switches(ledger: Ledger, campaign_id: int, switches: Switches) -> None:
    """Settle a campaign's ways of counting inside the running operation."""
    ledger.connection.execute(
        "UPDATE campaign SET switches = ? WHERE id = ?",
        (json.dumps(switches.to_json(), ensure_ascii=False), campaign_id),
    )


def write_dates(
    ledger: Ledger, campaign_id: int, starts_on: datetime.date | None, ends_on: datetime.date | None
) -> None:
    """Settle a campaign's first and last day inside the running operation."""
    days = [day.isoformat() if day else None for day in (starts_on, ends_on)]
    ledger.connection.execute(
        "UPDATE campaign SET starts_on = ?, ends_on = ? WHERE id = ?", (*days, campaign_id)
    )


def set_group(ledger: Ledger, campaign_id: int, group: Group, members: list[int]) -> None:
    """Let a group hold exactly these units inside the running operation; without a caption it keeps its own."""
    known = ledger.connection.execute(
        "SELECT id FROM campaign_group WHERE campaign_id = ? AND code = ?", (campaign_id, group.code)
    ).fetchone()
    if known is None:
        add_group(ledger, campaign_id, group, members)
        return
    if group.caption:
        ledger.connection.execute(
            "UPDATE campaign_group SET caption = ? WHERE id = ?", (group.caption, *known)
        )
    ledger.connection.execute("DELETE FROM group_member WHERE campaign_group_id = ?", known)
    _add_members(ledger, int(known[0]), members)


def add_group(ledger: Ledger, campaign_id: int, group: Group, members: list[int]) -> None:
    """Add a group with its member units inside the running operation."""
    cursor = ledger.connection.execute(
        "INSERT INTO campaign_group (uid, natural_key, campaign_id, code, caption, sort_order)"
        " VALUES (?, ?, ?, ?, ?, (SELECT count(*) FROM campaign_group))",
        (ledger.new_id(), natural_key(campaign_id, group.code), campaign_id, group.code, group.caption),
    )
    _add_members(ledger, int(cursor.lastrowid), members)


def _add_members(ledger: Ledger, group: int, members: list[int]) -> None:
    ledger.connection.executemany(
        "INSERT INTO group_member (uid, natural_key, campaign_group_id, unit_id) VALUES (?, ?, ?, ?)",
        [(ledger.new_id(), natural_key(group, unit), group, unit) for unit in members],
    )


def groups_of(ledger: Ledger, campaign_id: int) -> dict[Group, list[int]]:
    """Return the campaign's groups with their member units; empty when groups follow the units' levels."""
    groups: dict[Group, list[int]] = {}
    for code, caption, unit in ledger.connection.execute(
        "SELECT g.code, g.caption, m.unit_id FROM campaign_group g"
        " LEFT JOIN group_member m ON m.campaign_group_id = g.id"
        " WHERE g.campaign_id = ? ORDER BY g.sort_order, m.id",
        (campaign_id,),
    ):
        members = groups.setdefault(Group(code, caption or ""), [])
        if unit is not None:
            members.append(unit)
    return groups


def texts_of(ledger: Ledger, campaign_id: int, form: str) -> dict[str, str]:
    """Return the campaign's own wording for a form, by the key the form gives each text."""
    rows = ledger.connection.execute(
        "SELECT text_key, text FROM campaign_text WHERE campaign_id = ? AND form = ?", (campaign_id, form)
    )
    return dict(rows.fetchall())


def write_text(ledger: Ledger, campaign_id: int, form: str, *, key: str, text: str) -> None:
    """Give a form the campaign's own wording inside the running operation."""
    ledger.connection.execute(
        "INSERT INTO campaign_text (uid, natural_key, campaign_id, form, text_key, text)"
        " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (natural_key) DO UPDATE SET text = excluded.text",
        (ledger.new_id(), natural_key(campaign_id, form, key), campaign_id, form, key, text),
    )


def confirmed_facts(ledger: Ledger, unit_id: int, campaign_id: int) -> frozenset[ProgressKind]:
    """Return what is confirmed for a unit in a campaign and not taken back."""
    rows = ledger.connection.execute(
        "SELECT kind FROM progress_fact WHERE campaign_id = ? AND unit_id = ? AND withdrawn_on IS NULL",
        (campaign_id, unit_id),
    )
    return frozenset(ProgressKind(kind) for (kind,) in rows)


def withdraw_fact(
    ledger: Ledger, unit_id: int, kind: ProgressKind, *, campaign_id: int, on: datetime.date, reason: str
) -> None:
    """Take a confirmed fact back inside the running operation.

    It stays on record with the reason, which must say something: raises ValueError otherwise.
    """
    if not reason.strip():
        raise ValueError("a withdrawal needs a reason")
    ledger.connection.execute(
        "UPDATE progress_fact SET withdrawn_on = ?, withdrawn_reason = ?"
        " WHERE campaign_id = ? AND unit_id = ? AND kind = ?",
        (on.isoformat(), reason, campaign_id, unit_id, kind.value),
    )
