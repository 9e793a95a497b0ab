"""Fills a form: asks the ledger once, sets every cell, works out the formulas, checks. Knows no page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from desktop.core.findings import Finding, FindingClass
from desktop.core.indicators import Question
from desktop.core.person import Person
from desktop.core.ports import Indicators, Records
from desktop.forms.filled import FilledCell, FilledForm, Origin, Trace
from desktop.forms.filling.asking import Answers, ask, with_group
from desktop.forms.filling.checking import CellValues, check_form
from desktop.forms.filling.numbers import leaf_value, number_text
from desktop.forms.header import header_texts
from desktop.forms.headings import Paths, short_name, spellings
from desktop.forms.language.evaluate import Calculator, order
from desktop.forms.spec import (
    Block,
    Cell,
    FormSpec,
    ListColumn,
    Number,
    RecordField,
    Summary,
    Template,
)


@dataclass(frozen=True)
class Filling:
    """What a form is filled with. `question` None leaves it blank, to be filled by hand.

    `header` gives the header's variables, `texts` the campaign's own words, `expected` the names of the units
    that should appear in the rows.
    """

    question: Question | None = None
    indicators: Indicators | None = None
    records: Records | None = None
    header: Mapping[str, str] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    expected: Sequence[str] = ()


def fill_form(spec: FormSpec, filling: Filling) -> FilledForm:
    """Return the form with every cell filled and every finding of its checks."""
    binder = _Binder(spec, filling)
    for block in spec.blocks:
        binder.fill_block(block)
    binder.fill_unprinted()
    binder.work_out_formulas()
    form = FilledForm(
        spec=spec,
        cells=binder.cells,
        lines=binder.lines,
        header=header_texts(spec, filling.header if filling.question else {}),
        texts=filling.texts,
        question=filling.question,
    )
    if filling.question is None:
        return form
    missing = [name for name in filling.expected if name not in binder.units_seen]
    several = [_for_several(filling.expected)] if spec.is_per_unit and len(filling.expected) > 1 else []
    return replace(form, findings=(*several, *check_form(form, missing)))


def _for_several(names: Sequence[str]) -> Finding:
    return Finding(
        "F01",
        FindingClass.C,
        f"本表应每个单位填一张，这里是 {len(names)} 个单位的合计。",
        "请用 --unit 逐个单位填报；作汇总参考的请说明。",
    )


class _Binder:
    """Collects the cells of one form."""

    def __init__(self, spec: FormSpec, filling: Filling) -> None:
        self.cells: dict[str, FilledCell] = {}
        self.lines: dict[tuple[str, int], int] = {}
        self.units_seen: set[str] = set()
        self._spec = spec
        self._filling = filling
        self._answers: Answers | None = None
        if filling.question is not None and filling.indicators is not None:
            self._answers = ask(spec, filling.indicators, filling.question)

    def fill_block(self, block: Block) -> None:
        """Fill the cells of a block; a block whose group has no unit here stays empty."""
        question = self._filling.question
        groups = set(question.scope.values()) if question else set()
        answers = self._answers if not block.group or block.group in groups else None
        paths = Paths(block, self._filling.texts)
        for row, spec in enumerate(block.rows):
            cells = [cell for cell in block.cells if cell.area.row == row]
            if not spec.repeats:
                for cell in cells:
                    self._fill_fixed(cell, block, (paths, answers))
            elif spec.each == "people":
                self._fill_people(cells, block, (row, paths))
            else:
                self._fill_lists(cells, block, (row, paths, answers))

    def fill_unprinted(self) -> None:
        """Set the numbers that only checks read."""
        for each in self._spec.unprinted:
            value = self._amount(each.indicator, each.where, self._answers)
            trace = Trace(each.indicator, each.where)
            self.cells[each.id] = _cell(each.id, f"不打印/{each.name}", value, trace=trace)

    def work_out_formulas(self) -> None:
        """Set the cells that formulas give, each after those it reads."""
        values = CellValues(self.cells)
        calculator = Calculator(values)
        for formula, cell_id in order(self._spec.formulas, list(self.cells)):
            if self.cells[cell_id].origin is Origin.BLANK:
                value = calculator.result(formula, cell_id)
                cell = self.cells[cell_id]
                trace = Trace(formula=formula.text)
                self.cells[cell_id] = replace(
                    _cell(cell.id, cell.path, value, trace=trace), other_paths=cell.other_paths
                )

    def _put(self, cell: FilledCell, place: tuple[Cell, Paths]) -> None:
        left, above = place[1].headings(place[0])
        others = tuple(spellings(cell.path, [*left, *above]))
        self.cells[cell.id] = replace(cell, other_paths=others) if others else cell

    def _amount(
        self, code: str, where: Mapping[str, frozenset[str]], answers: Answers | None
    ) -> Decimal | None:
        question = self._filling.question
        if answers is None or question is None:
            return None
        return leaf_value(code, answers.amount(code, where), question)

    def _fill_fixed(self, cell: Cell, block: Block, source: tuple[Paths, Answers | None]) -> None:
        paths, answers = source
        content = cell.content
        if isinstance(content, Number):
            self._fill_number(content, paths.path(cell), (cell, block, source))
        elif isinstance(content, Template):
            for number in content.numbers:
                path = paths.path(cell, name=short_name(number))
                self._fill_number(number, path, (cell, block, source))
        elif isinstance(content, Summary):
            self._put(self._summary(content, cell, (block, paths, answers)), (cell, paths))

    def _fill_number(
        self, number: Number, path: str, place: tuple[Cell, Block, tuple[Paths, Answers | None]]
    ) -> None:
        cell, block, (paths, answers) = place
        where = with_group(number.where, block)
        value = self._amount(number.indicator, where, answers) if number.indicator else None
        trace = Trace(number.indicator, where) if number.indicator else Trace()
        self._put(_cell(number.id, path, value, trace=trace), (cell, paths))

    def _summary(
        self, content: Summary, cell: Cell, source: tuple[Block, Paths, Answers | None]
    ) -> FilledCell:
        block, paths, answers = source
        where = with_group(content.where, block)
        listed = answers.listed(content.indicator, where, content.by) if answers else []
        text = "、\n".join(f"{name}（{amount}份）" for name, amount in listed)
        value = f"{content.lead}{text}" if text else None
        return _cell(content.id, paths.path(cell), value, trace=Trace(content.indicator, where))

    def _fill_people(self, cells: Sequence[Cell], block: Block, place: tuple[int, Paths]) -> None:
        row, paths = place
        spec = block.rows[row]
        filling = self._filling
        people: Sequence[Person] = ()
        if filling.question is not None and filling.records is not None:
            people = filling.records.people(filling.question, spec.responsibility)
        self.units_seen |= {person.unit_name for person in people}
        self.lines[block.id, row] = max(spec.least_lines, len(people))
        for line in range(1, self.lines[block.id, row] + 1):
            person = people[line - 1] if line <= len(people) else None
            for cell in cells:
                if isinstance(cell.content, RecordField):
                    value = str(getattr(person, cell.content.field)) if person else None
                    name = cell.content.id.replace("{n}", str(line))
                    filled = _cell(name, paths.path(cell, line=line), value or None)
                    self._put(replace(filled, uid=person.uid) if person else filled, (cell, paths))

    def _fill_lists(
        self, cells: Sequence[Cell], block: Block, place: tuple[int, Paths, Answers | None]
    ) -> None:
        row, paths, answers = place
        columns: list[tuple[Cell, ListColumn, list[tuple[str, int]]]] = []
        for cell in cells:
            if isinstance(cell.content, Summary):
                self._put(self._summary(cell.content, cell, (block, paths, answers)), (cell, paths))
            elif isinstance(cell.content, ListColumn):
                where = with_group(cell.content.where, block)
                listed = answers.listed(cell.content.indicator, where, cell.content.by) if answers else []
                columns.append((cell, cell.content, listed))
        longest = max((len(listed) for _, _, listed in columns), default=0)
        least = block.rows[row].least_lines if self._filling.question is None else 1
        self.lines[block.id, row] = max(least, longest)
        for cell, content, listed in columns:
            for line in range(1, self.lines[block.id, row] + 1):
                pair = listed[line - 1] if line <= len(listed) else None
                self._put(
                    self._list_cell(content, block, (line, pair, paths.path(cell, line=line))), (cell, paths)
                )

    def _list_cell(
        self, content: ListColumn, block: Block, source: tuple[int, tuple[str, int] | None, str]
    ) -> FilledCell:
        line, pair, path = source
        name = content.id.replace("{n}", str(line))
        if pair is None:
            return _cell(name, path, None)
        where = {**with_group(content.where, block), content.by: frozenset({pair[0]})}
        value = Decimal(pair[1]) if content.shows_amount else pair[0]
        return _cell(name, path, value, trace=Trace(content.indicator, where))


def _cell(
    name: str,
    path: str,
    value: Decimal | str | None,
    *,
    trace: Trace = Trace(),  # noqa: B008  # frozen
) -> FilledCell:
    text = number_text(value) if isinstance(value, Decimal) else value or ""
    return FilledCell(name, path, value, text, Origin.BLANK if value is None else Origin.COMPUTED, trace)
