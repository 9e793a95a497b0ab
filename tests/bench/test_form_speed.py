"""T02 at 300,000 installations and 20,000 licences, against one hand-written GROUP BY per source table."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path

import pytest

from desktop.actions.filling import Request, fill
from desktop.actions.ledgers import new_ledger
from desktop.core.campaign import Switches, TotalMeaning
from desktop.store.campaigns import write_switches
from desktop.store.database import Ledger
from desktop.store.operations import Act, operation

UNITS, COMPUTERS, LICENCES, INSTALLATIONS = 200, 100_000, 20_000, 300_000
CLASSES = ("操作系统", "办公", "杀毒", "业务", "其他")

BY_HAND = (
    "SELECT count(*) FROM unit WHERE counts_as_organ",
    "SELECT count(*) FROM computer WHERE state = '在用' AND (in_use_from IS NULL OR in_use_from <= '2026-06-30')",
    "SELECT kind, count(*) FROM progress_fact GROUP BY kind",
    "SELECT p.class, p.origin, sum(b.seats), sum(b.amount_fen) FROM purchase b"
    " JOIN licence l ON l.id = b.licence_id JOIN product p ON p.id = l.product_id"
    " WHERE b.valid_to IS NULL OR b.valid_to >= '2026-06-30' GROUP BY p.class, p.origin",
    "SELECT p.class, p.origin, count(*) FROM installation i JOIN product p ON p.id = i.product_id"
    " JOIN computer c ON c.id = i.computer_id WHERE i.removed_on IS NULL AND c.state = '在用'"
    " GROUP BY p.class, p.origin",
)


def insert(ledger: Ledger, table: str, columns: str, rows: Iterable[tuple[object, ...]]) -> None:
    names = ["id", "uid", "natural_key", *columns.split()]
    numbered = ((n, f"{table}{n}", f"{table}{n}", *row) for n, row in enumerate(rows, start=1))
    marks = ", ".join("?" * len(names))
    ledger.connection.executemany(f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks})", numbered)


def populate(ledger: Ledger) -> None:
    """Fill a ledger with a made-up county of the size in question."""
    with operation(ledger, Act("测试", "大台账")):
        write_switches(ledger, 1, Switches(total_meaning=TotalMeaning.INSTALLED))
        columns = "name level category sort_order reports_alone counts_as_organ in_scope"
        insert(ledger, "unit", columns, ((f"第{n}局", "县直", "政府", n, 1, 1, 1) for n in range(UNITS)))
        insert(
            ledger,
            "product",
            "name class origin kind is_server",
            ((f"产品{n}", CLASSES[n % 5], ("国内", "国外")[n % 2], "商业", 0) for n in range(60)),
        )
        insert(
            ledger,
            "computer",
            "unit_id asset_no kind in_use_from state",
            (
                (
                    1 + n % UNITS,
                    f"ZC{n}",
                    ("台式", "便携")[n % 2],
                    "2020-01-01",
                    "闲置" if n % 20 == 0 else "在用",
                )
                for n in range(COMPUTERS)
            ),
        )
        insert(
            ledger,
            "licence",
            "unit_id licence_no product_id source method",
            ((1 + n % UNITS, f"R{n}", 1 + n % 60, "自行采购", "批量许可") for n in range(LICENCES)),
        )
        insert(
            ledger,
            "purchase",
            "licence_id packs seats amount_fen purchased_on valid_to",
            (
                (1 + n, 1, 5, 100_00 + n, "2022-01-01", "2027-01-01" if n % 3 else None)
                for n in range(LICENCES)
            ),
        )
        insert(
            ledger,
            "installation",
            "computer_id product_id licence_id installed_on claim",
            (
                (1 + n % COMPUTERS, 1 + n % 60, 1 + n % LICENCES, "2022-02-01", "正版")
                for n in range(INSTALLATIONS)
            ),
        )
        insert(
            ledger,
            "progress_fact",
            "campaign_id unit_id kind happened_on",
            (
                (1, 1 + n % UNITS, ("摸查", "经费", "采购", "制度", "整改")[n // UNITS], "2024-01-01")
                for n in range(1000)
            ),
        )


def best(work: Callable[[], object], times: int = 5) -> float:
    """Return the best time of several, so that a busy moment does not count."""
    durations = []
    for _ in range(times):
        begun = time.perf_counter()
        work()
        durations.append(time.perf_counter() - begun)
    return min(durations)


@pytest.mark.bench
def test_t02_of_300_000_installations(tmp_path: Path) -> None:
    with closing(new_ledger(tmp_path / "台账.db")) as ledger:
        populate(ledger)
        bare = best(lambda: [ledger.connection.execute(query).fetchall() for query in BY_HAND])
        whole = best(lambda: fill(ledger, Request("T02")))
        form = fill(ledger, Request("T02"))
    print(f"\nT02（总数按安装数，{INSTALLATIONS:,} 份安装、{LICENCES:,} 条许可）：")
    print(f"  手写 GROUP BY {bare:.3f} 秒；填表 {whole:.3f} 秒，为其 {whole / bare:.2f} 倍（上限 3）")
    assert form.cells["县级.合计.总计软件"].value
