"""Plans the sheet 人员: people of a unit and what they answer for."""

from __future__ import annotations

import re
from collections.abc import Sequence

from desktop.core.findings import FindingClass
from desktop.core.person import Responsibility
from desktop.core.subjects import Value, natural_key
from desktop.core.text import match_key, person_name, split_names
from desktop.intake.cells import Problem
from desktop.intake.planning.context import Context
from desktop.intake.planning.drafts import Draft
from desktop.intake.reading import ReadSheet, Row

_COPIED = ("department", "post", "office_phone", "mobile", "fax", "email", "sort_order")
_SCIENTIFIC = re.compile(r"\d(\.\d+)?[eE]\+?\d+")


def plan_people(sheet: ReadSheet, context: Context) -> None:
    """Plan the people of a sheet and their responsibilities. A name may be empty: the post can be vacant.

    On a sheet named after those who report, a person without a responsibility is one of them.
    """
    at = sheet.spec.positions
    drafts, words = [], []
    meant = Responsibility.REPORTER.value if "报送" in sheet.name else ""
    for number, row in sheet.rows:
        unit = context.units.find(_text(row, at["unit"]))
        if isinstance(unit, Problem):
            context.refuse("person", "I03", unit.text, remedy=unit.remedy, place=sheet.place(number, "unit"))
            continue
        typed = _text(row, at["name"]) or ""
        name = person_name(typed)
        base = natural_key(unit, match_key(name) if name else f"职务 {_text(row, at['post']) or ''}")
        key = natural_key(base, context.occurrence(sheet.file, "person", base))
        copied = [row[at[field]] for field in _COPIED]
        kept = typed if typed != name else None
        emptied = sheet.emptied(number, "person")
        drafts.append(Draft(key, (unit, name or None, kept, *copied), number, emptied))
        words.append(split_names(_text(row, at["responsibilities"]) or meant))
        _mention_other_words(words[-1], number, (sheet, context))
        _check_phones(row, number, (sheet, context))
    uids = context.settle("person", drafts, sheet)
    answers = [
        Draft(natural_key(uid, word), (uid, word), draft.row)
        for draft, uid, listed in zip(drafts, uids, words, strict=True)
        for word in (listed if uid else ())
    ]
    context.settle("responsibility", answers, sheet)


def _mention_other_words(words: Sequence[str], number: int, source: tuple[ReadSheet, Context]) -> None:
    """Say so when a responsibility is none that a form asks for: it may be meant as one."""
    sheet, context = source
    others = [word for word in words if word not in list(Responsibility)]
    if others:
        context.find(
            "I24",
            FindingClass.D,
            f"职责「{'、'.join(others)}」照原样登记，各表不按它取人。",
            remedy=f"各表使用的职责有：{'、'.join(Responsibility)}。",
            place=sheet.place(number, "responsibilities"),
        )


def _text(row: Row, position: int) -> str | None:
    value: Value = row[position]
    return None if value is None else str(value)


def _check_phones(row: Row, number: int, source: tuple[ReadSheet, Context]) -> None:
    sheet, context = source
    for field in ("office_phone", "mobile", "fax"):
        phone = _text(row, sheet.spec.positions[field]) or ""
        if _SCIENTIFIC.fullmatch(phone):
            context.find(
                "I07",
                FindingClass.C,
                f"「{phone}」是表格软件把号码变成了科学计数，后几位已经丢失。",
                remedy="请按原号码重新填写，并把单元格设为文本。",
                place=sheet.place(number, field),
            )
