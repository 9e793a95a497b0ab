"""Plans the sheet 人员: people of a unit and what they answer for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from desktop.core.findings import FindingClass
from desktop.core.person import Responsibility
from desktop.core.subjects import natural_key
from desktop.core.text import match_key, person_name, split_names
from desktop.intake.cells import Problem
from desktop.intake.planning.context import Context
from desktop.intake.planning.drafts import Draft, contradicted, together
from desktop.intake.sheets import ReadSheet, SheetRow

_COPIED = ("department", "post", "office_phone", "mobile", "fax", "email", "sort_order")


@dataclass(frozen=True, slots=True)
class _Entry:
    """A person's draft and the words of what the person answers for."""

    draft: Draft
    words: tuple[str, ...]


class Namesakes:
    """Tells people of one name and unit apart: rows that do not contradict each other are one person's."""

    def __init__(self) -> None:
        self._met: defaultdict[tuple[str, str], list[Draft]] = defaultdict(list)

    def turn_of(self, file: str, base: str, said: Draft) -> int:
        """Return which person with this base a row of a file is about, starting with 1."""
        met = self._met[file, base]
        for turn, earlier in enumerate(met, start=1):
            if not contradicted(earlier, said):
                met[turn - 1] = together(earlier, said)
                return turn
        met.append(said)
        return len(met)


def plan_people(sheet: ReadSheet, namesakes: Namesakes, context: Context) -> None:
    """Plan the people of a sheet and their responsibilities. A name may be empty: the post can be vacant.

    On a sheet named after those who report, a person without a responsibility is one of them.
    """
    meant = Responsibility.REPORTER.value if "报送" in sheet.name else ""
    entries = [entry for row in sheet if (entry := _entry(row, meant, namesakes, context))]
    context.find_by_uid("person", [(entry.draft.row, entry.draft.key) for entry in entries])
    uids = context.settle("person", [entry.draft for entry in entries])
    answers = [
        Draft(natural_key(uid, word), (uid, word), entry.draft.row)
        for entry, uid in zip(entries, uids, strict=True)
        for word in (entry.words if uid else ())
    ]
    context.settle("responsibility", answers)


def _entry(row: SheetRow, meant: str, namesakes: Namesakes, context: Context) -> _Entry | None:
    """Return what a row says of a person, or refuse the row."""
    unit = context.unit_of(row, "person")
    if unit is None:
        return None
    typed = row.text("name")
    if len(split_names(typed)) > 1:
        problem = Problem(f"一格写了几个人（「{typed}」）。", "请每人写一行，各写各的职责和电话。")
        context.refuse("person", "I73", problem, row.place("name"))
        return None
    name = person_name(typed)
    base = natural_key(unit, match_key(name) if name else f"职务 {row.text('post')}")
    kept = typed if typed != name else None
    values = (unit, name or None, kept, *row.pick(_COPIED))
    key = natural_key(base, namesakes.turn_of(row.sheet.file, base, Draft("", values, row)))
    words = split_names(row.text("responsibilities") or meant)
    _mention_other_words(words, row, context)
    return _Entry(Draft(key, values, row, row.emptied("person")), words)


def _mention_other_words(words: Sequence[str], row: SheetRow, context: Context) -> None:
    """Say so when a responsibility is none that a form asks for: it may be meant as one."""
    others = [word for word in words if word not in list(Responsibility)]
    if others:
        context.find(
            "I35",
            FindingClass.D,
            f"职责「{'、'.join(others)}」照原样登记，各表不按它取人。",
            remedy=f"各表使用的职责有：{'、'.join(Responsibility)}。",
            place=row.place("responsibilities"),
        )
