"""What an import would do to the ledger, readable before anything is written (先看、再定、后写)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum

from desktop.core.findings import Finding, must_be_mended
from desktop.core.subjects import Values


class Act(StrEnum):
    """What happens to one record."""

    ADD = "新增"
    CHANGE = "变更"
    SAME = "不变"
    CONFLICT = "冲突"
    REFUSE = "拒收"


@dataclass(frozen=True, slots=True)
class Step:
    """One record to add or change: values in the order of its subject's fields, references as uids.

    `before` holds the values that the record has now; None for a record to add. `sheet` and `row` say where
    the step comes from.
    """

    subject: str
    uid: str
    key: str
    values: Values
    before: Values | None
    sheet: str
    row: int

    @property
    def act(self) -> Act:
        """Whether the step adds or changes."""
        return Act.ADD if self.before is None else Act.CHANGE


@dataclass
class Plan:
    """Everything an import would do: steps in order of writing, counts by subject and act, findings."""

    steps: list[Step] = field(default_factory=list)
    counts: Counter[tuple[str, Act]] = field(default_factory=Counter)
    findings: list[Finding] = field(default_factory=list)
    _places: dict[str, int] = field(default_factory=dict, repr=False, compare=False)

    @property
    def is_clean(self) -> bool:
        """Whether nothing was refused and no finding must be mended first."""
        refused = any(act in {Act.REFUSE, Act.CONFLICT} and n for (_, act), n in self.counts.items())
        return not refused and not must_be_mended(self.findings)

    def add(self, step: Step) -> None:
        """Take a step in and count it."""
        if len(self._places) == len(self.steps):
            self._places[step.uid] = len(self.steps)
        self.steps.append(step)
        self.counts[step.subject, step.act] += 1

    def replace(self, step: Step, values: Values) -> Step:
        """Let a step in the plan write other values, and return it as it is then."""
        if len(self._places) != len(self.steps):
            self._places = {each.uid: place for place, each in enumerate(self.steps)}
        self.steps[self._places[step.uid]] = new = replace(step, values=values)
        return new

    def remove(self, step: Step) -> None:
        """Take a step back out and uncount it."""
        self.steps.remove(step)
        self.counts[step.subject, step.act] -= 1
        self._places = {}

    def of(self, subject: str) -> Iterator[Step]:
        """Yield the steps of one subject."""
        return (step for step in self.steps if step.subject == subject)
