from __future__ import annotations

import argparse
import datetime

import pytest

from desktop.cli.parsing import Parser, date_argument


def test_help_speaks_chinese() -> None:
    parser = Parser(prog="zhengban")
    assert parser.format_help().startswith("用法：zhengban")
    assert "显示这段说明" in parser.format_help()


def test_a_date_may_be_typed_as_people_write_it() -> None:
    assert date_argument("2024年6月30日") == datetime.date(2024, 6, 30)


def test_what_is_no_date_says_how_to_write_one() -> None:
    with pytest.raises(argparse.ArgumentTypeError, match="请写成 2024-06-30"):
        date_argument("昨天")
