from __future__ import annotations

from desktop.core.subjects import SUBJECTS
from tests.intake.looking import read, table

ROWS = table(
    {"资产编号": "A1", "类型": "台式", "使用人": "张三", "存放地点": "101"},
    {"资产编号": "A2", "类型": "便携", "使用人": None, "存放地点": "无"},
)


def test_a_row_gives_its_values_by_field() -> None:
    one, two = read("计算机", ROWS)
    assert (one.number, one["asset_no"], one["kind"], one["model"]) == (2, "A1", "台式", None)
    assert (one.text("user_name"), two.text("user_name")) == ("张三", "")
    assert one.pick(("kind", "asset_no")) == ("台式", "A1")


def test_a_row_gives_a_record_in_the_order_of_its_fields() -> None:
    one, _ = read("计算机", ROWS)
    record = dict(zip(SUBJECTS["computer"].positions, one.record("computer"), strict=True))
    assert {name: value for name, value in record.items() if value is not None} == {
        "asset_no": "A1",
        "user_name": "张三",
        "place": "101",
        "kind": "台式",
    }


def test_a_row_says_where_it_stands() -> None:
    _, two = read("计算机", ROWS)
    assert str(two.place()) == "《表.xlsx》「计算机」表第 3 行"
    assert str(two.place("asset_no")) == "《表.xlsx》「计算机」表第 3 行「资产编号」栏"


def test_a_row_tells_which_fields_of_a_record_it_denies() -> None:
    one, two = read("计算机", ROWS)
    assert one.emptied("computer") == ()
    assert two.emptied("computer") == (SUBJECTS["computer"].positions["place"],)
    assert two.emptied("installation") == ()
    (licence,) = read("许可", table({"软件名称": "WPS", "原许可编号": "无", "绑定资产编号": "—"}))
    at = SUBJECTS["licence"].positions
    assert set(licence.emptied("licence")) == {at["base"], at["computer"]}


def test_a_fields_heading_is_that_of_the_column_it_comes_from() -> None:
    sheet = read("许可", table({"软件名称": "WPS", "许可数": 1}))
    assert [sheet.heading_of(name) for name in ("amount_fen", "base", "seats", "name_as_typed")] == [
        "金额",
        "原许可编号",
        "许可数",
        "",
    ]
