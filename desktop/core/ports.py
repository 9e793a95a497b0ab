"""What the rooms above ask of the ledger, as protocols that `store` fulfils."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Protocol

from desktop.core.indicators import Filters, IndicatorRow, Question
from desktop.core.licence import BoughtLicence
from desktop.core.records import Record
from desktop.core.subjects import Values


class Indicators(Protocol):
    """The numbers of the ledger, each by its one definition."""

    def totals(
        self, code: str, question: Question, dimensions: Sequence[str]
    ) -> Mapping[tuple[str, ...], int]:
        """Return the sum of the amounts for every combination of `dimensions` that has rows."""

    def rows(self, code: str, question: Question, filters: Filters) -> Sequence[IndicatorRow]:
        """Return the rows behind the number that `filters` select, in the office's own order of units."""


class Records(Protocol):
    """Records that fill rows of a form."""

    def listed(self, kind: str, question: Question, where: Filters) -> Sequence[Record]:
        """Return the records of a kind that the filters select, of the units in scope, in the office's own order."""


class KnownRecords(Protocol):
    """What the ledger already holds, asked for by natural keys while an import is planned."""

    def existing(self, subject: str, keys: Collection[str]) -> Mapping[str, tuple[str, Values]]:
        """Return uid and values (references as uids) of the records with these natural keys, by key."""

    def keys_of(self, subject: str, uids: Collection[str]) -> Mapping[str, str]:
        """Return the natural keys of the records with these uids, by uid; of those that are not there, nothing."""

    def all_units(self) -> Mapping[str, tuple[str, Values]]:
        """Return every unit's uid and values by natural key."""

    def licences_numbered(self, number: str) -> Mapping[str, tuple[str, str]]:
        """Return owning unit and 授权方式 (empty for none) of every licence with this 软件编号, by the licence's uid."""

    def received(self) -> Mapping[tuple[str, str], str]:
        """Return the pool from which a unit received, by the unit and its own number for what it received."""

    def keys_of_licences(self, subject: str, licences: Collection[str]) -> Collection[str]:
        """Return the natural keys of the purchases or allocations of these licences."""

    def computers_by(self, column: str, values: Collection[str]) -> Collection[tuple[str, str, str, str]]:
        """Return uid, unit (by uid), value and 资产编号 (empty for none) of the computers not retired with these values.

        The column is `user_name` or `serial_no`.
        """

    def licences_bought(self, units: Collection[str]) -> Iterable[BoughtLicence]:
        """Return what these units (by uid) bought, one for each purchase of a licence."""

    def keys_of_installations(self, computers: Collection[str]) -> Collection[str]:
        """Return the natural keys of the installations on these computers, in the order registered."""

    def upgrades(self) -> Mapping[str, tuple[str, str]]:
        """Return 软件编号 and the upgraded licence's uid (empty for none) of all that upgrade or are upgraded, by uid."""

    def holders(self, subject: str, numbers: Collection[str]) -> Mapping[str, str]:
        """Return for each of these 资产编号 (of computers) or 软件编号 (of licences) the uid of a unit that has one."""
