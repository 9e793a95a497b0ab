"""The small language of formulas and checks, read into a tree. Knows no cells and no values.

A name is a cell id (`县级.国内.操作系统总数`) or a pattern of ids, in which each segment may hold one `*`.
A `*` that touches a dot or a letter belongs to a name; between blanks it multiplies.
"""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from desktop.forms.language.tokens import BLANK_HINT, WORDS, FormulaError, Token, quoted, tokenize
from desktop.forms.language.tree import (
    ADDITION,
    COMPARISON,
    FUNCTIONS,
    NAME_FUNCTIONS,
    NOT,
    OPERATORS,
    OR,
    SIGN,
    Call,
    Chain,
    Comparison,
    Expression,
    Formula,
    Name,
    Number,
    Rule,
    Unary,
    children,
    is_truth,
)

__all__ = [
    "Expression",
    "Formula",
    "FormulaError",
    "Name",
    "Rule",
    "parse_formula",
    "parse_pattern",
    "parse_rule",
]

MOST_LEVELS = 100


class _Mention(NamedTuple):
    """Where a name stands, whether its further stars are free, and whether a rule may bind to it."""

    name: Name
    position: int
    is_free: bool
    may_bind: bool


def parse_formula(text: str) -> Formula:
    """Return the formula `target = expression`, or raise FormulaError."""
    parser = _Parser(text)
    target = parser.name("公式左边要一个名称")
    parser.expect("=")
    expression = parser.whole(is_truth=False)
    parser.check_stars(target)
    return Formula(target, expression, text)


def parse_rule(text: str) -> Rule:
    """Return the check rule, or raise FormulaError.

    The first name with stars binds, unless it stands inside `sum` or `count`.
    """
    parser = _Parser(text)
    expression = parser.whole(is_truth=True)
    binder = next((each.name for each in parser.mentions if each.may_bind and each.name.stars), None)
    parser.check_stars(binder)
    return Rule(binder, expression, text)


def parse_pattern(text: str) -> Name:
    """Return one cell id or pattern, or raise FormulaError."""
    parser = _Parser(text)
    name = parser.name("这里要一个名称")
    parser.expect_end()
    return name


class _Parser:
    """Reads one text from left to right, looking one token ahead."""

    def __init__(self, text: str) -> None:
        self.mentions: list[_Mention] = []
        self._tokens = tokenize(text)
        self._token = next(self._tokens)
        self._level = 0
        self._sums = 0

    def name(self, wanted: str, *, is_free: bool = False, may_bind: bool = True) -> Name:
        """Take a name and note where it stands."""
        token = self._token
        if token.kind != "name" and token.text != "*":
            raise self._unexpected(wanted)
        self._take()
        name = Name(token.text)
        self.mentions.append(_Mention(name, token.position, is_free, may_bind and not self._sums))
        return name

    def expect(self, symbol: str) -> None:
        """Take exactly this symbol."""
        if self._token.text != symbol:
            raise self._unexpected(f"这里要“{symbol}”")
        self._take()

    def expect_end(self) -> None:
        """Be at the end of the text."""
        if self._token.kind != "end":
            raise self._unexpected("这里要运算符号或结尾")

    def whole(self, *, is_truth: bool) -> Expression:
        """Take an expression that reaches to the end of the text."""
        position = self._token.position
        expression = self._expression(OR)
        self.expect_end()
        _check_kind(expression, position, wants_truth=is_truth)
        if _height(expression) > MOST_LEVELS:
            raise _too_deep(0)
        return expression

    def check_stars(self, binder: Name | None) -> None:
        """Refuse names with more stars than the binder can give, where further ones are not free."""
        given = binder.stars if binder else 0
        for each in self.mentions:
            if each.name.stars > given and not each.is_free:
                source = (
                    f"{quoted(binder.text)}只给出 {given} 个" if binder and given else "这里没有可以对应的 *"
                )
                text = f"{quoted(each.name.text)}有 {each.name.stars} 个 *，{source}"
                text += "；sum、count、empty 里单独写的名称才可以多出 *。" + BLANK_HINT
                raise FormulaError(text, each.position)

    def _take(self) -> Token:
        token = self._token
        self._token = next(self._tokens, token)
        return token

    def _binding(self) -> int:
        if self._token.kind != "symbol":
            return 0
        return OPERATORS.get(self._token.text, (0, ""))[0]

    def _unexpected(self, wanted: str) -> FormulaError:
        found = quoted(self._token.text) if self._token.text else "结尾"
        hint = BLANK_HINT if self._token.kind == "name" and "*" in self._token.text else ""
        return FormulaError(f"{wanted}，却是{found}。{hint}", self._token.position)

    def _operand(self, level: int, *, is_truth: bool) -> Expression:
        position = self._token.position
        expression = self._expression(level)
        _check_kind(expression, position, wants_truth=is_truth)
        return expression

    def _expression(self, level: int) -> Expression:
        position = self._token.position
        self._level += 1
        if self._level > MOST_LEVELS:
            raise _too_deep(position)
        expression = self._prefixed(level)
        while self._binding() >= level:
            expression = self._joined(expression, position)
        self._level -= 1
        return expression

    def _joined(self, left: Expression, position: int) -> Expression:
        level = self._binding()
        if level == COMPARISON:
            return self._comparison(left)
        wants_truth = level < COMPARISON
        _check_kind(left, position, wants_truth=wants_truth)
        operands, operators = [left], []
        while self._binding() == level:
            operators.append(OPERATORS[self._take().text][1])
            operands.append(self._operand(level + 1, is_truth=wants_truth))
        return Chain(tuple(operands), tuple(operators))

    def _comparison(self, left: Expression) -> Comparison:
        token = self._take()
        operator = OPERATORS[token.text][1]
        if is_truth(left) and operator not in "=≠":
            raise FormulaError(f"两个判断之间只能用 = 或 ≠，却是{quoted(token.text)}。", token.position)
        right = self._operand(ADDITION, is_truth=is_truth(left))
        if self._binding() == COMPARISON:
            raise self._unexpected("比较不能连写，请用 and 连接两个比较")
        return Comparison(operator, left, right)

    def _prefixed(self, level: int) -> Expression:
        token = self._token
        if token.kind == "number":
            return Number(Decimal(self._take().text))
        if token.kind == "name" or token.text == "*":
            name = self.name("这里要一个名称")
            return name if self._token.text != "(" else self._call(token)
        if token.text not in ("(", "-", "not", "非"):
            raise self._unexpected("这里要名称、数、函数或左括号")
        if token.text in WORDS and level > NOT:
            raise self._unexpected("这里的 not 连同后面的判断要放进括号")
        self._take()
        if token.text == "-":
            return Unary("-", self._operand(SIGN, is_truth=False))
        if token.text != "(":
            return Unary("not", self._operand(NOT, is_truth=True))
        expression = self._expression(OR)
        self.expect(")")
        return expression

    def _call(self, token: Token) -> Call:
        function = token.text
        if function not in FUNCTIONS:
            text = f"没有{quoted(function)}这个函数，可用的有：{'、'.join(FUNCTIONS)}。"
            raise FormulaError(text, token.position)
        self.mentions.pop()
        self.expect("(")
        arguments: tuple[Expression, ...] = ()
        if function == "sum":
            arguments = self._summands()
        elif function in NAME_FUNCTIONS:
            is_free, may_bind = function in ("count", "empty"), function != "count"
            wanted = f"{function} 的括号里要一个名称"
            arguments = (self.name(wanted, is_free=is_free, may_bind=may_bind),)
        self.expect(")")
        return Call(function, arguments)

    def _summands(self) -> tuple[Expression, ...]:
        summands: list[Expression] = []
        self._sums += 1
        while not summands or self._token.text == ",":
            if summands:
                self._take()
            summands.append(self._operand(OR, is_truth=False))
            if isinstance(summands[-1], Name):
                self.mentions[-1] = self.mentions[-1]._replace(is_free=True)
        self._sums -= 1
        return tuple(summands)


def _check_kind(expression: Expression, position: int, *, wants_truth: bool) -> None:
    if wants_truth and not is_truth(expression):
        raise FormulaError("这里要一个判断（如 甲 = 乙、empty(甲)），却是一个数。", position)
    if not wants_truth and is_truth(expression):
        raise FormulaError("这里要一个数，却是一个判断。", position)


def _height(expression: Expression) -> int:
    height, layer = 0, [expression]
    while layer:
        height, layer = height + 1, [below for each in layer for below in children(each)]
    return height


def _too_deep(position: int) -> FormulaError:
    return FormulaError(f"括号和运算套了超过 {MOST_LEVELS} 层，请拆成几条。", position)
