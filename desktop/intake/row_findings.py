"""What is said of the rows of a sheet: cells that cannot be read, rows that lack something or are passed over."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from desktop.core.findings import Finding, FindingClass
from desktop.core.installation import Claim
from desktop.intake.cell_readers import reader
from desktop.intake.cells import Parsed, Problem
from desktop.intake.doubts import other_rows
from desktop.intake.files.raw import Cell
from desktop.intake.recognise import SheetMap
from desktop.intake.sheet_specs import ColumnSpec
from desktop.intake.sheets import ReadSheet
from desktop.intake.value_cells import month_of

_MOST_NAMED = 10
_DATED = ("date", "validity", "done")


def problems(
    read: ReadSheet, columns: Sequence[Sequence[Parsed]], troubled: Iterable[int], first: int
) -> Iterator[Finding]:
    """Yield the cells that cannot be read."""
    for position in troubled:
        field = read.spec.columns[position].field
        for number, value in enumerate(columns[position], start=first):
            if isinstance(value, Problem):
                yield Finding("I01", FindingClass.A, value.text, value.remedy, read.place(number, field))


def without_name(
    read: ReadSheet, columns: Sequence[Sequence[Parsed]], mapping: SheetMap, first: int
) -> Iterator[Finding]:
    """Yield where it is said whether software is genuine that the row does not name."""
    at = read.spec.positions
    if at.get("product") not in mapping.columns:
        return
    told = zip(columns[at["product"]], columns[at["edition"]], columns[at["claim"]], strict=True)
    for number, (name, edition, claim) in enumerate(told, start=first):
        is_silent = name is edition is None and "product" not in read.denied.get(number, ())
        if is_silent and isinstance(claim, str):
            level = FindingClass.A if claim == Claim.GENUINE else FindingClass.C
            text = f"没有写软件名称，是否正版却写的是「{claim}」，这一处没有登记软件。"
            remedy = "请补填软件名称和版本；没有安装的，请把是否正版也清空。"
            yield Finding("I02", level, text, remedy, read.place(number, "product"))


def without_day(
    read: ReadSheet, body: Sequence[Sequence[Cell]], mapping: SheetMap, first: int
) -> Iterator[Finding]:
    """Yield as which day the months without a day are taken, for each column."""
    for position, source in mapping.columns.items():
        column = mapping.spec.columns[position]
        if column.kind not in _DATED:
            continue
        months = {cell for cell in {row[source] for row in body if len(row) > source} if month_of(cell)}
        numbers = [n for n, row in enumerate(body, first) if len(row) > source and row[source] in months]
        if numbers:
            cell = body[numbers[0] - first][source]
            day = reader(column.kind)(cell)
            text = f"「{cell}」没有写到日，按 {day} 登记。{other_rows(numbers)}"
            remedy = "知道是哪一天的，请补填后再导入。"
            yield Finding("I64", FindingClass.C, text, remedy, read.place(numbers[0], column.field))


def beyond_the_headings(
    read: ReadSheet, body: Sequence[Sequence[Cell]], mapping: SheetMap, first: int
) -> Iterator[Finding]:
    """Yield what stands right of the last heading: in a CSV file a comma has parted a cell, elsewhere it is a note."""
    width = len(mapping.headings)
    while width and not mapping.headings[width - 1]:
        width -= 1
    numbers = [
        number
        for number, row in enumerate(body, start=first)
        if len(row) > width and any(cell not in ("", None) for cell in row[width:])
    ]
    if read.file.lower().endswith(".csv"):
        text = f"有 {width} 个栏目，本行却有更多格，可能是一格中的逗号把它分成了两格。"
        for number in numbers:
            yield Finding(
                "I39", FindingClass.A, text, "请给含逗号的内容加引号，或改用 .xlsx。", read.place(number)
            )
    elif numbers:
        text = f"第 {_listed(numbers)} 行在最后一个栏目的右边还有内容，没有读取。"
        yield Finding("I39", FindingClass.D, text, "如需登记，请给这一栏加上表头。", read.place(0))


def _listed(numbers: Sequence[int]) -> str:
    """Return row numbers as a person lists them, of many the first ones."""
    more = f" 等 {len(numbers)}" if len(numbers) > _MOST_NAMED else ""
    return "、".join(map(str, numbers[:_MOST_NAMED])) + more


def missing(read: ReadSheet, number: int, column: ColumnSpec) -> Finding:
    """Return that a row lacks what every row must say."""
    text, remedy = "这一格为空。", "请补填，或删除该行。"
    if column.field in read.denied.get(number, ()):
        text = f"这一格写的是“无”或横线，而每行都要写明{column.heading}。"
        if (read.spec.subject, column.field) == ("installation", "product"):
            text = "“无”或横线不是软件名称。"
            remedy = "没有安装的请删除该行；已经卸载的，请写明卸载的是哪个软件，并填写卸载日期。"
    return Finding("I02", FindingClass.A, text, remedy, read.place(number, column.field))


def passed_over(read: ReadSheet, numbers: Sequence[int]) -> Finding:
    """Return which rows were taken for sums, notes and the like."""
    return Finding(
        "I24",
        FindingClass.D,
        f"第 {_listed(numbers)} 行是合计、示例、填表说明、日期或重复的表头，没有读取。",
        "如其中有应登记的内容，请改写该行的第一格。",
        read.place(0),
    )
