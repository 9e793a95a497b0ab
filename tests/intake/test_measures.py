from __future__ import annotations

import pytest

from desktop.intake.measures import is_of_measures, moneys_of_lines


@pytest.mark.parametrize(
    "text", ["万元", "套、万元", "元", "套", "台/万元", "人民币元", "万元（人民币）", "万美元"]
)
def test_units_in_which_one_counts_name_nobody(text: str) -> None:
    assert is_of_measures(text)


@pytest.mark.parametrize("text", ["", "县财政局", "万元镇", "套子村", "元、县财政局", "12"])
def test_other_names_are_no_measures(text: str) -> None:
    assert not is_of_measures(text)


@pytest.mark.parametrize(
    ("line", "moneys"),
    [
        ("金额单位：万元", ["万元"]),
        ("（单位：万元）", ["万元"]),
        ("单位： 元", ["元"]),
        ("单位：套、万元", ["万元"]),
        ("单位：元（人民币）", ["元"]),
        ("单位：人民币万元", ["万元"]),
        ("金额单位：万", ["万元"]),
        ("币种：人民币，单位：万元", ["万元"]),
        ("货币单位:万美元", ["万美元"]),
        ("填报单位：县财政局    单位：千元", ["千元"]),
        ("注：1.本表金额单位为万元，保留两位小数。", ["万元"]),
        ("说明：金额以万元为单位。", ["万元"]),
        ("单位：元/万元", ["元", "万元"]),
        ("注：单价单位为元，金额单位为万元", ["元", "万元"]),
        ("单价、金额单位均为万元，数量单位：套", ["万元"]),
        ("单位：套", []),
        ("单位：县财政局", []),
        ("填报单位：万元镇人民政府", []),
        ("万元以上的采购另行报批", []),
    ],
)
def test_a_line_gives_the_unit_of_money_by_a_label_or_in_a_sentence(line: str, moneys: list[str]) -> None:
    assert list(moneys_of_lines([line])) == moneys


def test_a_title_gives_it_in_brackets_where_no_line_does() -> None:
    title = "正版软件采购台账（万元）"
    assert moneys_of_lines([title], [title]) == {"万元": title}
    assert list(moneys_of_lines([title, "单位：元"], [title])) == ["元"]
    assert moneys_of_lines(["填写金额（元）时请核对"]) == {}
