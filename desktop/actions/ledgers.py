"""Creating and opening a ledger. The clock and the ids come from here and nowhere else."""

from __future__ import annotations

import datetime
import getpass
import secrets
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from desktop.store import settings
from desktop.store.campaigns import add_campaign
from desktop.store.database import Ledger as Ledger  # noqa: PLC0414  # rooms above name the type
from desktop.store.database import create, read_only_refusal, reading_copy
from desktop.store.faults import faults_of
from desktop.store.opening import open_ledger
from desktop.store.operations import Act, operation
from desktop.store.read_only import opened_read_only


def system_clock() -> datetime.datetime:
    """Return the time of the PC, in its own zone."""
    return datetime.datetime.now().astimezone()


def random_id() -> str:
    """Return a new uid: 128 random bits in hexadecimal digits."""
    return secrets.token_hex(16)


def operator_name() -> str:
    """Return who is signed in at this PC; empty when the system does not say."""
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return ""


def new_ledger(path: Path, own_office: str = "") -> Ledger:
    """Create a ledger with its default campaign and return it open. Raises AppError when it cannot be made."""

    def furnish(ledger: Ledger) -> None:
        ledger.who = operator_name()
        prepare(ledger, own_office)

    ledger = create(path, system_clock, random_id, furnish)
    ledger.who = operator_name()
    return ledger


def prepare(ledger: Ledger, own_office: str = "") -> None:
    """Give a new ledger its default campaign and the name of the office that keeps it."""
    with operation(ledger, Act("建立台账", "建立台账")):
        add_campaign(ledger)
        if own_office:
            settings.write_setting(ledger, settings.OWN_OFFICE, own_office)


def existing_ledger(path: Path) -> Ledger:
    """Open a ledger. Raises AppError for one that is missing, held by another program, foreign or damaged."""
    ledger = open_ledger(path, system_clock, random_id)
    ledger.who = operator_name()
    return ledger


@contextmanager
def also_read(ledger: Ledger) -> Iterator[Ledger]:
    """Open another connection to an open ledger, for reading on another thread; it sees what was kept, never half of it."""
    with closing(reading_copy(ledger)) as copy, faults_of(ledger.path):
        yield copy


@contextmanager
def opened(path: Path, *, is_read_only: bool = False) -> Iterator[Ledger]:
    """Open a ledger for as long as it is used, as `existing_ledger` does, or to be looked at only.

    Read-only, nothing is changed or left beside it (see `store.read_only`). Damage of the file met on the way is an
    AppError too.
    """
    if is_read_only:
        with opened_read_only(path, system_clock, random_id) as ledger:
            yield ledger
        return
    with closing(existing_ledger(path)) as ledger, faults_of(path):
        yield ledger


@contextmanager
def opened_to_change(path: Path, *, is_read_only: bool) -> Iterator[Ledger]:
    """Open a ledger to be changed, as `opened` does. Raises AppError before anything else when it may only be read."""
    refuse_read_only(is_read_only=is_read_only)
    with opened(path) as ledger:
        yield ledger


def refuse_read_only(*, is_read_only: bool) -> None:
    """Raise AppError when a ledger that was asked for read-only is to be changed."""
    if is_read_only:
        raise read_only_refusal()
